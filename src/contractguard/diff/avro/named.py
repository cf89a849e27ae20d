"""Comparing records, enums and fixed types that stand in the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.diff.avro.annotations import (
    compare_aliases,
    compare_attributes,
    ignored_logical_keys,
)
from contractguard.diff.avro.named_misreads import misread_enums, misread_names
from contractguard.diff.avro.outcome import Exposure, Outcome, Place, Sides
from contractguard.diff.avro.scalars import compare_meaning
from contractguard.diff.avro.types import kind_word, names_match, unqualified
from contractguard.diff.avro.ways import ANYTHING, Target
from contractguard.model.avro import AvroEnum, AvroFixed, AvroNamed
from contractguard.model.change import Effect
from contractguard.model.values import UNSET

if TYPE_CHECKING:
    from contractguard.model.places import Node

_SHOWN_SYMBOLS = 20


def named_place(base: AvroNamed, head: AvroNamed) -> Place:
    """A named type, wherever it is used: its own selector, under its new name.

    So a break has one selector against all older versions, also where the namespace names the version. Sentences say what
    became of the type that had the old name.
    """
    return Place(head.fullname, f"{kind_word(base)} {base.fullname}")


def compare_names(base: AvroNamed, head: AvroNamed, exposure: Exposure, sides: Sides, outcome: Outcome) -> None:
    """Compare name, aliases and attributes of two types of the same kind."""
    place = named_place(base, head)
    if base.fullname != head.fullname:
        outcome.add(
            "avro.name-changed",
            exposure.effect(head_fails=not names_match(head, base), base_fails=not names_match(base, head)),
            place,
            base=_name_node(base, head),
            head=_name_node(head, base),
            before=base.fullname,
            after=head.fullname,
        )
    misread_names(base, head, exposure, sides, outcome, place=place)
    compare_aliases(base, head, (base.fullname, head.fullname), place, outcome)
    ignored = ignored_logical_keys(base, head) if isinstance(base, AvroFixed) and isinstance(head, AvroFixed) else ()
    compare_attributes(base.attributes, head.attributes, place, sides, outcome, ignored=ignored)


def compare_fixed(base: AvroFixed, head: AvroFixed, exposure: Exposure, sides: Sides, outcome: Outcome) -> None:
    """Compare two fixed types."""
    compare_names(base, head, exposure, sides, outcome)
    if base.size != head.size:
        effect = exposure.effect(head_fails=True, base_fails=True)
        # Where another branch or a default stands in on one side, the size is not what breaks both.
        outcome.add(
            "avro.fixed-size-changed" if effect is Effect.INCOMPARABLE else "avro.type-changed",
            effect,
            named_place(base, head),
            base=base.node.child("size"),
            head=head.node.child("size"),
            before=base.size,
            after=head.size,
        )
    compare_meaning(base, head, exposure, named_place(base, head), outcome)


def compare_enums(base: AvroEnum, head: AvroEnum, exposure: Exposure, sides: Sides, outcome: Outcome) -> None:
    """Compare two enums. A reader's default stands for the symbols that it does not know."""
    compare_names(base, head, exposure, sides, outcome)
    place = named_place(base, head)
    _compare_symbols(base, head, exposure, outcome)
    misread_enums(base, head, exposure, place, outcome)
    if base.default != head.default and None in (base.default, head.default):
        outcome.add(
            "avro.enum-default-changed",
            Effect.NONE,
            place,
            base=base.node.get("default"),
            head=head.node.get("default"),
            before=UNSET if base.default is None else base.default,
            after=UNSET if head.default is None else head.default,
        )


def _compare_symbols(base: AvroEnum, head: AvroEnum, exposure: Exposure, outcome: Outcome) -> None:
    place = named_place(base, head)
    remaining = _remaining(head)
    for symbol, node in base.symbols.items():
        if symbol not in head.symbols:
            outcome.add(
                "enum.value-removed",
                exposure.effect(head_fails=head.default is None, base_fails=False),
                Place(f"{place.element} > {symbol}", place.subject),
                base=node,
                before=symbol,
                facts={"has_default": head.default is not None},
                details={"remaining": remaining},
                targets=(Target(symbol=symbol), ANYTHING),
            )
    for symbol, node in head.symbols.items():
        if symbol not in base.symbols:
            outcome.add(
                "enum.value-added",
                exposure.effect(head_fails=False, base_fails=base.default is None),
                Place(f"{place.element} > {symbol}", place.subject),
                head=node,
                after=symbol,
                facts={"has_default": base.default is not None},
                targets=(ANYTHING, Target(symbol=symbol)),
            )


def _remaining(enum: AvroEnum) -> str:
    symbols = list(enum.symbols)
    more = [f"and {len(symbols) - _SHOWN_SYMBOLS} more"] if len(symbols) > _SHOWN_SYMBOLS else []
    return ", ".join(symbols[:_SHOWN_SYMBOLS] + more)


def _name_node(named: AvroNamed, other: AvroNamed) -> Node:
    """The key that makes the name differ: `namespace` where only that changed and it is written there, else `name`."""
    namespace = named.node.get("namespace")
    moved = unqualified(named.fullname) == unqualified(other.fullname)
    name = named.node.child("name")
    return namespace if moved and namespace is not None and "." not in str(name.value) else name

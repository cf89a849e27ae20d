"""What binds no data: documentation, custom attributes, aliases, logical types, sort order, marks of deprecation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.diff.sunsets import sunset_moved
from contractguard.model.change import Effect
from contractguard.model.values import UNSET, JsonValue, Unset, same_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from contractguard.diff.avro.outcome import Outcome, Place, Sides
    from contractguard.model.avro import AvroField, AvroFixed, AvroNamed, AvroPrimitive, LogicalType
    from contractguard.model.places import Node

_SUNSET = ("sunset", "x-sunset")
_LOGICAL_KEYS = ("logicalType", "precision", "scale")


def compare_attributes(
    base: Mapping[str, Node],
    head: Mapping[str, Node],
    place: Place,
    sides: Sides,
    outcome: Outcome,
    *,
    ignored: Sequence[str] = (),
) -> None:
    """Compare `doc` and custom attributes. `ignored` names those that another change speaks of."""
    for name in dict.fromkeys((*base, *head)):
        before, after = base.get(name), head.get(name)
        if before is not None and after is not None and same_value(before.value, after.value):
            continue
        declared = [node for node in (before, after) if node is not None and node.key not in sides.version_keys]
        if name in ignored or not declared:
            continue
        if name == "deprecated" and (marks_deprecated(before) or marks_deprecated(after)):
            _compare_deprecation(base, head, place, outcome)
        elif name in _SUNSET:
            _sunset_changed(before, after, place, outcome)
        else:
            kind = "documentation.changed" if name == "doc" else "extension.changed"
            _annotation(kind, before, after, place, outcome, keyword=name)


def marks_deprecated(attribute: Node | None) -> bool:
    """Whether a `deprecated` attribute says yes: true, a reason, or an object with reasons."""
    return attribute is not None and bool(attribute.value) and attribute.value != "false"


def compare_aliases(
    base: AvroField | AvroNamed, head: AvroField | AvroNamed, names: tuple[str, str], place: Place, outcome: Outcome
) -> None:
    """Compare aliases as sets, leaving out those that only say that one of `names` became the other.

    What aliases do to resolution is said where names are compared.
    """
    if set(base.aliases) - set(names) != set(head.aliases) - set(names):
        outcome.add(
            "avro.aliases-changed",
            Effect.NONE,
            place,
            base=base.node.get("aliases"),
            head=head.node.get("aliases"),
            before=list(base.aliases),
            after=list(head.aliases),
        )


def compare_order(
    base: Sequence[str], head: Sequence[str], nodes: tuple[Node, Node], place: Place, outcome: Outcome
) -> None:
    """Fields, symbols and branches sort by their position (specification, "Sort Order"): say when those in common moved."""
    in_base, in_head = set(base), set(head)
    before, after = [name for name in base if name in in_head], [name for name in head if name in in_base]
    if before != after:
        outcome.add(
            "avro.order-changed",
            Effect.NONE,
            place,
            base=nodes[0],
            head=nodes[1],
            before=list(before),
            after=list(after),
        )


def compare_logical(
    base: AvroPrimitive | AvroFixed, head: AvroPrimitive | AvroFixed, place: Place, outcome: Outcome
) -> None:
    """Compare logical types: never a matter of resolution, which reads the underlying type."""
    before, after = _parameters(base.logical), _parameters(head.logical)
    for keyword in _LOGICAL_KEYS:
        old, new = before.get(keyword, UNSET), after.get(keyword, UNSET)
        if old != new and (
            keyword == "logicalType" or (base.logical and head.logical and base.logical.name == head.logical.name)
        ):
            outcome.add(
                "avro.logical-type-changed",
                Effect.NONE,
                place,
                base=base.node.get(keyword) or base.node,
                head=head.node.get(keyword) or head.node,
                before=old,
                after=new,
                details={"keyword": keyword},
            )


def ignored_logical_keys(base: AvroPrimitive | AvroFixed, head: AvroPrimitive | AvroFixed) -> Sequence[str]:
    """The attributes that a change of logical type speaks of already."""
    return () if base.logical == head.logical else _LOGICAL_KEYS


def _parameters(logical: LogicalType | None) -> Mapping[str, JsonValue]:
    if logical is None:
        return {}
    decimal = {"precision": logical.precision, "scale": logical.scale}
    return {"logicalType": logical.name, **{name: value for name, value in decimal.items() if value is not None}}


def _compare_deprecation(base: Mapping[str, Node], head: Mapping[str, Node], place: Place, outcome: Outcome) -> None:
    before, after = base.get("deprecated"), head.get("deprecated")
    if marks_deprecated(before) and marks_deprecated(after):
        _annotation("extension.changed", before, after, place, outcome, keyword="deprecated")
    elif marks_deprecated(after):
        sunset = next((head[name].value for name in _SUNSET if name in head), None)
        outcome.add(
            "deprecation.added",
            Effect.NONE,
            place,
            base=before,
            head=after,
            facts={"of": "schema"},
            details={"sunset": sunset} if isinstance(sunset, str) else None,
        )
    else:
        outcome.add("deprecation.removed", Effect.NONE, place, base=before, head=after, facts={"of": "schema"})


def _sunset_changed(before: Node | None, after: Node | None, place: Place, outcome: Outcome) -> None:
    outcome.add(
        "sunset.changed",
        Effect.NONE,
        place,
        base=before,
        head=after,
        before=_value(before),
        after=_value(after),
        facts={"moved": sunset_moved(_value(before), _value(after))},
    )


def _annotation(
    kind: str, before: Node | None, after: Node | None, place: Place, outcome: Outcome, *, keyword: str
) -> None:
    outcome.add(
        kind,
        Effect.NONE,
        place,
        base=before,
        head=after,
        before=_value(before),
        after=_value(after),
        details={"keyword": keyword},
    )


def _value(node: Node | None) -> JsonValue | Unset:
    return UNSET if node is None else node.value

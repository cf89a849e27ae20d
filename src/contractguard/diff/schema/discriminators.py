"""Discriminators (OpenAPI 3.2, section 4.25 "Discriminator Object"; Swagger 2.0, "Schema Object", discriminator).

A discriminator says which property names the type of a payload, so that names of shared schemas can be part of what is sent:
"the value of the property named in `propertyName` is used as the name of the associated schema … unless a mapping is present for
that value". What counts is which values are sent and what each leads to, not how the mapping is written. A value that
several alternatives have as their own leads to all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from contractguard.diff.schema.pair import Pair
from contractguard.errors import UnreadableError
from contractguard.model.change import Effect
from contractguard.model.places import Node
from contractguard.model.schema import Dialect, Discriminator, Schema, SchemaReader
from contractguard.model.values import UNSET, JsonValue, Unset, same_value

_NAME = re.compile(r"[A-Za-z0-9._-]+")
"""What may be the name of a shared schema: such a mapping is a name rather than a relative reference."""
_GROUPS = ("components/schemas/", "definitions/")
_READ = frozenset({"propertyName", "mapping", "defaultMapping"})
_ANY_OTHER = "any other value"


@dataclass(frozen=True, slots=True)
class Target:
    """What a value of a discriminator may lead to: the key of the schema, its shared name, and how a finding calls it."""

    schema: Schema | None
    name: str
    is_implicit: bool = False
    is_pinned: bool = False
    """The schema itself lets only certain values of the property through."""


_Targets: TypeAlias = tuple[Target, ...]
_Place: TypeAlias = tuple[str, str]
"""The key of a node."""


def compare_discriminators(pair: Pair) -> None:
    """Compare which property decides, and what its values lead to."""
    base, head = pair.base.discriminator, pair.head.discriminator
    if base is None and head is None:
        return
    if base is None or head is None or base.property_name != head.property_name:
        _changed(pair, base.property_name if base else UNSET, head.property_name if head else UNSET)
        return
    _compare_values(pair, base, head)
    _compare_rest(pair)


def _compare_values(pair: Pair, base: Discriminator, head: Discriminator) -> None:
    before, after = _values(pair.base, pair.base_reader, base), _values(pair.head, pair.head_reader, head)
    known = _names(pair.base, pair.base_reader, before), _names(pair.head, pair.head_reader, after)
    for value in sorted(before.keys() | after.keys()):
        old, new = before.get(value, ()), after.get(value, ())
        if old and new:
            if not _lead_alike(pair, old, new, known):
                _value_changed(pair, value, Effect.INCOMPARABLE, old, new)
        elif new:
            # A name led to its schema already, beside what a mapping said.
            is_told = new[0].is_pinned and _refuses(pair.base, pair.base_reader, base, value)
            if not (_is_name(new[0], value, known[0]) or is_told):
                _value_changed(pair, value, Effect.WIDENED, (), new)
        else:
            # A name goes on leading to its schema when a mapping gives it a second value.
            is_told = old[0].is_pinned and _refuses(pair.head, pair.head_reader, head, value)
            if not (_is_name(old[0], value, known[1]) or is_told):
                _value_changed(pair, value, Effect.NARROWED, old, ())


def _lead_alike(pair: Pair, base: _Targets, head: _Targets, known: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a value leads to what it led to. Of several alternatives that have it as their own, some may come or go: that is
    told of the alternatives.
    """
    gone = [old for old in base if not any(_is_same(pair, old, new, known) for new in head)]
    come = [new for new in head if not any(_is_same(pair, old, new, known) for old in base)]
    if not gone and not come:
        return True
    are_own = all(target.is_implicit and target.is_pinned for target in (*base, *head))
    return are_own and not (gone and come)


def _is_name(target: Target, value: str, names: frozenset[str]) -> bool:
    """Whether a value is the name of its schema, and a name on the other side too."""
    return target.is_implicit and target.name == value and value in names


class SharedValues:
    """Tells which alternatives of two unions the same value of the discriminator leads to."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._found: dict[_Place, list[_Place]] | None = None

    def partners(self, schema: Schema) -> Sequence[_Place]:
        """Where the alternatives of head lie that some value leads to alone now, and led to this one of base alone before."""
        if self._found is None:
            self._found = self._find()
        return self._found.get(schema.node.key, ())

    def _find(self) -> dict[_Place, list[_Place]]:
        pair = self._pair
        found: dict[_Place, list[_Place]] = defaultdict(list)
        if pair.base.discriminator is not None and pair.head.discriminator is not None:
            before = _only_places(_values(pair.base, pair.base_reader, pair.base.discriminator))
            after = _only_places(_values(pair.head, pair.head_reader, pair.head.discriminator))
            for value, place in before.items():
                if value in after:
                    found[place].append(after[value])
        return found


def _only_places(values: Mapping[str, _Targets]) -> dict[str, _Place]:
    """The place of the alternative of each value that leads to one only."""
    return {
        value: targets[0].schema.node.key
        for value, targets in values.items()
        if len(targets) == 1 and targets[0].schema is not None
    }


def _values(schema: Schema, reader: SchemaReader, discriminator: Discriminator) -> Mapping[str, _Targets]:
    """Value → what it leads to: by the mapping, else by the property of the alternatives themselves, else by their names."""
    values: dict[str, _Targets] = {
        value: (_mapped(schema, reader, discriminator, reference),) for value, reference in _mappings(discriminator)
    }
    fixed = frozenset(values)
    mapped = {
        target.schema.node.key
        for value, targets in values.items()
        for target in targets
        if target.schema is not None and value != _ANY_OTHER
    }
    for branch in (*schema.one_of, *schema.any_of):
        alternative = reader.read(branch)
        name = shared_name(alternative)
        if name and alternative.node.key not in mapped:
            pinned = pinned_values(alternative, reader, discriminator.property_name)
            own = {name} if pinned is None or name in pinned else pinned
            target = Target(alternative, name, is_implicit=True, is_pinned=pinned is not None)
            for value in own - fixed:
                values[value] = (*values.get(value, ()), target)
    return values


def _mappings(discriminator: Discriminator) -> Iterator[tuple[str, str]]:
    yield from discriminator.mapping.items()
    if discriminator.default_mapping is not None:
        yield _ANY_OTHER, discriminator.default_mapping


def _mapped(schema: Schema, reader: SchemaReader, discriminator: Discriminator, reference: str) -> Target:
    found = _resolved(schema, reader, reference)
    if found is None:
        return Target(None, reference)
    pinned = pinned_values(found, reader, discriminator.property_name)
    return Target(found, shared_name(found) or reference, is_pinned=pinned is not None)


def _resolved(schema: Schema, reader: SchemaReader, reference: str) -> Schema | None:
    """The schema that a mapping names. It is "RECOMMENDED that it be treated as a schema name" where it may be one."""
    is_swagger = schema.dialect is Dialect.OPENAPI_2_0
    by_name = [f"#/{_GROUPS[is_swagger]}{reference}"] if _NAME.fullmatch(reference) else []
    for candidate in (*by_name, reference):
        try:
            return reader.read(reader.resolve(schema.origin("discriminator"), candidate))
        except UnreadableError:
            continue
    return None


def shared_name(schema: Schema) -> str:
    """The name that stands for a shared schema in a payload; empty for one that has none."""
    component = schema.component or ""
    group = next((group for group in _GROUPS if component.startswith(group)), None)
    return component.removeprefix(group) if group is not None else ""


def pinned_values(schema: Schema, reader: SchemaReader, name: str) -> frozenset[str] | None:
    """The values that a schema lets its discriminating property have, None where it leaves them open."""
    declared = schema.properties.get(name)
    if declared is None:
        return None
    enum = reader.read(declared).enum
    if enum is None:
        return None
    return frozenset(str(item.value) for item in enum if isinstance(item.value, str | int | float))


def _refuses(schema: Schema, reader: SchemaReader, discriminator: Discriminator, value: str) -> bool:
    """Whether no alternative of a side lets a value through, so that the keywords of schemas tell that it came or went."""
    alternatives = [reader.read(branch) for branch in (*schema.one_of, *schema.any_of)] or [schema]
    pinned = [pinned_values(alternative, reader, discriminator.property_name) for alternative in alternatives]
    return all(values is not None and value not in values for values in pinned)


def _names(schema: Schema, reader: SchemaReader, values: Mapping[str, _Targets]) -> frozenset[str]:
    """The names of all schemas that a side chooses among."""
    branches: Sequence[Node] = (*schema.one_of, *schema.any_of)
    return frozenset(
        {target.name for targets in values.values() for target in targets}
        | {shared_name(reader.read(branch)) for branch in branches}
    )


def _is_same(pair: Pair, base: Target, head: Target, known: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a value leads to the same as before: by name, by content, or to what took the place of a schema that is gone."""
    if base.name == head.name:
        return True
    if base.schema is None or head.schema is None:
        return False
    took_its_place = base.name not in known[1] and head.name not in known[0]
    return took_its_place or pair.unchanged(base.schema.node, head.schema.node)


def _changed(pair: Pair, before: JsonValue | Unset, after: JsonValue | Unset) -> None:
    pair.change("discriminator.changed", Effect.INCOMPARABLE, "discriminator", before=before, after=after)


def _value_changed(pair: Pair, value: str, effect: Effect, base: _Targets, head: _Targets) -> None:
    pair.change(
        "discriminator.mapping-changed",
        effect,
        "discriminator",
        before=_said(base),
        after=_said(head),
        details={"name": value},
    )


def _said(targets: _Targets) -> JsonValue | Unset:
    return ", ".join(sorted(target.name for target in targets)) if targets else UNSET


def _compare_rest(pair: Pair) -> None:
    """Extensions of the discriminator, and fields that nothing reads."""
    base, head = (_rest(schema) for schema in (pair.base, pair.head))
    for name in [*base, *(name for name in head if name not in base)]:
        old, new = base.get(name), head.get(name)
        if old is not None and new is not None and same_value(old.value, new.value):
            continue
        is_extension = name.startswith("x-")
        pair.change(
            "extension.changed" if is_extension else "unjudged.changed",
            Effect.NONE if is_extension else Effect.INCOMPARABLE,
            base=old or pair.base.origin("discriminator"),
            head=new or pair.head.origin("discriminator"),
            before=UNSET if old is None else old.value,
            after=UNSET if new is None else new.value,
            details={"keyword": f"discriminator/{name}"},
        )


def _rest(schema: Schema) -> dict[str, Node]:
    read = _READ if schema.dialect is Dialect.OPENAPI_3_2 else _READ - {"defaultMapping"}
    return {name: node for name, node in schema.origin("discriminator").members() if name not in read}

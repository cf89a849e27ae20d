"""Values that travel as text: parameters, headers, fields of forms (OpenAPI 3.2, section 4.12.4 "Style Examples"; RFC 9110,
section 5.5).

`?page=5` is the same call whether `page` is an integer or a string. So a number or boolean that becomes any string admits more
calls than before, where in JSON `5` and `"5"` are different values. What differs in this way is told here; then both sides are
given the same schema there, so that all else is compared as in JSON, with payloads that are valid as the files have them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.rewritten import Replacing
from contractguard.diff.openapi.texts import Sort, Texts, may_be_empty, may_be_null, texts_of
from contractguard.diff.openapi.written_schemas import annotations_of, excluding, with_listed_values, with_values_of
from contractguard.errors import UnreadableError
from contractguard.model.change import Direction, Effect
from contractguard.model.openapi import Parameter, ParameterLocation
from contractguard.model.places import Conjunction, Node
from contractguard.model.schema import JsonType, Schema, SchemaReader
from contractguard.model.values import JsonValue

_ARRAY = frozenset({JsonType.ARRAY})
_REPEATING = frozenset({"form", "cookie", "matrix"})
_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
_MOST_LEVELS = 8
"""Levels of arrays and objects in one value: serialisations of more than one are not defined, and few go beyond two."""


@dataclass(frozen=True, slots=True)
class Named:
    """How a part of a value is called: its element and subject, as they are called where it travels as JSON."""

    element: str
    subject: str

    def below(self, label: str, subject: str) -> Named:
        """A part of this part."""
        return Named(f"{self.element}{label}", subject)

    def at(self, base: Schema, head: Schema) -> Named:
        """The name of two schemas at this place: the shared one, where both are the same definition."""
        component = base.component if base.component == head.component else None
        return Named(component, f"schema '{component.rpartition('/')[2]}'") if component else self


Alike = Callable[[Schema, Schema], bool]
"""Whether two schemas let the same values through although JSON would tell them apart."""


def compare_written_values(comparison: Comparison, spot: Spot, base: Parameter, head: Parameter) -> None:
    """Compare the schemas of two parameters or headers. Call it for those without `content` only."""
    before, after = base.schema, head.schema
    if before is not None and after is not None:
        values = WrittenValues(
            comparison,
            spot,
            may_repeat="deepObject" not in (base.style, head.style),
            null_is_absent=not (base.required or head.required),
            delimiter=delimiter_of(head.style, explode=head.explode),
        )
        values.compare(before, after, Named(spot.element, spot.subject))
        is_told = values.is_told(before)
        before, after = values.rest(before, after)
        if not is_told:
            before, after = _without_unsent(comparison, (base, head), (before, after))
    comparison.payload(spot, before, after, (base.node, head.node))


def _without_unsent(
    comparison: Comparison, parameters: tuple[Parameter, Parameter], schemas: tuple[Node, Node]
) -> tuple[Node, Node]:
    """Both schemas without what no call can send, where they differ in it.

    An empty segment fits no template of a path (OpenAPI 3.2, section 4.8.2), and what is null is left out (RFC 6570, section
    2.3), so that an optional value loses nothing with null.
    """
    readers = (comparison.base.schemas, comparison.head.schemas)
    try:
        base, head = (reader.read(node) for reader, node in zip(readers, schemas, strict=True))
    except UnreadableError:
        return schemas  # the comparison of the schemas meets it again, and tells it
    unsent: list[JsonValue] = []
    if all(one.location is ParameterLocation.PATH for one in parameters) and may_be_empty(base) != may_be_empty(head):
        unsent.append("")
    if not any(one.required for one in parameters) and may_be_null(base) != may_be_null(head):
        unsent.append(None)
    if not unsent or any(schema.not_ is not None or isinstance(schema.node, Conjunction) for schema in (base, head)):
        return schemas
    return excluding(base, unsent), excluding(head, unsent)


def compare_written_schemas(
    comparison: Comparison,
    spot: Spot,
    schemas: tuple[Node | None, Node | None],
    places: tuple[Node, Node],
) -> None:
    """Compare two schemas of one value that is one text. `places` are pointed at on a side without schema: any text is valid."""
    before, after = schemas
    if (before is None) != (after is None):
        before, after = before or _any_text(places[0]), after or _any_text(places[1])
    if before is not None and after is not None:
        values = WrittenValues(comparison, spot, may_repeat=False)
        values.compare(before, after, Named(spot.element, spot.subject))
        before, after = values.rest(before, after)
    comparison.payload(spot, before, after, places)


def delimiter_of(style: str | None, *, explode: bool | None) -> str | None:
    """What stands between the items of an array (OpenAPI 3.2, section 4.12.4); None where each has the name before it."""
    if style == "label" and explode:
        return "."
    if explode and style in _REPEATING:
        return None
    return _DELIMITERS.get(style or "", ",")


def _any_text(place: Node) -> Node:
    return Node({"type": "string"}, place.path, place.pointer)


@dataclass(slots=True)
class WrittenValues:
    """Compares one value on both sides: `compare` what is text in it, then take the schemas with `rest`.

    `may_repeat` says that a single value is written as an array of one is; `delimiter` is what divides the items of that array
    where the name is not repeated. `null_is_absent` says that the value may be left out, as it is where it is null. `alike`
    settles pairs before their texts are asked.
    """

    comparison: Comparison
    spot: Spot
    may_repeat: bool = True
    null_is_absent: bool = False
    delimiter: str | None = None
    alike: Alike | None = None
    _base: dict[tuple[str, str], Node] = field(default_factory=dict)
    _head: dict[tuple[str, str], Node] = field(default_factory=dict)
    _cut: tuple[dict[tuple[str, str], Node], dict[tuple[str, str], Node]] = field(default_factory=lambda: ({}, {}))
    """Where a pair lies within itself: what is below is compared where it is met first."""
    _met: set[tuple[int, int]] = field(default_factory=set)
    _open: set[tuple[int, int]] = field(default_factory=set)

    def compare(self, base: Node, head: Node, named: Named, level: int = 0) -> None:
        """Compare the texts at one place, and at the places below it."""
        if level > _MOST_LEVELS or isinstance(base, Conjunction) or isinstance(head, Conjunction):
            return
        if self.comparison.says_the_same(base, head):
            return
        try:
            old, new = self.comparison.base.schemas.read(base), self.comparison.head.schemas.read(head)
            here = named.at(old, new)
            if not self._settle((base, head), (old, new), here, level):
                self._descend((base, head), (old, new), here, level)
        except UnreadableError:
            return  # the comparison of the schemas meets it again, and tells it

    def compare_further(self, base: Schema, head: Schema, named: Named, level: int = 0) -> None:
        """Compare the values of properties that no name is given for."""
        old, new = base.additional_properties, head.additional_properties
        if old is not None and new is not None:
            self.compare(old, new, named.below(" > *", f"additional properties of {named.subject}"), level)

    def is_told(self, base: Node) -> bool:
        """Whether all that differs in a schema of base has been told, or is going to be with the schemas that `rest` gives."""
        return base.key in self._base

    def rest(self, base: Node, head: Node) -> tuple[Node, Node]:
        """Both schemas, with one and the same in each place where the difference has been told."""
        if not self._base:
            return base, head
        readers = (self.comparison.base.schemas, self.comparison.head.schemas)
        old = Replacing(readers[0], {**self._cut[0], **self._base}).within(base)
        return old, Replacing(readers[1], {**self._cut[1], **self._head}).within(head)

    def _descend(self, nodes: tuple[Node, Node], schemas: tuple[Schema, Schema], named: Named, level: int) -> None:
        pair = (id(schemas[0]), id(schemas[1]))
        if pair in self._open:
            for node, schema, cut in zip(nodes, schemas, self._cut, strict=True):
                cut[node.key] = annotations_of(schema)
        elif pair not in self._met:
            self._met.add(pair)
            self._open.add(pair)
            self._compare_parts(*schemas, named, level + 1)
            self._open.discard(pair)

    def _compare_parts(self, base: Schema, head: Schema, named: Named, level: int) -> None:
        if base.items is not None and head.items is not None:
            self.compare(base.items, head.items, named.below("[]", f"items of {named.subject}"), level)
        for name, node in base.properties.items():
            if name in head.properties:
                self.compare(node, head.properties[name], named.below(f" > {name}", f"property '{name}'"), level)
        self.compare_further(base, head, named, level)

    def _settle(self, nodes: tuple[Node, Node], schemas: tuple[Schema, Schema], named: Named, level: int) -> bool:
        """Compare single values. Whether their difference is told, or is none."""
        base, head = schemas
        if self.alike is not None and self.alike(base, head):
            self._replace(nodes, annotations_of(base), annotations_of(head))
            return True
        old, new = texts_of(self.comparison.base.schemas, base), texts_of(self.comparison.head.schemas, head)
        if self.null_is_absent and level == 0:
            old, new = (None if texts is None else replace(texts, has_null=False) for texts in (old, new))
        if old is not None and new is not None:
            return self._settle_texts(nodes, (old, new), named)
        if not self.may_repeat:
            return False
        if old is not None:
            return self._settle_array(nodes, (old, head), named, Effect.WIDENED)
        return new is not None and self._settle_array(nodes, (new, base), named, Effect.NARROWED)

    def _settle_texts(self, nodes: tuple[Node, Node], texts: tuple[Texts, Texts], named: Named) -> bool:
        old, new = texts
        effect = _effect(old, new)
        sender = old if self.spot.direction is Direction.INPUT else new
        if old.types == new.types or (old.has_null and not new.has_null):
            return False  # as in JSON
        if effect is not Effect.NONE and old.sort is new.sort is Sort.LISTED:
            # The values that came and went are told one by one.
            self._replace(nodes, with_listed_values(sender, old), with_listed_values(sender, new))
            return True
        if effect is None or _is_as_in_json(effect, old, new):
            return False
        # Of restricted strings, some that JSON refuses are written like a number.
        if sender.sort is Sort.ANY and self._is_told_with_payload(nodes, (old.schema, new.schema), effect):
            return True
        kind = "type.written-alike" if effect is Effect.NONE else "type.changed"
        self._add(kind, effect, named, (old.schema, new.schema), (_said(old.types), _said(new.types)))
        self._replace(nodes, with_values_of(sender, old.schema), with_values_of(sender, new.schema))
        return True

    def _settle_array(
        self, nodes: tuple[Node, Node], sides: tuple[Texts, Schema], named: Named, effect: Effect
    ) -> bool:
        """A single value on one side, and on the other an array that takes it: `a=x` is both."""
        single, array = sides
        reader = self.comparison.head.schemas if effect is Effect.WIDENED else self.comparison.base.schemas
        item = _item_of(reader, array)
        has_null = array.types is not None and JsonType.NULL in array.types
        loses_null = single.has_null > has_null if effect is Effect.WIDENED else single.has_null < has_null
        if item is None or loses_null or not single.within(item):
            return False
        names: tuple[JsonValue, JsonValue] = (_said(single.types), "array")
        schemas = (single.schema, array)
        if effect is Effect.NARROWED:
            schemas, names = (array, single.schema), ("array", _said(single.types))
        if self._is_told_with_payload(nodes, schemas, effect):
            return True
        is_divided = effect is Effect.WIDENED and self.delimiter is not None and single.may_hold(self.delimiter)
        self._add("type.divided" if is_divided else "type.changed", effect, named, schemas, names)
        self._replace(nodes, with_values_of(single, schemas[0]), with_values_of(single, schemas[1]))
        return True

    def _is_told_with_payload(self, nodes: tuple[Node, Node], schemas: tuple[Schema, Schema], effect: Effect) -> bool:
        """Let a break be found as in JSON, with the payload that shows it; whether that is possible.

        What the sender may send is refused there, too: JSON tells more values apart. Copies of both schemas stand for this place
        alone, so that nothing is said of others where the same definitions travel as JSON.
        """
        is_break = effect is (Effect.NARROWED if self.spot.direction is Direction.INPUT else Effect.WIDENED)
        values = [schema.node.value for schema in schemas]
        if not (is_break and self.comparison.payloads.is_backward) or _share_types(*schemas):
            return False
        copies = [
            Node(dict(value), schema.node.path, schema.node.pointer)
            for value, schema in zip(values, schemas, strict=True)
            if isinstance(value, dict)
        ]
        if len(copies) < len(schemas):
            return False
        self.comparison.payloads.read_as_text(copies[0], copies[1], effect)
        self._replace(nodes, copies[0], copies[1])
        return True

    def _add(
        self,
        kind: str,
        effect: Effect,
        named: Named,
        schemas: tuple[Schema, Schema],
        values: tuple[JsonValue, JsonValue],
    ) -> None:
        self.comparison.add(
            kind,
            effect,
            replace(self.spot, element=named.element, subject=named.subject),
            base=schemas[0].origin("types"),
            head=schemas[1].origin("types"),
            before=values[0],
            after=values[1],
        )

    def _replace(self, nodes: tuple[Node, Node], base: Node, head: Node) -> None:
        self._base[nodes[0].key] = base
        self._head[nodes[1].key] = head


def _effect(old: Texts, new: Texts) -> Effect | None:
    """What the change does to the set of texts; None where that is not known, or both gain and lose."""
    wider, narrower = old.within(new), new.within(old)
    if wider and narrower and old.has_null == new.has_null:
        return Effect.NONE
    if wider:
        return Effect.WIDENED
    return Effect.NARROWED if narrower and old.has_null == new.has_null else None


def _is_as_in_json(effect: Effect, old: Texts, new: Texts) -> bool:
    """Whether the same is seen where the values are compared as JSON: then their own keywords tell it better."""
    narrow, wide = (new, old) if effect is Effect.NARROWED else (old, new)
    types = wide.types | ({JsonType.INTEGER} if JsonType.NUMBER in wide.types else set())
    return effect is not Effect.NONE and narrow.types <= types


def _share_types(base: Schema, head: Schema) -> bool:
    """Whether the change of types is not the whole difference, as far as JSON goes: some values are valid on both sides."""
    return base.types is None or head.types is None or bool(base.types & head.types)


def _item_of(reader: SchemaReader, schema: Schema) -> Texts | None:
    """The texts of one item of an array that may have one item only."""
    if (
        (schema.types or frozenset()) - {JsonType.NULL} != _ARRAY
        or schema.prefix_items
        or schema.contains
        or schema.all_of
    ):
        return None
    has_room = (schema.min_items or 0) <= 1 and schema.max_items != 0
    return texts_of(reader, reader.read(schema.items)) if schema.items is not None and has_room else None


def _said(types: frozenset[JsonType]) -> JsonValue:
    names: list[JsonValue] = [str(name) for name in JsonType if name in types]
    return names[0] if len(names) == 1 else names

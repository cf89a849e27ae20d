"""Reading the keywords of one schema object into the fields of the normal form, dialect by dialect.

A keyword whose value has the wrong shape is not guessed at: it goes to `unknown`, where a difference is never compatible.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from contractguard.formats.jsonschema.dialects import (
    BOOLEAN_EXCLUSIVE,
    DOCUMENTATION,
    IDENTIFICATION,
    ITEMS_MAY_BE_A_TUPLE,
    KEYWORDS,
    OPENAPI_30_LIKE,
    PARAMETER_MEMBERS,
)
from contractguard.formats.jsonschema.open_lists import distinct, take_open_list
from contractguard.formats.jsonschema.versions import is_version_mark
from contractguard.model.places import Conjunction, Node
from contractguard.model.schema import Bound, Dialect, Discriminator, JsonType, OpenEnum
from contractguard.model.values import JsonValue, canonical

Fields: TypeAlias = dict[str, Any]
"""Fields of `Schema` that say something, to be passed to its constructor."""


class _WrongShapeError(Exception):
    """The value of a keyword is not of the shape its dialect asks for."""


def read_keywords(node: Node, dialect: Dialect, *, skip: frozenset[str] = frozenset()) -> Fields:
    """The fields that the keywords of the schema object at `node` give, without `$ref`, folding or normalising across them.

    Documentation, extensions and unknown keywords come as mappings from keyword to node; `origins` maps field to keyword node.
    """
    reader = _Reader(node, dialect)
    for name, member in node.members():
        if name not in skip:
            reader.take(name, member)
    reader.finish()
    return reader.fields


class _Reader:
    """Collects the fields of one schema object."""

    def __init__(self, node: Node, dialect: Dialect) -> None:
        self.node = node
        self.dialect = dialect
        self.fields: Fields = {}
        self.origins: dict[str, Node] = {}
        self.documentation: dict[str, Node] = {}
        self.extensions: dict[str, Node] = {}
        self.unknown: dict[str, Node] = {}
        self._known = KEYWORDS[dialect]

    def take(self, name: str, member: Node) -> None:
        """Read one member of the schema object."""
        if name in self._known:
            try:
                _READERS[name](self, member)
            except _WrongShapeError:
                self.unknown[name] = member
        elif name in DOCUMENTATION:
            self.documentation[name] = member
        elif name == "x-nullable" and self.dialect is Dialect.OPENAPI_2_0 and isinstance(member.value, bool):
            _nullable(self, member)  # 2.0 has no null; tools that write the extension mean what `nullable` says in 3.0
        elif name.startswith("x-") or (name == "nullable" and self.dialect in _WITHOUT_NULLABLE):
            self.extensions[name] = member
        elif name in IDENTIFICATION or is_version_mark(name, member):
            pass
        elif not (self.dialect is Dialect.OPENAPI_2_0 and name in PARAMETER_MEMBERS):
            self.unknown[name] = member

    def put(self, field: str, value: object, origin: Node) -> None:
        """Set a field, remembering the keyword it comes from."""
        self.fields[field] = value
        self.origins[field] = origin

    def finish(self) -> None:
        """What needs several keywords at once."""
        self._nullable()
        self._contains()
        self._open_enum()
        for field in ("documentation", "extensions", "unknown"):
            mapping = getattr(self, field)
            if mapping:
                self.fields[field] = mapping
        self.fields["origins"] = self.origins

    def _nullable(self) -> None:
        # OpenAPI 3.0.3, Schema Object, nullable: it counts only where `type` stands in the same object.
        says_null = self.fields.pop("nullable", False)
        if "types" not in self.fields:
            self.origins.pop("nullable", None)
        elif says_null:
            self.fields["types"] |= {JsonType.NULL}

    def _open_enum(self) -> None:
        listed = None if "enum" in self.fields else take_open_list(self.extensions, self.documentation)
        if listed is not None:
            self.put("open_enum", OpenEnum(distinct(listed.items()), complete=True), listed)

    def _contains(self) -> None:
        if "contains" not in self.fields:
            for field in ("min_contains", "max_contains"):  # without `contains` they say nothing (2020-12, 6.4.4)
                self.fields.pop(field, None)
        else:
            self.fields.setdefault("min_contains", 1)


_WITHOUT_NULLABLE = frozenset({Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2})
"""Where many still write `nullable`, which is an unknown keyword there and restricts nothing (2020-12 core, 6.5)."""


def _expect(condition: object) -> None:
    if not condition:
        raise _WrongShapeError


def is_schema(value: JsonValue) -> bool:
    """Whether a value has the shape of a schema."""
    return isinstance(value, dict | bool)


def _number(value: JsonValue) -> int | float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (isinstance(value, float) and not math.isfinite(value))
    ):
        raise _WrongShapeError
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _flag(field: str) -> Callable[[_Reader, Node], None]:
    def read(reader: _Reader, member: Node) -> None:
        _expect(isinstance(member.value, bool))
        if member.value:
            reader.put(field, True, member)  # noqa: FBT003  (the value of a keyword, not an option)

    return read


def _nullable(reader: _Reader, member: Node) -> None:
    _flag("nullable")(reader, member)
    reader.origins["nullable"] = member  # `false` too: it is where null was refused


def _count(field: str, *, silent: int | None = None) -> Callable[[_Reader, Node], None]:
    def read(reader: _Reader, member: Node) -> None:
        number = _number(member.value)
        _expect(isinstance(number, int) and number >= 0)
        if number != silent:
            reader.put(field, number, member)

    return read


def _text(field: str) -> Callable[[_Reader, Node], None]:
    def read(reader: _Reader, member: Node) -> None:
        _expect(isinstance(member.value, str))
        reader.put(field, member.value, member)

    return read


def _schema(field: str) -> Callable[[_Reader, Node], None]:
    def read(reader: _Reader, member: Node) -> None:
        _expect(is_schema(member.value))
        if member.value is not True and member.value != {}:
            reader.put(field, member, member)

    return read


def _schema_of_the_rest(field: str, evaluates: str) -> Callable[[_Reader, Node], None]:
    """For the keywords that govern what is left over: `true` restricts nothing, but leaves nothing unevaluated."""

    def read(reader: _Reader, member: Node) -> None:
        _schema(field)(reader, member)
        _evaluates(reader, member, evaluates)

    return read


def _evaluates(reader: _Reader, member: Node, field: str) -> None:
    if member.value in (True, {}) and "unevaluatedItems" in KEYWORDS[reader.dialect]:
        reader.fields[field] = True


def _telling_schema(field: str) -> Callable[[_Reader, Node], None]:
    """For the keywords where `true` says something: `not`, `if`, and `contains` (the array is not empty)."""

    def read(reader: _Reader, member: Node) -> None:
        _expect(is_schema(member.value))
        reader.put(field, member, member)

    return read


def _branches(field: str) -> Callable[[_Reader, Node], None]:
    def read(reader: _Reader, member: Node) -> None:
        items = member.items()
        _expect(items and all(is_schema(item.value) for item in items))
        reader.put(field, tuple(items), member)

    return read


def _schemas(field: str) -> Callable[[_Reader, Node], None]:
    def read(reader: _Reader, member: Node) -> None:
        _expect(isinstance(member.value, dict))
        for name, child in member.members():
            if not is_schema(child.value):
                reader.unknown[f"{member.pointer.rpartition('/')[2]}/{name}"] = child
        good = {name: child for name, child in member.members() if is_schema(child.value)}
        if good:
            reader.put(field, good, member)

    return read


def _bound(field: str, keyword: str, exclusive_keyword: str) -> Callable[[_Reader, Node], None]:
    def read(reader: _Reader, member: Node) -> None:
        exclusive = False
        if reader.dialect in BOOLEAN_EXCLUSIVE and isinstance(reader.node.value, dict):
            exclusive = reader.node.value.get(exclusive_keyword) is True
        _tighten(reader, field, Bound(_number(member.value), exclusive), member, upper=keyword == "maximum")

    return read


def _exclusive_bound(field: str, *, upper: bool) -> Callable[[_Reader, Node], None]:
    def read(reader: _Reader, member: Node) -> None:
        if reader.dialect in BOOLEAN_EXCLUSIVE:
            _expect(isinstance(member.value, bool))
            return  # read with the bound beside it
        _tighten(reader, field, Bound(_number(member.value), exclusive=True), member, upper=upper)

    return read


def _tighten(reader: _Reader, field: str, bound: Bound, origin: Node, *, upper: bool) -> None:
    held = reader.fields.get(field)
    if held is None or tighter(bound, held, upper=upper) is bound:
        reader.put(field, bound, origin)


def tighter(a: Bound, b: Bound, *, upper: bool) -> Bound:
    """The bound of two that admits less; `a` where they admit the same."""
    if a.value == b.value:
        return b if b.exclusive and not a.exclusive else a
    return a if (a.value < b.value) == upper else b


def _types(reader: _Reader, member: Node) -> None:
    value = member.value
    names = value if isinstance(value, list) else [value]
    _expect(names and all(isinstance(name, str) for name in names))
    if reader.dialect is Dialect.OPENAPI_2_0 and names == ["file"]:
        # Swagger 2.0, "file": bytes in a form part or a response.
        reader.put("types", frozenset({JsonType.STRING}), member)
        reader.put("format", "binary", member)
        return
    _expect(all(name in _TYPE_NAMES for name in names))
    reader.put("types", frozenset(JsonType(str(name)) for name in names), member)


_TYPE_NAMES = frozenset(str(kind) for kind in JsonType)


def _enum(reader: _Reader, member: Node) -> None:
    _expect(isinstance(member.value, list) and member.value)
    _restrict_enum(reader, {canonical(item.value): item for item in distinct(member.items())}, member)


def _const(reader: _Reader, member: Node) -> None:
    _restrict_enum(reader, {canonical(member.value): member}, member)


def _restrict_enum(reader: _Reader, values: Mapping[str, Node], origin: Node) -> None:
    held = reader.fields.get("enum")
    if held is not None:
        kept = {canonical(item.value) for item in held}
        values = {key: item for key, item in values.items() if key in kept}
    reader.put("enum", tuple(values.values()), origin)


def _multiple_of(reader: _Reader, member: Node) -> None:
    number = _number(member.value)
    _expect(number > 0)
    reader.put("multiple_of", number, member)


def _items(reader: _Reader, member: Node) -> None:
    if isinstance(member.value, list):
        _expect(reader.dialect in ITEMS_MAY_BE_A_TUPLE and all(is_schema(item) for item in member.value))
        reader.put("prefix_items", tuple(member.items()), member)
        rest = reader.node.get("additionalItems")
        if rest is not None and is_schema(rest.value):
            _rest_of_items(reader, rest)
        return
    _rest_of_items(reader, member)


_rest_of_items = _schema_of_the_rest("items", "evaluates_items")


def _additional_items(_: _Reader, member: Node) -> None:
    _expect(is_schema(member.value))  # read with `items`; without a tuple beside it, it says nothing


def _required(reader: _Reader, member: Node) -> None:
    if reader.dialect is Dialect.OPENAPI_2_0 and isinstance(member.value, bool):
        return  # of the parameter, not of its schema
    _expect(isinstance(member.value, list) and all(isinstance(name, str) for name in member.value))
    names = {str(item.value): item for item in reversed(member.items())}
    if names:
        reader.put("required", dict(reversed(names.items())), member)


def _dependencies(reader: _Reader, member: Node) -> None:
    _expect(isinstance(member.value, dict))
    for name, child in member.members():
        if isinstance(child.value, list):
            _expect(all(isinstance(item, str) for item in child.value))
            required = reader.fields.setdefault("dependent_required", {})
            required[name] = required.get(name, frozenset()) | {str(item) for item in child.value}
            reader.origins.setdefault("dependent_required", member)
        else:
            _expect(is_schema(child.value))
            schemas = reader.fields.setdefault("dependent_schemas", {})
            schemas[name] = Conjunction.of(schemas[name], child) if name in schemas else child
            reader.origins.setdefault("dependent_schemas", member)


def _dependent_required(reader: _Reader, member: Node) -> None:
    _expect(isinstance(member.value, dict) and all(isinstance(names, list) for names in member.value.values()))
    _dependencies(reader, member)


def _dependent_schemas(reader: _Reader, member: Node) -> None:
    _expect(isinstance(member.value, dict) and all(is_schema(item) for item in member.value.values()))
    _dependencies(reader, member)


def _default(reader: _Reader, member: Node) -> None:
    reader.put("default", member.value, member)


def _discriminator(reader: _Reader, member: Node) -> None:
    value = member.value
    if reader.dialect is Dialect.OPENAPI_2_0:
        _expect(isinstance(value, str))
        reader.put("discriminator", Discriminator(str(value), {}), member)
        return
    _expect(isinstance(value, dict) and isinstance(value.get("propertyName"), str))
    mapping = value.get("mapping", {}) if isinstance(value, dict) else {}
    _expect(isinstance(mapping, dict) and all(isinstance(target, str) for target in mapping.values()))
    name = str(value["propertyName"]) if isinstance(value, dict) else ""
    pairs = {str(key): str(target) for key, target in mapping.items()} if isinstance(mapping, dict) else {}
    default = value.get("defaultMapping") if isinstance(value, dict) and reader.dialect is Dialect.OPENAPI_3_2 else None
    _expect(default is None or isinstance(default, str))
    reader.put("discriminator", Discriminator(name, pairs, None if default is None else str(default)), member)


def _xml(reader: _Reader, member: Node) -> None:
    reader.put("xml", member.value, member)


_READERS: Mapping[str, Callable[[_Reader, Node], None]] = {
    "type": _types,
    "enum": _enum,
    "const": _const,
    "nullable": _nullable,
    "format": _text("format"),
    "minimum": _bound("minimum", "minimum", "exclusiveMinimum"),
    "maximum": _bound("maximum", "maximum", "exclusiveMaximum"),
    "exclusiveMinimum": _exclusive_bound("minimum", upper=False),
    "exclusiveMaximum": _exclusive_bound("maximum", upper=True),
    "multipleOf": _multiple_of,
    "minLength": _count("min_length", silent=0),
    "maxLength": _count("max_length"),
    "pattern": _text("pattern"),
    "contentEncoding": _text("content_encoding"),
    "contentMediaType": _text("content_media_type"),
    "contentSchema": _schema("content_schema"),
    "prefixItems": _branches("prefix_items"),
    "items": _items,
    "additionalItems": _additional_items,
    "contains": _telling_schema("contains"),
    "minContains": _count("min_contains"),
    "maxContains": _count("max_contains"),
    "minItems": _count("min_items", silent=0),
    "maxItems": _count("max_items"),
    "uniqueItems": _flag("unique_items"),
    "unevaluatedItems": _schema_of_the_rest("unevaluated_items", "evaluates_items"),
    "properties": _schemas("properties"),
    "patternProperties": _schemas("pattern_properties"),
    "additionalProperties": _schema_of_the_rest("additional_properties", "evaluates_properties"),
    "unevaluatedProperties": _schema_of_the_rest("unevaluated_properties", "evaluates_properties"),
    "propertyNames": _schema("property_names"),
    "required": _required,
    "minProperties": _count("min_properties", silent=0),
    "maxProperties": _count("max_properties"),
    "dependencies": _dependencies,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
    "allOf": _branches("all_of"),
    "anyOf": _branches("any_of"),
    "oneOf": _branches("one_of"),
    "not": _telling_schema("not_"),
    "if": _telling_schema("if_"),
    "then": _schema("then"),
    "else": _schema("else_"),
    "default": _default,
    "deprecated": _flag("deprecated"),
    "readOnly": _flag("read_only"),
    "writeOnly": _flag("write_only"),
    "discriminator": _discriminator,
    "xml": _xml,
}

NULLABLE_IDIOM_DIALECTS = frozenset(Dialect) - OPENAPI_30_LIKE
"""Where `null` is a type, so that a union with it is another way to write a type list."""

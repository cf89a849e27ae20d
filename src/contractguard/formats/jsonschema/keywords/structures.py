"""Keywords about arrays and objects that are more than a schema or a count: tuples, required names, dependencies."""

from __future__ import annotations

from contractguard.formats.jsonschema.dialects import ITEMS_MAY_BE_A_TUPLE
from contractguard.formats.jsonschema.keywords.reader import Reader
from contractguard.formats.jsonschema.keywords.shapes import expect, is_schema, schema_of_the_rest
from contractguard.model.places import Conjunction, Node
from contractguard.model.schema import Dialect


def items(reader: Reader, member: Node) -> None:
    """`items`: a schema for all items or, where the dialect has it so, a tuple with `additionalItems` for the rest."""
    if isinstance(member.value, list):
        expect(reader.dialect in ITEMS_MAY_BE_A_TUPLE and all(is_schema(item) for item in member.value))
        reader.put("prefix_items", tuple(member.items()), member)
        rest = reader.node.get("additionalItems")
        if rest is not None and is_schema(rest.value):
            _rest_of_items(reader, rest)
        return
    _rest_of_items(reader, member)


_rest_of_items = schema_of_the_rest("items", "evaluates_items")


def additional_items(_: Reader, member: Node) -> None:
    """`additionalItems`."""
    expect(is_schema(member.value))  # read with `items`; without a tuple beside it, it says nothing


def required(reader: Reader, member: Node) -> None:
    """`required`; of a name that stands twice the first place counts."""
    if reader.dialect is Dialect.OPENAPI_2_0 and isinstance(member.value, bool):
        return  # of the parameter, not of its schema
    expect(isinstance(member.value, list) and all(isinstance(name, str) for name in member.value))
    names = {str(item.value): item for item in reversed(member.items())}
    if names:
        reader.put("required", dict(reversed(names.items())), member)


def dependencies(reader: Reader, member: Node) -> None:
    """`dependencies`: names, or a schema, for each name."""
    expect(isinstance(member.value, dict))
    for name, child in member.members():
        if isinstance(child.value, list):
            expect(all(isinstance(item, str) for item in child.value))
            required = reader.fields.setdefault("dependent_required", {})
            required[name] = required.get(name, frozenset()) | {str(item) for item in child.value}
            reader.origins.setdefault("dependent_required", member)
        else:
            expect(is_schema(child.value))
            schemas = reader.fields.setdefault("dependent_schemas", {})
            schemas[name] = Conjunction.of(schemas[name], child) if name in schemas else child
            reader.origins.setdefault("dependent_schemas", member)


def dependent_required(reader: Reader, member: Node) -> None:
    """`dependentRequired`."""
    expect(isinstance(member.value, dict) and all(isinstance(names, list) for names in member.value.values()))
    dependencies(reader, member)


def dependent_schemas(reader: Reader, member: Node) -> None:
    """`dependentSchemas`."""
    expect(isinstance(member.value, dict) and all(is_schema(item) for item in member.value.values()))
    dependencies(reader, member)

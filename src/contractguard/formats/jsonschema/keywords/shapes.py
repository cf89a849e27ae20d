"""The shapes that many keywords share: a flag, a count, a text, a schema, several schemas. Each makes the reader of a keyword."""

from __future__ import annotations

import math

from contractguard.formats.jsonschema.dialects import KEYWORDS
from contractguard.formats.jsonschema.keywords.reader import Read, Reader, WrongShapeError
from contractguard.model.places import Node
from contractguard.model.values import JsonValue


def expect(condition: object) -> None:
    """Raise `WrongShapeError` unless a condition holds."""
    if not condition:
        raise WrongShapeError


def is_schema(value: JsonValue) -> bool:
    """Whether a value has the shape of a schema."""
    return isinstance(value, dict | bool)


def number_of(value: JsonValue) -> int | float:
    """A number; a whole one as an integer. Raises `WrongShapeError` for anything else, and for what is not finite."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (isinstance(value, float) and not math.isfinite(value))
    ):
        raise WrongShapeError
    return int(value) if isinstance(value, float) and value.is_integer() else value


def flag(field: str) -> Read:
    """For the keywords that are true or false; false says nothing."""

    def read(reader: Reader, member: Node) -> None:
        expect(isinstance(member.value, bool))
        if member.value:
            reader.put(field, True, member)  # noqa: FBT003  (the value of a keyword, not an option)

    return read


def count(field: str, *, silent: int | None = None) -> Read:
    """For the keywords with a number that is not negative; `silent` is the one that says nothing."""

    def read(reader: Reader, member: Node) -> None:
        number = number_of(member.value)
        expect(isinstance(number, int) and number >= 0)
        if number != silent:
            reader.put(field, number, member)

    return read


def text(field: str) -> Read:
    """For the keywords with a text."""

    def read(reader: Reader, member: Node) -> None:
        expect(isinstance(member.value, str))
        reader.put(field, member.value, member)

    return read


def schema(field: str) -> Read:
    """For the keywords with a schema, where `true` restricts nothing."""

    def read(reader: Reader, member: Node) -> None:
        expect(is_schema(member.value))
        if member.value is not True and member.value != {}:
            reader.put(field, member, member)

    return read


def schema_of_the_rest(field: str, evaluates: str) -> Read:
    """For the keywords that govern what is left over: `true` restricts nothing, but leaves nothing unevaluated."""

    def read(reader: Reader, member: Node) -> None:
        schema(field)(reader, member)
        _evaluates(reader, member, evaluates)

    return read


def _evaluates(reader: Reader, member: Node, field: str) -> None:
    if member.value in (True, {}) and "unevaluatedItems" in KEYWORDS[reader.dialect]:
        reader.fields[field] = True


def telling_schema(field: str) -> Read:
    """For the keywords where `true` says something: `not`, `if`, and `contains` (the array is not empty)."""

    def read(reader: Reader, member: Node) -> None:
        expect(is_schema(member.value))
        reader.put(field, member, member)

    return read


def branches(field: str) -> Read:
    """For the keywords with a list of schemas."""

    def read(reader: Reader, member: Node) -> None:
        items = member.items()
        expect(items and all(is_schema(item.value) for item in items))
        reader.put(field, tuple(items), member)

    return read


def schemas(field: str) -> Read:
    """For the keywords with schemas by name; what is none of them is unknown by itself."""

    def read(reader: Reader, member: Node) -> None:
        expect(isinstance(member.value, dict))
        for name, child in member.members():
            if not is_schema(child.value):
                reader.unknown[f"{member.pointer.rpartition('/')[2]}/{name}"] = child
        good = {name: child for name, child in member.members() if is_schema(child.value)}
        if good:
            reader.put(field, good, member)

    return read

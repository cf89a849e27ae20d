"""Which texts a schema of single values lets through, where values travel as text.

OpenAPI 3.2, section 4.12.4 "Style Examples" and Appendix B "Data Type Conversion"; RFC 9110, section 5.5 for headers: a number
is its digits, a boolean is `true` or `false`, a string is itself. So `5` is one text for an integer and for a string.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from contractguard.model.places import Node
from contractguard.model.schema import Bound, JsonType, Schema, SchemaReader, type_of
from contractguard.model.values import JsonValue
from contractguard.semantics.languages import Emptiness, find_string, matches

_NUMERIC = frozenset({JsonType.INTEGER, JsonType.NUMBER})
_NUMBERS = _NUMERIC | {JsonType.BOOLEAN}
_SINGLE = _NUMBERS | {JsonType.STRING}
_OTHER_FIELDS = ("all_of", "not_", "if_", "dependent_schemas", "dependent_required")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,40})(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)
_OF_NUMBERS = frozenset("0123456789.+-eE")
_MOST_LISTED = 300
"""Integers between two bounds that are listed one by one."""


class Sort(Enum):
    """How a set of texts is described."""

    ANY = auto()
    """Every text."""
    LISTED = auto()
    """The texts of an `enum`, or `true` and `false`."""
    NUMBERS = auto()
    """The texts of numbers (and booleans), within bounds."""
    RESTRICTED = auto()
    """Strings with a format, a pattern or a length."""


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The texts of a schema. `types` are those of the values, without null; `listed` maps each text to its value."""

    schema: Schema
    sort: Sort
    types: frozenset[JsonType]
    has_null: bool
    listed: Mapping[str, Node]

    def within(self, other: Texts) -> bool:
        """Whether it is certain that every text of this set is one of the other."""
        if other.sort is Sort.ANY:
            return True
        if self.sort is Sort.LISTED:
            return all(other.has(text) for text in self.listed)
        if self.sort is Sort.NUMBERS:
            return _numbers_within(self, other)
        return self.sort is Sort.RESTRICTED and other.sort is Sort.RESTRICTED and _restricts_more(self, other)

    def has(self, text: str) -> bool:
        """Whether it is certain that a text is one of the set."""
        if self.sort is Sort.LISTED:
            return text in self.listed
        if self.sort is Sort.NUMBERS:
            return _is_number_of(self, text)
        return self.sort is Sort.ANY or _is_string_of(self.schema, text)

    def may_hold(self, character: str) -> bool:
        """Whether some text of the set may hold a character that none of `true`, `false` has."""
        if self.sort is Sort.LISTED:
            return any(character in text for text in self.listed)
        if self.sort is Sort.NUMBERS:
            return character in _OF_NUMBERS and JsonType.NUMBER in self.types
        pattern = self.schema.pattern
        return pattern is None or find_string(matching=[pattern, f"[{character}]"], avoiding=[]) is not Emptiness.EMPTY


def may_be_empty(schema: Schema) -> bool:
    """Whether the empty string may be valid, as far as the schema itself tells."""
    is_listed = schema.enum is None or any(item.value == "" for item in schema.enum)
    is_matched = schema.pattern is None or matches(schema.pattern, "") is not False
    return _allows(schema, JsonType.STRING) and is_listed and is_matched and not schema.min_length


def may_be_null(schema: Schema) -> bool:
    """Whether null may be valid, as far as the schema itself tells."""
    return _allows(schema, JsonType.NULL) and (schema.enum is None or any(item.value is None for item in schema.enum))


def _allows(schema: Schema, kind: JsonType) -> bool:
    return schema.boolean is not False and (schema.types is None or kind in schema.types)


def text_of(value: JsonValue) -> str | None:
    """How a single value is written; None for null, arrays and objects."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value) if isinstance(value, int | float) else None


def texts_of(reader: SchemaReader, schema: Schema) -> Texts | None:
    """The texts of a schema of single values. None where it allows arrays or objects, or says something beyond that."""
    if any(getattr(schema, name) for name in _OTHER_FIELDS) or schema.boolean is not None:
        return None
    if schema.any_of or schema.one_of:
        return _texts_of_union(reader, schema)
    return _texts_of_types(schema) if schema.enum is None else _texts_of_enum(schema)


def _texts_of_types(schema: Schema) -> Texts | None:
    types = (schema.types or frozenset()) - {JsonType.NULL}
    if not types or not types <= _SINGLE:
        return None
    sort = Sort.NUMBERS
    listed: Mapping[str, Node] = {}
    if JsonType.STRING in types:
        sort = Sort.RESTRICTED if _is_restricted(schema) else Sort.ANY
        if sort is Sort.RESTRICTED and types != {JsonType.STRING}:
            return None
    elif types == {JsonType.BOOLEAN}:
        sort = Sort.LISTED
        listed = {text: schema.node.with_value(value) for text, value in (("true", True), ("false", False))}
    return Texts(schema, sort, types, schema.types is not None and JsonType.NULL in schema.types, listed)


def _texts_of_enum(schema: Schema) -> Texts | None:
    listed: dict[str, Node] = {}
    has_null = False
    for item in schema.enum or ():
        text = text_of(item.value)
        if text is not None:
            listed[text] = item
        elif item.value is None:
            has_null = True
        else:
            return None
    types = frozenset(type_of(item.value) for item in listed.values())
    return Texts(schema, Sort.LISTED, types, has_null, listed) if listed else None


def _texts_of_union(reader: SchemaReader, schema: Schema) -> Texts | None:
    """The texts of a union that says nothing beside its branches: those of one that takes any text, or all that are listed."""
    if (
        (schema.any_of and schema.one_of)
        or schema.enum is not None
        or schema.types is not None
        or _is_restricted(schema)
    ):
        return None
    branches = [texts_of(reader, reader.read(branch)) for branch in (*schema.any_of, *schema.one_of)]
    known = [branch for branch in branches if branch is not None]
    if len(known) < len(branches):
        return None
    types = frozenset[JsonType]().union(*(branch.types for branch in known))
    has_null = any(branch.has_null for branch in known)
    if any(branch.sort is Sort.ANY for branch in known):
        return Texts(schema, Sort.ANY, types, has_null, {})
    if all(branch.sort is Sort.LISTED for branch in known):
        listed = {text: node for branch in known for text, node in branch.listed.items()}
        return Texts(schema, Sort.LISTED, types, has_null, listed)
    return None


def _is_restricted(schema: Schema) -> bool:
    return bool(schema.format or schema.pattern or schema.min_length or schema.content_encoding) or (
        schema.max_length is not None
    )


def _is_number_of(texts: Texts, text: str) -> bool:
    if text in {"true", "false"}:
        return JsonType.BOOLEAN in texts.types
    if not _NUMBER.fullmatch(text) or not texts.types & _NUMERIC:
        return False
    number = json.loads(text)
    schema = texts.schema
    if JsonType.NUMBER not in texts.types and type_of(number) is not JsonType.INTEGER:
        return False
    return (
        _is_beyond(number, schema.minimum, upper=False)
        and _is_beyond(number, schema.maximum, upper=True)
        and (schema.multiple_of is None or number % schema.multiple_of == 0)
    )


def _is_beyond(number: float, bound: Bound | None, *, upper: bool) -> bool:
    if bound is None or number == bound.value:
        return bound is None or not bound.exclusive
    return (number < bound.value) is upper


def _is_string_of(schema: Schema, text: str) -> bool:
    return (
        schema.format is None
        and schema.content_encoding is None
        and len(text) >= (schema.min_length or 0)
        and (schema.max_length is None or len(text) <= schema.max_length)
        and (schema.pattern is None or matches(schema.pattern, text) is True)
    )


def _numbers_within(numbers: Texts, other: Texts) -> bool:
    listed = _integers_between(numbers)
    if listed is not None:
        return all(other.has(text) for text in listed)
    if other.sort is Sort.NUMBERS:
        return _bounded_within(numbers, other)
    return other.sort is Sort.RESTRICTED and _written_within(numbers, other.schema)


def _written_within(numbers: Texts, strings: Schema) -> bool:
    """Whether each number, written out, is one of some strings. A number has one character at least, and no end of them."""
    is_free = strings.format is None and strings.content_encoding is None and strings.max_length is None
    if not is_free or (strings.min_length or 0) > 1:
        return False
    if strings.pattern is None:
        return True
    return find_string(matching=[_written_as(numbers)], avoiding=[strings.pattern]) is Emptiness.EMPTY


def _bounded_within(numbers: Texts, other: Texts) -> bool:
    wider = other.types | ({JsonType.INTEGER} if JsonType.NUMBER in other.types else set())
    a, b = numbers.schema, other.schema
    return numbers.types <= wider and all(
        getattr(b, name) in (None, getattr(a, name)) for name in ("minimum", "maximum", "multiple_of", "format")
    )


def _integers_between(numbers: Texts) -> list[str] | None:
    """All integers of a set with two bounds that lie close together."""
    schema = numbers.schema
    if numbers.types != {JsonType.INTEGER} or schema.minimum is None or schema.maximum is None:
        return None
    least, most = schema.minimum.value, schema.maximum.value
    if not (isinstance(least, int) and isinstance(most, int) and most - least <= _MOST_LISTED):
        return None
    return [text for text in map(str, range(least, most + 1)) if _is_number_of(numbers, text)]


def _written_as(numbers: Texts) -> str:
    """A pattern that the text of each of these numbers matches."""
    least = numbers.schema.minimum
    sign = "" if least is not None and least.value >= 0 else "-?"
    is_positive = least is not None and (least.value > 0 or (least.value == 0 and least.exclusive))
    whole = "[1-9][0-9]*" if is_positive and numbers.types == {JsonType.INTEGER} else "(?:0|[1-9][0-9]*)"
    options = [sign + whole] if numbers.types & _NUMERIC else []
    if JsonType.NUMBER in numbers.types:
        options = [sign + whole + r"(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"]
    if JsonType.BOOLEAN in numbers.types:
        options += ["true", "false"]
    return f"^(?:{'|'.join(options)})$"


def _restricts_more(a: Texts, b: Texts) -> bool:
    names = ("format", "pattern", "min_length", "max_length", "content_encoding")
    return all(getattr(b.schema, name) in (None, getattr(a.schema, name)) for name in names)

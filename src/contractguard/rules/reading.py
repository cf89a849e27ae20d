"""Reading rule and profile files strictly: whatever is wrong is a `UsageError` with file, line, column and remedy."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn, Protocol, TypeVar

import msgspec

from contractguard.errors import UsageError
from contractguard.model.document import Document
from contractguard.model.places import Location
from contractguard.model.values import JsonValue, escape_token

T = TypeVar("T")

_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `(?P<name>.*)`", re.DOTALL)
_PLACE = re.compile(r" - at `\$(?P<path>.*)`$", re.DOTALL)
_PATH_TOKEN = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]")


class RuleDocuments(Protocol):
    """The part of `Documents` that reading rules needs."""

    def document(self, path: str) -> Document:
        """The parsed file."""
        ...

    def locate(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Location]:
        """Line and column of each (path, pointer)."""
        ...


@dataclass(frozen=True, slots=True)
class StrictFile:
    """One file that is read strictly."""

    documents: RuleDocuments
    path: str

    def value(self) -> dict[str, JsonValue]:
        """The content, an object without duplicate keys. Raises `UsageError`."""
        document = self.documents.document(self.path)
        for duplicate in document.duplicates:
            raise UsageError(
                f"the key '{duplicate.key}' stands twice",
                path=self.path,
                line=duplicate.line,
                column=duplicate.column,
                remedy="keep one of the two",
            )
        if not isinstance(document.value, dict):
            self.fail("", "expected an object with the fields of DESIGN section 6", "see rules/README.md")
        return document.value

    def convert(self, value: JsonValue, into: type[T], pointer: str = "") -> T:
        """The value at `pointer` as the struct `into`. Raises `UsageError` at the field that is wrong."""
        try:
            return msgspec.convert(value, into)
        except msgspec.ValidationError as error:
            self._fail_with(str(error), into, pointer)

    def fail(self, pointer: str, message: str, remedy: str | None = None) -> NoReturn:
        """Raise a `UsageError` that points at `pointer`."""
        place = self.documents.locate([(self.path, pointer)]).get((self.path, pointer))
        raise UsageError(
            message,
            path=self.path,
            line=place.line if place else None,
            column=place.column if place else None,
            remedy=remedy,
        )

    def fail_unknown(self, pointer: str, what: str, name: object, known: Iterable[object]) -> NoReturn:
        """Raise a `UsageError` for a name that is none of `known`."""
        self.fail(pointer, f"unknown {what} '{name}'", did_you_mean(str(name), [str(item) for item in known]))

    def _fail_with(self, text: str, into: type[object], pointer: str) -> NoReturn:
        """Turn msgspec's sentence into an error with a position."""
        place = _PLACE.search(text)
        message = text[: place.start()] if place else text
        path = place["path"] if place else ""
        for match in _PATH_TOKEN.finditer(path):
            pointer += "/" + escape_token(match[1] or match[2])
        unknown = _UNKNOWN_FIELD.fullmatch(message)
        if unknown:
            self.fail_unknown(
                f"{pointer}/{escape_token(unknown['name'])}", "field", unknown["name"], _fields_at(into, path)
            )
        self.fail(pointer, message[:1].lower() + message[1:].replace("`", "'"), "see rules/README.md for the fields")


def did_you_mean(name: str, known: Collection[str]) -> str:
    """A remedy for a misspelt name: the closest known one, or all of them."""
    import difflib  # noqa: PLC0415 (only an error needs it)

    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else f"one of: {', '.join(sorted(known))}"


def _fields_at(into: type[object], path: str) -> list[str]:
    """The fields of the struct that a path of msgspec leads to from `into`."""
    kind = msgspec.inspect.type_info(into)
    for match in _PATH_TOKEN.finditer(path):
        kind = _member(_plain(kind), match[1])
    kind = _plain(kind)
    return [field.encode_name for field in kind.fields] if isinstance(kind, msgspec.inspect.StructType) else []


def _plain(kind: msgspec.inspect.Type) -> msgspec.inspect.Type:
    """An optional type without its null."""
    if isinstance(kind, msgspec.inspect.UnionType):
        return next((one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType)), kind)
    return kind


def _member(kind: msgspec.inspect.Type, field: str | None) -> msgspec.inspect.Type:
    """The type of a field of a struct, or of the items of a list (`field` None)."""
    if isinstance(kind, msgspec.inspect.StructType) and field is not None:
        return next((one.type for one in kind.fields if one.encode_name == field), kind)
    if isinstance(kind, msgspec.inspect.VarTupleType | msgspec.inspect.ListType):
        return kind.item_type
    return kind

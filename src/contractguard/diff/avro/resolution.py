"""Schema resolution: whether a reader's schema reads everything that was written with a writer's schema.

The rules are those of the Avro 1.12 specification, "Schema Resolution", as `SchemaCompatibility` of Apache Avro Java 1.12 applies
them: a branch of the writer's union must resolve in some branch of the reader's, names match without their namespace, logical
types do not count. Where types refer to themselves, a pair of types counts as compatible unless something proves otherwise, and
what is proved is settled for all pairs of a cycle together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from contractguard.diff.avro.types import NameIndex, is_named, kind_word, names_match, reads_primitive, resolved
from contractguard.model.avro import (
    AvroArray,
    AvroEnum,
    AvroField,
    AvroFixed,
    AvroMap,
    AvroNamedTypes,
    AvroPrimitive,
    AvroRecord,
    AvroType,
    AvroUnion,
)
from contractguard.model.values import UNSET

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that keeps a pair from resolving, at `suffix` below it."""

    type: str
    suffix: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Part:
    """A pair that must resolve for the pair above it to resolve."""

    suffix: tuple[str, ...]
    reader: AvroType
    writer: AvroType


_Location: TypeAlias = "tuple[str, ...]"
_Key: TypeAlias = tuple[int, int]


class Resolution:
    """Answers for one reader and one writer, remembering each pair of types. Types must outlive this object."""

    def __init__(self, reader_names: AvroNamedTypes, writer_names: AvroNamedTypes) -> None:
        self._reader_names = reader_names
        self._writer_names = writer_names
        self._settled: dict[_Key, bool] = {}
        self._fields: dict[int, Mapping[str, AvroField]] = {}
        self._branches: dict[int, tuple[NameIndex, list[AvroType], dict[int, int]]] = {}

    def reads(self, reader: AvroType, writer: AvroType) -> bool:
        """Whether the reader's type reads every datum of the writer's type."""
        pair = self.resolved(reader, writer)
        key = _key(*pair)
        if key not in self._settled:
            self._settle(*pair)
        return self._settled[key]

    def sources(self, field: AvroField, reader: AvroRecord, writer: AvroRecord) -> tuple[AvroField, ...]:
        """The writer's fields that a field of the reader's record would take its value from, by name and by alias.

        None: the field takes its default. Several: nobody can tell which, and reading fails. Where aliases are crossed, so that
        each of several fields finds its own name and those of the others, each takes its own (Apache Avro refuses to compare such
        schemas).
        """
        written, own = self._named_fields(writer), self._named_fields(reader)
        found = [written[name] for name in (field.name, *field.aliases) if name in written]
        if len(found) > 1 and field.name in written:
            found = [each for each in found if each.name == field.name or each.name not in own]
        return tuple(found)

    def _named_fields(self, record: AvroRecord) -> Mapping[str, AvroField]:
        fields = self._fields.get(id(record))
        if fields is None:
            fields = self._fields[id(record)] = {each.name: each for each in record.fields}
        return fields

    def resolved(self, reader: AvroType, writer: AvroType) -> tuple[AvroType, AvroType]:
        """The types themselves, where these are references."""
        return resolved(reader, self._reader_names), resolved(writer, self._writer_names)

    def _settle(self, reader: AvroType, writer: AvroType) -> None:
        """Decide this pair and all that its answer hangs on: all hold, but for those that a failure reaches backwards."""
        waiting: dict[_Key, list[_Key]] = {}
        needed: dict[_Key, int] = {}
        met = {_key(reader, writer): (reader, writer)}
        stack = [(reader, writer)]
        while stack:
            pair = stack.pop()
            key = _key(*pair)
            premises, needed[key] = self._premises(*pair)
            for premise in premises:
                premise_key = _key(*premise)
                if premise_key not in self._settled and premise_key not in met:
                    met[premise_key] = premise
                    stack.append(premise)
                waiting.setdefault(premise_key, []).append(key)
        refuted = [key for key, count in needed.items() if not count]
        refuted += [key for key in waiting if self._settled.get(key) is False]
        self._settled.update(dict.fromkeys(met, True))
        self._spread(refuted, waiting, needed)

    def _spread(self, refuted: list[_Key], waiting: Mapping[_Key, list[_Key]], needed: dict[_Key, int]) -> None:
        """Carry failures to the pairs that need the failed ones. Each pair fails once."""
        failed = set(refuted)
        while refuted:
            key = refuted.pop()
            self._settled[key] = False
            for dependent in waiting.get(key, ()):
                needed[dependent] -= 1
                if needed[dependent] == 0 and dependent not in failed:
                    failed.add(dependent)
                    refuted.append(dependent)

    def _premises(self, reader: AvroType, writer: AvroType) -> tuple[list[tuple[AvroType, AvroType]], int]:
        """The pairs that decide a pair, and how many of them must fail for it to fail; 0 where it has failed already."""
        if isinstance(reader, AvroUnion) and not isinstance(writer, AvroUnion):
            candidates: list[tuple[AvroType, AvroType]] = [(each, writer) for each in self.candidates(reader, writer)]
            return candidates, len(candidates)
        premises = []
        for item in self.requirements(reader, writer):
            if isinstance(item, Failure):
                return [], 0
            pair = self.resolved(item.reader, item.writer)
            if not isinstance(pair[0], AvroPrimitive) or not isinstance(pair[1], AvroPrimitive):
                premises.append(pair)
            elif not reads_primitive(pair[0].name, pair[1].name):
                return [], 0
        return premises, 1

    def candidates(self, reader: AvroUnion, writer: AvroType) -> list[AvroType]:
        """The branches of the reader that come into question at all: of the same kind, with a matching name, or promoted to.

        In the order of the reader's union; `writer` is no reference.
        """
        index = self._branches.get(id(reader))
        if index is None:
            kinds = [resolved(branch, self._reader_names) for branch in reader.branches]
            places = {id(kind): place for place, kind in enumerate(kinds)}
            unnamed = [kind for kind in kinds if not is_named(kind)]
            index = self._branches[id(reader)] = (NameIndex(kinds), unnamed, places)
        by_name, unnamed, places = index
        if isinstance(writer, AvroRecord | AvroEnum | AvroFixed):
            return sorted(by_name.matching(writer), key=lambda kind: places[id(kind)])
        if isinstance(writer, AvroPrimitive):
            return [
                kind for kind in unnamed if isinstance(kind, AvroPrimitive) and reads_primitive(kind.name, writer.name)
            ]
        return [kind for kind in unnamed if type(kind) is type(writer)]

    def requirements(self, reader: AvroType, writer: AvroType) -> list[Failure | Part]:
        """What must hold for a pair other than a reader's union with a single type, in the order of the reader's schema."""
        if isinstance(writer, AvroUnion):
            return [Part((str(index),), reader, branch) for index, branch in enumerate(writer.branches)]
        if isinstance(reader, AvroPrimitive) and isinstance(writer, AvroPrimitive):
            return [] if reads_primitive(reader.name, writer.name) else [_type_mismatch(reader, writer)]
        if isinstance(reader, AvroArray) and isinstance(writer, AvroArray):
            return [Part(("items",), reader.items, writer.items)]
        if isinstance(reader, AvroMap) and isinstance(writer, AvroMap):
            return [Part(("values",), reader.values, writer.values)]
        return self._named_requirements(reader, writer)

    def _named_requirements(self, reader: AvroType, writer: AvroType) -> list[Failure | Part]:
        if isinstance(reader, AvroFixed) and isinstance(writer, AvroFixed):
            return [*_name_failures(reader, writer), *_size_failures(reader, writer)]
        if isinstance(reader, AvroEnum) and isinstance(writer, AvroEnum):
            return [*_name_failures(reader, writer), *_symbol_failures(reader, writer)]
        if isinstance(reader, AvroRecord) and isinstance(writer, AvroRecord):
            return [*_name_failures(reader, writer), *self._field_requirements(reader, writer)]
        return [_type_mismatch(reader, writer)]

    def _field_requirements(self, reader: AvroRecord, writer: AvroRecord) -> Generator[Failure | Part]:
        for index, field in enumerate(reader.fields):
            place = ("fields", str(index))
            sources = self.sources(field, reader, writer)
            if len(sources) == 1:
                yield Part((*place, "type"), field.type, sources[0].type)
            elif sources:
                names = ", ".join(source.name for source in sources)
                yield Failure("NAME_MISMATCH", place, f"{field.name} matches several writer fields: {names}")
            elif field.default is UNSET:
                yield self._missing_field(field, place, writer)

    def _missing_field(self, field: AvroField, place: _Location, writer: AvroRecord) -> Failure | Part:
        """Apache Avro compares an enum with a default of its own with the writer's record, which never fits."""
        kind = resolved(field.type, self._reader_names)
        if isinstance(kind, AvroEnum) and kind.default is not None:
            return Part((*place, "type"), kind, writer)
        return Failure("READER_FIELD_MISSING_DEFAULT_VALUE", place, field.name)


def _key(reader: AvroType, writer: AvroType) -> _Key:
    return id(reader), id(writer)


def _type_mismatch(reader: AvroType, writer: AvroType) -> Failure:
    words = f"reader type: {kind_word(reader).upper()} not compatible with writer type: {kind_word(writer).upper()}"
    return Failure("TYPE_MISMATCH", (), words)


def _name_failures(
    reader: AvroRecord | AvroEnum | AvroFixed, writer: AvroRecord | AvroEnum | AvroFixed
) -> list[Failure]:
    return [] if names_match(reader, writer) else [Failure("NAME_MISMATCH", ("name",), f"expected: {writer.fullname}")]


def _size_failures(reader: AvroFixed, writer: AvroFixed) -> list[Failure]:
    if reader.size == writer.size:
        return []
    return [Failure("FIXED_SIZE_MISMATCH", ("size",), f"expected: {writer.size}, found: {reader.size}")]


def _symbol_failures(reader: AvroEnum, writer: AvroEnum) -> list[Failure]:
    missing = sorted(symbol for symbol in writer.symbols if symbol not in reader.symbols)
    if not missing or reader.default is not None:
        return []
    return [Failure("MISSING_ENUM_SYMBOLS", ("symbols",), f"[{', '.join(missing)}]")]

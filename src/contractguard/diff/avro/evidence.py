"""What the verdict on a change rests on: a datum that the other side cannot read, or the rule that forbids the read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.diff.avro.data import SmallestData
from contractguard.diff.avro.ways import Target, Way, Ways, datum_along
from contractguard.model.change import Direction, Evidence, EvidenceKind
from contractguard.model.values import UNSET

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from contractguard.diff.avro.outcome import Difference, Pair
    from contractguard.model.avro import AvroType
    from contractguard.model.contract import AvroContract
    from contractguard.model.payload import DataChecker

_PROVED = "by Avro schema resolution"

_BRANCH = "a branch of the writer's union must match the reader's schema, or a branch of it"
_SYMBOL = "a symbol that the reader's enum does not have is an error where that enum has no default"
_FIELD = "a field that the writer's record does not have needs a default in the reader's"
_FORBIDDEN: Mapping[str, str] = {
    "avro.type-changed": "the reader's type does not match the writer's",
    "avro.name-changed": "named types match by their name without its namespace, or by an alias of the reader",
    "avro.union-branch-added": _BRANCH,
    "avro.union-branch-removed": _BRANCH,
    "avro.fixed-size-changed": "fixed types match only where their sizes are the same",
    "enum.value-added": _SYMBOL,
    "enum.value-removed": _SYMBOL,
    "field.added": _FIELD,
    "field.removed": _FIELD,
    "field.renamed": "the reader's field must have one field of the writer to take its value from, or a default",
}
"""Kind → what the specification says against the read. Kinds that are not here are not decided by resolution."""

_SECTION = 'Avro 1.12 specification, "Schema Resolution"'

_MOST_CHECKED = 1_000_000
"""Characters of data that are checked for one pair of schemas. What is not checked rests on the specification."""
_EACH = 2_000
"""What a check costs beside the characters of its datum, in characters."""


class Evidences:
    """Finds the evidence for changes. Without a checker, what breaks rests on the specification alone.

    Evidence is looked for in the directions asked for only.
    """

    def __init__(
        self,
        base: AvroContract,
        head: AvroContract,
        checker: DataChecker | None,
        directions: Collection[Direction],
    ) -> None:
        self._sides = {Direction.INPUT: base, Direction.OUTPUT: head}
        """The side that writes, by direction."""
        self._checker = checker
        self._directions = directions
        self._data: dict[Direction, SmallestData] = {}
        self._known: dict[tuple[object, ...], Evidence] = {}
        self._checked = 0

    def of(self, difference: Difference, pair: Pair | None, ways: Ways, direction: Direction) -> Evidence:
        """The evidence for a change of the pair at the end of these ways. None for the pair where data do not count."""
        forbidden = _FORBIDDEN.get(difference.kind)
        if forbidden is None:
            return Evidence(EvidenceKind.RULE)
        if not difference.breaks(direction):
            return Evidence(EvidenceKind.PROOF, note=_PROVED)
        doubt = None
        if pair is not None and direction in self._directions:
            evidence = self._witness(difference, pair, ways, direction)
            if evidence.kind is EvidenceKind.WITNESS:
                return evidence
            doubt = evidence.note
        rule = f"{_SECTION}: {forbidden}"
        return Evidence(EvidenceKind.RULE, note=f"{rule}; {doubt}" if doubt else rule)

    def _witness(self, difference: Difference, pair: Pair, ways: Ways, direction: Direction) -> Evidence:
        if direction is Direction.INPUT:
            way, end, target = ways.narrows, pair.base, difference.targets[0]
        else:
            way, end, target = ways.widens, pair.head, difference.targets[1]
        if way is None or self._checker is None:
            return _NOT_CHECKED
        key = (way, id(end), target)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._confirmed(way, end, target, direction, self._checker)
        return known

    def _confirmed(
        self, way: Way, end: AvroType, target: Target, direction: Direction, checker: DataChecker
    ) -> Evidence:
        """A datum that only the writing side can read, if fastavro agrees; else what speaks against it, as a note."""
        if self._checked > _MOST_CHECKED:
            return Evidence(EvidenceKind.RULE, note="no datum was looked for, as there are so many changes")
        datum = datum_along(way, end, target, self._data_of(direction))
        if datum is UNSET:
            return Evidence(EvidenceKind.RULE, note="no datum ends, or none is small enough to be shown")
        self._checked += len(repr(datum)) + _EACH
        writer = "base" if direction is Direction.INPUT else "head"
        checked = checker.check(datum, written_with=writer, along=way.labels(), missing=target.missing)
        if checked.valid is None:
            return Evidence(EvidenceKind.RULE, note=f"a datum was not confirmed: {checked.reason}")
        if checked.valid:
            return Evidence(EvidenceKind.RULE, note="fastavro is laxer and reads such data")
        return Evidence(
            EvidenceKind.WITNESS, payload=datum, accepted_by=writer, refused_because=checked.reason, note=_PROVED
        )

    def _data_of(self, direction: Direction) -> SmallestData:
        if direction not in self._data:
            self._data[direction] = SmallestData(self._sides[direction].names)
        return self._data[direction]


_NOT_CHECKED = Evidence(EvidenceKind.RULE)

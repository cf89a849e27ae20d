"""Ways from the root of a schema to a pair of types, and the data that lead along them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.diff.avro.data import MAP_KEY, Size, SmallestData
from contractguard.diff.avro.types import identity
from contractguard.model.avro import AvroArray, AvroMap, AvroRecord, AvroType, AvroUnion
from contractguard.model.values import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contractguard.model.values import JsonValue

MOST_PARTS = 5000
DEEPEST = 100
"""How large and how deep a datum may be that is shown."""


@dataclass(frozen=True, slots=True)
class Step:
    """From a type to a part of it, by what each side calls it: the name of a field, the identity of a branch, or nothing."""

    base: str = ""
    head: str = ""
    is_branch: bool = False
    """Whether it leads into a union; the side that has none there stays where it is."""


STRAIGHT = Step()
"""To the items of an array or the values of a map."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """How data of one side come to a type: from `holder`, by the part `label` of it; None where nothing holds it.

    `other` is what the other side, which reads, calls that part.
    """

    parent: Way | None = None
    holder: AvroType | None = None
    label: str = ""
    other: str = ""
    length: int = 0

    def on(self, holder: AvroType, label: str, other: str, *, is_branch: bool) -> Way:
        """A way that is a step longer."""
        stays = is_branch and not isinstance(holder, AvroUnion)
        return Way(self, None if stays else holder, label, other, self.length + (not stays))

    def labels(self) -> tuple[tuple[str, str], ...]:
        """What the side that writes and the side that reads call each part, the outermost first."""
        found, way = [], self
        while way.parent is not None:
            found.append((way.label, way.other))
            way = way.parent
        return tuple(reversed(found))

    def steps(self) -> Iterator[tuple[AvroType, str]]:
        """Holders and labels, the innermost first."""
        way = self
        while way.parent is not None:
            if way.holder is not None:
                yield way.holder, way.label
            way = way.parent


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways on which it matters what stands at their end: for data of base (`narrows`), and for data of head."""

    narrows: Way | None
    widens: Way | None

    def on(self, base: AvroType, head: AvroType, step: Step, *, narrows: bool, widens: bool) -> Ways:
        """The ways to a part of the pair `base` and `head` at their end, as far as it is exposed."""
        return Ways(
            self.narrows.on(base, step.base, step.head, is_branch=step.is_branch)
            if self.narrows is not None and narrows
            else None,
            self.widens.on(head, step.head, step.base, is_branch=step.is_branch)
            if self.widens is not None and widens
            else None,
        )

    def joined(self, other: Ways) -> Ways:
        """These ways, which were found first, and those of the others that they lack."""
        return Ways(self.narrows or other.narrows, self.widens or other.widens)


@dataclass(frozen=True, slots=True)
class Target:
    """What a datum must have at the end of its way: this symbol, or this branch of a union there, else anything.

    `missing` is a field that the reader wants and does not find.
    """

    symbol: str | None = None
    branch: AvroType | None = None
    missing: str = ""


ANYTHING = Target()


def datum_along(way: Way, end: AvroType, target: Target, data: SmallestData) -> JsonValue | Unset:
    """A datum of the root that has what `target` says at the end of the way, where a type `end` stands.

    `UNSET` where there is none, or none that is small enough to be shown.
    """
    found = _at_end(end, target, data)
    if found is None:
        return UNSET
    value, size = found
    level = way.length
    for holder, label in way.steps():
        level -= 1
        if isinstance(holder, AvroRecord):
            others = {field.name: data.size(field.type) for field in holder.fields if field.name != label}
            sizes = [each for each in others.values() if each is not None]
            size = Size.around([size, *sizes])
            if len(sizes) < len(others) or size.parts > MOST_PARTS or level + size.depth > DEEPEST:
                return UNSET
            fields = holder.fields
            value = {each.name: value if each.name == label else data.datum(each.type) for each in fields}
        else:
            value = _around(holder, label, value)
            size = Size.around([size])
    return value if size.depth <= DEEPEST else UNSET


def _at_end(end: AvroType, target: Target, data: SmallestData) -> tuple[JsonValue, Size] | None:
    if target.symbol is not None:
        return target.symbol, Size(1, 1)
    kind = end if target.branch is None else target.branch
    size = data.size(kind)
    if size is None or size.parts > MOST_PARTS or size.depth > DEEPEST:
        return None
    value = data.datum(kind)
    if target.branch is None or not isinstance(end, AvroUnion):
        return value, size
    return _around(end, identity(kind), value), Size.around([size])


def _around(holder: AvroType, label: str, value: JsonValue) -> JsonValue:
    """A value inside an array, a map or a union."""
    if isinstance(holder, AvroArray):
        return [value]
    if isinstance(holder, AvroMap):
        return {MAP_KEY: value}
    return None if label == "null" else {label: value}

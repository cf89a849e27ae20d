"""What is read wrong of unions: a branch of the reader that comes first and is not the one that was meant.

The specification takes the first branch of the reader's union that matches (Avro 1.12, "Schema Resolution"), and so do some
implementations. Apache Avro for Java looks for the same type first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.diff.avro.meaning import misread_of_branch
from contractguard.diff.avro.misreads import Misread
from contractguard.diff.avro.outcome import Exposure
from contractguard.diff.avro.scalars import misread_scalars
from contractguard.diff.avro.types import branches, identity, is_named, label, resolved
from contractguard.model.avro import AvroFixed, AvroNamedTypes, AvroPrimitive, AvroType, AvroUnion
from contractguard.model.change import Direction

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from contractguard.diff.avro.outcome import Outcome, Pair, Sides
    from contractguard.diff.avro.resolution import Resolution


_CLOSENESS: Mapping[str, int] = {"long": 1, "double": 2, "float": 3}
"""Which number comes closest to one that has no branch of its own: what loses nothing first."""


def misread_unions(pair: Pair, sides: Sides, outcome: Outcome) -> None:
    """Tell which branches another branch of the reader comes before, where it did not at the writer."""
    for direction in Direction:
        inward = direction is Direction.INPUT
        writer, reader = (pair.base, pair.head) if inward else (pair.head, pair.base)
        if not isinstance(reader, AvroUnion) or not pair.exposure.reads(direction):
            continue
        resolution = sides.head_reads_base if inward else sides.base_reads_head
        names = sides.base_names if inward else sides.head_names
        order = {identity(branch): index for index, branch in enumerate(branches(writer))}
        for branch in branches(writer):
            first = _taken(resolved(branch, names), reader, resolution, order)
            if first is None:
                continue
            place = pair.place.branch(identity(branch)) if isinstance(writer, AvroUnion) else pair.place
            old, new = (branch, first) if inward else (first, branch)
            outcome.misread(_misread(branch, first, names), direction, place, base=old.node, head=new.node)


def misread_strays(pair: Pair, compared: Collection[tuple[str, str]], sides: Sides, outcome: Outcome) -> None:
    """Tell what is read wrong of branches that the other side reads with a branch which they were not compared with.

    `compared` are the names of the branches of base and head that were. Nothing breaks by the rest, as the whole other side reads
    them; what they are read as counts all the same.
    """
    for direction in Direction:
        if not pair.exposure.reads(direction):
            continue
        inward = direction is Direction.INPUT
        writer, reader = (pair.base, pair.head) if inward else (pair.head, pair.base)
        resolution = sides.head_reads_base if inward else sides.base_reads_head
        names = (sides.base_names, sides.head_names) if inward else (sides.head_names, sides.base_names)
        for branch in branches(writer):
            written = resolved(branch, names[0])
            read = _meant(written, reader, resolution, names[1])
            if read is None:
                continue
            base, head = (written, read) if inward else (read, written)
            if (identity(base), identity(head)) in compared:
                continue
            place = pair.place.branch(identity(base)) if isinstance(pair.base, AvroUnion) else pair.place
            if isinstance(base, AvroPrimitive) and isinstance(head, AvroPrimitive):
                misread_scalars(base, head, direction, place, outcome)
            else:
                within = Exposure(narrows=False, widens=False, head_reads=inward, base_reads=not inward, is_stray=True)
                outcome.descend(base, head, within, place)


def _meant(written: AvroType, reader: AvroType, resolution: Resolution, names: AvroNamedTypes) -> AvroType | None:
    """What a branch of the writer is read as: the reader's branch of the same name, else the first that reads it."""
    if not isinstance(reader, AvroUnion):
        kind = resolved(reader, names)
        return kind if resolution.reads(kind, written) else None
    found = [each for each in resolution.candidates(reader, written) if resolution.reads(each, written)]
    return next((each for each in found if identity(each) == identity(written)), found[0] if found else None)


def _taken(branch: AvroType, reader: AvroUnion, resolution: Resolution, order: dict[str, int]) -> AvroType | None:
    """The branch of the reader that is taken in place of the one that was meant; None where there is no doubt."""
    candidates = resolution.candidates(reader, branch)
    found = [each for each in candidates if resolution.reads(each, branch)]
    if not found:
        return None
    # Sizes of fixed types are part of whether they match; fields and symbols are not.
    first = found[0] if isinstance(branch, AvroFixed) else candidates[0]
    names = [identity(each) for each in found]
    meant = identity(branch)
    if first is not found[0]:
        return (
            first if names[0] == meant else found[0]
        )  # the first one that matches does not resolve: some readers fail
    if meant not in names and meant in map(identity, candidates):
        return found[0]  # the one of the same name does not resolve: others fail
    if len(found) < 2:  # noqa: PLR2004  (a choice)
        return None
    closest = min(names, key=lambda name: _CLOSENESS.get(name, 0)) if meant not in names else meant
    if names[0] == closest and not (is_named(branch) and meant not in names):
        return None
    written = sorted((name for name in names if name in order), key=lambda name: order[name])
    return None if written == names else found[0]


def _misread(branch: AvroType, first: AvroType, names: AvroNamedTypes) -> Misread:
    written = resolved(branch, names)
    if isinstance(written, AvroPrimitive) and isinstance(first, AvroPrimitive):
        return misread_of_branch(written, first)
    return Misread("union-branch", label(branch), label(first), values=(identity(branch), identity(first)))

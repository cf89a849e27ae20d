"""Comparing two types of which at least one is a union: branches are matched by what they are, not by where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.diff.avro.annotations import compare_order
from contractguard.diff.avro.outcome import Outcome, Pair, Place, Sides
from contractguard.diff.avro.scalars import compare_meaning
from contractguard.diff.avro.types import NameIndex, branches, identity, kind_word, label, reads_primitive, resolved
from contractguard.diff.avro.union_misreads import misread_strays, misread_unions
from contractguard.diff.avro.ways import ANYTHING, Step, Target
from contractguard.model.avro import (
    AvroArray,
    AvroEnum,
    AvroFixed,
    AvroMap,
    AvroNamed,
    AvroNamedTypes,
    AvroPrimitive,
    AvroRecord,
    AvroType,
    AvroUnion,
)
from contractguard.model.change import Effect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.values import JsonValue


def compare_unions(pair: Pair, sides: Sides, outcome: Outcome) -> None:
    """Compare the branches of both sides; a type that is no union is its own only branch.

    A branch counts as readable when the whole other side reads it: a union may have another branch that does.
    """
    matching = BranchMatching(pair.base, pair.head, sides)
    for base, head in matching.same:
        # There is one array and one map at most in a union, so `lines[]` says enough.
        place = pair.place if isinstance(base, AvroArray | AvroMap) else pair.place.branch(identity(head))
        head_fails, base_fails = _failures(pair, base, head, sides)
        within = pair.exposure.within(narrows=head_fails, widens=base_fails)
        outcome.descend(base, head, within, place, Step(identity(base), identity(head), is_branch=True))
    for base, head in matching.promoted:
        place = pair.place.branch(identity(base)) if isinstance(pair.base, AvroUnion) else pair.place
        head_fails, base_fails = _failures(pair, base, head, sides)
        effect = pair.exposure.effect(head_fails=head_fails, base_fails=base_fails)
        outcome.add(
            "avro.type-changed",
            effect,
            place,
            base=base.node,
            head=head.node,
            before=label(base),
            after=label(head),
            targets=(Target(branch=base), Target(branch=head)),
        )
        if isinstance(base, AvroPrimitive) and isinstance(head, AvroPrimitive):
            compare_meaning(base, head, pair.exposure, place, outcome)
    misread_unions(pair, sides, outcome)
    compared = {(identity(base), identity(head)) for base, head in (*matching.same, *matching.promoted)}
    misread_strays(pair, compared, sides, outcome)
    _compare_unmatched(pair, matching, sides, outcome)
    _compare_shape(pair, matching, outcome)


def _failures(pair: Pair, base: AvroType, head: AvroType, sides: Sides) -> tuple[bool, bool]:
    """Whether the whole of head fails to read the branch `base`, and the whole of base the branch `head`."""
    return not sides.head_reads_base.reads(pair.head, base), not sides.base_reads_head.reads(pair.base, head)


def _compare_unmatched(pair: Pair, matching: BranchMatching, sides: Sides, outcome: Outcome) -> None:
    for base in matching.only_base:
        effect = pair.exposure.effect(head_fails=not sides.head_reads_base.reads(pair.head, base), base_fails=False)
        place = _branch_place(pair, base)
        targets = (Target(branch=base), ANYTHING)
        outcome.add("avro.union-branch-removed", effect, place, base=base.node, before=label(base), targets=targets)
    for head in matching.only_head:
        effect = pair.exposure.effect(head_fails=False, base_fails=not sides.base_reads_head.reads(pair.base, head))
        place, targets = _branch_place(pair, head), (ANYTHING, Target(branch=head))
        outcome.add("avro.union-branch-added", effect, place, head=head.node, after=label(head), targets=targets)


def _branch_place(pair: Pair, branch: AvroType) -> Place:
    """The selector names the branch; sentences say that what holds the union has gained or lost it."""
    return Place(pair.place.branch(identity(branch)).element, pair.place.subject)


def _compare_shape(pair: Pair, matching: BranchMatching, outcome: Outcome) -> None:
    """Say when only the order of branches changed, or when a type became a union of itself alone."""
    if isinstance(pair.base, AvroUnion) and isinstance(pair.head, AvroUnion):
        base, head = ([identity(branch) for branch in branches(side)] for side in (pair.base, pair.head))
        compare_order(base, head, (pair.base.node, pair.head.node), pair.place, outcome)
    elif not (matching.promoted or matching.only_base or matching.only_head):
        outcome.add(
            "avro.type-changed",
            Effect.NONE,
            pair.place,
            base=pair.base.node,
            head=pair.head.node,
            before=_shape(pair.base),
            after=_shape(pair.head),
        )


def _shape(kind: AvroType) -> JsonValue:
    return [label(branch) for branch in kind.branches] if isinstance(kind, AvroUnion) else label(kind)


class BranchMatching:
    """Which branch of base stands for which of head.

    `same`: alike in kind and name, or, failing that, with names that match in one direction by alias or without namespace;
    `promoted`: primitives of which one reads the other. The rest is `only_base` and `only_head`, in file order.
    """

    def __init__(self, base: AvroType, head: AvroType, sides: Sides) -> None:
        self.same: list[tuple[AvroType, AvroType]] = []
        self.promoted: list[tuple[AvroType, AvroType]] = []
        self._sides = sides
        self._bases = {identity(branch): branch for branch in branches(base)}
        self._heads = {identity(branch): branch for branch in branches(head)}
        self._match_identities()
        self._match_names()
        self._match_promotions()
        self.only_base, self.only_head = tuple(self._bases.values()), tuple(self._heads.values())

    def _take(self, into: list[tuple[AvroType, AvroType]], base: str, head: str) -> None:
        into.append((self._bases.pop(base), self._heads.pop(head)))

    def _match_identities(self) -> None:
        for name in [name for name in self._bases if name in self._heads]:
            base, head = self._sides.resolved(self._bases[name], self._heads[name])
            if kind_word(base) == kind_word(head):
                self._take(self.same, name, name)

    def _match_names(self) -> None:
        heads = _named(self._heads, self._sides.head_names)
        index = NameIndex(heads.values())
        for base in _named(self._bases, self._sides.base_names).values():
            names = (*(head.fullname for head in index.matching(base)), *base.aliases)
            partner = next((name for name in names if type(heads.get(name)) is type(base)), None)
            if partner is not None:
                self._take(self.same, base.fullname, partner)
                del heads[partner]

    def _match_promotions(self) -> None:
        for base in [name for name, kind in self._bases.items() if isinstance(kind, AvroPrimitive)]:
            heads = [name for name, kind in self._heads.items() if isinstance(kind, AvroPrimitive)]
            partner = next((head for head in heads if reads_primitive(head, base) or reads_primitive(base, head)), None)
            if partner is not None:
                self._take(self.promoted, base, partner)


def _named(kinds: Mapping[str, AvroType], names: AvroNamedTypes) -> dict[str, AvroNamed]:
    """The named types among these branches, by full name."""
    found = ((name, resolved(kind, names)) for name, kind in kinds.items())
    return {name: kind for name, kind in found if isinstance(kind, AvroRecord | AvroEnum | AvroFixed)}

"""Which contract of base is which of head: by path, by content where a file moved, by likeness where it was edited too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contractguard.model.document import ContractKind
from contractguard.model.values import JsonValue

_ALIKE = 0.5
"""Share of names that two files must have in common to be taken for one contract that moved."""

_MOST_LEFT_OVER = 400
"""Left-over contracts compared for likeness, each with each; beyond that they count as removed and added."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A contract of one side. `value` is the parsed root, None where it was not parsed (or cannot be)."""

    path: str
    kind: ContractKind
    blob_id: str
    value: JsonValue = None


@dataclass(frozen=True, slots=True)
class Counterparts:
    """One contract on both sides; None where it is new or gone."""

    base: Candidate | None
    head: Candidate | None
    named: bool = False
    """The user named both files, so that another path is no move."""

    @property
    def path(self) -> str:
        """The path at head, else at base."""
        candidate = self.head or self.base
        return candidate.path if candidate is not None else ""


def pair_contracts(base: Sequence[Candidate], head: Sequence[Candidate]) -> tuple[Counterparts, ...]:
    """All contracts of both sides, paired, in the order of their paths."""
    pairs: list[Counterparts] = []
    old = {candidate.path: candidate for candidate in base}
    new = {candidate.path: candidate for candidate in head}
    same = [path for path in sorted(old.keys() & new.keys()) if old[path].kind is new[path].kind]
    pairs += [Counterparts(old.pop(path), new.pop(path)) for path in same]
    _pair_moved(old, new, pairs)
    _pair_alike(old, new, pairs)
    pairs += [Counterparts(candidate, None) for candidate in old.values()]
    pairs += [Counterparts(None, candidate) for candidate in new.values()]
    return tuple(sorted(pairs, key=lambda pair: (pair.path, pair.head is None)))


def _pair_moved(old: dict[str, Candidate], new: dict[str, Candidate], pairs: list[Counterparts]) -> None:
    by_blob = {candidate.blob_id: path for path, candidate in sorted(old.items(), reverse=True)}
    for path in sorted(new):
        source = by_blob.pop(new[path].blob_id, None)
        if source is not None and old[source].kind is new[path].kind:
            pairs.append(Counterparts(old.pop(source), new.pop(path)))


def _pair_alike(old: dict[str, Candidate], new: dict[str, Candidate], pairs: list[Counterparts]) -> None:
    if not old or not new or len(old) > _MOST_LEFT_OVER or len(new) > _MOST_LEFT_OVER:
        return
    names_of = {id(candidate): _names(candidate) for side in (old, new) for candidate in side.values()}
    scored = sorted(
        (-likeness, before.path, after.path)
        for before in old.values()
        for after in new.values()
        if before.kind is after.kind and (likeness := _likeness(names_of[id(before)], names_of[id(after)])) >= _ALIKE
    )
    for _, source, target in scored:
        if source in old and target in new:
            pairs.append(Counterparts(old.pop(source), new.pop(target)))


def _names(candidate: Candidate) -> frozenset[str]:
    """What a contract is made of, by name: its operations, its types and fields, its properties."""
    value = candidate.value
    if not isinstance(value, dict):
        return frozenset()
    if candidate.kind is ContractKind.OPENAPI:
        paths = value.get("paths")
        return frozenset(paths) if isinstance(paths, dict) else frozenset()
    if candidate.kind is ContractKind.AVRO:
        fields = value.get("fields")
        listed = fields if isinstance(fields, list) else []
        return frozenset(
            {f"type {value.get('name')}"} | {str(item.get("name")) for item in listed if isinstance(item, dict)}
        )
    names = set()
    for keyword in ("properties", "definitions", "$defs"):
        members = value.get(keyword)
        names |= {f"{keyword} {name}" for name in members} if isinstance(members, dict) else set()
    return frozenset(names)


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Names in common, as a share of all names of both (Jaccard index)."""
    return len(a & b) / len(a | b) if a and b else 0.0

"""Which contracts are compared: those that the user names, or all that are found and that policy governs, paired."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contractguard.diff import Candidate, Counterparts, pair_contracts
from contractguard.documents import Discovery, DocumentSet, FoundContract, History, detect_document, discover
from contractguard.engine.history import was_ever_readable
from contractguard.engine.judging import report_error
from contractguard.engine.request import Request
from contractguard.engine.versions.fragments import changed_fragments, gone_fragments
from contractguard.engine.versions.succession import Succession, candidate_at, steps_within, successions
from contractguard.errors import ContractguardError, UnreadableError, UsageError
from contractguard.model.document import ContractKind
from contractguard.model.report import ReportError
from contractguard.model.snapshot import Entry
from contractguard.policy import Policy
from contractguard.sources import Sides

_KIND_NAMES = {
    ContractKind.OPENAPI: "an OpenAPI description",
    ContractKind.AVRO: "an Avro schema",
    ContractKind.JSONSCHEMA: "a JSON Schema",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on one side: contracts by path, what could not be read by path, path → history, and path → kind of the
    fragments, which other contracts lead to.
    """

    contracts: Mapping[str, FoundContract]
    unreadable: Mapping[str, ContractguardError]
    histories: Mapping[str, History]
    fragments: Mapping[str, ContractKind]


@dataclass(frozen=True, slots=True)
class Pairs:
    """All contracts to compare, in the order of their paths, and what was found on both sides. `changed` are the files that
    one side alone has, or whose bytes differ. Of `fragments` only the version is judged.
    """

    pairs: tuple[Counterparts | Succession, ...]
    base: Found
    head: Found
    changed: frozenset[str]
    errors: tuple[ReportError, ...]
    notes: tuple[str, ...]
    fragments: tuple[Counterparts | Succession, ...] = ()

    def histories_of(self, path: str) -> tuple[History, ...]:
        """The histories of a file, as both sides know them."""
        return tuple(side.histories[path] for side in (self.head, self.base) if path in side.histories)

    def untouched(self, pair: Counterparts) -> bool:
        """Whether no file of a contract changed, so that it need not be read."""
        if pair.base is None or pair.head is None or pair.base.path != pair.head.path:
            return False
        if pair.base.path in self.changed:
            return False
        files = self.base.contracts[pair.base.path].files | self.head.contracts[pair.head.path].files
        return files.isdisjoint(self.changed)


class Selection:
    """Chooses the contracts of one comparison."""

    def __init__(self, request: Request, sides: Sides, policy: Policy, base: DocumentSet, head: DocumentSet) -> None:
        self._request = request
        self._sides = sides
        self._policy = policy
        self._base = base
        self._head = head

    def focused(self) -> tuple[Counterparts, str]:
        """Two files that the user named, whatever they are called, and the path by which policy knows the contract."""
        stands_for = self._request.as_contract
        base_path = self._sides.base_focus if stands_for is None else self._path_of(stands_for)
        head = self._candidate(self._head, self._sides.head_focus)
        base = self._candidate(self._base, base_path, like=head)
        if base is not None and head is not None and base.kind is not head.kind:
            raise UsageError(
                f"{base.path} is {_KIND_NAMES[base.kind]}, and {head.path} {_KIND_NAMES[head.kind]}: they cannot be compared",
                remedy="name two contracts of one kind, or say with --kind how both are to be read",
            )
        pair = Counterparts(base, head, named=True)
        return pair, pair.path if stands_for is None or base_path is None else base_path

    def discovered(self) -> Pairs:
        """Every contract that lies on either side, or those that policy names; of these the ones that the user asks for.

        Raises `UsageError` where the user asks for contracts and there is none of these names.
        """
        base, head = self._both()
        changed = _changed_paths(self._base.snapshot.entries, self._head.snapshot.entries)
        errors, notes = self._unreadable(base, head, changed)
        readable = tuple(pair for pair in self._paired(base, head, changed) if pair.path not in head.unreadable)
        pairs = tuple(pair for pair in readable if self._asked_for(pair))
        if readable and not pairs:
            raise UsageError(
                f"no contract is called {' or '.join(self._request.contracts)}",
                remedy=f"use one of {', '.join(self._policy.contract_for(pair.path).id for pair in readable[:20])}",
            )
        notes = [*_twin_notes(head.contracts.values()), *self._policy_slips(base, head), *notes]
        if not pairs and not errors:
            notes.append("no contracts were found on either side")
        fragments = tuple(pair for pair in self._fragments(base, head, changed) if self._asked_for(pair))
        gone = gone_fragments(
            base.fragments, base.histories, (base.contracts, head.contracts), (self._base, self._head)
        )
        pairs = (*pairs, *(pair for pair in gone if self._asked_for(pair)))
        return Pairs(pairs, base, head, changed, tuple(errors), tuple(notes), fragments)

    def within(self) -> Pairs:
        """The steps of all histories of one side: each version with the one before it.

        Raises `UsageError` where the user asks for contracts and none of these names has a history.
        """
        found = self.find(self._head)
        candidates = [self._as_candidate(self._head, item, {}) for item in found.contracts.values()]
        steps = steps_within(candidates, found.histories, self._head)
        asked = tuple(step for step in steps if self._asked_for(step))
        if steps and not asked:
            raise UsageError(
                f"no version is called {' or '.join(self._request.contracts)}",
                remedy=f"use one of {', '.join(self._policy.contract_for(step.path).id for step in steps[:20])}",
            )
        errors = [report_error(error, "head") for error in found.unreadable.values()]
        notes = [*_twin_notes(found.contracts.values())]
        if not asked and not errors:
            notes.append("no versions lie side by side here")
        parts = [candidate_at(self._head, path, kind) for path, kind in found.fragments.items()]
        fragments = tuple(step for step in steps_within(parts, found.histories, self._head) if self._asked_for(step))
        return Pairs(asked, found, found, frozenset(), tuple(errors), tuple(notes), fragments)

    def _both(self) -> tuple[Found, Found]:
        """What was found on both sides. What is a contract on one side is one on the other, too, though another one leads to it
        there: it neither came nor went.
        """
        base, head = self._discovery(self._base), self._discovery(self._head)
        found = []
        for own, other in ((base, head), (head, base)):
            contracts = {found.path: found for found in own.contracts}
            others = {found.path: found.kind for found in other.contracts}
            contracts |= {path: own.fragment(path) for path, kind in own.fragments.items() if others.get(path) is kind}
            found.append(_found(own, contracts))
        return found[0], found[1]

    def find(self, documents: DocumentSet) -> Found:
        """The contracts of one side, or those of them that policy governs."""
        discovery = self._discovery(documents)
        return _found(discovery, {found.path: found for found in discovery.contracts})

    def _discovery(self, documents: DocumentSet) -> Discovery:
        include = self._is_governed if self._policy.names_contracts else None
        return discover(documents, include=include, wanted=self._keeps_history)

    def _fragments(self, base: Found, head: Found, changed: frozenset[str]) -> list[Counterparts | Succession]:
        histories = (base.histories, head.histories)
        return changed_fragments(base.fragments, head.fragments, histories, changed, (self._base, self._head))

    def _keeps_history(self, path: str) -> bool | None:
        """Whether versions beside a file are its history: False where the user or the policy says no, None where nobody does."""
        asked = self._policy.histories if self._request.histories is None else self._request.histories
        return self._policy.contract_for(path).history if asked else False

    def _paired(self, base: Found, head: Found, changed: frozenset[str]) -> list[Counterparts | Succession]:
        mended = [head.contracts[path] for path in base.unreadable if path in head.contracts and path in changed]
        old = [
            *(self._as_candidate(self._base, found, head.contracts) for found in base.contracts.values()),
            *(self._as_candidate(self._base, found, head.contracts) for found in mended),
        ]
        new = [self._as_candidate(self._head, found, base.contracts) for found in head.contracts.values()]
        found = successions(old, new, base.histories, head.histories, (self._base, self._head))
        followers = {item.path for item in found}
        paired = pair_contracts(old, [candidate for candidate in new if candidate.path not in followers])
        return sorted([*paired, *found], key=lambda pair: (pair.path, pair.head is None))

    def _path_of(self, contract: str) -> str:
        """Where the contract that a generated file stands for lies at base, by its path or its id."""
        if contract in self._sides.base.entries:
            return contract
        known = {self._policy.contract_for(path).id: path for path in self.find(self._base).contracts}
        if contract not in known:
            raise UsageError(
                f"there is no contract {contract[:80]!r} at {self._sides.base.ref}",
                remedy=f"use one of {', '.join(sorted(known)[:20]) or 'the paths of base'}",
            )
        return known[contract]

    def _candidate(self, documents: DocumentSet, path: str | None, like: Candidate | None = None) -> Candidate | None:
        """What a user named. An error names the file as the user did: the two may differ in their folder or ref alone."""
        if path is None:
            return None
        try:
            return self._detected(documents, path, like)
        except ContractguardError as error:
            if error.path == path and documents.snapshot.ref.endswith(path):
                error.path = documents.snapshot.ref
            raise

    def _detected(self, documents: DocumentSet, path: str, like: Candidate | None) -> Candidate:
        """A named file. One with a history that cannot be read is taken for a version of what it is compared with."""
        try:
            kind = self._request.kind or detect_document(
                documents.document(path), named=True, dialects=documents.dialects
            )
        except UnreadableError:
            if like is None or documents.snapshot.commit is None or not documents.exists(path):
                raise
            kind = like.kind
        if kind is None and not documents.document(path).raw.strip():
            raise UnreadableError("the file is empty", path=path, remedy="name a file with a contract in it")
        if kind is None:
            raise UnreadableError(
                "this is no contract that contractguard knows: neither OpenAPI nor Avro nor JSON Schema",
                path=path,
                remedy="say what it is with --kind openapi, avro or jsonschema",
            )
        return candidate_at(documents, path, kind)

    def _unreadable(self, base: Found, head: Found, changed: frozenset[str]) -> tuple[list[ReportError], list[str]]:
        """The changed files that look like contracts and cannot be read: errors, or notes on those that nobody relies on.

        A base that cannot be read is told by the comparison of its contract, where head can be read.
        """
        errors: list[ReportError] = []
        notes: list[str] = []
        for side, found, other in (("head", head, base), ("base", base, head)):
            for path, error in found.unreadable.items():
                if path not in changed or (side == "base" and path in other.contracts):
                    continue
                if self._is_relied_on(path, base):
                    errors.append(report_error(error, side))
                else:
                    notes.append(f"{error}; not compared, since no policy governs it and it was never readable")
        return errors, notes

    def _is_relied_on(self, path: str, base: Found) -> bool:
        """Whether policy governs a file, or it could be read at base or before (law 9)."""
        if self._is_governed(path) or path in base.contracts:
            return True
        return path in base.unreadable and was_ever_readable(self._base, path)

    def _policy_slips(self, base: Found, head: Found) -> list[str]:
        """Items of the policy that name nothing: probably a slip of the pen, and a contract that nobody watches."""
        unmatched = self._policy.matching_nothing((*base.contracts, *head.contracts))
        return [f"{self._policy.path}: the contract {name!r} matches no file on either side" for name in unmatched]

    def _is_governed(self, path: str) -> bool:
        return self._policy.contract_for(path).governed

    @staticmethod
    def _as_candidate(documents: DocumentSet, found: FoundContract, others: Mapping[str, FoundContract]) -> Candidate:
        """The value is needed only where the other side has no contract at this path."""
        value = None if found.path in others else documents.document(found.path).value
        return candidate_at(documents, found.path, found.kind, value)

    def _asked_for(self, pair: Counterparts | Succession) -> bool:
        wanted = self._request.contracts
        if not wanted:
            return True
        sides = (pair.head,) if isinstance(pair, Succession) else (pair.base, pair.head)
        names = {side.path for side in sides if side is not None}
        names |= {self._policy.contract_for(path).id for path in names}
        return any(fnmatch.fnmatchcase(name, pattern) for name in names for pattern in wanted)


def _found(discovery: Discovery, contracts: dict[str, FoundContract]) -> Found:
    fragments = {path: kind for path, kind in discovery.fragments.items() if path not in contracts}
    return Found(dict(sorted(contracts.items())), dict(discovery.unreadable), discovery.histories, fragments)


def _changed_paths(base: Mapping[str, Entry], head: Mapping[str, Entry]) -> frozenset[str]:
    """Files that one side alone has, or whose bytes differ."""
    return frozenset(
        path
        for path in base.keys() | head.keys()
        if path not in base or path not in head or base[path].blob_id != head[path].blob_id
    )


def _twin_notes(contracts: Iterable[FoundContract]) -> list[str]:
    return [
        f"{found.path} and {', '.join(found.twins)} are one contract; compared once"
        for found in contracts
        if found.twins
    ]

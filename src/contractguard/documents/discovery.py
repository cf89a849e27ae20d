"""Finding the contracts of a snapshot by content, wherever they lie, with the files that belong to each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from contractguard.documents.avro_names import AvroTypes
from contractguard.documents.closures import Edges, reach, roots, targets_of
from contractguard.documents.detection import detect_document, stands_alone
from contractguard.documents.exports import is_artifact_version
from contractguard.documents.file_references import references_in_value
from contractguard.documents.histories.grouping import History, Wanted, histories_of
from contractguard.documents.identifiers import is_called
from contractguard.documents.sniffing import Sniff
from contractguard.errors import ContractguardError
from contractguard.model.document import ContractKind
from contractguard.model.values import same_value

if TYPE_CHECKING:
    from contractguard.documents.document_set import DocumentSet

_SUFFIXES: Final = (
    ".json",
    ".yaml",
    ".yml",
    ".avsc",
    ".jsonschema",
    ".schema",
    ".openapi",
    ".swagger",
    ".oas",
    ".avro",
)
_LINES: Final = (".jsonl", ".ndjson")
_DUMPS: Final = (".txt", ".log", ".out", ".dump", ".backup", ".bak")
_TELLING_NAME = re.compile(r"openapi|swagger|\.avsc$|jsonschema|\.schema\.", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z_]+\Z")
_TWIN_SUFFIX = re.compile(r"\.(?:json|yaml|yml)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundContract:
    """A contract: its root file, its kind, and `files`, the root and every file that it leads to.

    `twins` are other files of the same folder and stem with an equal value (`api.json` and `api.yaml`), sorted.
    """

    path: str
    kind: ContractKind
    files: frozenset[str]
    twins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found: `contracts` sorted by path, and `unreadable`, path → error of files that look like contracts and
    cannot be read or parsed. `histories` is path → history, for the files that are versions of one; fragments are among them.
    `fragments` is path → kind, for the files that would be contracts if no other one led to them.
    """

    contracts: tuple[FoundContract, ...]
    unreadable: Mapping[str, ContractguardError]
    histories: Mapping[str, History] = field(default_factory=dict)
    fragments: Mapping[str, ContractKind] = field(default_factory=dict)
    edges: Edges = field(default_factory=dict, repr=False)

    def fragment(self, path: str) -> FoundContract:
        """One of the fragments, as if it were a contract."""
        return FoundContract(path, self.fragments[path], reach(path, self.edges))


def discover(
    documents: DocumentSet,
    *,
    include: Callable[[str], bool] | None = None,
    wanted: Wanted = lambda _path: None,
) -> Discovery:
    """Find all contracts of a snapshot, or those whose path `include` accepts, and the histories among them (see `histories_of`).

    Files that another contract leads to are its fragments and no contracts of their own, unless they promise something that the
    other's comparison would miss (`detection.stands_alone`) or are an older version of it. Files that merely cannot be parsed are
    no error.
    """
    candidates = [
        path for path in documents.snapshot.entries if _may_hold_contract(path) and (include is None or include(path))
    ]
    return _Search(documents, wanted).run(sorted(candidates))


def _may_hold_contract(path: str) -> bool:
    """Whether a name leaves it open that a file holds a contract: a known suffix, none, or one that is no word (`v1.0`), or a
    name that a dump of a registry has (`_schemas.log`).
    """
    name = path.rpartition("/")[2].lower()
    if name.endswith(_SUFFIXES) or _may_be_dump(name):
        return True
    return not _WORD.match(name.rpartition(".")[2]) or "." not in name.lstrip(".")


def _may_be_dump(path: str) -> bool:
    """Whether the name of a file is that of a dump, which is no contract itself: one value a line, or `_schemas.log`."""
    name = path.rpartition("/")[2].lower()
    return name.endswith(_LINES) or ("schemas" in name and name.endswith(_DUMPS))


class _Search:
    def __init__(self, documents: DocumentSet, wanted: Wanted) -> None:
        self._documents = documents
        self._wanted = wanted
        self._edges: dict[str, dict[str, bool]] = {}
        self._kinds: dict[str, ContractKind] = {}
        self._unreadable: dict[str, ContractguardError] = {}

    def run(self, candidates: list[str]) -> Discovery:
        self._look_at(candidates)
        candidates = self._unpacked(candidates)
        for path in candidates:
            look = self._documents.sniff(path)
            if look is not None and (look.perhaps or _is_avro(path)):
                self._detect(path, look)
        self._follow_references()
        self._follow_avro_names()
        histories = histories_of(self._kinds, self._documents.document, self._wanted)
        chosen = self._without_fragments(histories)
        contracts = [FoundContract(path, self._kinds[path], reach(path, self._edges)) for path in sorted(chosen)]
        fragments = {path: kind for path, kind in sorted(self._kinds.items()) if path not in chosen}
        unreadable = dict(sorted(self._unreadable.items()))
        return Discovery(tuple(self._without_twins(contracts)), unreadable, histories, fragments, self._edges)

    def _look_at(self, paths: list[str]) -> None:
        self._read_errors(self._documents.look_at(paths, keep=lambda path, look: look.perhaps or _is_avro(path)))

    def _unpacked(self, candidates: list[str]) -> list[str]:
        """The candidates with the schemas that some of them hold in their place."""
        looks = {path: self._documents.sniff(path) for path in candidates}
        made, failed = self._documents.unpack(
            [
                path
                for path, look in looks.items()
                if is_artifact_version(path) or (look is not None and look.holds_many)
            ]
        )
        self._unreadable.update(failed)
        self._look_at(list(made))
        entries = self._documents.snapshot.entries
        return sorted(path for path in (*candidates, *made) if path in entries and not _may_be_dump(path))

    def _read_errors(self, errors: Mapping[str, ContractguardError]) -> None:
        for path, error in errors.items():
            if _TELLING_NAME.search(path.rpartition("/")[2]):
                self._unreadable[path] = error

    def _detect(self, path: str, look: Sniff) -> None:
        try:
            kind = detect_document(self._documents.document(path), dialects=self._documents.dialects)
        except ContractguardError as error:
            if look.surely or _is_avro(path) or self._names_a_dialect(look):
                self._unreadable[path] = error
            return
        if kind is not None:
            self._kinds[path] = kind

    def _names_a_dialect(self, look: Sniff) -> bool:
        return look.dialect is not None and self._documents.dialects.named(look.dialect) is not None

    def _follow_references(self) -> None:
        """Find the edges from all contracts onwards, wave by wave, so that each wave is read in one go."""
        wave = sorted(self._kinds)
        while wave:
            self._documents.look_at(wave, keep=lambda _path, _look: False)
            fresh: set[str] = set()
            for path in wave:
                self._edges[path] = self._targets(path)
                fresh.update(self._edges[path])
            wave = sorted(fresh.difference(self._edges))

    def _targets(self, path: str) -> dict[str, bool]:
        look = self._documents.sniff(path)
        if look is None:
            return {}
        references = look.references
        if references is None:
            try:
                references = references_in_value(self._documents.document(path).value)
            except ContractguardError:  # it is raised when a contract needs the file
                return {}
        by_registry = self._documents.registered(path).values() if look.registers else ()
        found = targets_of(path, references, look.identifier, self._documents.exists, self._named)
        return {**found, **{target: True for target in by_registry if target != path}}

    def _named(self, uri: str) -> list[tuple[str, bool]]:
        files = self._documents.identifiers().files(uri)
        return [(path, is_called(self._documents, path, uri)) for path in files[:1]]

    def _follow_avro_names(self) -> None:
        """Add an edge from each Avro file to the files that define the types which it uses."""
        stack = [path for path, kind in self._kinds.items() if kind is ContractKind.AVRO]
        types = self._documents.avro_types(also=stack) if stack else AvroTypes({})
        followed: set[str] = set()
        while stack:
            path = stack.pop()
            if path in followed:
                continue
            followed.add(path)
            names = types.names.get(path)  # none of what a registry has deleted, which is no contract
            for fullname in names.used if names is not None else ():
                other = self._documents.registered(path).get(fullname) or types.definer(fullname, path)
                if other is not None and other != path:
                    self._edges.setdefault(path, {})[other] = True
                    stack.append(other)

    def _without_fragments(self, histories: Mapping[str, History]) -> set[str]:
        edges = {
            path: {target: whole for target, whole in targets.items() if not _same_history(path, target, histories)}
            for path, targets in self._edges.items()
        }
        chosen = roots(self._kinds, edges)
        whole = {target for targets in edges.values() for target, is_whole in targets.items() if is_whole}
        for path, kind in self._kinds.items():
            document = self._documents.document(path)
            alone = document.registration is not None or stands_alone(document.value, kind, reached_whole=path in whole)
            if path not in chosen and alone:
                chosen.add(path)
        return chosen

    def _without_twins(self, contracts: Iterable[FoundContract]) -> Iterator[FoundContract]:
        groups: dict[tuple[str, ContractKind], list[FoundContract]] = {}
        for contract in contracts:
            groups.setdefault((_TWIN_SUFFIX.sub("", contract.path), contract.kind), []).append(contract)
        kept = [contract for group in groups.values() for contract in self._distinct(group)]
        yield from sorted(kept, key=lambda contract: contract.path)

    def _distinct(self, group: list[FoundContract]) -> list[FoundContract]:
        """The contracts of one stem, sorted by path, of which those with an equal value become twins of the first."""
        kept: list[FoundContract] = []
        for contract in group:
            value = self._documents.document(contract.path).value
            for number, other in enumerate(kept):
                if same_value(value, self._documents.document(other.path).value):
                    kept[number] = FoundContract(other.path, other.kind, other.files, (*other.twins, contract.path))
                    break
            else:
                kept.append(contract)
        return kept


def _same_history(path: str, other: str, histories: Mapping[str, History]) -> bool:
    """Whether two files are versions of one another: a version that builds on an older one does not swallow it."""
    history = histories.get(path)
    return history is not None and histories.get(other) is history


def _is_avro(path: str) -> bool:
    return path.lower().endswith(".avsc")

"""The supported versions before base: files of the same history, and what tags of the repository hold at the same place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from contractguard.documents import DocumentSet, History, VersionFile, VersionForm, VersionName, version_in_path
from contractguard.engine.versions.lineage import OlderVersion
from contractguard.engine.versions.supported import chosen, unknown
from contractguard.errors import LimitError
from contractguard.model.finding import Against
from contractguard.policy.supported import Supported
from contractguard.sources import ReadableSnapshot, version_tags

MOST_VERSIONS = 200
"""So many older versions are compared with head at most."""


@dataclass(frozen=True, slots=True)
class Older:
    """The supported versions, the newest first, and remarks for the reader."""

    versions: tuple[OlderVersion, ...]
    notes: tuple[str, ...] = ()


class OlderVersions:
    """Finds older versions; snapshots of tags are opened once for all contracts."""

    def __init__(self, base: DocumentSet, head: DocumentSet) -> None:
        self._base = base
        self._head = head
        self._at_tags: dict[str, DocumentSet] = {}
        self._tags: list[tuple[VersionName, str, Callable[[], ReadableSnapshot]]] | None = None

    def of(
        self,
        path: str,
        base_path: str,
        *,
        histories: Iterable[History],
        after: VersionFile | None,
        files: Collection[str],
        supported: Supported,
    ) -> Older:
        """The supported versions of the contract at `path` that are older than base, which lies at `base_path` and consists of
        `files`.

        Versions beside it (`histories`, those of both sides) count, and, unless its place names one exact version, the tags
        that base contains and that have a file there. Raises `LimitError` where there are too many, `UnreadableError` where a
        shallow clone lacks the tags.
        """
        beside = self._files(histories, after)
        fixed = after is not None and after.by_path and after.version.form is not VersionForm.LINE
        found = [*beside, *([] if fixed else self._tagged(base_path))]
        names = [version for version, _ in found]
        wanted = {id(version) for version in chosen(names, after.version if after is not None else None, supported)}
        # Base itself is one of those that are supported, and is compared with head in any case.
        versions = [
            older
            for version, older in sorted(found, key=lambda item: item[0].rank, reverse=True)
            if id(version) in wanted and not self._is_base(older, base_path, files)
        ]
        if len(versions) > MOST_VERSIONS:
            raise LimitError(
                f"{len(versions)} versions are supported, more than the {MOST_VERSIONS} that are compared",
                path=path,
                remedy="say in the policy which of them count: supported: last 10",
            )
        slips = [f"there is no version {name} of {path} before base" for name in unknown(names, supported)]
        return Older(tuple(versions), tuple(slips))

    def _files(self, histories: Iterable[History], after: VersionFile | None) -> list[tuple[VersionName, OlderVersion]]:
        found: dict[str, tuple[VersionName, OlderVersion]] = {}
        if after is None:
            return []
        for history in histories:
            for file in history.before(after.version):
                if file.path in found:
                    continue
                documents = self._base if self._base.exists(file.path) else self._head
                found[file.path] = (
                    file.version,
                    OlderVersion(Against(file.version.text, None, None, file.path), documents),
                )
        return list(found.values())

    def _tagged(self, path: str) -> list[tuple[VersionName, OlderVersion]]:
        snapshot = self._base.snapshot
        if self._tags is None:
            self._tags = []
            if isinstance(snapshot, ReadableSnapshot):
                for tag in version_tags(snapshot):
                    version = version_in_path(tag.name.rpartition("/")[2])
                    if version is not None:
                        self._tags.append((version, tag.name, tag.open))
        found = []
        for version, name, opened in self._tags:
            if name not in self._at_tags:
                self._at_tags[name] = DocumentSet(opened())
            documents = self._at_tags[name]
            if documents.exists(path):
                against = Against(version.text, name, documents.snapshot.commit, path)
                found.append((version, OlderVersion(against, documents)))
        return found

    def _is_base(self, older: OlderVersion, base_path: str, files: Collection[str]) -> bool:
        """Whether a version is what base holds: the same file, or a tag where all files of the contract are the same."""
        if older.against.ref is None:
            return older.against.path == base_path
        base, other = self._base.snapshot.entries, older.documents.snapshot.entries
        return all(file in base and file in other and base[file].blob_id == other[file].blob_id for file in files)

"""The supported versions before base: files of the same history, and what tags of the repository hold at the same place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from contractguard.documents import DocumentSet, History, VersionFile, VersionForm, VersionName
from contractguard.engine.versions.lineage import OlderVersion
from contractguard.engine.versions.supported import chosen, unknown
from contractguard.engine.versions.tagged import TaggedVersions
from contractguard.errors import LimitError
from contractguard.model.finding import Against
from contractguard.policy.supported import Supported

MOST_VERSIONS = 1000
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
        self._tags = TaggedVersions(base)

    def of(
        self,
        path: str,
        base_path: str,
        *,
        histories: Iterable[History],
        after: VersionFile | None,
        files: Collection[str],
        supported: Supported,
        name: str = "",
    ) -> Older:
        """The supported versions of the contract at `path`, called `name`, that are older than base, which lies at `base_path`
        and consists of `files`.

        Versions beside it (`histories`, those of both sides) count, and, unless its place names one exact version, the tags
        that base contains and that have the file, at this place or where it lay before it was moved. Raises `LimitError` where
        there are too many, `UnreadableError` where a shallow clone lacks the tags.
        """
        beside = self._files(histories, after)
        fixed = after is not None and after.by_path and after.version.form is not VersionForm.LINE
        found = [*beside, *([] if fixed else self._tags.holding(base_path, name, supported))]
        names = [version for version, _ in found]
        wanted = {id(version) for version in chosen(names, after.version if after is not None else None, supported)}
        newest_first = [
            older
            for version, older in sorted(found, key=lambda item: item[0].rank, reverse=True)
            if id(version) in wanted
        ]
        versions = self._different(newest_first, base_path, files)
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
                    OlderVersion(Against(file.version.text, None, None, file.path), documents, file),
                )
        return list(found.values())

    def _different(
        self, versions: Iterable[OlderVersion], base_path: str, files: Collection[str]
    ) -> list[OlderVersion]:
        """The versions without base itself, which is compared with head in any case, and without tags that hold what a newer one
        holds: these are named beside it.
        """
        kept: list[OlderVersion] = []
        known = {self._content(self._base, files): -1}
        for version in versions:
            if version.against.ref is None:
                kept += [version] if version.against.path != base_path else []
                continue
            content = self._content(version.documents, files)
            place = known.setdefault(content, len(kept)) if content is not None else len(kept)
            if place == len(kept):
                kept.append(version)
            elif place >= 0:
                kept[place] = replace(kept[place], also=(*kept[place].also, version.against.version))
        return kept

    @staticmethod
    def _content(documents: DocumentSet, files: Collection[str]) -> tuple[tuple[str, str], ...] | None:
        """What a snapshot holds of a contract: all its files with their ids, None where one of them is not there."""
        entries = documents.snapshot.entries
        held = [(file, entries[file].blob_id) for file in sorted(files) if file in entries]
        return tuple(held) if len(held) == len(files) else None

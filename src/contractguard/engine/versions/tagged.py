"""The versions that the tags of a repository keep: a contract as it was when it was released."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractguard.documents import DocumentSet, VersionName, version_of_tag
from contractguard.engine.versions.lineage import OlderVersion
from contractguard.engine.versions.supported import is_named
from contractguard.model.finding import Against
from contractguard.policy.supported import Supported
from contractguard.sources import ReadableSnapshot, Tag, former_paths, version_tags

_Tagged = tuple[VersionName, Tag]


class TaggedVersions:
    """Finds contracts at the tags that base contains. Each tag is opened once for all contracts."""

    def __init__(self, base: DocumentSet) -> None:
        self._base = base
        self._opened: dict[str, DocumentSet] = {}
        self._tags: list[_Tagged] | None = None
        self._former: dict[str, tuple[str, ...]] = {}

    def holding(self, path: str, name: str, supported: Supported) -> list[tuple[VersionName, OlderVersion]]:
        """The tags that hold the contract that base has at `path` and that is called `name`, the newest first.

        Where `supported` cannot mean them, older ones are left out unopened. Raises `UnreadableError` for a shallow clone.
        """
        found: list[tuple[VersionName, OlderVersion]] = []
        released = 0
        for version, tag in _of_component(self._all(), path, name):
            if supported.named and not is_named(version, supported):
                continue
            documents = self._at(tag)
            place = self._place(path, documents)
            if place is None:
                continue
            found.append((version, OlderVersion(Against(version.text, tag.name, tag.commit, place), documents)))
            released += not version.label
            if supported.last is not None and released == supported.last:
                break
        return found

    def _all(self) -> list[_Tagged]:
        if self._tags is None:
            snapshot = self._base.source
            tags = version_tags(snapshot) if isinstance(snapshot, ReadableSnapshot) else []
            named = ((version_of_tag(tag.name), tag) for tag in tags)
            known = [(version, tag) for version, tag in named if version is not None]
            self._tags = sorted(known, key=lambda item: (item[0].rank, item[1].name), reverse=True)
        return self._tags

    def _at(self, tag: Tag) -> DocumentSet:
        if tag.name not in self._opened:
            self._opened[tag.name] = DocumentSet(tag.open(), dialects=self._base.dialects)
        return self._opened[tag.name]

    def _place(self, path: str, documents: DocumentSet) -> str | None:
        """Where the contract lies at a tag: at its path, else at the last of its former places that the tag has."""
        if documents.exists(path):
            return path
        if path not in self._former:
            snapshot = self._base.source
            self._former[path] = former_paths(snapshot, path) if isinstance(snapshot, ReadableSnapshot) else ()
        return next((former for former in self._former[path] if documents.exists(former)), None)


def _of_component(tags: Iterable[_Tagged], path: str, name: str) -> Iterator[_Tagged]:
    """The tags of a contract, where the tags of a repository name its parts (`orders-v1.0.0`, `billing/v2.0.0`).

    Where some tags name the contract, those that name another part are not its versions; tags that name nothing always are.
    """
    known = list(tags)
    folders = path.lower().split("/")
    own = {*folders, *(folder.partition(".")[0] for folder in folders), name.lower()}
    named = {version.key for version, _ in known if own & {version.key.lower(), version.key.lower().rpartition("/")[2]}}
    for version, tag in known:
        if not named or not version.key or version.key in named:
            yield version, tag

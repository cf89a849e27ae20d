"""Which contracts of one snapshot are versions of one another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from contractguard.documents.histories.identity import identity
from contractguard.documents.histories.names import VersionForm, VersionName, counted, version_in_path
from contractguard.model.document import ContractKind, Document

Wanted = Callable[[str], bool | None]
"""Path → whether its versions are one history: None where nobody has said."""


@dataclass(frozen=True, slots=True)
class VersionFile:
    """A contract as a version of a history. `by_path` says that its place tells the version, not what is written in it."""

    path: str
    kind: ContractKind
    version: VersionName
    by_path: bool = True

    @property
    def is_published(self) -> bool:
        """Whether a file of this name stays as it is: its place is one exact version."""
        return self.by_path and (
            self.version.form is VersionForm.EXACT
            or (self.version.form is VersionForm.COUNT and self.version.by_itself)
        )

    @property
    def stands_alone(self) -> bool:
        """Whether the place of a file says that it is one of several versions, though no other is there."""
        counted = self.version.form is VersionForm.COUNT and self.version.by_itself
        return self.by_path and (self.version.is_full or counted)


@dataclass(frozen=True, slots=True)
class History:
    """Versions of one contract, the oldest first. `key` is what they have in common, the same in every snapshot."""

    key: str
    kind: ContractKind
    versions: tuple[VersionFile, ...]

    def before(self, version: VersionName) -> tuple[VersionFile, ...]:
        """The versions older than this one, the oldest first."""
        return self.versions[: bisect_left(self.versions, version.rank, key=lambda file: file.version.rank)]


def histories_of(
    kinds: Mapping[str, ContractKind], document: Callable[[str], Document], wanted: Wanted = lambda _path: None
) -> dict[str, History]:
    """Path → its history, for every contract of a snapshot that is a version of one.

    `kinds` are the contracts by path, `document` gives one of them. A history may have one version alone, where its
    place leaves no doubt. OpenAPI descriptions in `v1/` and `v2/` are served side by side as two products, unless `wanted` says
    otherwise; and `orders-3.0.yaml` beside `orders-3.1.yaml` is written for another specification version.
    """
    groups: dict[str, list[VersionFile]] = {}
    for path in sorted(kinds):
        asked = wanted(path)
        if asked is False:
            continue
        found = _version_file(path, kinds[path], document, asked=asked is True)
        if found is not None:
            key, file = found
            groups.setdefault(f"{file.kind} {key}", []).append(file)
    histories: dict[str, History] = {}
    for key, files in sorted(groups.items()):
        if all(_of_format(file, document) and wanted(file.path) is not True for file in files):
            continue
        kept = _distinct(files)
        if len(kept) < len(files) and not files[0].by_path:
            continue  # copies of one version: nobody can say which of them the others belong to
        versions = tuple(sorted(kept, key=lambda file: (file.version.rank, file.path)))
        if len(versions) > 1 or versions[0].stands_alone:
            history = History(key, versions[0].kind, versions)
            histories.update({file.path: history for file in versions})
    return histories


def _version_file(
    path: str, kind: ContractKind, document: Callable[[str], Document], *, asked: bool
) -> tuple[str, VersionFile] | None:
    registered = document(path).registration
    if registered is not None:
        number = counted(registered.subject, registered.version)
        return number.key, VersionFile(path, kind, number)
    version = version_in_path(path)
    if version is not None:
        key = version.key if asked or kind is not ContractKind.OPENAPI else _key_of_api(version)
        if key is None:
            return None
        if version.by_itself or asked:
            return key, VersionFile(path, kind, version)
        named, _ = identity(document(path).value, kind)
        return None if named is None else (f"{key} {named}", VersionFile(path, kind, version))
    if kind is ContractKind.OPENAPI:
        return None
    named, stated = identity(document(path).value, kind)
    return None if stated is None else (f"called {named}", VersionFile(path, kind, stated, by_path=False))


def _key_of_api(version: VersionName) -> str | None:
    """What the versions of an OpenAPI description have in common, None where a description is no version of another.

    In folders (`docs/1.2.0/openapi.yaml`, `stable/2024-01-01/api.json`), versions in all parts and dates are versions of one
    service. `v1` and `v2` are served side by side as two products, and so are `v1.0` and `v2.0`, but not `v1.0` and `v1.1`.
    """
    if version.in_file or version.is_full or (version.form is VersionForm.LINE and len(version.numbers) > 1):
        return version.key
    return f"{version.key} {version.numbers[0]}" if len(version.numbers) > 1 else None


def _of_format(file: VersionFile, document: Callable[[str], Document]) -> bool:
    """Whether the version in the name of a description is that of the OpenAPI specification: `orders-3.0.yaml` beside
    `orders-3.1.yaml`. Where one file of several says something else (`Service-v1.json`, `Service-v3.json`), none of them does.
    """
    if file.kind is not ContractKind.OPENAPI:
        return False
    value = document(file.path).value
    named = str(value.get("openapi") or value.get("swagger")) if isinstance(value, dict) else ""
    return f"{named}.".startswith(f"{file.version.text.lstrip('vV')}.")


def _distinct(files: Iterable[VersionFile]) -> list[VersionFile]:
    """The files without those of a version that another file of the group has, too: the first by name stands for it."""
    kept: dict[tuple[tuple[int, ...], str], VersionFile] = {}
    for file in files:
        kept.setdefault((file.version.numbers, file.version.label), file)
    return list(kept.values())

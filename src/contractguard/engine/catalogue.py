"""The rule catalogue and profiles, read through the same stages as contracts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from contractguard.documents import DocumentSet
from contractguard.errors import UsageError
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Reading
from contractguard.model.profile import Profile
from contractguard.model.values import JsonValue
from contractguard.resources import catalogue_root
from contractguard.rules import (
    Catalogue,
    Origin,
    load_catalogue,
    load_profile,
    profile_paths,
    rule_paths,
    unread_catalogue,
)
from contractguard.sources.memory import MemorySnapshot

_USER_RULES = ".contractguard/rules"


@lru_cache(maxsize=1)
def _builtin_files() -> dict[str, bytes]:
    """The rules and profiles that contractguard brings, by their path below the catalogue; symbolic links are passed over."""
    files: dict[str, bytes] = {}
    for folder, _, names in os.walk(root := str(catalogue_root())):
        below = "rules" + folder.removeprefix(root).replace(os.sep, "/")
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118  (at each start, for 250 files: pathlib takes as long as reading)
            if name.endswith((".yaml", ".yml")) and not os.path.islink(path):  # noqa: PTH114
                with open(path, "rb") as file:  # noqa: PTH123
                    files[f"{below}/{name}"] = file.read()
    return files


@lru_cache(maxsize=1)
def _builtin() -> DocumentSet:
    return DocumentSet(MemorySnapshot("contractguard", _builtin_files()))


@lru_cache(maxsize=1)
def builtin_catalogue() -> Catalogue:
    """The rules that contractguard brings. A rule is read when a change may need it."""
    return unread_catalogue(_builtin(), _builtin_files())


@lru_cache(maxsize=16)
def builtin_profile(name: str) -> Profile:
    """The built-in profile of that name. Raises `UsageError` where there is none."""
    known = {Path(path).stem: path for path in profile_paths(_builtin().snapshot.entries)}
    if name not in known:
        raise UsageError(f"there is no profile {name[:80]!r}", remedy=f"use one of {', '.join(sorted(known))}")
    return load_profile(_builtin(), known[name], rule_ids=builtin_catalogue().ids)


def with_rules_of(documents: DocumentSet, folders: Iterable[str]) -> Catalogue:
    """The built-in rules and those of a repository: the YAML files in `folders` of its snapshot."""
    prefixes = tuple(f"{folder.rstrip('/')}/" for folder in folders)
    paths = rule_paths(path for path in documents.snapshot.entries if path.startswith(prefixes))
    if not paths:
        return builtin_catalogue()
    documents.prefetch(paths)
    return builtin_catalogue().merged(load_catalogue(documents, paths, origin=Origin.USER))


def catalogue_with_user_rules(cwd: Path, paths: tuple[str, ...]) -> Catalogue:
    """The built-in rules and those in files or folders on disk; without `paths`, those in `.contractguard/rules` of `cwd`.

    Raises `UsageError` for a path that does not exist and for a rule that is wrong.
    """
    files: dict[str, bytes] = {}
    for name in paths or ((_USER_RULES,) if (cwd / _USER_RULES).is_dir() else ()):
        root = cwd / name
        if not root.exists():
            raise UsageError(f"there is no file or folder {name!r}", remedy="name files or folders with rules")
        found = [root] if root.is_file() else sorted(root.rglob("*.y*ml"))
        files |= {_relative(path, cwd): path.read_bytes() for path in found if path.is_file()}
    if not files:
        return builtin_catalogue()
    documents = DocumentSet(MemorySnapshot(str(cwd), files))
    return builtin_catalogue().merged(load_catalogue(documents, sorted(files), origin=Origin.USER))


def _relative(path: Path, cwd: Path) -> str:
    return path.relative_to(cwd).as_posix() if path.is_relative_to(cwd) else path.as_posix()


def example_comparison(catalogue: Catalogue) -> Callable[..., set[str]]:
    """A function that compares the documents of a rule's example with this catalogue, and tells the ids of the rules that fire.

    It is what `contractguard.rules.check_examples` takes.
    """
    from contractguard.engine.run import compare_snapshots  # noqa: PLC0415  (the run reads the catalogue)

    def compare(
        before: JsonValue,
        after: JsonValue,
        *,
        kind: ContractKind,
        dialect: str | None = None,
        compatibility: CompatibilityMode | None = None,
        reading: Reading | None = None,
    ) -> set[str]:
        report = compare_snapshots(
            in_memory("before", before),
            in_memory("after", after),
            kind=kind,
            dialect=dialect,
            compatibility=compatibility,
            reading=reading,
            profile="everything",
            catalogue=catalogue,
        )
        found = [finding for contract in report.contracts for finding in contract.findings]
        errors = [error for contract in report.contracts for error in contract.errors]
        if errors:
            raise UsageError(f"the example cannot be compared: {errors[0].message}", remedy="correct the example")
        # The small description around an example says one version on both sides; that is no part of what it shows.
        return {item.rule for item in (*found, *report.findings) if not item.change.startswith("version.")}

    return compare


def in_memory(name: str, value: JsonValue) -> MemorySnapshot:
    """A snapshot with one file, `document.json`, that holds a value."""
    import json  # noqa: PLC0415  (only where values are handed over)

    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)
    except (TypeError, ValueError, RecursionError) as error:
        raise UsageError(f"{name} is no JSON value: {error}", remedy="hand over what json.loads returns") from None
    return MemorySnapshot(name, {MEMORY_PATH: text.encode("utf-8", "surrogatepass")})


MEMORY_PATH = "document.json"

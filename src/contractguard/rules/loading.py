"""Loading rule files into a catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from contractguard.errors import InternalError
from contractguard.rules.catalogue import Catalogue, Origin, Rule, UnreadRule
from contractguard.rules.checks import check_impact, check_names, check_templates, read_match
from contractguard.rules.files import RuleFile
from contractguard.rules.reading import RuleDocuments, StrictFile

PROFILES_FOLDER = "profiles"

_SINCE: Final = re.compile(rb'^since: "([0-9-]+)"', re.MULTILINE)
"""The edition as built-in rules write it."""


def rule_paths(paths: Iterable[str]) -> list[str]:
    """The rule files among the paths of a folder of rules, sorted: YAML files outside `profiles/`."""
    return sorted(path for path in paths if _is_yaml(path) and PROFILES_FOLDER not in path.split("/")[:-1])


def profile_paths(paths: Iterable[str]) -> list[str]:
    """The profile files among the paths of a folder of rules, sorted: YAML files in `profiles/`."""
    return sorted(path for path in paths if _is_yaml(path) and PROFILES_FOLDER in path.split("/")[:-1])


def load_catalogue(
    documents: RuleDocuments, paths: Iterable[str], *, origin: Origin | Literal["built-in", "user"]
) -> Catalogue:
    """The rules in the files at `paths`.

    Raises `UsageError` with file, line, column and remedy for whatever is wrong in one of them, and what `documents` raises
    for a file that cannot be read.
    """
    rules: dict[str, Rule] = {}
    for path in paths:
        file = StrictFile(documents, path)
        rule = load_rule(file, Origin(origin))
        if rule.id in rules:
            file.fail("/id", f"the id '{rule.id}' is also that of {rules[rule.id].path}", "ids are unique")
        rules[rule.id] = rule
    return Catalogue(rules.values())


def unread_catalogue(documents: RuleDocuments, contents: Mapping[str, bytes]) -> Catalogue:
    """The built-in rules in `contents` (path → bytes): each is read and checked when a change may need it.

    Reading some 250 files takes longer than a small comparison, and a comparison needs a few of them. What the catalogue has
    to know of the others is in the name of the file and in its text; the tests hold all files to that. Raises `InternalError`
    for a file without an edition.
    """
    return Catalogue(_unread(documents, path, contents[path]) for path in rule_paths(contents))


def _unread(documents: RuleDocuments, path: str, content: bytes) -> UnreadRule:
    since = _SINCE.search(content)
    if since is None:
        raise InternalError(f"the built-in rule {path} names no edition", remedy="reinstall contractguard")
    return UnreadRule(
        id=path.rpartition("/")[2].rpartition(".")[0],
        since=since[1].decode(),
        origin=Origin.BUILT_IN,
        path=path,
        content=content,
        load=lambda path: load_rule(StrictFile(documents, path), Origin.BUILT_IN),
    )


def load_rule(file: StrictFile, origin: Origin) -> Rule:
    """One rule. Raises `UsageError`."""
    data = file.convert(file.value(), RuleFile)
    check_names(file, data)
    match = read_match(file, data)
    check_impact(file, data, match)
    check_templates(file, data, match)
    return Rule(
        id=data.id,
        title=data.title,
        since=data.since,
        status=data.status,
        formats=data.formats,
        layers=data.layers,
        match=match,
        impact=data.impact,
        message=data.message,
        rationale=data.rationale,
        migration=data.migration,
        references=data.references,
        examples=data.examples,
        mirror=data.mirror,
        no_mirror=data.no_mirror,
        origin=origin,
        path=file.path,
    )


def _is_yaml(path: str) -> bool:
    return path.endswith((".yaml", ".yml"))

"""Loading rule files into a catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from contractguard.rules.catalogue import Catalogue, Origin, Rule
from contractguard.rules.checks import check_impact, check_names, check_templates, read_match
from contractguard.rules.files import RuleFile
from contractguard.rules.reading import RuleDocuments, StrictFile

PROFILES_FOLDER = "profiles"


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

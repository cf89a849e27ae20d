"""What a rule file must be beyond its shape: it matches changes that exist, and its sentences name values that exist."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractguard.model.change import Direction, Effect, FactValue
from contractguard.model.values import JsonValue, escape_token
from contractguard.model.vocabulary import COMMON_DETAILS, KINDS
from contractguard.rules.catalogue import Match
from contractguard.rules.files import RuleFile
from contractguard.rules.reading import StrictFile
from contractguard.rules.templates import TemplateError, parse_template

KEBAB_CASE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_EDITION = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def check_names(file: StrictFile, rule: RuleFile) -> None:
    """The id is kebab-case and the name of the file; the edition is a month. Raises `UsageError`."""
    if not KEBAB_CASE.fullmatch(rule.id):
        file.fail("/id", f"'{rule.id}' is not in kebab-case", "write lower-case words with hyphens: enum-value-removed")
    stem = file.path.rpartition("/")[2].rpartition(".")[0]
    if stem != rule.id:
        file.fail("/id", f"the id '{rule.id}' is not the name of the file", f"write 'id: {stem}', or rename the file")
    if not _EDITION.fullmatch(rule.since):
        file.fail("/since", f"'{rule.since}' is not an edition", 'write a year and a month: "2026-11"')
    if not rule.layers:
        file.fail("/layers", "a rule speaks about at least one layer", "one or more of wire, sdk, semantic")
    if not rule.formats:
        file.fail("/formats", "a rule speaks about at least one format", "one or more of openapi, jsonschema, avro")
    if rule.mirror is not None and rule.no_mirror is not None:
        file.fail("/no_mirror", "a rule has either a mirror or a reason for having none", "remove one of the two")


def read_match(file: StrictFile, rule: RuleFile) -> Match:
    """The closed vocabulary of `match`. Raises `UsageError` for an unknown kind, effect, fact or value."""
    values = dict(rule.match)
    if "change" not in values:
        file.fail("/match", "'change' is missing", "name the kind of change, or a list of kinds")
    kinds = _names(file, "/match/change", values.pop("change"), "change", KINDS)
    effects = [effect for effect in Effect if any(effect in KINDS[kind].effects for kind in kinds)]
    if "effect" in values:
        wanted = _names(file, "/match/effect", values.pop("effect"), "effect for this change", effects)
        effects = [Effect(effect) for effect in wanted]
    facts: dict[str, frozenset[FactValue]] = {}
    known = [name for name in KINDS[kinds[0]].facts if all(name in KINDS[kind].facts for kind in kinds)]
    for name, wanted_value in values.items():
        pointer = f"/match/{escape_token(name)}"
        if name not in known:
            file.fail_unknown(pointer, "fact of this change", name, ["change", "effect", *known])
        domain = {value for kind in kinds for value in KINDS[kind].facts[name]}
        facts[name] = frozenset(_facts(file, pointer, wanted_value, domain))
    return Match(tuple(kinds), frozenset(effects), facts)


def check_impact(file: StrictFile, rule: RuleFile, match: Match) -> None:
    """Impacts are given for directions that occur, and for at least one. Raises `UsageError`."""
    given = [direction for direction in Direction if rule.impact.of(direction) is not None]
    if not given:
        file.fail("/impact", "no direction has an impact", "give 'input', 'output' or both")
    for direction in given:
        if direction not in match.directions:
            file.fail(f"/impact/{direction}", f"this change does not occur in the direction {direction}", "remove it")


def check_templates(file: StrictFile, rule: RuleFile, match: Match) -> None:
    """Sentences use values that every matched kind has. Raises `UsageError`."""
    known = set(COMMON_DETAILS)
    known |= set.intersection(*(_placeholders(kind) for kind in match.kinds))
    if not parse_plain(rule.title):
        file.fail("/title", "a title is the same for every change and has no placeholder", "name values in the message")
    for pointer, text in _sentences(rule):
        try:
            template = parse_template(text)
        except TemplateError as error:
            file.fail(pointer, str(error), "double the brace to write a plain one: {{")
        for name in template.placeholders:
            if name not in known:
                file.fail_unknown(pointer, "placeholder", name, known)


def parse_plain(text: str) -> bool:
    """Whether a text has no braces, so that it cannot be meant as a template."""
    return "{" not in text and "}" not in text


def _placeholders(kind: str) -> set[str]:
    """Details of a kind, and its facts that are words."""
    facts = KINDS[kind].facts
    return set(KINDS[kind].details) | {
        name for name, domain in facts.items() if all(isinstance(v, str) for v in domain)
    }


def _sentences(rule: RuleFile) -> Iterable[tuple[str, str]]:
    yield "/message", rule.message
    yield "/migration/consumer", rule.migration.consumer
    yield "/migration/provider", rule.migration.provider
    for direction in Direction:
        impact = rule.impact.of(direction)
        if impact is not None:
            yield f"/impact/{direction}/because", impact.because


def _names(file: StrictFile, pointer: str, value: JsonValue, what: str, known: Iterable[str]) -> list[str]:
    """A name or a list of names, all of them known."""
    names = list(known)
    return [str(one) for one in _facts(file, pointer, value, set(names), what)]


def _facts(
    file: StrictFile, pointer: str, value: JsonValue, domain: set[FactValue] | set[str], what: str = "value"
) -> list[FactValue]:
    """A value or a list of values, all of the domain."""
    listed = value if isinstance(value, list) else [value]
    if not listed:
        file.fail(pointer, "the list is empty", "name at least one, or leave the key out")
    checked: list[FactValue] = []
    for index, one in enumerate(listed):
        if not isinstance(one, str | bool) or one not in domain:
            place = f"{pointer}/{index}" if isinstance(value, list) else pointer
            name = str(one).lower() if isinstance(one, bool) else one
            file.fail_unknown(place, what, name, [str(item).lower() for item in domain])
        checked.append(one)
    return checked

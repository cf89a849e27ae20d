"""Loading profiles (`rules/profiles/*.yaml`): which layers count, and which severity an impact gets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import msgspec

from contractguard.model.change import Direction
from contractguard.model.finding import Impact, Severity
from contractguard.model.lifecycle import Audience, Stability
from contractguard.model.profile import Layer, Profile
from contractguard.model.values import JsonValue, escape_token
from contractguard.rules.checks import KEBAB_CASE
from contractguard.rules.reading import RuleDocuments, StrictFile


class SeverityByImpact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The severity of each impact; one that is left out is taken from what is extended."""

    breaking: Severity | None = None
    risky: Severity | None = None
    compatible: Severity | None = None
    info: Severity | None = None

    def given(self) -> dict[Impact, Severity]:
        """What is not left out."""
        pairs = ((impact, getattr(self, str(impact))) for impact in Impact)
        return {impact: severity for impact, severity in pairs if severity is not None}


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A severity for all impacts, or for those named, and why."""

    severity: Severity | SeverityByImpact
    because: str

    def given(self) -> dict[Impact, Severity]:
        """The severity of each impact that it speaks of."""
        if isinstance(self.severity, SeverityByImpact):
            return self.severity.given()
        return dict.fromkeys(Impact, self.severity)


class Override(Limit, frozen=True, forbid_unknown_fields=True):
    """Another severity for one rule, in both directions or in one."""

    direction: Direction | None = None


class ProfileFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of `rules/profiles/`. What is left out is taken from the profile that `extends` names."""

    id: str
    title: str
    description: str
    extends: str | None = None
    layers: tuple[Layer, ...] | None = None
    severity: SeverityByImpact = SeverityByImpact()
    unproved: Severity | None = None
    rules: dict[str, Any] = {}
    stability: dict[str, Any] = {}
    audience: dict[str, Any] = {}
    fail_on: Severity | None = None


def load_profile(
    documents: RuleDocuments,
    path: str,
    *,
    rule_ids: Collection[str] | None = None,
    known: Mapping[str, Profile] | None = None,
) -> Profile:
    """The profile in the file at `path`.

    `extends` names a profile of `known`, or a file beside this one. With `rule_ids` (those of the catalogue) an override of a
    rule that does not exist is refused. Raises `UsageError` with file, line, column and remedy.
    """
    return _load(StrictFile(documents, path), rule_ids, known or {}, ())


def _load(
    file: StrictFile, rule_ids: Collection[str] | None, known: Mapping[str, Profile], extending: tuple[str, ...]
) -> Profile:
    data = file.convert(file.value(), ProfileFile)
    stem = file.path.rpartition("/")[2].rpartition(".")[0]
    if data.id != stem or not KEBAB_CASE.fullmatch(data.id):
        file.fail(
            "/id", f"'{data.id}' is not the name of the file, in kebab-case", f"write 'id: {stem}', or rename the file"
        )
    parent = _parent(file, data, rule_ids, known, (*extending, data.id))
    severity = {**(parent.severity if parent else {}), **data.severity.given()}
    missing = [impact for impact in Impact if impact not in severity]
    if missing:
        file.fail("/severity", f"no severity for {', '.join(missing)}", "give one for each impact, or extend a profile")
    layers = data.layers if data.layers is not None else tuple(parent.layers) if parent else ()
    if not layers:
        file.fail("/layers", "a profile counts at least one layer", "one or more of wire, sdk, semantic")
    overrides, directed = _overrides(file, data, rule_ids, parent)
    return Profile(
        id=data.id,
        title=data.title,
        description=data.description,
        layers=frozenset(layers),
        severity=severity,
        unproved=data.unproved or (parent.unproved if parent else None),
        overrides=overrides,
        directed=directed,
        stability={**(parent.stability if parent else {}), **_limits(file, "stability", data.stability, Stability)},
        audience={**(parent.audience if parent else {}), **_limits(file, "audience", data.audience, Audience)},
        fail_on=data.fail_on or (parent.fail_on if parent else Severity.ERROR),
    )


def _parent(
    file: StrictFile,
    data: ProfileFile,
    rule_ids: Collection[str] | None,
    known: Mapping[str, Profile],
    extending: tuple[str, ...],
) -> Profile | None:
    """The profile that is extended."""
    if data.extends is None:
        return None
    if data.extends in known:
        return known[data.extends]
    if data.extends in extending:
        file.fail("/extends", f"the profile extends itself: {' → '.join((*extending, data.extends))}", "end the circle")
    if not KEBAB_CASE.fullmatch(data.extends):
        file.fail(
            "/extends",
            f"'{data.extends}' is not the id of a profile",
            "name a built-in profile, or one beside this one",
        )
    folder = file.path.rpartition("/")[0]
    beside = f"{folder}/{data.extends}.yaml" if folder else f"{data.extends}.yaml"
    return _load(StrictFile(file.documents, beside), rule_ids, known, extending)


_Level = TypeVar("_Level", Stability, Audience)


def _limits(
    file: StrictFile, group: str, values: Mapping[str, JsonValue], levels: type[_Level]
) -> dict[tuple[_Level, Impact], tuple[Severity, str]]:
    """How severe a finding is at most at each level of a group."""
    found: dict[tuple[_Level, Impact], tuple[Severity, str]] = {}
    known = {str(level): level for level in levels}
    for name, value in values.items():
        pointer = f"/{group}/{escape_token(name)}"
        if name not in known:
            file.fail_unknown(pointer, group, name, list(known))
        limit = file.convert(value, Limit, pointer)
        found |= {(known[name], impact): (severity, limit.because) for impact, severity in limit.given().items()}
    return found


def _overrides(
    file: StrictFile, data: ProfileFile, rule_ids: Collection[str] | None, parent: Profile | None
) -> tuple[dict[tuple[str, Impact], tuple[Severity, str]], dict[tuple[str, Impact, Direction], tuple[Severity, str]]]:
    """The overrides of a profile and of the one it extends, and those for one direction.

    What is said of both directions here takes the place of what the extended profile says of either.
    """
    overrides = dict(parent.overrides) if parent else {}
    directed = dict(parent.directed) if parent else {}
    for rule_id, value in data.rules.items():
        pointer = f"/rules/{escape_token(rule_id)}"
        if rule_ids is not None and rule_id not in rule_ids:
            file.fail_unknown(pointer, "rule", rule_id, rule_ids)
        for override in _listed(file, value, pointer):
            for impact, severity in override.given().items():
                if override.direction is not None:
                    directed[rule_id, impact, override.direction] = (severity, override.because)
                    continue
                overrides[rule_id, impact] = (severity, override.because)
                for direction in Direction:
                    directed.pop((rule_id, impact, direction), None)
    return overrides, directed


def _listed(file: StrictFile, value: JsonValue, pointer: str) -> list[Override]:
    """The overrides of one rule: one, or a list; those for both directions first, so that the others add to them."""
    if not isinstance(value, list):
        return [file.convert(value, Override, pointer)]
    found = [file.convert(item, Override, f"{pointer}/{index}") for index, item in enumerate(value)]
    return sorted(found, key=lambda override: override.direction is not None)

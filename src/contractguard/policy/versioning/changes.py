"""What the declared versions of two sides say, and where that does not fit the changes between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from contractguard.model.finding import Bump, Finding
from contractguard.model.values import nothing
from contractguard.policy.versioning.dated import CALVER, DATE
from contractguard.policy.versioning.schemaver import SCHEMAVER
from contractguard.policy.versioning.schemes import Scheme, SchemeRules, Version
from contractguard.policy.versioning.semantic import SEMVER
from contractguard.policy.versioning.whole import INTEGER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from contractguard.model.change import FactValue

RULES: Final[Mapping[Scheme, SchemeRules]] = {
    Scheme.DATE: DATE,
    Scheme.CALVER: CALVER,
    Scheme.SCHEMAVER: SCHEMAVER,
    Scheme.INTEGER: INTEGER,
    Scheme.SEMVER: SEMVER,
}
"""How each scheme works; the narrower schemes first, so that the first that reads a version is the one it is written in."""


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A fact about the declared versions, in the words of `model/vocabulary.py`, to be judged by the catalogue."""

    kind: str
    before: str | None
    after: str | None
    details: Mapping[str, str] = field(default_factory=nothing)
    facts: Mapping[str, FactValue] = field(default_factory=nothing)


def required_bump(findings: Iterable[Finding]) -> Bump:
    """The largest version step that any of the findings needs."""
    return min((finding.bump for finding in findings), key=lambda bump: bump.rank, default=Bump.NONE)


def detect_scheme(*versions: str) -> Scheme | None:
    """The scheme that all the versions are written in, None where there is none."""
    return next((scheme for scheme, rules in RULES.items() if all(rules.parse(text) for text in versions)), None)


def declared_bump(base: str | None, head: str | None, scheme: Scheme | None = None) -> Bump | None:
    """The largest change that the step from version `base` to version `head` announces.

    `none` where the version stayed or went down. None where a version is missing, is not in the scheme (if none is given, in
    any scheme that we know), or is in one whose steps promise nothing.
    """
    pair = _pair(base, head, scheme)
    if pair is None:
        return None
    rules, older, newer = pair
    ranked = rules.compared(older, newer)
    if ranked is None:
        return None
    return rules.step(older, newer) if ranked > 0 else Bump.NONE


def next_version(base: str | None, bump: Bump, scheme: Scheme | None = None) -> str | None:
    """The next version after `base` that may hold a change of size `bump`; None where that cannot be told."""
    scheme = scheme or (detect_scheme(base) if base else None)
    if base is None or scheme is None:
        return None
    rules = RULES[scheme]
    version = rules.parse(base)
    return rules.after(version, bump) if version else None


def version_changes(
    base: str | None, head: str | None, *, required: Bump, scheme: Scheme | None = None
) -> tuple[VersionChange, ...]:
    """What is wrong with the step from version `base` to version `head`, where the changes need `required`.

    Nothing where a version is missing. Where no scheme is given and the versions are in none that we know, nothing either:
    a version that is not understood is no reason to accuse anyone.
    """
    if not base or not head:
        return ()
    if scheme is not None and RULES[scheme].parse(head) is None:
        return (VersionChange("version.scheme-mismatch", base, head, {"scheme": str(scheme)}),)
    pair = _pair(base, head, scheme)
    change = _step_change(*pair, required) if pair else None
    return (change,) if change else ()


def _step_change(rules: SchemeRules, base: Version, head: Version, required: Bump) -> VersionChange | None:
    ranked = rules.compared(base, head)
    if ranked is not None and ranked < 0:
        return VersionChange("version.decreased", base.text, head.text)
    if ranked == 0 and required.rank <= rules.smallest.rank:
        return VersionChange("version.unchanged", base.text, head.text, {"required": str(required)})
    declared = rules.step(base, head) if ranked else None
    if declared is not None and declared.rank > required.rank:
        details = {"required": str(required), "declared": str(declared)}
        return VersionChange("version.bump-too-small", base.text, head.text, details)
    return None


def _pair(base: str | None, head: str | None, scheme: Scheme | None) -> tuple[SchemeRules, Version, Version] | None:
    """The rules of the scheme and both versions, if both are in it."""
    if not base or not head:
        return None
    scheme = scheme or detect_scheme(base, head)
    if scheme is None:
        return None
    rules = RULES[scheme]
    older, newer = rules.parse(base), rules.parse(head)
    return (rules, older, newer) if older and newer else None

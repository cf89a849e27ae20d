"""The policy of a repository, ready for use: which contracts it governs and how they are judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from contractguard.errors import UsageError
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Formats, Impact, Reading, Severity
from contractguard.model.lifecycle import (
    AUDIENCE,
    DEPRECATED,
    GUIDE,
    KNOWN_NAMES,
    REPLACED_BY,
    STABILITY,
    SUNSET,
    Audience,
    MarkNames,
    Stability,
)
from contractguard.model.values import nothing
from contractguard.policy.configuration.checking import meant
from contractguard.policy.configuration.structure import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pathspec import GitIgnoreSpec

    from contractguard.model.schema import Dialect
    from contractguard.policy.supported import Supported
    from contractguard.policy.versioning.schemes import Scheme

DEFAULT_PROFILE = "recommended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRule:
    """How one contract is judged; None means "as the contract or the defaults say".

    `id` names the contract in reports and fingerprints. `entry` is the id of the item of the policy that governs it, which
    through a glob may govern several. `governed` is False for a contract that no policy names. `supported` are the versions
    before base that must stay compatible, too; None for all in a transitive mode, for none in others. `history` says whether
    versions beside the contract are its history.
    """

    id: str
    entry: str | None = None
    governed: bool = False
    kind: ContractKind | None = None
    dialect: Dialect | None = None
    owner: str | None = None
    audience: Audience | None = None
    stability: Stability | None = None
    version_from: str | None = None
    scheme: Scheme | None = None
    compatibility: CompatibilityMode | None = None
    supported: Supported | None = None
    history: bool | None = None
    reading: Reading | None = None
    formats: Formats | None = None
    role: Role | None = None
    profile: str | None = None

    def mode(self, kind: ContractKind) -> CompatibilityMode:
        """The compatibility mode: as written, else FORWARD for a JSON Schema that is emitted, else BACKWARD."""
        if self.compatibility is not None:
            return self.compatibility
        emitted = kind is ContractKind.JSONSCHEMA and self.role is Role.EMITTED
        return CompatibilityMode.FORWARD if emitted else CompatibilityMode.BACKWARD


@dataclass(frozen=True, slots=True)
class ContractSelector:
    """One item of `contracts`: the paths it names, and how what lies there is judged."""

    rule: ContractRule
    paths: frozenset[str]
    globs: GitIgnoreSpec | None
    name: str
    """What the policy calls it: its id, or its first path."""

    def select(self, path: str) -> ContractRule | None:
        """The rule for the contract at `path`, None where this item does not name it.

        What a glob matches is called by its path: the same whether the glob matches one file today or several tomorrow, so
        that fingerprints last.
        """
        if path in self.paths:
            return self.rule if self.rule.entry and len(self.paths) == 1 else replace(self.rule, id=path)
        if self.globs is not None and self.globs.match_file(path):
            return replace(self.rule, id=path)
        return None


@dataclass(frozen=True, slots=True)
class Override:
    """The severities that the policy gives to a rule, by impact, and where it says so (1-based line and column, if known)."""

    severities: Mapping[Impact, Severity]
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Extensions:
    """Extension names that the policy adds to those that are known anyway."""

    sunset: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    stability: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    deprecated: tuple[str, ...] = ()

    @property
    def names(self) -> MarkNames:
        """All names under which marks are looked for, those of the policy first."""
        own = {
            SUNSET: self.sunset,
            REPLACED_BY: self.replaced_by,
            STABILITY: self.stability,
            GUIDE: self.guide,
            AUDIENCE: self.audience,
            DEPRECATED: self.deprecated,
        }
        return KNOWN_NAMES.with_own(own)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Policy:
    """A policy. `ref` is the git ref and `path` the file it was read from, both None for the built-in one.

    `digest` is a digest of its content, whatever the layout of the file. `fail_on` None leaves the gate to the profile.
    `rule_paths` are folders with rules of one's own. `notes` say what the file asks for and this version does not do.
    """

    ref: str | None
    path: str | None
    digest: str
    selectors: tuple[ContractSelector, ...] = ()
    profile: str = DEFAULT_PROFILE
    edition: str | None = None
    reading: Reading = Reading.DECLARED
    formats: Formats = Formats.ANNOTATIONS
    dialects: Mapping[str, Dialect] = field(default_factory=nothing)
    """The dialect that a `$schema` of one's own stands for, by its URI."""
    overrides: Mapping[str, Override] = field(default_factory=nothing)
    rule_paths: tuple[str, ...] = ()
    extensions: Extensions = Extensions()
    histories: bool = True
    fail_on: Severity | None = None
    notes: tuple[str, ...] = ()

    @property
    def names_contracts(self) -> bool:
        """Whether the policy says which contracts there are. Then no others are looked for."""
        return bool(self.selectors)

    @property
    def own_profiles(self) -> tuple[str, ...]:
        """The profiles that single contracts are judged by, sorted."""
        return tuple(
            sorted({selector.rule.profile for selector in self.selectors if selector.rule.profile is not None})
        )

    def contract_for(self, path: str) -> ContractRule:
        """How the contract at `path` is judged.

        An item of the policy with exactly this path comes first, then the first one with a glob that matches. A contract
        that no item names gets the defaults, its path as id, and `governed` False.
        """
        exact = (selector for selector in self.selectors if path in selector.paths)
        for selector in (*exact, *self.selectors):
            rule = selector.select(path)
            if rule is not None:
                return rule
        return ContractRule(id=path)

    def governed(self, paths: Iterable[str]) -> tuple[tuple[str, ContractRule], ...]:
        """Those of the paths that the policy names, sorted, each with its rule."""
        rules = ((path, self.contract_for(path)) for path in sorted(set(paths)))
        return tuple((path, rule) for path, rule in rules if rule.governed)

    def matching_nothing(self, paths: Iterable[str]) -> tuple[str, ...]:
        """The items of `contracts`, by id or path, that name none of the paths: probably a slip of the pen."""
        all_paths = sorted(set(paths))
        return tuple(
            selector.name for selector in self.selectors if not any(selector.select(path) for path in all_paths)
        )

    def check_edition(self, newest: str) -> None:
        """Raise `UsageError` where the policy pins an edition of the rules that is newer than `newest`, the one at hand."""
        if self.edition is not None and self.edition > newest:
            raise UsageError(
                f"the policy asks for the rules of edition {self.edition}, and the newest at hand is {newest}",
                path=self.path,
                remedy="upgrade contractguard, or pin an edition that it has",
            )

    def severities(self, rule_ids: Collection[str]) -> Mapping[tuple[str, Impact], Severity]:
        """(rule id, impact) → severity of all overrides. Raises `UsageError` for a rule that is none of `rule_ids`."""
        for rule, override in self.overrides.items():
            if rule not in rule_ids:
                raise UsageError(
                    f"there is no rule {rule[:80]!r}",
                    path=self.path,
                    line=override.line,
                    column=override.column,
                    remedy=_nearest(rule, rule_ids),
                )
        return {
            (rule, impact): severity
            for rule, override in self.overrides.items()
            for impact, severity in override.severities.items()
        }


def _nearest(rule: str, rule_ids: Collection[str]) -> str:
    remedy = meant(rule, rule_ids)
    return remedy if remedy.startswith("did you") else "`contractguard rules list` shows all rules"

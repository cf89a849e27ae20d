"""The rules that are in force, indexed by what they match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from contractguard.errors import UsageError
from contractguard.model.change import Change, Direction, Effect, FactValue
from contractguard.model.document import ContractKind
from contractguard.model.profile import Layer
from contractguard.model.vocabulary import KINDS
from contractguard.rules.files import Example, ImpactByDirection, MigrationText, RuleStatus
from contractguard.rules.reading import did_you_mean


class Origin(StrEnum):
    """Who wrote a rule. Built-in rules judge every change exactly once; users' rules add to that."""

    BUILT_IN = "built-in"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Match:
    """Which changes a rule speaks about: one of the kinds, one of the effects, and of each fact named one of the values."""

    kinds: tuple[str, ...]
    effects: frozenset[Effect]
    facts: Mapping[str, frozenset[FactValue]]

    def accepts(self, change: Change) -> bool:
        """Whether a change is matched."""
        return (
            change.kind in self.kinds
            and change.effect in self.effects
            and all(change.facts.get(name) in values for name, values in self.facts.items())
        )

    @property
    def directions(self) -> tuple[Direction, ...]:
        """The directions in which these kinds occur."""
        return tuple(one for one in Direction if any(one in KINDS[kind].directions for kind in self.kinds))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A rule of the catalogue: the fields of its file, checked, and where it comes from."""

    id: str
    title: str
    since: str
    status: RuleStatus
    formats: tuple[ContractKind, ...]
    """Where the rule occurs. A user's rule judges contracts of these formats only; built-in rules judge what the diff says."""
    layers: tuple[Layer, ...]
    match: Match
    impact: ImpactByDirection
    message: str
    rationale: str
    migration: MigrationText
    references: tuple[str, ...]
    examples: tuple[Example, ...]
    mirror: str | None
    no_mirror: str | None
    origin: Origin
    path: str

    @property
    def family(self) -> str:
        """The folder that the rule lies in: `enums`; empty for a file at the top."""
        folder = self.path.rpartition("/")[0]
        return folder.rpartition("/")[2]


class Catalogue:
    """Rules by id and by kind of change."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._rules = {rule.id: rule for rule in sorted(rules, key=lambda rule: (rule.origin, rule.family, rule.id))}
        by_kind: dict[str, list[Rule]] = {}
        for rule in self._rules.values():
            for kind in rule.match.kinds:
                by_kind.setdefault(kind, []).append(rule)
        self._by_kind = {kind: tuple(matching) for kind, matching in by_kind.items()}

    def __iter__(self) -> Iterator[Rule]:
        """Built-in rules first, then by family and id."""
        return iter(self._rules.values())

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._rules

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all rules."""
        return frozenset(self._rules)

    @property
    def edition(self) -> str:
        """The edition of the newest built-in rule, `2026-11`; empty for a catalogue without built-in rules."""
        return max(self.editions.values(), default="")

    @property
    def editions(self) -> dict[str, str]:
        """Built-in rule → the edition that brought it."""
        return {rule.id: rule.since for rule in self if rule.origin is Origin.BUILT_IN}

    def get(self, rule_id: str) -> Rule | None:
        """The rule of this id, or None."""
        return self._rules.get(rule_id)

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id. Raises `UsageError` where there is none."""
        found = self._rules.get(rule_id)
        if found is None:
            raise UsageError(f"unknown rule '{rule_id}'", remedy=did_you_mean(rule_id, self._rules))
        return found

    def families(self) -> dict[str, tuple[Rule, ...]]:
        """The rules of each family, families and rules in order of name."""
        found: dict[str, list[Rule]] = {}
        for rule in sorted(self, key=lambda rule: (rule.family, rule.id)):
            found.setdefault(rule.family, []).append(rule)
        return {family: tuple(rules) for family, rules in found.items()}

    def matching(self, change: Change) -> tuple[Rule, ...]:
        """The rules that match a change."""
        return tuple(rule for rule in self._by_kind.get(change.kind, ()) if rule.match.accepts(change))

    def merged(self, other: Catalogue) -> Catalogue:
        """The rules of both. Raises `UsageError` for an id that both have: ids are never taken over."""
        for rule in other:
            if rule.id in self._rules:
                raise UsageError(
                    f"the rule id '{rule.id}' is taken by a {self._rules[rule.id].origin} rule",
                    path=rule.path,
                    remedy="give the rule, and its file, an id of its own",
                )
        return Catalogue([*self, *other])

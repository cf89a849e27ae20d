"""The rules that are in force, indexed by what they match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

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
        return family_of(self.path)


@dataclass(frozen=True, kw_only=True)
class UnreadRule:
    """A rule whose file is read when it is asked for; what can be known of it before that."""

    id: str
    since: str
    origin: Origin
    path: str
    content: bytes
    load: Callable[[str], Rule]
    """Reads the rule at a path. Raises `UsageError`."""

    @cached_property
    def rule(self) -> Rule:
        """The rule. Raises `UsageError` for a file that is wrong."""
        return self.load(self.path)

    def may_match(self, kind: str) -> bool:
        """Whether the file names a kind of change. One that does not cannot match it: names are written in plain."""
        return kind.encode() in self.content


class Catalogue:
    """Rules by id and by kind of change. Of those that are given unread, a file is read when its rule may be needed."""

    def __init__(self, rules: Iterable[Rule | UnreadRule] = ()) -> None:
        self._rules = {rule.id: rule for rule in sorted(rules, key=_place)}
        self._by_kind: dict[str, tuple[Rule, ...]] = {}

    def __iter__(self) -> Iterator[Rule]:
        """Built-in rules first, then by family and id."""
        return map(_read, self._rules.values())

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
        return {rule.id: rule.since for rule in self._rules.values() if rule.origin is Origin.BUILT_IN}

    def get(self, rule_id: str) -> Rule | None:
        """The rule of this id, or None."""
        found = self._rules.get(rule_id)
        return None if found is None else _read(found)

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id. Raises `UsageError` where there is none."""
        found = self.get(rule_id)
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
        if change.kind not in self._by_kind:
            named = (_read(rule) for rule in self._rules.values() if _may_match(rule, change.kind))
            self._by_kind[change.kind] = tuple(rule for rule in named if change.kind in rule.match.kinds)
        return tuple(rule for rule in self._by_kind[change.kind] if rule.match.accepts(change))

    def merged(self, other: Catalogue) -> Catalogue:
        """The rules of both. Raises `UsageError` for an id that both have: ids are never taken over."""
        for rule in other._rules.values():
            if rule.id in self._rules:
                raise UsageError(
                    f"the rule id '{rule.id}' is taken by a {self._rules[rule.id].origin} rule",
                    path=rule.path,
                    remedy="give the rule, and its file, an id of its own",
                )
        return Catalogue([*self._rules.values(), *other._rules.values()])


def _read(rule: Rule | UnreadRule) -> Rule:
    return rule.rule if isinstance(rule, UnreadRule) else rule


def _may_match(rule: Rule | UnreadRule, kind: str) -> bool:
    return rule.may_match(kind) if isinstance(rule, UnreadRule) else kind in rule.match.kinds


def _place(rule: Rule | UnreadRule) -> tuple[Origin, str, str]:
    return rule.origin, family_of(rule.path), rule.id


def family_of(path: str) -> str:
    """The folder that a rule lies in: `enums`; empty for a file at the top."""
    return path.rpartition("/")[0].rpartition("/")[2]

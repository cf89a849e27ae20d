"""`unevaluatedProperties` and `unevaluatedItems` (JSON Schema 2020-12 core, 11.2 and 11.3; 2019-09 core, 9.3).

Both govern what no other keyword of the schema, nor of the schemas applied in place that the value is valid under, has looked at.
What a branch has looked at is certain where the branch certainly holds, and possible where that cannot be said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from contractguard.model.places import Node
from contractguard.model.schema import Dialect, Schema
from contractguard.model.values import JsonValue
from contractguard.semantics.evaluation.judge import MAX_LEVELS, Check, Judge, Verdict
from contractguard.semantics.evaluation.scalars import found_in

_CONTAINS_EVALUATES = frozenset({Dialect.DRAFT_2020_12, Dialect.OPENAPI_3_1, Dialect.OPENAPI_3_2})
"""Where items that `contains` finds are evaluated (2020-12 core, 11.2); in 2019-09 they are not."""

Key: TypeAlias = str | int
"""The name of a member, or the index of an item."""


@dataclass(slots=True)
class _Seen:
    """The keys that were looked at, certainly or possibly."""

    certain: set[Key] = field(default_factory=set)
    possible: set[Key] = field(default_factory=set)

    def add(self, keys: Iterable[Key], verdict: Verdict) -> None:
        """Keys that were looked at if `verdict` holds."""
        if verdict:
            self.certain.update(keys)
        elif verdict is None:
            self.possible.update(keys)


@dataclass(frozen=True, slots=True)
class _Look:
    """A walk through the schemas that apply in place to one value."""

    judge: Judge
    value: dict[str, JsonValue] | list[JsonValue]
    keys: Sequence[Key]
    own: Callable[[_Look, Schema, _Seen, int], None]
    """Adds what the keywords of one schema itself look at."""

    def through(self, schema: Schema, seen: _Seen, level: int, *, within: bool = True) -> None:
        """Add what `schema` and those applied in place look at, if the value is valid under `schema`.

        `within` is False for the schema whose own `unevaluated…` is in question.
        """
        if level > MAX_LEVELS or not self.judge.spend(1 + len(self.keys)):
            seen.possible.update(self.keys)
            return
        if _sees_rest(schema, self.value, within=within):
            seen.certain.update(self.keys)
            return
        self.own(self, schema, seen, level)
        for branch in schema.all_of:
            self.through(self.judge.reader.read(branch), seen, level + 1)
        for branch in (*schema.any_of, *schema.one_of):
            self._under(branch, self.verdict(branch, level), seen, level)
        if schema.if_ is not None:
            self._condition(schema.if_, schema, seen, level)
        if isinstance(self.value, dict):
            for name, branch in schema.dependent_schemas.items():
                if name in self.value:
                    self.through(self.judge.reader.read(branch), seen, level + 1)

    def verdict(self, node: Node, level: int) -> Verdict:
        return self.judge.verdict(self.judge.reader.read(node), self.value, level + 1)

    def _under(self, branch: Node, verdict: Verdict, seen: _Seen, level: int) -> None:
        if verdict:
            self.through(self.judge.reader.read(branch), seen, level + 1)
        elif verdict is None:
            inner = _Seen()
            self.through(self.judge.reader.read(branch), inner, level + 1)
            seen.possible |= inner.certain | inner.possible

    def _condition(self, if_: Node, schema: Schema, seen: _Seen, level: int) -> None:
        verdict = self.verdict(if_, level)
        self._under(if_, verdict, seen, level)
        if schema.then is not None:
            self._under(schema.then, verdict, seen, level)
        if schema.else_ is not None:
            self._under(schema.else_, None if verdict is None else not verdict, seen, level)


def _sees_rest(schema: Schema, value: dict[str, JsonValue] | list[JsonValue], *, within: bool) -> bool:
    """Whether a keyword of the schema governs whatever its other keywords leave."""
    if isinstance(value, dict):
        further, unevaluated = schema.additional_properties, schema.unevaluated_properties
        return schema.evaluates_properties or further is not None or (within and unevaluated is not None)
    rest, unevaluated = schema.items, schema.unevaluated_items
    return schema.evaluates_items or rest is not None or (within and unevaluated is not None)


def _own_names(look: _Look, schema: Schema, seen: _Seen, _level: int) -> None:
    names = [str(key) for key in look.keys]
    seen.certain.update(name for name in names if name in schema.properties)
    if look.judge.spend(len(names) * len(schema.pattern_properties)):
        for pattern in schema.pattern_properties:
            for name in names:
                seen.add((name,), found_in(pattern, name))
    else:
        seen.possible.update(names)


def _own_indices(look: _Look, schema: Schema, seen: _Seen, level: int) -> None:
    seen.certain.update(look.keys[: len(schema.prefix_items)])
    if schema.contains is not None and schema.dialect in _CONTAINS_EVALUATES and isinstance(look.value, list):
        wanted = look.judge.reader.read(schema.contains)
        for index, item in enumerate(look.value):
            seen.add((index,), look.judge.verdict(wanted, item, level + 1))


def unevaluated_properties_checks(schema: Schema) -> tuple[Check, ...]:
    """The assertion of `unevaluatedProperties`, if there is one."""
    node = schema.unevaluated_properties
    return () if node is None else (partial(_left_members, schema, node),)


def unevaluated_items_checks(schema: Schema) -> tuple[Check, ...]:
    """The assertion of `unevaluatedItems`, if there is one."""
    node = schema.unevaluated_items
    return () if node is None else (partial(_left_items, schema, node),)


def _left_members(schema: Schema, node: Node, judge: Judge, members: dict[str, JsonValue], level: int) -> Verdict:
    look = _Look(judge, members, tuple(members), _own_names)
    return _left(look, schema, node, members.items(), level)


def _left_items(schema: Schema, node: Node, judge: Judge, items: list[JsonValue], level: int) -> Verdict:
    look = _Look(judge, items, range(len(items)), _own_indices)
    return _left(look, schema, node, enumerate(items), level)


def _left(look: _Look, schema: Schema, node: Node, parts: Iterable[tuple[Key, JsonValue]], level: int) -> Verdict:
    seen = _Seen()
    look.through(schema, seen, level, within=False)
    inner = look.judge.reader.read(node)
    told: Verdict = True
    for key, part in parts:
        if key in seen.certain:
            continue
        verdict = look.judge.verdict(inner, part, level + 1)
        if verdict is False and key not in seen.possible:
            return False
        if not verdict:
            told = None
    return told

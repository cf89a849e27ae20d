"""Assertions that combine schemas at one place (JSON Schema 2020-12 core, 10.2)."""

from __future__ import annotations

from functools import partial

from contractguard.model.places import Node
from contractguard.model.schema import Schema
from contractguard.model.values import JsonValue
from contractguard.semantics.evaluation.judge import Check, Judge, Verdict
from contractguard.semantics.evaluation.kleene import agreed, counted, negated


def composition_checks(schema: Schema) -> tuple[Check, ...]:
    """The assertions of `allOf`, `anyOf`, `oneOf`, `not` and `if`."""
    checks: list[Check] = [partial(_must_hold, branch) for branch in schema.all_of]
    if schema.any_of:
        checks.append(partial(_any_holds, schema.any_of))
    if schema.one_of:
        checks.append(partial(_one_holds, schema.one_of))
    if schema.not_ is not None:
        checks.append(partial(_must_not_hold, schema.not_))
    if schema.if_ is not None and (schema.then is not None or schema.else_ is not None):
        checks.append(partial(_condition, schema, schema.if_))
    return tuple(checks)


def _must_hold(branch: Node, judge: Judge, value: JsonValue, level: int) -> Verdict:
    return judge.verdict(judge.reader.read(branch), value, level + 1)


def _any_holds(branches: tuple[Node, ...], judge: Judge, value: JsonValue, level: int) -> Verdict:
    told: Verdict = False
    for branch in branches:
        verdict = judge.verdict(judge.reader.read(branch), value, level + 1)
        if verdict:
            return True
        if verdict is None:
            told = None
    return told


def _one_holds(branches: tuple[Node, ...], judge: Judge, value: JsonValue, level: int) -> Verdict:
    certain = possible = 0
    for branch in branches:
        verdict = judge.verdict(judge.reader.read(branch), value, level + 1)
        if verdict:
            certain += 1
            if certain > 1:
                return False
        elif verdict is None:
            possible += 1
    return counted(certain, possible, least=1, most=1)


def _must_not_hold(branch: Node, judge: Judge, value: JsonValue, level: int) -> Verdict:
    return negated(judge.verdict(judge.reader.read(branch), value, level + 1))


def _condition(schema: Schema, if_: Node, judge: Judge, value: JsonValue, level: int) -> Verdict:
    condition = judge.verdict(judge.reader.read(if_), value, level + 1)
    if condition is not None:
        return _optional(schema.then if condition else schema.else_, judge, value, level)
    return agreed(_optional(schema.then, judge, value, level), _optional(schema.else_, judge, value, level))


def _optional(branch: Node | None, judge: Judge, value: JsonValue, level: int) -> Verdict:
    return True if branch is None else judge.verdict(judge.reader.read(branch), value, level + 1)

"""Assertions about arrays (JSON Schema 2020-12 core, 10.3.1; validation, 6.4). `unevaluatedItems` has a module of its own."""

from __future__ import annotations

from functools import partial

from contractguard.model.places import Node
from contractguard.model.schema import Schema
from contractguard.model.values import JsonValue
from contractguard.semantics.evaluation.judge import Check, Judge, Verdict
from contractguard.semantics.evaluation.kleene import counted
from contractguard.semantics.evaluation.listed import unique_items


def array_checks(schema: Schema) -> tuple[Check, ...]:
    """The assertions about arrays."""
    checks: list[Check] = []
    fewest, most = schema.min_items, schema.max_items
    if fewest is not None:
        checks.append(lambda _judge, value, _level: len(value) >= fewest)
    if most is not None:
        checks.append(lambda _judge, value, _level: len(value) <= most)
    if schema.prefix_items or schema.items is not None:
        checks.append(partial(_each_item, schema.prefix_items, schema.items))
    if schema.contains is not None:
        checks.append(partial(_contains, schema, schema.contains))
    if schema.unique_items:
        checks.append(unique_items)
    return tuple(checks)


def _each_item(
    prefix: tuple[Node, ...], rest: Node | None, judge: Judge, items: list[JsonValue], level: int
) -> Verdict:
    told: Verdict = True
    known = len(prefix)
    after = None if rest is None or len(items) <= known else judge.reader.read(rest)
    for index, item in enumerate(items):
        schema = judge.reader.read(prefix[index]) if index < known else after
        if schema is None:
            break
        verdict = judge.verdict(schema, item, level + 1)
        if verdict is False:
            return False
        if verdict is None:
            told = None
    return told


def _contains(schema: Schema, wanted: Node, judge: Judge, items: list[JsonValue], level: int) -> Verdict:
    """Certain and possible finds against `minContains` and `maxContains`; stops where nothing can change any more."""
    inner = judge.reader.read(wanted)
    least = 1 if schema.min_contains is None else schema.min_contains
    most = schema.max_contains
    certain = possible = 0
    for item in items:
        if certain >= least and most is None:
            return True
        verdict = judge.verdict(inner, item, level + 1)
        if verdict:
            certain += 1
        elif verdict is None:
            possible += 1
    return counted(certain, possible, least=least, most=most)

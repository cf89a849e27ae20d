"""Assertions about objects (JSON Schema 2020-12 core, 10.3.2; validation, 6.5). `unevaluatedProperties` has its own module."""

from __future__ import annotations

from functools import partial

from contractguard.model.places import Node
from contractguard.model.schema import Schema
from contractguard.model.values import JsonValue
from contractguard.semantics.evaluation.judge import Check, Judge, Verdict
from contractguard.semantics.evaluation.scalars import found_in
from contractguard.semantics.required import required_names


def object_checks(judge: Judge, schema: Schema) -> tuple[Check, ...]:
    """The assertions about objects, for the role of the judge."""
    checks: list[Check] = []
    fewest, most = schema.min_properties, schema.max_properties
    if schema.required:
        required = frozenset(required_names(judge.reader, schema, judge.role))
        checks.append(lambda _judge, value, _level: value.keys() >= required)
    if fewest is not None:
        checks.append(lambda _judge, value, _level: len(value) >= fewest)
    if most is not None:
        checks.append(lambda _judge, value, _level: len(value) <= most)
    if schema.dependent_required:
        checks.append(partial(_dependent_names, schema))
    if schema.pattern_properties:
        checks.append(partial(_values_by_pattern, schema))
    elif schema.additional_properties is not None:
        checks.append(partial(_all_values, schema, schema.additional_properties))
    elif schema.properties:
        checks.append(partial(_declared_values, schema))
    if schema.property_names is not None:
        checks.append(partial(_names, schema.property_names))
    checks += [partial(_dependent, name, node) for name, node in schema.dependent_schemas.items()]
    return tuple(checks)


def _dependent_names(schema: Schema, _judge: Judge, members: dict[str, JsonValue], _level: int) -> Verdict:
    return all(members.keys() >= names for name, names in schema.dependent_required.items() if name in members)


def _dependent(name: str, node: Node, judge: Judge, members: dict[str, JsonValue], level: int) -> Verdict:
    return judge.verdict(judge.reader.read(node), members, level + 1) if name in members else True


def _declared_values(schema: Schema, judge: Judge, members: dict[str, JsonValue], level: int) -> Verdict:
    told: Verdict = True
    declared = schema.properties
    for name in members if len(members) < len(declared) else declared:
        if name in members and name in declared:
            verdict = judge.verdict(judge.reader.read(declared[name]), members[name], level + 1)
            if verdict is False:
                return False
            if verdict is None:
                told = None
    return told


def _all_values(schema: Schema, additional: Node, judge: Judge, members: dict[str, JsonValue], level: int) -> Verdict:
    told: Verdict = True
    declared = schema.properties
    for name, value in members.items():
        verdict = judge.verdict(judge.reader.read(declared.get(name) or additional), value, level + 1)
        if verdict is False:
            return False
        if verdict is None:
            told = None
    return told


def _values_by_pattern(schema: Schema, judge: Judge, members: dict[str, JsonValue], level: int) -> Verdict:
    if not judge.spend(len(members) * len(schema.pattern_properties)):
        return None
    told: Verdict = True
    for name, value in members.items():
        certain, cases, free = _applying(schema, name)
        verdicts = []
        for node in (*certain, *cases):
            verdicts.append(judge.verdict(judge.reader.read(node), value, level + 1))  # noqa: PERF401  (it would take a frame)
        verdict = _met(verdicts[: len(certain)], verdicts[len(certain) :], free=free)
        if verdict is False:
            return False
        if verdict is None:
            told = None
    return told


def _applying(schema: Schema, name: str) -> tuple[list[Node], list[Node], bool]:
    """What applies to a name: schemas that certainly do, and those of which at least one does, unless the name is free.

    A pattern that nobody can match leaves two cases open: its schema applies, or else what further properties must meet.
    """
    declared = schema.properties.get(name)
    certain = [] if declared is None else [declared]
    cases = []
    for pattern, node in schema.pattern_properties.items():
        found = found_in(pattern, name)
        if found:
            certain.append(node)
        elif found is None:
            cases.append(node)
    further = schema.additional_properties
    if certain or further is None:
        return certain, cases, True
    return ([], [*cases, further], False) if cases else ([further], [], True)


def _met(certain: list[Verdict], cases: list[Verdict], *, free: bool) -> Verdict:
    """Whether all that certainly applies is met, and what else applies, whichever of the cases that is."""
    if any(verdict is False for verdict in certain) or (not free and not any(case is not False for case in cases)):
        return False
    return True if all(certain) and all(cases) else None


def _names(names: Node, judge: Judge, members: dict[str, JsonValue], level: int) -> Verdict:
    told: Verdict = True
    inner = judge.reader.read(names)
    for name in members:
        verdict = judge.verdict(inner, name, level + 1)
        if verdict is False:
            return False
        if verdict is None:
            told = None
    return told

"""The evaluator of values against schemas in normal form, and the plan of what a schema asserts."""

from __future__ import annotations

from functools import partial

from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema, SchemaReader, is_among
from contractguard.model.values import JsonValue
from contractguard.semantics.evaluation.arrays import array_checks
from contractguard.semantics.evaluation.composition import composition_checks
from contractguard.semantics.evaluation.judge import Check, Judge, Plan, refuse, undecided
from contractguard.semantics.evaluation.listed import listed_check
from contractguard.semantics.evaluation.objects import object_checks
from contractguard.semantics.evaluation.scalars import number_checks, string_checks
from contractguard.semantics.evaluation.unevaluated import unevaluated_items_checks, unevaluated_properties_checks


class Evaluator:
    """Judges values by the schemas of one contract, as payloads of one role.

    `format` and content keywords are annotations. Each call may take `steps` steps (a schema applied to a value is one), so the
    answer depends on nothing but schema and value. With `unknown_is_annotation` keywords that are not read say nothing, as
    validators take them: enough to look for a witness, which a validator confirms, and too little for a proof.
    """

    def __init__(
        self, reader: SchemaReader, role: Role, *, steps: int = 200_000, unknown_is_annotation: bool = False
    ) -> None:
        self._judge = Judge(reader, role, partial(plan_of, unknown=() if unknown_is_annotation else (undecided,)))
        self._reader = reader
        self._steps = steps

    def holds(self, schema: Schema, value: JsonValue) -> bool | None:
        """Whether the value is valid under the schema.

        None where it cannot be said: a pattern that RE2 does not take, a keyword that is not read and may assert something, a
        `$dynamicRef` whose target depends on the way that leads to it, steps used up, nesting too deep. A value that is refused
        whatever those may say is refused (Kleene's strong logic).

        Raises `UnreadableError` or `LimitError` for a schema that is needed and cannot be read (`SchemaReader.read`).
        """
        self._judge.steps_left = self._steps
        try:
            return self._judge.verdict(schema, value, 0)
        except RecursionError:  # the caller had used up most of the stack
            return None

    @property
    def steps_taken(self) -> int:
        """The steps that the last call took."""
        return self._steps - self._judge.steps_left

    def holds_node(self, node: Node, value: JsonValue) -> bool | None:
        """Whether the value is valid under the schema at `node`. None and errors as for `holds`."""
        return self.holds(self._reader.read(node), value)


def plan_of(judge: Judge, schema: Schema, *, unknown: tuple[Check, ...] = (undecided,)) -> Plan:
    """What the schema asserts of each type of value; `unknown` is what keywords that are not read assert."""
    if schema.boolean is not None:
        checks: tuple[Check, ...] = () if schema.boolean else (refuse,)
        return dict.fromkeys(JsonType, checks)
    numbers = number_checks(schema)
    by_type = {
        JsonType.INTEGER: numbers,
        JsonType.NUMBER: numbers,
        JsonType.STRING: string_checks(schema),
        JsonType.ARRAY: array_checks(schema),
        JsonType.OBJECT: object_checks(judge, schema),
    }
    last: dict[JsonType, tuple[Check, ...]] = {
        JsonType.ARRAY: unevaluated_items_checks(schema),
        JsonType.OBJECT: unevaluated_properties_checks(schema),
    }
    listed = listed_check(schema)
    composed = composition_checks(schema)
    unread = unknown if schema.unknown else ()
    return {
        kind: (*listed, *by_type.get(kind, ()), *composed, *last.get(kind, ()), *unread)
        if is_among(kind, schema.types)
        else (refuse,)
        for kind in JsonType
    }

"""Who answers a call (OpenAPI 3.2, section 4.8.2: "concrete (non-templated) paths would be matched before their templated
counterparts").

Where a concrete path is gone, its calls match a template that stands beside it; where one is new, it takes calls from that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from contractguard.diff.collector import Collector
from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.operations import compare_operation
from contractguard.diff.openapi.paths import parameter_names, without_names, without_path_parameters
from contractguard.diff.openapi.templates import Templates
from contractguard.errors import UnreadableError
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Operation, Parameter, ParameterLocation
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import Schema
from contractguard.model.values import JsonValue
from contractguard.semantics.evaluation import Evaluator

_ANYTHING = "{}"
_MOST_PATHS = 64
"""Concrete paths that a template with listed values is taken apart into."""
_FORMATS = {
    "uuid": re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "date-time": re.compile(r"\d{4}-\d{2}-\d{2}[Tt ].*"),
}
"""Formats that say of a path segment that it is no word."""
_BIND_NOBODY = frozenset(
    "documentation.changed extension.changed metadata.changed operation.id-changed operation.tags-changed "
    "deprecation.added deprecation.removed".split()
)
_ERRORS = frozenset({"client-error", "server-error", "default", "other-errors"})
_HARMLESS = {Direction.INPUT: Effect.WIDENED, Direction.OUTPUT: Effect.NARROWED}


@dataclass(frozen=True, slots=True)
class Answered:
    """An operation of a templated path that answers the calls of another path, with what the path puts into the template."""

    operation: Operation
    narrowed: Operation
    """The operation as these calls meet it: at their path, without the parameters that the path fills in."""
    values: tuple[str, ...]
    is_listed: bool
    """Whether the description lists all these values for the parameters, so that they are meant to be sent."""


class Answers:
    """Who answers calls on both sides, for the operations of one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        stayed = [
            base
            for base, head in comparison.operations
            if base is not None and head is not None and without_names(base.path) == without_names(head.path)
        ]
        self._paths = {without_names(base.path) for base, _ in comparison.operations if base is not None}
        self._base = comparison.base
        self._head = comparison.head
        self._at_base = Templates(stayed)
        self._at_head = Templates(head for _, head in comparison.operations if head is not None)

    def of_gone(self, gone: Operation) -> Answered | None:
        """The operation of head that answers the calls of an operation that is gone, if they are valid there.

        A concrete path is matched first, whatever its methods: as long as it has others, no template answers.
        """
        if self._at_head.has(gone.path):
            return None
        return _answered(self._head, gone, self._at_head.nearest(gone))

    def of_listed(self, gone: Operation) -> list[tuple[Operation, Operation]] | None:
        """The operations of head at all concrete paths that a template that is gone stands for, each with the old one there.

        None where a parameter of the template may be anything, or where some path is not there.
        """
        names = parameter_names(gone.path)
        choices = [_listed(self._base, gone.parameters.get((ParameterLocation.PATH, name))) for name in names]
        if not names or not 0 < prod(len(choice) for choice in choices) <= _MOST_PATHS:
            return None
        found = []
        for values in product(*choices):
            path = without_names(gone.path)
            for value in values:
                path = path.replace(_ANYTHING, value, 1)
            answering = self._at_head.at(gone.method, path)
            if answering is None:
                return None
            found.append((replace(without_path_parameters(gone, set(names)), path=path), answering))
        return found

    def of_new(self, new: Operation) -> Answered | None:
        """The operation that answered the calls of a new one at base, if they were valid, and is still there for others."""
        if without_names(new.path) in self._paths:
            return None
        return _answered(self._base, new, self._at_base.nearest(new))


def are_alike(comparison: Comparison, base: Operation, head: Operation, spot: Spot) -> bool:
    """Whether calls of the one operation are answered by the other as before, as far as the description tells.

    Payloads count as alike where their schemas are the same; further errors make no difference.
    """
    trial = _Trial(
        base=comparison.base,
        head=comparison.head,
        collector=Collector(),
        payloads=comparison.payloads,
        unchanged=comparison.unchanged,
        scheme_names=comparison.scheme_names,
    )
    compare_operation(trial, spot, base, head)
    return not trial.differing and all(_is_harmless(change) for change in trial.collector.changes())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial(Comparison):
    """A comparison that is asked for its answer only: schemas are the same or not."""

    differing: list[Spot] = field(default_factory=list)
    """Spots with schemas that are not the same."""

    def payload(self, spot: Spot, base: Node | None, head: Node | None, places: tuple[Node, Node]) -> None:
        """See `Comparison.payload`."""
        del places
        is_same = base is head if base is None or head is None else self.says_the_same(base, head)
        if not is_same:
            self.differing.append(spot)


def _is_harmless(change: Change) -> bool:
    if change.kind in _BIND_NOBODY or change.facts.get("status_class") in _ERRORS:
        return True
    return change.effect is _HARMLESS[change.direction]


def _answered(contract: OpenApiContract, called: Operation, nearest: Operation | None) -> Answered | None:
    if nearest is None:
        return None
    bound = _bound(nearest.path, called.path)
    parameters = [nearest.parameters.get((ParameterLocation.PATH, name)) for name in bound]
    values = tuple(bound.values())
    judged = [_judged(contract, *pair) for pair in zip(parameters, values, strict=True)]
    if not all(is_valid for is_valid, _ in judged):
        return None
    narrowed = replace(without_path_parameters(nearest, set(bound)), path=called.path)
    return Answered(nearest, narrowed, values, is_listed=bool(judged) and all(is_listed for _, is_listed in judged))


def _listed(contract: OpenApiContract, parameter: Parameter | None) -> list[str]:
    """The values that the description lists for a parameter, as they stand in a URL; none where it lists none."""
    if parameter is None or parameter.schema is None or parameter.style not in {None, "simple"}:
        return []
    try:
        values = contract.schemas.read(parameter.schema).enum or ()
    except UnreadableError:
        return []  # told where the schema is compared
    texts = [node.value if isinstance(node.value, str) else json.dumps(node.value) for node in values]
    return [] if any("{" in text for text in texts) else texts


def _bound(template: str, path: str) -> dict[str, str]:
    """What a path that matches a template puts in, by the name of the parameter: segments without parameters of their own."""
    found = {}
    for segment, value in zip(template.split("/"), path.split("/"), strict=True):
        names = parameter_names(segment)
        if len(names) == 1 and not parameter_names(value):
            before, _, after = without_names(segment).partition(_ANYTHING)
            found[names[0]] = value[len(before) : len(value) - len(after)]
    return found


def _judged(contract: OpenApiContract, parameter: Parameter | None, value: str) -> tuple[bool, bool]:
    """Whether a value of a path is valid for a parameter, and whether the description lists it. What nothing says is valid."""
    if parameter is None:
        return True, False
    if parameter.style not in {None, "simple"}:
        return False, False
    if parameter.schema is None:
        return True, False
    try:
        schema = contract.schemas.read(parameter.schema)
        evaluator = Evaluator(contract.schemas, Role.REQUEST)
        readings = [one for one in _readings(value) if evaluator.holds(schema, one) is not False]
    except UnreadableError:
        return False, False  # told where the schema is compared
    is_valid = bool(readings) and _has_format(schema, value)
    return is_valid, schema.enum is not None and any(node.value == one for node in schema.enum for one in readings)


def _readings(value: str) -> Iterable[JsonValue]:
    """What a text in a URL may stand for: itself, a number or a boolean."""
    yield value
    try:
        read = json.loads(value)
    except ValueError:
        return
    if isinstance(read, bool | int | float):
        yield read


def _has_format(schema: Schema, value: str) -> bool:
    wanted = _FORMATS.get(schema.format or "")
    return wanted is None or wanted.fullmatch(value) is not None

"""Parameters of operations and headers of responses (OpenAPI 3.2, sections 4.12 and 4.21)."""

from __future__ import annotations

from dataclasses import replace

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.content import compare_content
from contractguard.diff.openapi.lifecycle import compare_lifecycle, sunset_detail
from contractguard.diff.openapi.members import compare_members, same_members
from contractguard.diff.openapi.parameter_pairs import match_parameters
from contractguard.diff.openapi.paths import parameter_names
from contractguard.diff.openapi.places import header_place, parameter_place
from contractguard.diff.openapi.serialization import compare_serialization, written_alike
from contractguard.diff.openapi.written_values import compare_written_schemas, compare_written_values
from contractguard.model.change import Effect
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Operation, Parameter, ParameterLocation, Response
from contractguard.model.places import Node
from contractguard.model.values import UNSET

_PATH = ParameterLocation.PATH
_QUERY = ParameterLocation.QUERY
_NEVER_EMPTY = frozenset({"spaceDelimited", "pipeDelimited", "deepObject"})
"""Styles in which nothing stands for an empty value: "the value of allowEmptyValue SHALL be ignored"."""


def compare_parameters(comparison: Comparison, spot: Spot, base: Operation, head: Operation) -> None:
    """Compare the parameters of two operations."""
    for old, new in match_parameters(comparison, base, head):
        some = new or old
        if some is None:
            continue
        here = _parameter_spot(spot, some, None if old is None or new is None else (old, new))
        if old is not None and new is not None:
            _compare_parameter(comparison, here, old, new)
        elif some.location is _PATH and _is_in(base, some) and _is_in(head, some):
            # The path has it on both sides, and one side only describes it: nothing more than its schema can differ.
            _compare_described(comparison, here, old, new, (base.node, head.node))
        elif new is not None:
            _parameter_added(comparison, here, new, parameter_place(comparison.head, head, new))
        elif old is not None:
            _parameter_removed(comparison, here, old, parameter_place(comparison.base, base, old))


def compare_headers(comparison: Comparison, spot: Spot, base_response: Response, head_response: Response) -> None:
    """Compare the headers of two responses; `spot` is that of the response."""
    base, head = base_response.headers, head_response.headers
    for name in [*base, *(name for name in head if name not in base)]:
        old, new = base.get(name), head.get(name)
        parts = None if old is None or new is None else (old, new)
        here = spot.below(f"header {name}", f"response header '{name}'", parts, place=f"response header {name}")
        if old is not None and new is not None:
            _compare_header(comparison, here, old, new)
        elif new is not None:
            # A promise of one more header leaves fewer responses; a header that may come leaves room for more.
            effect = Effect.NARROWED if new.required else Effect.WIDENED
            facts = {"required": new.required}
            place = header_place(head_response, name)
            comparison.add("header.added", effect, here, head=place, after=name, facts=facts, details={"name": name})
        elif old is not None:
            effect = Effect.WIDENED if old.required else Effect.NONE
            facts = {"required": old.required}
            place = header_place(base_response, name)
            comparison.add("header.removed", effect, here, base=place, before=name, facts=facts, details={"name": name})


def _parameter_spot(spot: Spot, parameter: Parameter, parts: tuple[Parameter, Parameter] | None) -> Spot:
    name = parameter.name.lower() if parameter.location is ParameterLocation.HEADER else parameter.name
    label = f"{parameter.location} parameter {name}"
    return spot.below(label, f"{parameter.location} parameter '{name}'", parts, place=label)


def _is_in(operation: Operation, parameter: Parameter) -> bool:
    return parameter.name in parameter_names(operation.path)


def _parameter_added(comparison: Comparison, spot: Spot, parameter: Parameter, place: Node) -> None:
    here, head = _listed(comparison, "parameter.added", spot, parameter, place)
    comparison.add(
        "parameter.added",
        Effect.NARROWED if parameter.required else Effect.WIDENED,
        here,
        head=head,
        after=parameter.name,
        facts={"location": str(parameter.location), "required": parameter.required},
        details={"name": parameter.name},
    )


def _parameter_removed(comparison: Comparison, spot: Spot, parameter: Parameter, place: Node) -> None:
    here, base = _listed(comparison, "parameter.removed", spot, parameter, place)
    comparison.add(
        "parameter.removed",
        Effect.NONE,
        here,
        base=base,
        before=parameter.name,
        facts={
            "location": str(parameter.location),
            "required": parameter.required,
            "deprecated": parameter.deprecated,
        },
        details={"name": parameter.name, **sunset_detail(parameter)},
    )


def _listed(comparison: Comparison, kind: str, spot: Spot, parameter: Parameter, place: Node) -> tuple[Spot, Node]:
    """Spot and place of a parameter that came or went. A shared one is told once, where the first operation lists it."""
    if parameter.component is None:
        return spot, place
    first = comparison.shared_places.setdefault((kind, spot.direction, parameter.node.key), place)
    return replace(spot, element=parameter.component, component=parameter.component), first


def _compare_described(
    comparison: Comparison, spot: Spot, base: Parameter | None, head: Parameter | None, places: tuple[Node, Node]
) -> None:
    comparison.payload(spot, None if base is None else base.schema, None if head is None else head.schema, places)


def _compare_parameter(comparison: Comparison, spot: Spot, base: Parameter, head: Parameter) -> None:
    if same_members(base, head) and comparison.says_the_same(base.node, head.node):
        return
    compare_lifecycle(comparison, spot, "parameter", base, head)
    parts = (base, head)
    if head.required and not base.required:
        facts = {"has_default": _has_default(comparison.head, head)}
        comparison.add_flag(
            "parameter.became-required", Effect.NARROWED, spot, parts, "required", after=True, facts=facts
        )
    elif base.required and not head.required:
        comparison.add_flag("parameter.became-optional", Effect.WIDENED, spot, parts, "required", after=False)
    was, is_now = _allows_empty(base), _allows_empty(head)
    if was != is_now:
        kind, effect = (
            ("parameter.empty-value-allowed", Effect.WIDENED)
            if is_now
            else ("parameter.empty-value-refused", Effect.NARROWED)
        )
        comparison.add_flag(kind, effect, spot, parts, "allowEmptyValue", after=is_now)
    _compare_value(comparison, spot, base, head)


def _compare_header(comparison: Comparison, spot: Spot, base: Parameter, head: Parameter) -> None:
    if same_members(base, head) and comparison.says_the_same(base.node, head.node):
        return
    compare_lifecycle(comparison, spot, "header", base, head)
    if base.required != head.required:
        kind, effect = (
            ("header.became-required", Effect.NARROWED) if head.required else ("header.became-optional", Effect.WIDENED)
        )
        comparison.add_flag(kind, effect, spot, (base, head), "required", after=head.required)
    _compare_value(comparison, spot, base, head)


def _compare_value(comparison: Comparison, spot: Spot, base: Parameter, head: Parameter) -> None:
    """What is sent, and how it is written."""
    compare_serialization(comparison, spot, base, head)
    if base.content and head.content:
        compare_content(comparison, spot, base.content, head.content)
    elif not base.content and not head.content:
        compare_written_values(comparison, spot, base, head)
    elif written_alike(comparison, base, head):
        places = (base.node, head.node)
        compare_written_schemas(comparison, spot, (_schema(base), _schema(head)), places)
    compare_members(comparison, spot, base, head)


def _schema(parameter: Parameter) -> Node | None:
    """The schema of the value, whether the parameter has it itself or with a media type."""
    return next((media_type.schema for media_type in parameter.content.values()), parameter.schema)


def _allows_empty(parameter: Parameter) -> bool:
    """Whether `allowEmptyValue` is set where it means something: "valid only for query parameters", of styles that have it."""
    return parameter.allow_empty_value and parameter.location is _QUERY and parameter.style not in _NEVER_EMPTY


def _has_default(contract: OpenApiContract, parameter: Parameter) -> bool:
    schemas = [parameter.schema, *(media_type.schema for media_type in parameter.content.values())]
    return any(schema is not None and contract.schemas.read(schema).default is not UNSET for schema in schemas)

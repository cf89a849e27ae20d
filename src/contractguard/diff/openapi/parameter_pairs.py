"""Which parameter of base is which of head, as they are found in a call.

By location and name; those of a path by their position in it. "If `in` is `querystring`, or for certain combinations of `style`
and `explode`, the value of `name` is not used in the parameter serialization" (OpenAPI 3.2, section 4.12.2.1): such a parameter
is the same whatever it is called. And an object that is exploded, or deep, is in a call what a parameter for each of its
properties is: `a=1&b=2`, `page[size]=5`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contractguard.diff.openapi.comparison import Comparison
from contractguard.diff.openapi.form_fields import URLENCODED, field_of
from contractguard.diff.openapi.media_types import parse
from contractguard.diff.openapi.paths import renamed
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Operation, Parameter, ParameterLocation
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema

ParameterPair = tuple[Parameter | None, Parameter | None]
"""A parameter of base and the same one of head; None on the side that does not have it."""

_PATH = ParameterLocation.PATH
_QUERY = ParameterLocation.QUERY
_OBJECT = frozenset({JsonType.OBJECT})
_EXPLODED = frozenset({"form", "cookie"})
_DEEP = "deepObject"
_TOGETHER = ("min_properties", "max_properties", "all_of", "any_of", "one_of", "not_", "if_", "dependent_required")
"""What a schema may say about properties together, which parameters of their own cannot."""


def match_parameters(comparison: Comparison, base: Operation, head: Operation) -> list[ParameterPair]:
    """All parameters of two operations, paired, in the order of base and then of head."""
    old_name = renamed(base.path, head.path)
    head_by_key = {
        (location, old_name.get(name, name) if location is _PATH else name): parameter
        for (location, name), parameter in head.parameters.items()
    }
    pairs: list[ParameterPair] = [(parameter, head_by_key.pop(key, None)) for key, parameter in base.parameters.items()]
    pairs += [(None, parameter) for parameter in head_by_key.values()]
    if any(old is None for old, _ in pairs) and any(new is None for _, new in pairs):
        pairs = _with_nameless(comparison, pairs)
        pairs = _taken_apart(comparison, pairs)
    return pairs


def _with_nameless(comparison: Comparison, pairs: list[ParameterPair]) -> list[ParameterPair]:
    """Pair what has no name in the call, where each side has one such parameter in a location that the other lacks."""
    come = {
        new.location: new for old, new in reversed(pairs) if old is None and new and _is_nameless(comparison.head, new)
    }
    found: list[ParameterPair] = []
    taken: set[int] = set()
    for old, new in pairs:
        if old is not None and new is None and old.location in come and _is_nameless(comparison.base, old):
            other = come.pop(old.location)
            taken.add(id(other))
            found.append((old, other))
        else:
            found.append((old, new))
    return [(old, new) for old, new in found if old is not None or id(new) not in taken]


def _is_nameless(contract: OpenApiContract, parameter: Parameter) -> bool:
    """Whether the name of a parameter is not in the call: the whole query, or an object whose properties are parameters."""
    if parameter.location is ParameterLocation.QUERYSTRING:
        return True
    return bool(parameter.explode) and parameter.style in _EXPLODED and _object(contract, parameter.schema) is not None


def _taken_apart(comparison: Comparison, pairs: list[ParameterPair]) -> list[ParameterPair]:
    """Pair the properties of an object with parameters of their own, where the other side has those instead."""
    gone = [old for old, new in pairs if old is not None and new is None]
    come = [new for old, new in pairs if new is not None and old is None]
    old_parts = _parts_of_those_met(comparison.base, gone, come)
    new_parts = _parts_of_those_met(comparison.head, come, gone)
    if not old_parts and not new_parts:
        return pairs
    kept = [pair for pair in pairs if pair[0] is not None and pair[1] is not None]
    before = _by_place(gone, old_parts)
    after = _by_place(come, new_parts)
    optional = {id(part) for whole in gone if not whole.required for part in old_parts.get(id(whole), ())}
    for place, old in before.items():
        new = after.pop(place, None)
        # A call without the whole object was right.
        is_new_demand = new is not None and new.required and id(old) in optional
        kept.append((replace(old, required=False) if is_new_demand else old, new))
    return [*kept, *((None, new) for new in after.values())]


_Place = tuple[ParameterLocation | None, str]


def _parts_of_those_met(
    contract: OpenApiContract, own: list[Parameter], others: list[Parameter]
) -> dict[int, list[Parameter]]:
    """The parts of each object of which one at least is a parameter of the other side, by the identity of the object."""
    places = {(other.location, other.name) for other in others}
    found = {}
    for parameter in own:
        parts = _parts(contract, parameter)
        if any((part.location, part.name) in places for part in parts):
            found[id(parameter)] = parts
    return found


def _by_place(parameters: list[Parameter], parts: Mapping[int, list[Parameter]]) -> dict[_Place, Parameter]:
    single = [part for parameter in parameters for part in parts.get(id(parameter), [parameter])]
    return {(parameter.location, parameter.name): parameter for parameter in single}


def _parts(contract: OpenApiContract, parameter: Parameter) -> list[Parameter]:
    """A parameter for each property of an object that is written as several; none for any other.

    Who sends any property of an optional object must send the required ones.
    """
    if parameter.location is ParameterLocation.QUERYSTRING:
        schema, label = _form(contract, parameter), "{}"
    else:
        schema, label = _object(contract, parameter.schema), _label(parameter)
    if schema is None or not label:
        return []
    is_asked = parameter.required or len(schema.properties) > 1
    return [
        Parameter(
            node=parameter.node,
            name=label.format(name),
            location=_QUERY if parameter.location is ParameterLocation.QUERYSTRING else parameter.location,
            required=is_asked and name in schema.required,
            deprecated=parameter.deprecated,
            schema=node,
            style="form",
            explode=True,
        )
        for name, node in schema.properties.items()
    ]


def _label(parameter: Parameter) -> str:
    """How the name of a property stands in the call; empty where it is no name of its own there."""
    if parameter.explode and parameter.style in _EXPLODED:
        return "{}"
    escaped = parameter.name.replace("{", "{{").replace("}", "}}")
    return f"{escaped}[{{}}]" if parameter.style == _DEEP else ""


def _form(contract: OpenApiContract, parameter: Parameter) -> Schema | None:
    """The schema of a whole query that is a form of texts, each field as a parameter of its own would be."""
    media_type = parameter.content.get(URLENCODED)
    if media_type is None or len(parameter.content) > 1 or media_type.encoding is not None:
        return None
    schema = _object(contract, media_type.schema)
    fields = () if schema is None else schema.properties.values()
    is_plain = all(field_of(contract, parse(URLENCODED), None, contract.schemas.read(node)).is_text for node in fields)
    return schema if is_plain else None


def _object(contract: OpenApiContract, node: Node | None) -> Schema | None:
    """The schema of an object that says nothing but what its properties are."""
    if node is None:
        return None
    schema = contract.schemas.read(node)
    return schema if schema.types == _OBJECT and not any(getattr(schema, name) for name in _TOGETHER) else None

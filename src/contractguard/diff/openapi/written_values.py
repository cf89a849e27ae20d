"""Values of parameters and headers, which travel as text (OpenAPI 3.2, section 4.12.4 "Style Examples"; RFC 9110, section 5.5).

`?page=5` is the same call whether `page` is an integer or a string. So a number or boolean that becomes any string admits more
calls than before, where in JSON `5` and `"5"` are different values.
"""

from __future__ import annotations

import json
from dataclasses import replace

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.model.change import Effect
from contractguard.model.openapi import Parameter
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema
from contractguard.model.values import JsonValue

_SCALARS = frozenset({JsonType.INTEGER, JsonType.NUMBER, JsonType.BOOLEAN})
_TEXT = frozenset({JsonType.STRING})
_OF_SCALARS = frozenset(
    "type format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf enum const nullable".split()
)
"""Keywords of a number or boolean that say nothing any more where any text will do."""
_COMPOSED = ("all_of", "any_of", "one_of", "not_", "if_")
_OF_TEXT = ("enum", "format", "pattern", "min_length", "max_length", *_COMPOSED)


def compare_written_values(comparison: Comparison, spot: Spot, base: Parameter, head: Parameter) -> None:
    """Compare the schemas of two parameters or headers. Call it for those without `content` only."""
    before, after = base.schema, head.schema
    if before is not None and after is not None and not comparison.says_the_same(before, after):
        old, new = comparison.base.schemas.read(before), comparison.head.schemas.read(after)
        if _is_scalar(old) and _is_any_text(new):
            before = _as_text(old)
            _add(comparison, spot, Effect.WIDENED, old, new)
        elif _is_any_text(old) and _is_scalar(new):
            after = _as_text(new)
            _add(comparison, spot, Effect.NARROWED, old, new)
    comparison.payload(spot, before, after, (base.node, head.node))


def _is_scalar(schema: Schema) -> bool:
    """Whether a schema says in one word that its values are numbers or booleans."""
    value = schema.node.value
    return (
        isinstance(value, dict)
        and isinstance(value.get("type"), str)
        and schema.types is not None
        and schema.types <= _SCALARS
        and not any(getattr(schema, name) for name in _COMPOSED)
    )


def _is_any_text(schema: Schema) -> bool:
    return schema.types == _TEXT and not any(getattr(schema, name) for name in _OF_TEXT)


def _as_text(schema: Schema) -> Node:
    """The schema of the same values as text: a string, with all that the schema says beside its type."""
    value = schema.node.value if isinstance(schema.node.value, dict) else {}
    kept: dict[str, JsonValue] = {name: item for name, item in value.items() if name not in _OF_SCALARS}
    default = kept.get("default")
    if isinstance(default, bool | int | float):
        kept["default"] = json.dumps(default)
    return schema.node.with_value({**kept, "type": "string"})


def _add(comparison: Comparison, spot: Spot, effect: Effect, base: Schema, head: Schema) -> None:
    shared = base.component if base.component == head.component else None
    comparison.add(
        "type.changed",
        effect,
        replace(spot, element=shared) if shared else spot,
        base=base.origin("types"),
        head=head.origin("types"),
        before=_type_of(base),
        after=_type_of(head),
    )


def _type_of(schema: Schema) -> str:
    return next(str(name) for name in JsonType if schema.types is not None and name in schema.types)

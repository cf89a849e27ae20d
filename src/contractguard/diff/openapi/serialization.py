"""How the value of a parameter or header is written (OpenAPI 3.2, section 4.12.3 "Style Values" and 4.12.4 "Style Examples")."""

from __future__ import annotations

from contractguard.diff.openapi.comparison import Comparison, Spot, keyword
from contractguard.model.change import Effect
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Parameter
from contractguard.model.schema import JsonType
from contractguard.model.values import UNSET, JsonValue, Unset

_SWAGGER_KEYWORD = "collectionFormat"


def compare_serialization(comparison: Comparison, spot: Spot, base: Parameter, head: Parameter) -> None:
    """Report each keyword that makes the same value look different: `content`, `style`, `explode`, `allowReserved`."""
    if bool(base.content) != bool(head.content):
        _changed(
            comparison,
            spot,
            "content",
            (base, head),
            (next(iter(base.content), UNSET), next(iter(head.content), UNSET)),
        )
        return
    if base.style != head.style and _style_matters(comparison, base, head):
        _changed(comparison, spot, "style", (base, head), (base.style, head.style))
    if base.explode != head.explode and _explode_matters(comparison, base, head):
        _changed(comparison, spot, "explode", (base, head), (base.explode, head.explode))
    if base.allow_reserved != head.allow_reserved:
        _changed(comparison, spot, "allowReserved", (base, head), (base.allow_reserved, head.allow_reserved))


def _changed(
    comparison: Comparison,
    spot: Spot,
    name: str,
    parameters: tuple[Parameter, Parameter],
    values: tuple[JsonValue | Unset, JsonValue | Unset],
) -> None:
    base, head = parameters
    comparison.add(
        "parameter.serialization-changed",
        Effect.INCOMPARABLE,
        spot,
        base=base.node.get(_SWAGGER_KEYWORD) or keyword(base, name),
        head=head.node.get(_SWAGGER_KEYWORD) or keyword(head, name),
        before=values[0],
        after=values[1],
        details={"keyword": name},
    )


_QUERY_STYLES = frozenset({"form", "spaceDelimited", "pipeDelimited", "tabDelimited", "deepObject"})


def _style_matters(comparison: Comparison, base: Parameter, head: Parameter) -> bool:
    """Single values look alike in all styles of a query; `label` and `matrix` show in a path even then."""
    if {base.style, head.style} <= (_QUERY_STYLES | {"simple"}):
        return _may_be(comparison, base, head, JsonType.ARRAY, JsonType.OBJECT)
    return True


def _explode_matters(comparison: Comparison, base: Parameter, head: Parameter) -> bool:
    """`explode` "for other types, or when style is deepObject, has no effect"; arrays of style `simple` look alike, too."""
    styles = {base.style, head.style}
    if styles == {"deepObject"}:
        return False
    if styles == {"simple"}:
        return _may_be(comparison, base, head, JsonType.OBJECT)
    return _may_be(comparison, base, head, JsonType.ARRAY, JsonType.OBJECT)


def _may_be(comparison: Comparison, base: Parameter, head: Parameter, *types: JsonType) -> bool:
    """Whether both sides let values of one of these types through."""
    before, after = _types(comparison.base, base), _types(comparison.head, head)
    return any(wanted in before and wanted in after for wanted in types)


def _types(contract: OpenApiContract, parameter: Parameter) -> frozenset[JsonType]:
    """The types that a value may have, as far as `type` and `enum` tell; all where nothing is said."""
    everything = frozenset(JsonType)
    if parameter.schema is None:
        return everything
    schema = contract.schemas.read(parameter.schema)
    if schema.types is not None:
        return schema.types
    if schema.enum is not None:
        composite = {JsonType.ARRAY: list, JsonType.OBJECT: dict}
        is_met = {name for name, kind in composite.items() if any(isinstance(item.value, kind) for item in schema.enum)}
        return (everything - composite.keys()) | is_met
    return everything

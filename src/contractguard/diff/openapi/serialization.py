"""How the value of a parameter or header is written (OpenAPI 3.2, sections 4.12.3 "Style Values" and 4.12.5 "Style Examples")."""

from __future__ import annotations

from collections.abc import Callable

from contractguard.diff.openapi.comparison import Comparison, Spot, keyword
from contractguard.diff.openapi.media_types import parse
from contractguard.diff.openapi.texts import Sort, text_of, texts_of
from contractguard.model.change import Effect
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Parameter, ParameterLocation
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema
from contractguard.model.values import UNSET, JsonValue, Unset

_SWAGGER_KEYWORD = "collectionFormat"
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
"""RFC 3986, section 2.3: what is never percent-encoded."""
_RESERVED = frozenset(":/?#[]@!$&'()*+,;=")
"""RFC 3986, section 2.2."""
_QUERY_STYLES = frozenset({"form", "spaceDelimited", "pipeDelimited", "tabDelimited", "deepObject"})
_PLAIN_STYLES = _QUERY_STYLES | {"simple", "cookie", None}
"""Styles in which a single value stands as it is, without a mark before it. None is that of content."""
_ARRAY = frozenset({JsonType.ARRAY})
_COMPOSITE = frozenset({JsonType.ARRAY, JsonType.OBJECT})
_JSON_AS_TEXT = frozenset({JsonType.INTEGER, JsonType.NUMBER, JsonType.BOOLEAN})


def compare_serialization(comparison: Comparison, spot: Spot, base: Parameter, head: Parameter) -> None:
    """Report each keyword that makes the same value look different: `content`, `style`, `explode`, `allowReserved`."""
    if bool(base.content) != bool(head.content):
        if not written_alike(comparison, base, head):
            names = (next(iter(base.content), UNSET), next(iter(head.content), UNSET))
            _changed(comparison, spot, "content", (base, head), names)
        return
    if base.style != head.style and _style_matters(comparison, base, head):
        _changed(comparison, spot, "style", (base, head), (base.style, head.style))
    elif base.explode != head.explode and _explode_matters(comparison, base, head):
        _changed(comparison, spot, "explode", (base, head), (base.explode, head.explode))
    _compare_reserved(comparison, spot, base, head)
    _compare_nested(comparison, spot, base, head)


def written_alike(comparison: Comparison, base: Parameter, head: Parameter) -> bool:
    """Whether one side has `content` and the other `schema`, and the same text stands for the same value."""
    if bool(base.content) == bool(head.content):
        return False
    described, styled = (base, head) if base.content else (head, base)
    contracts = (comparison.base, comparison.head) if base.content else (comparison.head, comparison.base)
    name, media_type = next(iter(described.content.items()))
    if len(described.content) > 1 or styled.style not in _PLAIN_STYLES or styled.allow_reserved:
        return False
    schemas = [
        None if node is None else contract.schemas.read(node)
        for node, contract in zip((media_type.schema, styled.schema), contracts, strict=True)
    ]
    known = parse(name)
    if known.essence.endswith(("/json", "+json")):
        return all(_types_of(schema) <= _JSON_AS_TEXT for schema in schemas)
    # Plain text without a schema is text.
    said = [schema for schema in schemas if schema is not None]
    return known.is_text and not any(_types_of(schema) & _COMPOSITE for schema in said)


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


def _style_matters(comparison: Comparison, base: Parameter, head: Parameter) -> bool:
    """Single values look alike in all styles of a query; `label` and `matrix` show in a path even then.

    `cookie` differs from `form` in that nothing is percent-encoded.
    """
    if {base.style, head.style} <= (_QUERY_STYLES | {"simple"}):
        return _may_be(comparison, base, head, JsonType.ARRAY, JsonType.OBJECT)
    if {base.style, head.style} == {"form", "cookie"}:
        is_encoded = _may_hold(comparison, base, head, lambda character: character not in _UNRESERVED)
        return is_encoded or (base.explode != head.explode and _explode_matters(comparison, base, head))
    return True


def _explode_matters(comparison: Comparison, base: Parameter, head: Parameter) -> bool:
    """`explode` "for other types, or when style is deepObject, has no effect"; arrays of style `simple` look alike, too."""
    styles = {base.style, head.style}
    if styles == {"deepObject"}:
        return False
    if styles == {"simple"}:
        return _may_be(comparison, base, head, JsonType.OBJECT)
    return _may_be(comparison, base, head, JsonType.ARRAY, JsonType.OBJECT)


def _compare_reserved(comparison: Comparison, spot: Spot, base: Parameter, head: Parameter) -> None:
    """`allowReserved` lets characters stand as they are that may be percent-encoded all the same."""
    was, is_now = _allows_reserved(comparison.base, base), _allows_reserved(comparison.head, head)
    if was == is_now or not _may_hold(comparison, base, head, _RESERVED.__contains__):
        return
    kind, effect = (
        ("parameter.reserved-allowed", Effect.WIDENED) if is_now else ("parameter.reserved-refused", Effect.NARROWED)
    )
    comparison.add_flag(kind, effect, spot, (base, head), "allowReserved", after=is_now)


def _allows_reserved(contract: OpenApiContract, parameter: Parameter) -> bool:
    """Whether `allowReserved` is set where it means something: in queries, since 3.2 in whatever is percent-encoded."""
    if parameter.location is ParameterLocation.QUERY:
        return parameter.allow_reserved
    is_encoded = parameter.location is ParameterLocation.PATH or (
        parameter.location is ParameterLocation.COOKIE and parameter.style == "form"
    )
    return parameter.allow_reserved and is_encoded and contract.api.specification.startswith("3.2")


def _compare_nested(comparison: Comparison, spot: Spot, base: Parameter, head: Parameter) -> None:
    """Swagger 2.0: the items of an array may be arrays with a `collectionFormat` of their own."""
    before, after = _nested_formats(comparison.base, base), _nested_formats(comparison.head, head)
    if before != after and len(before) == len(after):
        _changed(comparison, spot, _SWAGGER_KEYWORD, (base, head), (", ".join(before), ", ".join(after)))


def _nested_formats(contract: OpenApiContract, parameter: Parameter) -> list[str]:
    formats: list[str] = []
    items: Node | None = parameter.node.get("items") if contract.api.specification.startswith("2.") else None
    while items is not None and isinstance(items.value, dict) and items.value.get("type") == "array":
        formats.append(str(items.value.get(_SWAGGER_KEYWORD, "csv")))
        items = items.get("items")
    return formats


def _may_be(comparison: Comparison, base: Parameter, head: Parameter, *types: JsonType) -> bool:
    """Whether both sides let values of one of these types through, and arrays of more than one item."""
    before, after = _types(comparison.base, base), _types(comparison.head, head)
    return any(wanted in before and wanted in after for wanted in types)


def _may_hold(comparison: Comparison, base: Parameter, head: Parameter, is_meant: Callable[[str], bool]) -> bool:
    """Whether values of both sides may hold one of some characters."""
    sides = ((comparison.base, base), (comparison.head, head))
    return all(_side_may_hold(contract, parameter, is_meant) for contract, parameter in sides)


def _side_may_hold(contract: OpenApiContract, parameter: Parameter, is_meant: Callable[[str], bool]) -> bool:
    if parameter.schema is None:
        return True
    schema = contract.schemas.read(parameter.schema)
    if schema.types == _ARRAY and schema.items is not None:
        schema = contract.schemas.read(schema.items)
    if schema.enum is not None:
        texts = [text_of(item.value) for item in schema.enum]
        return any(text is None or any(map(is_meant, text)) for text in texts)
    texts_allowed = texts_of(contract.schemas, schema)
    return texts_allowed is None or texts_allowed.sort not in {Sort.NUMBERS, Sort.LISTED}


def _types(contract: OpenApiContract, parameter: Parameter) -> frozenset[JsonType]:
    schema = None if parameter.schema is None else contract.schemas.read(parameter.schema)
    types = _types_of(schema)
    # An array of one item is written like the item.
    return types - {JsonType.ARRAY} if schema is not None and schema.max_items in (0, 1) else types


def _types_of(schema: Schema | None) -> frozenset[JsonType]:
    """The types that a value may have, as far as `type` and `enum` tell; all where nothing is said."""
    everything = frozenset(JsonType)
    if schema is None:
        return everything
    if schema.types is not None:
        return schema.types
    if schema.enum is not None:
        composite = {JsonType.ARRAY: list, JsonType.OBJECT: dict}
        is_met = {name for name, kind in composite.items() if any(isinstance(item.value, kind) for item in schema.enum)}
        return (everything - composite.keys()) | is_met
    return everything

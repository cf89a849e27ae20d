"""Forms: bodies whose fields are written one by one (OpenAPI 3.2, sections 4.14.5 "Encoding By Name" and 4.15).

A field of single values is text, one of bytes is a file, and one of another media type is compared as that.
"""

from __future__ import annotations

from dataclasses import replace

from contractguard.diff.openapi.binary import is_file
from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.form_fields import URLENCODED, field_of, item_of
from contractguard.diff.openapi.media_types import MediaRange
from contractguard.diff.openapi.streams import compare_stream
from contractguard.diff.openapi.written_values import Named, WrittenValues, delimiter_of
from contractguard.errors import UnreadableError
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import MediaType
from contractguard.model.places import Node
from contractguard.model.schema import Schema


def compare_form(comparison: Comparison, spot: Spot, media_type: MediaRange, base: MediaType, head: MediaType) -> None:
    """Compare the schemas of a form, or of a body of several parts."""
    before, after = base.schema, head.schema
    if before is not None and after is not None and not comparison.says_the_same(before, after):
        alike = None if media_type.essence == URLENCODED else _are_files
        values = WrittenValues(comparison, spot, alike=alike)
        try:
            _compare_fields(comparison, values, spot, media_type, (base, head))
        except UnreadableError:
            pass  # the comparison of the schemas meets it again, and tells it
        else:
            before, after = values.rest(before, after)
    compare_stream(comparison, spot, media_type, replace(base, schema=before), replace(head, schema=after))


def _are_files(base: Schema, head: Schema) -> bool:
    return is_file(base) and is_file(head)


def _compare_fields(
    comparison: Comparison,
    values: WrittenValues,
    spot: Spot,
    media_type: MediaRange,
    sides: tuple[MediaType, MediaType],
) -> None:
    contracts = (comparison.base, comparison.head)
    base, head = (_schema(contract, side) for contract, side in zip(contracts, sides, strict=True))
    if base is None or head is None:
        return

    def are_written(name: str, *nodes: Node) -> bool:
        return all(
            _is_written(contract, media_type, side, name, node)
            for contract, side, node in zip(contracts, sides, nodes, strict=True)
        )

    named = Named(spot.element, spot.subject).at(base, head)
    for name, node in base.properties.items():
        other = head.properties.get(name)
        if other is not None and are_written(name, node, other):
            values.delimiter = _delimiter(comparison.head, media_type, sides[1], name)
            values.compare(node, other, named.below(f" > {name}", f"property '{name}'"))
    old, new = base.additional_properties, head.additional_properties
    if old is not None and new is not None and are_written("", old, new):
        values.compare_further(base, head, named)


def _schema(contract: OpenApiContract, media_type: MediaType) -> Schema | None:
    return None if media_type.schema is None else contract.schemas.read(media_type.schema)


def _delimiter(contract: OpenApiContract, media_type: MediaRange, content: MediaType, name: str) -> str | None:
    """What divides the items of a field; None where each is a field of its own."""
    entry = None if content.encoding is None else content.encoding.get(name)
    field = field_of(contract, media_type, entry, None)
    return None if field.style is None else delimiter_of(field.style, explode=field.explode)


def _is_written(contract: OpenApiContract, media_type: MediaRange, content: MediaType, name: str, node: Node) -> bool:
    """Whether the values of a field are text or bytes, and not JSON or another media type that has types of its own."""
    schema = contract.schemas.read(node)
    entry = None if content.encoding is None else content.encoding.get(name)
    field = field_of(contract, media_type, entry, schema)
    item = item_of(contract, schema)
    return field.is_text or item is None or is_file(item)

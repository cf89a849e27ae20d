"""What stands beside a `$ref` (OpenAPI 3.1.1, section "Reference Object").

`summary` and `description` beside a reference replace those of the definition. Anything else is to be ignored; since tools
differ in that, it is kept as unread, so that a difference in it is seen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from contractguard.formats.openapi.fields import Fields, rest_of
from contractguard.model.openapi import Part

if TYPE_CHECKING:
    from contractguard.model.places import Node

_REFERENCE = Fields(frozenset({"$ref"}), frozenset({"summary", "description"}))
_PartT = TypeVar("_PartT", bound=Part)


def with_reference_siblings(origin: Node, part: _PartT) -> _PartT:
    """`part`, to which the value at `origin` led, with what stands beside the reference there."""
    if origin.key == part.node.key or not isinstance(origin.value, dict) or len(origin.value) == 1:
        return part
    beside = rest_of(origin, _REFERENCE)
    return replace(
        part,
        documentation={**part.documentation, **beside["documentation"]},
        extensions={**part.extensions, **beside["extensions"]},
        unread={**part.unread, **{f"$ref/{name}": node for name, node in beside["unread"].items()}},
    )

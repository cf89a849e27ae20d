"""The lifecycle of operations, from the `deprecated` keyword and from marks under their canonical names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.lifecycle import REPLACED_BY, STABILITY, SUNSET, mark_text, says_deprecated
from contractguard.model.openapi import Lifecycle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contractguard.model.places import Node


def lifecycle_of(extensions: Mapping[str, Node], *, deprecated: bool) -> Lifecycle:
    """The lifecycle that canonical marks and the `deprecated` keyword tell."""
    return Lifecycle(
        deprecated=deprecated or says_deprecated(extensions),
        sunset=mark_text(extensions, SUNSET),
        replaced_by=mark_text(extensions, REPLACED_BY),
        stability=mark_text(extensions, STABILITY),
    )

"""OpenAPI 2.0 to 3.2: from parsed documents to the normal form of `model/openapi.py`."""

from __future__ import annotations

from contractguard.formats.openapi.description import read
from contractguard.formats.openapi.specification import Specification, specification_of

__all__ = ["Specification", "read", "specification_of"]

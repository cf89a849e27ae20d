"""JSON Schema, draft-04 to 2020-12, as contracts of their own and inside OpenAPI."""

from __future__ import annotations

from contractguard.formats.jsonschema.contract import read
from contractguard.formats.jsonschema.normaliser import SchemaNormaliser

__all__ = ["SchemaNormaliser", "read"]

"""Reading the keywords of one schema object into the fields of the normal form, dialect by dialect.

A keyword whose value has the wrong shape is not guessed at: it goes to `unknown`, where a difference is never compatible.
"""

from __future__ import annotations

from contractguard.formats.jsonschema.keywords.reader import Fields
from contractguard.formats.jsonschema.keywords.reading import read_keywords
from contractguard.formats.jsonschema.keywords.values import tighter

__all__ = ["Fields", "read_keywords", "tighter"]

"""Independent checks of payloads against schemas as they are written, never through our own normal form.

What a comparison claims of a payload is confirmed here: the `jsonschema` library decides, in the dialect of the contract, with
regular expressions by RE2, references inside the snapshot only, and a budget for hostile schemas.
"""

from __future__ import annotations

from contractguard.validators.forms import form_schema
from contractguard.validators.payloads import PayloadValidator

__all__ = ["PayloadValidator", "form_schema"]

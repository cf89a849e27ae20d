"""Avro schemas (`.avsc`): reading them into the normal form of `model/avro.py`, by the Avro 1.12 specification."""

from __future__ import annotations

from contractguard.formats.avro.contract import read
from contractguard.formats.avro.index import defined_names

__all__ = ["defined_names", "read"]

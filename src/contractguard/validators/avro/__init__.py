"""Checks of Avro data by the fastavro library, against schemas as they are written, never through our own resolution."""

from __future__ import annotations

from contractguard.validators.avro.exchange import AvroExchange, AvroSource
from contractguard.validators.avro.values import seen

__all__ = ["AvroExchange", "AvroSource", "seen"]

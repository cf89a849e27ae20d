"""Payloads and who checks them: what a payload is in HTTP, where its schema stands, and the protocol of a validator."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from contractguard.model.places import Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue


class Role(StrEnum):
    """What a payload is in HTTP: requests must not carry readOnly properties, responses no writeOnly ones."""

    REQUEST = "request"
    RESPONSE = "response"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class SchemaPlace:
    """Where the schema of a whole payload stands on one side, and in which dialect it is read."""

    path: str
    pointer: str
    dialect: Dialect


@dataclass(frozen=True, slots=True)
class Checked:
    """What a validator says of a payload. `valid` is None where it cannot say: a pattern that no engine of ours takes."""

    valid: bool | None
    reason: str = ""
    """Why it was refused or could not be checked, in one line; empty where it is valid."""


class PayloadChecker(Protocol):
    """An independent validator over the documents of one side."""

    def check(self, schema: Node, payload: JsonValue, *, dialect: Dialect, role: Role) -> Checked:
        """Whether the payload is valid under the schema as written at `schema` (not in our normal form)."""
        ...

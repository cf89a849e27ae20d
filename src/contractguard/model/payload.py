"""Payloads and who checks them: what a payload is in HTTP, where its schema stands, and the protocol of a validator."""

from __future__ import annotations

from collections.abc import Sequence
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

    def check(
        self, schema: Node, payload: JsonValue, *, dialect: Dialect, role: Role, near: Sequence[str] = ()
    ) -> Checked:
        """Whether the payload is valid under the schema as written at `schema` (not in our normal form).

        Where much is wrong with it, the reason is the one nearest to a place in the payload: `near` are the names of the
        properties that lead there, each empty where any property or item will do.
        """
        ...


class DataChecker(Protocol):
    """An independent implementation of Avro over the schemas of both sides."""

    def check(
        self, datum: JsonValue, *, written_with: str, along: Sequence[tuple[str, str]] = (), missing: str = ""
    ) -> Checked:
        """Whether one side reads a datum, in Avro's JSON encoding, that is written with the schema of the other.

        `written_with` is `base` or `head`. Where a datum is refused, `along` leads to the place that it is shown for, so that the
        reason can be the one of that place, though a reader may stop at another before: what the writer and the reader call each
        part, fields by name, branches of unions by theirs. `missing` is a field there that the reader wants in vain.
        """
        ...

    def seen(self, written: JsonValue, read: JsonValue, datum: JsonValue) -> tuple[str, str] | None:
        """A datum of the schema `written` as text: as a reader of that schema sees it, and as a reader of the schema `read` does.

        Both schemas are complete in themselves. None where nobody can say.
        """
        ...

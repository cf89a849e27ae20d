"""Saying what is wrong with a schema, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.errors import UnreadableError

if TYPE_CHECKING:
    from contractguard.model.document import Documents
    from contractguard.model.places import Node

_SHOWN = 80


class Faults:
    """Makes the errors of the Avro reader: each with file, line and column of the node at fault."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def at(self, node: Node, message: str, remedy: str) -> UnreadableError:
        """The error to raise for `node`."""
        where = self._documents.locate([node.key]).get(node.key)
        return UnreadableError(
            message,
            path=node.path,
            line=where.line if where else None,
            column=where.column if where else None,
            remedy=remedy,
        )


def shown(value: object) -> str:
    """A value from a schema for a message: quoted, and cut where it is long."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

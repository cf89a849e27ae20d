"""Workflow commands: lines on standard output that GitHub's runner acts on (`::error file=…::message`).

The runner takes any line for a command that begins, after white space, with `::` and a known name, and of the older form any
line with `##[` in it. So nothing of a contract is printed as it is: values in commands are escaped, and other text is printed
between `stop-commands` and its token.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from contractguard.reporting.escaping import visible

_LONGEST_MESSAGE = 4000
_LONGEST_TITLE = 200


class Level(StrEnum):
    """The three kinds of annotation, most important first."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A message beside a line of a file. `path` counts from the top of the workspace; line and column are 1-based."""

    level: Level
    title: str
    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None

    def command(self) -> str:
        """The workflow command, one line."""
        properties = {
            "file": self.path,
            "line": self.line,
            "col": self.column,
            "title": _cut(self.title, _LONGEST_TITLE),
        }
        given = ",".join(
            f"{name}={escape_property(str(value))}" for name, value in properties.items() if value not in (None, "")
        )
        return f"::{self.level} {given}::{escape_data(_cut(self.message, _LONGEST_MESSAGE))}"


def escape_data(text: str) -> str:
    """Text for the end of a command. The runner turns `%25`, `%0D` and `%0A` back; what is not seen is spelled out."""
    shown = visible(text, keep_newlines=True)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Text for a property of a command, which a colon or a comma would end."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def inert(text: str) -> str:
    """Text of several lines for the log, in which the runner finds no command.

    The token that switches commands on again is a digest of the text, so that the text cannot hold it.
    """
    token = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
    return f"::stop-commands::{token}\n{text.rstrip()}\n::{token}::\n"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"

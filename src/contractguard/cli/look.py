"""How text looks: `--color`, `--width`, `--quiet`, `--verbose`."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from contractguard.cli.parameters import gathered_options, option
from contractguard.cli.streams import is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractguard.reporting import RenderOptions

Mode = Literal["diff", "check"]
"""Whether facts alone are shown, or what policy made of them."""

_WIDTH = 80
"""Columns where no terminal says otherwise, so that a log does not depend on the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the user said about how text looks, and how much of it there is."""

    color: str
    width: int | None
    quiet: bool
    verbose: bool

    def render_options(self, *, file: bool = False, mode: Mode = "check") -> RenderOptions:
        """The same as the renderers take it, for standard output or for a file."""
        from contractguard.reporting import RenderOptions  # noqa: PLC0415  # heavy

        return RenderOptions(
            width=self._columns(file=file), color=self._colored(file=file), verbose=self.verbose, mode=mode
        )

    def _colored(self, *, file: bool) -> bool:
        """Whether to write escape sequences: never to a file unless told to, and `NO_COLOR` holds where nothing was said."""
        if self.color != "auto":
            return self.color == "always"
        silenced = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return not file and not silenced and is_terminal(sys.stdout)

    def _columns(self, *, file: bool) -> int:
        if self.width is not None:
            return self.width
        return _WIDTH if file or not is_terminal(sys.stdout) else shutil.get_terminal_size().columns


def look_declarations(quiet_help: str) -> tuple[Callable[[Callable[..., Any]], Callable[..., Any]], ...]:
    """The options of `Look`; what `--quiet` leaves out differs from command to command."""
    return (
        option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            default="auto",
            help="Default: auto; NO_COLOR counts.",
        ),
        option(
            "--width",
            type=click.IntRange(min=40),
            metavar="COLUMNS",
            help="Width of text. Default: the terminal's, else 80.",
        ),
        option("--quiet", "-q", is_flag=True, help=quiet_help),
        option(
            "--verbose", "-v", is_flag=True, help="Show every finding in full, and a traceback where there is a bug."
        ),
    )


def look_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Declare the options of `Look`; the command gets them as `look`."""
    return gathered_options(command, "look", Look, *look_declarations("No progress, no summary on standard error."))

"""Which reports are written and where they go: `--format FORMAT[:PATH]`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractguard.cli import messages
from contractguard.cli.look import Look, Mode, look_declarations
from contractguard.cli.parameters import Completed, gathered_options, option, report_formats
from contractguard.cli.streams import write_standard_output
from contractguard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from contractguard.model.report import Report

_TEXT = "text"


@dataclass(frozen=True, slots=True)
class Destination:
    """A report to write: its format, and the file it goes to, None for standard output."""

    format: str
    path: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output(Look):
    """What the user said about the reports to write."""

    format: tuple[str, ...]

    def destinations(self) -> list[Destination]:
        """The reports to write. Raises `UsageError` for a format that there is not, and for two reports in one place."""
        if not self.format:
            return [] if self.quiet else [Destination(_TEXT, None)]
        known = report_formats()
        found: list[Destination] = []
        for wish in self.format:
            name, _, path = wish.partition(":")
            if name not in known:
                raise UsageError(f"there is no report format {name!r}", remedy=f"the formats are {', '.join(known)}")
            destination = Destination(name, Path(path) if path not in ("", "-") else None)
            if any(destination.path == other.path for other in found):
                where = destination.path or "standard output"
                raise UsageError(
                    f"two reports would go to {where}", remedy="give one a file of its own: --format FORMAT:PATH"
                )
            found.append(destination)
        return found

    def write(self, report: Report, destinations: Sequence[Destination], *, mode: Mode) -> None:
        """Write every report that can be written, then raise `UsageError` for the first that could not be."""
        problems: list[UsageError] = []
        for destination in destinations:
            try:
                self._write(report, destination, mode)
            except UsageError as error:
                problems.append(error)
        if Destination(_TEXT, None) not in destinations:
            messages.show_report_errors(report)
        for problem in problems[1:]:
            messages.show_error(problem)
        if problems:
            raise problems[0]

    def _write(self, report: Report, destination: Destination, mode: Mode) -> None:
        from contractguard.reporting import render  # noqa: PLC0415  # heavy

        path = destination.path
        text = render(report, destination.format, self.render_options(file=path is not None, mode=mode))
        if path is None:
            write_standard_output(text)
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(
                f"the report was not written: {error.strerror or error}",
                path=str(path),
                remedy="name a file where you may write: --format FORMAT:PATH",
            ) from error


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Declare the options of `Output`; the command gets them as `output`."""
    return gathered_options(
        command,
        "output",
        Output,
        option(
            "--format",
            type=Completed("format", report_formats),
            multiple=True,
            metavar="FORMAT[:PATH]",
            help="Write a report in this format, to standard output or to a file. Repeatable. Default: text.",
        ),
        *look_declarations("No progress, and no report unless --format asks for one."),
    )

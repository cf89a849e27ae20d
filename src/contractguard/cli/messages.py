"""What goes to standard error: errors with their place and remedy, and tracebacks of bugs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from contractguard.errors import ContractguardError

if TYPE_CHECKING:
    from contractguard.model.report import Report, ReportError


def plain(text: str) -> str:
    """`text` on one line and without anything that a terminal or a build log acts on.

    Beyond what a terminal may see, `##[` is broken up: GitHub's runner takes it for a command anywhere in a line. `::` is one
    only at the beginning of a line, where a word of ours stands.
    """
    from contractguard.reporting.escaping import terminal  # noqa: PLC0415  # only where there is something to say

    return terminal(text).replace("##[", "#\\x23[")


def show_error(error: ContractguardError) -> None:
    """`error: file:line:column: message`, and the remedy on the next line."""
    _show(f"error: {plain(str(error))}")
    if error.remedy:
        _show(f"  help: {plain(error.remedy)}")


def show_report_errors(report: Report) -> None:
    """Everything that the report says could not be read or compared, for people who do not see a text report."""
    for error in (*report.errors, *(error for contract in report.contracts for error in contract.errors)):
        show_error(_as_exception(error))


def show_lines(text: str) -> None:
    """Text of several lines, each made harmless."""
    for line in text.splitlines():
        _show(f"| {plain(line)}")


def _as_exception(error: ReportError) -> ContractguardError:
    message = f"{error.side}: {error.message}" if error.side else error.message
    return ContractguardError(message, path=error.path, line=error.line, column=error.column, remedy=error.remedy)


def _show(line: str) -> None:
    click.echo(line, err=True)

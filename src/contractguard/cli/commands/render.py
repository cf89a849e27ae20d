"""`contractguard render`: a report in another format, later."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contractguard.cli.output import Output, output_options
from contractguard.errors import ContractguardError, UsageError

if TYPE_CHECKING:
    from contractguard.model.report import Report


@click.command(short_help="Write a saved report in another format.")
@click.argument("report", metavar="REPORT.json", type=click.Path(allow_dash=True))
@output_options
def render(report: str, output: Output) -> int:
    """Write a report that --format json saved in any other format, without comparing again. - is standard input."""
    destinations = output.destinations()
    loaded = load_report_file(report)
    output.write(loaded, destinations, mode="diff" if loaded.policy is None else "check")
    return 0


def load_report_file(name: str) -> Report:
    """Load a saved report, or the one on standard input where `name` is `-`. Raises `UsageError`."""
    from contractguard.reporting import load_report  # noqa: PLC0415  # heavy

    if name == "-":
        return load_report(sys.stdin.buffer.read())
    try:
        raw = Path(name).read_bytes()
    except OSError as error:
        raise UsageError(
            f"the report cannot be read: {error.strerror or error}",
            path=name,
            remedy="save one with: contractguard check --format json:REPORT.json",
        ) from error
    try:
        return load_report(raw)
    except ContractguardError as error:
        error.path = name
        raise

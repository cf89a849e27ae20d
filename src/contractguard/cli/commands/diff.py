"""`contractguard diff`: what changed, without an opinion."""

from __future__ import annotations

from dataclasses import replace

import click

from contractguard.cli.comparison import Comparison, compare, comparison_options
from contractguard.cli.output import Output, output_options
from contractguard.cli.parameters import option

_GATE_FAILED = 1


@click.command(short_help="Say what changed; no policy, no gate.")
@comparison_options
@option(
    "--max-findings", type=click.IntRange(min=1), metavar="COUNT", help="Leave out what goes beyond this many findings."
)
@output_options
def diff(comparison: Comparison, max_findings: int | None, output: Output) -> int:
    """Say what changed between two versions of the contracts, and what that does to calls and payloads.

    BASE and HEAD are git refs, REF:PATH, BASE..HEAD, BASE...HEAD (since they parted), directories, files, or - for standard
    input. Without HEAD, it is the working tree; without BASE, the merge base with the default branch.

    No policy is applied: the exit code is 0 whatever changed, and 3 or 4 where something could not be compared.
    """
    destinations = output.destinations()
    report = compare(replace(comparison.request(), max_findings=max_findings), quiet=output.quiet)
    from contractguard.engine import exit_code  # noqa: PLC0415  # heavy

    output.write(report, destinations, mode="diff")
    code = exit_code(report)
    return 0 if code == _GATE_FAILED else code

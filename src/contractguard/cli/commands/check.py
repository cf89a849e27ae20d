"""`contractguard check`: the gate."""

from __future__ import annotations

from dataclasses import replace

import click

from contractguard.cli.comparison import Comparison, Judging, compare, comparison_options, judging_options
from contractguard.cli.output import Output, output_options
from contractguard.cli.parameters import option


@click.command(short_help="Judge what changed by the policy; the gate.")
@comparison_options
@judging_options
@option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "none"]),
    help="The severity from which the gate fails; none never does. Default: as policy says, else error.",
)
@option(
    "--max-findings", type=click.IntRange(min=1), metavar="COUNT", help="Leave out what goes beyond this many findings."
)
@output_options
def check(
    comparison: Comparison, judging: Judging, fail_on: str | None, max_findings: int | None, output: Output
) -> int:
    """Judge what changed between two versions of the contracts by the policy, and fail where it must not pass.

    BASE and HEAD are git refs, REF:PATH, BASE..HEAD, BASE...HEAD (since they parted), directories, files, or - for standard
    input. Without HEAD, it is the working tree; without BASE, the merge base with the default branch, in CI the base of the
    pull request.

    Exit codes: 0 the change may pass, 1 it may not, 2 wrong use or configuration, 3 something could not be read, 4 a limit
    was hit.
    """
    from contractguard import engine  # noqa: PLC0415  # heavy
    from contractguard.model.finding import Severity  # noqa: PLC0415

    destinations = output.destinations()
    threshold = Severity.OFF if fail_on == "none" else Severity(fail_on) if fail_on else None
    request = replace(
        comparison.request(),
        apply_policy=True,
        profile=judging.profile,
        today=judging.today,
        fail_on=threshold,
        max_findings=max_findings,
    )
    report = compare(request, quiet=output.quiet)
    output.write(report, destinations, mode="check")
    return engine.exit_code(report)

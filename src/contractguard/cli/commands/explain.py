"""`contractguard explain`: the page of a rule, or all that is known of a finding."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contractguard.cli.commands.render import load_report_file
from contractguard.cli.comparison import Comparison, Judging, compare, comparison_options, judging_options
from contractguard.cli.look import Look, look_options
from contractguard.cli.parameters import Completed, built_in_rules, option
from contractguard.cli.streams import write_standard_output
from contractguard.errors import UsageError

if TYPE_CHECKING:
    from contractguard.reporting import RenderOptions

_FINGERPRINT = re.compile(r"fp\d+:[0-9a-f]*|[0-9a-f]{4,}")
"""As reports print it, or without its scheme; rule ids have hyphens."""


@click.command(short_help="Explain a rule or a finding.")
@click.argument("what", metavar="RULE|FINGERPRINT", type=Completed("rule", built_in_rules))
@comparison_options
@option("--report", metavar="REPORT.json", help="Take the finding from this saved report; - is standard input.")
@judging_options
@look_options
def explain(what: str, comparison: Comparison, report: str | None, judging: Judging, look: Look) -> int:
    """Explain a rule (what it sees, what it means in each direction, why, what to do, with examples), or a finding.

    A finding is named by its fingerprint, as reports print it (fp1:9b1e04c2), or by a beginning of it. It is looked up in
    --report, else in the comparison that BASE, HEAD and the options of check describe.
    """
    if _FINGERPRINT.fullmatch(what):
        page = _finding_page(what, comparison, report, judging, look)
    else:
        page = _rule_page(what, look.render_options())
    write_standard_output(page)
    return 0


def _rule_page(rule_id: str, options: RenderOptions) -> str:
    from contractguard import engine  # noqa: PLC0415  # heavy
    from contractguard.cli.pages import rule_page  # noqa: PLC0415
    from contractguard.rules.explaining import explain_rule  # noqa: PLC0415

    return rule_page(explain_rule(engine.catalogue_with_user_rules(Path.cwd(), ()).rule(rule_id)), options)


def _finding_page(fingerprint: str, comparison: Comparison, saved: str | None, judging: Judging, look: Look) -> str:
    from contractguard.reporting import explain_finding  # noqa: PLC0415  # heavy

    if saved is not None:
        return explain_finding(load_report_file(saved), fingerprint, look.render_options())
    request = replace(comparison.request(), apply_policy=True, profile=judging.profile, today=judging.today)
    try:
        return explain_finding(compare(request, quiet=look.quiet), fingerprint, look.render_options())
    except UsageError:
        if judging.profile is not None:
            raise
    # Policy leaves out what diff shows: what is proved harmless, say.
    everything = compare(comparison.request(), quiet=look.quiet)
    return explain_finding(everything, fingerprint, look.render_options())

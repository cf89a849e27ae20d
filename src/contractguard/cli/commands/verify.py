"""`contractguard verify`: the payloads that a report shows, checked again."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contractguard.cli.commands.render import load_report_file
from contractguard.cli.look import Look, look_options
from contractguard.cli.streams import write_standard_output

if TYPE_CHECKING:
    from contractguard.engine.verification import Verification
    from contractguard.model.values import JsonValue
    from contractguard.reporting import RenderOptions

_WITNESS_FAILED = 1
_LABEL = 13
_LONGEST = 8
"""Lines of one paragraph."""


@click.command(short_help="Check the payloads of a report again.")
@click.argument("report", metavar="REPORT.json", type=click.Path(allow_dash=True))
@click.option("--base", metavar="SIDE", help="Where base is, if not where the report says: a ref, folder or file.")
@click.option("--head", metavar="SIDE", help="Where head is, if not where the report says: a ref, folder or file.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Default: text.")
@look_options
def verify(report: str, base: str | None, head: str | None, form: str, look: Look) -> int:
    """Check that each payload of a saved report is valid on the one side and refused on the other, with independent validators.

    REPORT.json is what --format json saved; - is standard input. Nothing of our comparison is used.

    Exit codes: 0 every witness holds, 1 one does not, 2 wrong use, 3 a side could not be read.
    """
    from contractguard.engine.verification import verify as check_again  # noqa: PLC0415  # heavy

    found = check_again(
        load_report_file(report),
        base=base,
        head=head,
        cwd=Path.cwd(),
        environment=dict(os.environ),
        stdin=None if report == "-" else sys.stdin.buffer,
    )
    write_standard_output(_as_json(found) if form == "json" else _as_text(found, look.render_options()))
    return _WITNESS_FAILED if found.failed else 0


def _as_text(found: Verification, options: RenderOptions) -> str:
    from contractguard.reporting.canvas import Canvas  # noqa: PLC0415  # heavy

    canvas = Canvas(options, longest=None if options.verbose else _LONGEST)
    if found.failed:
        verb = "does" if len(found.failed) == 1 else "do"
        count = _counted(found.checked, "witness")
        canvas.write(f"{len(found.failed)} of {count} {verb} not hold", label="✗ ", label_style="bad", style="strong")
    elif found.confirmed:
        canvas.write(
            f"{_counted(found.confirmed, 'witness')} confirmed", label="✓ ", label_style="good", style="strong"
        )
    else:
        canvas.write("the report has no witnesses: there is nothing to check", style="strong")
    for failed in found.failed:
        canvas.blank()
        canvas.write(failed.element, label="✗ ", label_style="bad", style="strong")
        for name, text in (
            ("seen", failed.seen),
            ("contract", failed.contract or "-"),
            ("rule", failed.rule),
            ("fingerprint", failed.fingerprint),
        ):
            canvas.write(text, indent=2, label=name, label_width=_LABEL)
    if found.failed:
        canvas.blank()
        canvas.write(f"checked against base {found.base} and head {found.head}", style="dim")
    return canvas.text()


def _as_json(found: Verification) -> str:
    from contractguard.reporting.values import json_text  # noqa: PLC0415  # heavy

    data: JsonValue = {
        "base": found.base,
        "head": found.head,
        "witnesses": found.checked,
        "confirmed": found.confirmed,
        "failed": [
            {
                "contract": failed.contract,
                "rule": failed.rule,
                "element": failed.element,
                "fingerprint": failed.fingerprint,
                "seen": failed.seen,
            }
            for failed in found.failed
        ],
    }
    return f"{json_text(data, indent=2)}\n"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}es"

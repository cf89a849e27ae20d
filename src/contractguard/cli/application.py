"""The `contractguard` command: a group with one module for each command below it."""

from __future__ import annotations

import click

from contractguard.cli.commands.check import check
from contractguard.cli.commands.completion import completion
from contractguard.cli.commands.diff import diff
from contractguard.cli.commands.explain import explain
from contractguard.cli.commands.render import render
from contractguard.cli.commands.rules import rules
from contractguard.cli.commands.verify import verify
from contractguard.cli.commands.version import show_version, version

PROGRAM = "contractguard"

_EPILOG = """\b
Examples:
  contractguard check                        what a pull request changes
  contractguard check v1.4.0 HEAD            two versions of a repository
  contractguard diff old.yaml new.yaml       two files
  contractguard explain enum-value-removed   a rule, with examples

\b
Exit codes: 0 fine, 1 the gate failed, 2 wrong use or configuration,
3 something could not be read, 4 a limit was hit, 70 a bug of contractguard.

Every option of a comparison is also an environment variable: --fail-on is
CONTRACTGUARD_FAIL_ON.
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=show_version, help="Show the version."
)
def application() -> None:
    """Say which calls and payloads stop working between two versions of OpenAPI, Avro and JSON Schema contracts."""


for _command in (check, diff, render, verify, explain, rules, completion, version):
    application.add_command(_command)

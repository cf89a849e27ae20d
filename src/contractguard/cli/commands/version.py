"""`contractguard version`, and `contractguard --version`."""

from __future__ import annotations

import platform

import click


@click.command(short_help="Show the version.")
def version() -> None:
    """Show the versions of contractguard and of the Python that runs it."""
    _show()


def show_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001  # as click calls it
    """Callback of `--version`."""
    if value and not context.resilient_parsing:
        _show()
        context.exit()


def _show() -> None:
    from importlib.metadata import version as installed  # noqa: PLC0415  # slow, and only needed here

    click.echo(f"contractguard {installed('contractguard')} (Python {platform.python_version()})")

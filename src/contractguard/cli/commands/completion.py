"""`contractguard completion`: the script that teaches a shell the options."""

from __future__ import annotations

import click

_VARIABLE = "_CONTRACTGUARD_COMPLETE"
"""click's name for a program called contractguard; the script sets it to ask for suggestions."""


@click.command(short_help="Print the completion script for a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    r"""Print the script that completes commands, options, formats and rule ids in SHELL.

    \b
    bash: eval "$(contractguard completion bash)"     in ~/.bashrc
    zsh:  eval "$(contractguard completion zsh)"      in ~/.zshrc
    fish: contractguard completion fish | source      in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    root = context.find_root()
    kind = get_completion_class(shell)
    if kind is not None:
        click.echo(kind(root.command, {}, root.info_name or "contractguard", _VARIABLE).source())

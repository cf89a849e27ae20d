"""`contractguard rules`: list, test and write rules."""

from __future__ import annotations

from pathlib import Path

import click

from contractguard.cli.look import Look, look_options
from contractguard.cli.parameters import built_in_rules
from contractguard.cli.streams import write_standard_output
from contractguard.errors import UsageError

_USER_RULES = Path(".contractguard", "rules")
_EXAMPLES_FAILED = 1


@click.group(short_help="List, test and write rules.")
def rules() -> None:
    """List, test and write rules: those of contractguard, and your own in .contractguard/rules/."""


@rules.command(name="list", short_help="List the rules.")
@click.option("--family", metavar="NAME", help="Only the rules of this family.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Default: text.")
@click.option("--vocabulary", is_flag=True, help="The kinds of change that rules match, with their facts, instead.")
@look_options
def list_rules(family: str | None, form: str, vocabulary: bool, look: Look) -> int:  # noqa: FBT001  # as click calls it
    """List the built-in rules and those of the repository, by family."""
    from contractguard import engine  # noqa: PLC0415  # heavy
    from contractguard.cli import pages  # noqa: PLC0415

    if vocabulary:
        write_standard_output(pages.vocabulary_page(look.render_options()))
        return 0
    catalogue = engine.catalogue_with_user_rules(Path.cwd(), ())
    families = {rule.family for rule in catalogue}
    if family is not None and family not in families:
        raise UsageError(f"there is no family {family!r}", remedy=f"the families are {', '.join(sorted(families))}")
    chosen = [rule for rule in catalogue if family is None or rule.family == family]
    text = pages.rule_list_json(chosen) if form == "json" else pages.rule_list(chosen, look.render_options())
    write_standard_output(text)
    return 0


@rules.command(short_help="Run the examples of rules.")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@look_options
def test(paths: tuple[str, ...], look: Look) -> int:
    """Run the examples of rules: all rules, or those in the files and folders given.

    Exit code 1 where an example does not hold; each is printed with what fired.
    """
    from contractguard import engine  # noqa: PLC0415  # heavy
    from contractguard.cli import pages  # noqa: PLC0415
    from contractguard.rules.catalogue import Origin  # noqa: PLC0415
    from contractguard.rules.examples import check_examples  # noqa: PLC0415

    catalogue = engine.catalogue_with_user_rules(Path.cwd(), paths)
    tested = [rule for rule in catalogue if not paths or rule.origin is Origin.USER]
    failures = check_examples(tested, engine.example_comparison(catalogue))
    count = sum(len(rule.examples) for rule in tested)
    write_standard_output(pages.example_failures(failures, look.render_options()))
    if not look.quiet:
        click.echo(f"{_counted(len(tested), 'rule')}, {_counted(count, 'example')}: {len(failures)} failed", err=True)
    return _EXAMPLES_FAILED if failures else 0


@rules.command(short_help="Write a rule to start from.")
@click.argument("rule_id", metavar="ID")
def new(rule_id: str) -> int:
    """Write .contractguard/rules/ID.yaml: a rule that works, with comments, to be changed."""
    from contractguard.rules.scaffolding import new_rule_template  # noqa: PLC0415

    text = new_rule_template(rule_id)
    if rule_id in built_in_rules():
        raise UsageError(f"the rule id {rule_id!r} is taken by a built-in rule", remedy="choose another id")
    path = _USER_RULES / f"{rule_id}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError("the file is there already", path=str(path), remedy="choose another id") from error
    except OSError as error:
        raise UsageError(f"the rule was not written: {error.strerror or error}", path=str(path)) from error
    click.echo(f"{path} written · try it with: contractguard rules test {path}", err=True)
    return 0


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"

"""Types of options that click does not have, and the one way in which options are declared."""

from __future__ import annotations

import functools
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from click.shell_completion import CompletionItem

ENVIRONMENT_PREFIX = "CONTRACTGUARD_"


def option(*names: str, **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # noqa: ANN401  # passed to click
    """`click.option`, also read from the environment: `--fail-on` is `CONTRACTGUARD_FAIL_ON` in every command that has it."""
    long = next(name for name in names if name.startswith("--")).partition("/")[0]
    return click.option(*names, envvar=ENVIRONMENT_PREFIX + long[2:].upper().replace("-", "_"), **settings)


def gathered_options(
    command: Callable[..., Any],
    name: str,
    shape: type[Any],
    *declarations: Callable[[Callable[..., Any]], Callable[..., Any]],
) -> Callable[..., Any]:
    """`command` with these options declared in this order. It gets them as one `shape`, a dataclass, in its argument `name`."""
    wanted = [item.name for item in fields(shape)]

    @functools.wraps(command)
    def gathered(**values: Any) -> Any:  # noqa: ANN401  # whatever click passes
        chosen = {key: values.pop(key) for key in wanted}
        return command(**values, **{name: shape(**chosen)})

    for declare in reversed(declarations):
        gathered = declare(gathered)
    return gathered


if TYPE_CHECKING:
    _TextParameter = click.ParamType[str]
else:
    _TextParameter = click.ParamType  # not generic before click 8.4


class IsoDate(_TextParameter):
    """A calendar date, written out: `2026-12-31`. The value stays text."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401  # as in click
        """The date as given, if it is one."""
        try:
            written_out = date.fromisoformat(value).isoformat() == value
        except ValueError:
            written_out = False
        if not written_out:
            self.fail(f"{value!r} is no date like 2026-12-31", param, ctx)
        return str(value)


if TYPE_CHECKING:
    _DialectParameter = click.ParamType[tuple[str | None, str]]
else:
    _DialectParameter = click.ParamType


class DialectName(_DialectParameter):
    """A dialect, `draft-07`, as (None, dialect); or what a `$schema` stands for, `URI=draft-07`, as (URI, dialect)."""

    name = "dialect"

    def __init__(self, known: Iterable[str]) -> None:
        self._known = tuple(known)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str | None, str]:  # noqa: ANN401  # as in click
        """The URI, if there is one, and the dialect. What may stand behind a URI is checked when a comparison is asked for."""
        if isinstance(value, tuple):
            return value
        uri, equals, name = str(value).rpartition("=")
        if not equals and name not in self._known:
            self.fail(f"{name!r} is not one of {', '.join(self._known)}", param, ctx)
        return (uri if equals else None, name)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # as in click
        """What help shows for the value."""
        return "[URI=]DIALECT"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002  # as in click
        """The dialects, also behind a URI."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  # only a shell needs it

        start, equals, _ = incomplete.rpartition("=")
        return [
            CompletionItem(text) for name in self._known if (text := f"{start}{equals}{name}").startswith(incomplete)
        ]


class OneOf(_TextParameter):
    """One of some words that are written in capitals, in any case: `full` is `FULL`."""

    def __init__(self, name: str, words: Iterable[str]) -> None:
        self.name = name
        self._words = tuple(words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401  # as in click
        """The word as we write it."""
        word = str(value).upper().replace("-", "_")
        if word not in self._words:
            self.fail(f"{value!r} is none of {', '.join(self._words)}", param, ctx)
        return word

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002  # as in click
        """The words that go on from what was typed."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  # only a shell needs it

        return [CompletionItem(word) for word in self._words if word.startswith(incomplete.upper())]


class Completed(_TextParameter):
    """Any text, with suggestions for shell completion that are gathered only when a shell asks."""

    def __init__(self, name: str, suggestions: Callable[[], Iterable[str]]) -> None:
        self.name = name
        self._suggestions = suggestions

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401, ARG002  # as in click
        """The text as given."""
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002  # as in click
        """The suggestions that go on from what was typed."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  # only a shell needs it

        return [CompletionItem(text) for text in self._suggestions() if text.startswith(incomplete)]


def report_formats() -> tuple[str, ...]:
    """The report formats that there are."""
    from contractguard.reporting import formats  # noqa: PLC0415  # heavy

    return formats()


def built_in_rules() -> list[str]:
    """The ids of the built-in rules: their file names."""
    from contractguard.resources import catalogue_root  # noqa: PLC0415  # only a shell needs it

    return sorted(path.stem for path in catalogue_root().glob("*/*.yaml") if path.parent.name != "profiles")

"""Workflow commands: what we say reaches GitHub as it is, and nothing of a contract becomes a command."""

from __future__ import annotations

import pytest
from github_runner import commands_in
from hypothesis import example, given
from hypothesis import strategies as st

from contractguard.integrations.github.commands import Annotation, Level, escape_data, escape_property, inert

HOSTILE = st.lists(
    st.sampled_from(
        [
            "::",
            "error",
            "set-env name=X",
            "##[",
            "]",
            "add-mask",
            "stop-commands",
            "\n",
            "\r",
            "\u2028",
            "%0A",
            "%",
            ",",
            "=",
        ]
    )
    | st.text(max_size=5),
    max_size=12,
).map("".join)


def shown(text: str) -> str:
    """What a reader sees: line breaks as they are, other hidden characters spelled out."""
    return escape_data(text).replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_an_annotation_is_one_line_with_its_place() -> None:
    annotation = Annotation(
        level=Level.ERROR, title="breaking: a, b", message="50% gone\nsee: c", path="a b,c:d.yaml", line=7, column=3
    )
    assert annotation.command() == (
        "::error file=a b%2Cc%3Ad.yaml,line=7,col=3,title=breaking%3A a%2C b::50%25 gone%0Asee: c"
    )


def test_what_is_not_known_is_left_out() -> None:
    assert Annotation(level=Level.NOTICE, title="t", message="m").command() == "::notice title=t::m"


@given(HOSTILE, HOSTILE, HOSTILE)
@example("::error::x", "\r\n::error::x", "##[error]x")
def test_a_command_means_what_was_meant_and_nothing_more(title: str, message: str, path: str) -> None:
    line = Annotation(level=Level.WARNING, title=title, message=message, path=path).command()
    (command,) = commands_in(line)
    assert command.name == "warning"
    assert command.data == shown(message)
    # The runner trims what stands around the properties.
    assert command.properties.get("file", "").strip() == shown(path).strip()
    assert command.properties.get("title", "").strip() == shown(title).strip()
    assert command.properties.keys() <= {"file", "title"}


@given(HOSTILE)
def test_the_log_holds_no_command(text: str) -> None:
    assert commands_in(inert(text)) == []
    assert text.rstrip() in inert(text)


@given(HOSTILE)
def test_commands_work_again_after_the_log(text: str) -> None:
    assert [command.name for command in commands_in(f"{inert(text)}::error::x\n")] == ["error"]


def test_the_log_holds_no_token_that_a_text_could_foresee() -> None:
    once = inert("a")
    token = once.splitlines()[-1].strip(":")
    assert token != inert(f"a\n::{token}::").splitlines()[-1].strip(":")


@pytest.mark.parametrize(("text", "escaped"), [("\x1b[31m", "\\x1b[31m"), ("\u202eabc", "\\u202eabc")])
def test_hidden_characters_are_spelled_out(text: str, escaped: str) -> None:
    assert escape_data(text) == escape_property(text) == escaped


def test_long_texts_are_cut() -> None:
    command = Annotation(level=Level.ERROR, title="t" * 1000, message="m" * 100_000).command()
    assert len(command) < 5000
    assert command.endswith("m…")

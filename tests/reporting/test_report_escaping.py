"""Tries to break out of each sink, with markdown-it as the reader of what was written."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from report_strategies import FIXTURE_NAMES, HOSTILE, fixture, reports, texts

from contractguard.model.report import Report
from contractguard.reporting import RenderOptions, render
from contractguard.reporting.canvas import Canvas
from contractguard.reporting.escaping import cell_code, code_span, command_free, fence, markdown, prose, visible
from contractguard.reporting.wrapping import cells

relaxed = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MENTIONS = re.compile(r"(?i)@\w|#\d|\bgh-\d|https?://|ftp://|www\.")
OUR_TAGS = {"<details>", "</details>", "<summary>", "</summary>", "<br>", "<code>", "</code>"}


def inline_tokens(source: str) -> list[Token]:
    return [token for block in READER.parse(source) for token in (block.children or [])]


def block_types(source: str) -> list[str]:
    return [token.type for token in READER.parse(source)]


def rendered_text(source: str) -> str:
    return "".join(token.content for token in inline_tokens(source) if token.type in {"text", "text_special"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\u202e\u2066\u200b\ufeff", "\\u202e\\u2066\\u200b\\ufeff"),
        ("\U000e0041\ud800", "\\U000e0041\\ud800"),
        ("\x9b\x7f", "\\x9b\\x7f"),
        ("é 漢字 👩\u200d👧", "é 漢字 👩\u200d👧"),
    ],
)
def test_what_hides_is_spelled_out(text: str, expected: Any) -> None:
    assert visible(text) == expected
    assert visible(expected) == expected


def test_prose_is_one_line() -> None:
    assert prose(" a\n\n  b\u2028c ") == "a b c"


@pytest.mark.parametrize("line", ["::error::x", "  ::set-output name=a::b", "##[group]x", "   ##[endgroup]"])
def test_no_line_is_a_command(line: str) -> None:
    free = command_free(line)

    assert not free.lstrip().startswith(("::", "##"))
    assert free.replace("\\", "") == line


def test_other_lines_stay() -> None:
    assert command_free("  a::b") == "  a::b"


@given(st.one_of(texts, st.text(alphabet="`*_[]()<>!#@|\\&$~-+=1. \nahtp:/w", max_size=20)))
def test_markdown_is_text_and_nothing_else(text: str) -> None:
    source = markdown(text)
    before = "".join(token.content for token in inline_tokens(f"x {source} y"))

    assert before.replace("\u200b", "") == f"x {prose(text)} y"
    assert block_types(f"x {source} y") == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in inline_tokens(f"x {source} y")} == {"text"}


@given(st.one_of(texts, st.text(alphabet="-+=1.)#> *_`~\n", max_size=8)))
def test_markdown_opens_no_block(text: str) -> None:
    source = markdown(text)

    assert block_types(f"- {source}")[2:-2] in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert block_types(f"para\n{source}")[:1] == ["paragraph_open"]
    assert block_types(f"para\n{source}").count("inline") == 1


@given(texts)
def test_markdown_makes_no_link_and_no_mention(text: str) -> None:
    assert not MENTIONS.search(rendered_text(f"x {markdown(text)}"))


@given(st.one_of(texts, st.text(alphabet="` ab", max_size=12)))
def test_code_span_ends_where_it_should(text: str) -> None:
    tokens = inline_tokens(f"x{code_span(text)}y")

    assert [token.type for token in tokens] == ["text", "code_inline", "text"]
    assert tokens[1].content.strip() == visible(text).strip()


@given(st.lists(st.one_of(texts, st.text(alphabet="`|\\ <", max_size=10)), min_size=2, max_size=4))
def test_table_keeps_its_cells(items: list[str]) -> None:
    row = " | ".join(cell_code(item) for item in items)
    source = f"|{' a |' * len(items)}\n|{' --- |' * len(items)}\n| {row} |\n"
    html = READER.render(source)
    cells_written = re.findall(r"<td>(.*?)</td>", html)

    assert len(cells_written) == len(items)
    assert block_types(source).count("tr_open") == 2
    assert set(re.findall(r"<[^>]*>", "".join(cells_written))) <= {"<code>", "</code>"}


@given(
    st.one_of(
        texts, st.lists(st.sampled_from(["```", "````", "~~~", "</details>", "", "a"]), max_size=6).map("\n".join)
    )
)
def test_fence_ends_where_it_should(text: str) -> None:
    blocks = READER.parse(f"{fence(text, 'json')}\n\nafter")

    assert [block.type for block in blocks] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert blocks[0].content == visible(text, keep_newlines=True) + "\n"
    assert blocks[0].info == "json"


@relaxed
@given(reports, st.booleans(), st.sampled_from(["check", "diff"]))
def test_markdown_report_holds_only_our_markup(subject: Report, verbose: bool, mode: Any) -> None:
    source = render(subject, "markdown", RenderOptions(verbose=verbose, mode=mode))
    tokens = READER.parse(source)
    inline = [child for token in tokens for child in (token.children or [])]
    tags = [token.content for token in inline if token.type == "html_inline"]
    tags += [tag for token in tokens if token.type == "html_block" for tag in re.findall(r"<[^>]*>", token.content)]

    assert set(tags) <= OUR_TAGS
    assert tags.count("<details>") == tags.count("</details>") == tags.count("<summary>")
    assert not {token.type for token in inline} & {"link_open", "image", "s_open", "em_open"}
    assert not {token.type for token in tokens} & {"hr", "code_block", "ordered_list_open"}
    assert {token.info for token in tokens if token.type == "fence"} <= {"json", "http"}
    code = False
    for token in inline:
        code = token.content == "<code>" if token.type == "html_inline" else code
        assert code or token.type != "text" or not MENTIONS.search(token.content)
    assert all(character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"} for character in source)


@relaxed
@given(reports, st.booleans(), st.sampled_from(["check", "diff"]), st.sampled_from([20, 40, 80, 133]))
def test_text_report_obeys_nobody_but_us(subject: Report, verbose: bool, mode: Any, width: int) -> None:
    options = RenderOptions(verbose=verbose, mode=mode, width=width)
    text = render(subject, "text", options)

    assert text.endswith("\n")
    for line in text.removesuffix("\n").split("\n"):
        assert visible(line) == line
        assert cells(line) <= max(width, 40) + 1  # a marker before what could be a command
        assert not line.lstrip().startswith(("::", "##"))
        assert line == line.rstrip()
    colored = render(subject, "text", RenderOptions(verbose=verbose, mode=mode, width=width, color=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == text


def test_what_stands_alone_at_the_right_is_no_command() -> None:
    canvas = Canvas(RenderOptions(width=40))
    canvas.write("", right="##[group]x:81")
    canvas.write("text", right="::error::y:7")
    lines = canvas.text().splitlines()
    assert [line.lstrip() for line in lines] == ["\\##[group]x:81", f"text{' ' * 24}::error::y:7"]


@pytest.mark.parametrize("name", FIXTURE_NAMES)
def test_fixture_is_plain_in_every_format(name: str) -> None:
    for format_name in ("text", "markdown", "json"):
        output = render(fixture(name), format_name, RenderOptions())

        assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in output.replace("\n", ""))
        assert "\u202e" not in output


def test_there_is_something_hostile() -> None:
    assert any(MENTIONS.search(text) for text in HOSTILE)

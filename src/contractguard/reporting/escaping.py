"""One escaper for each place that text of a contract ends up in: a terminal, and the parts of a Markdown document.

Everything that a contract, a ref name or a file name contributes passes through one of these, exactly once, where it
is written. GitHub's own post-processing counts as part of the Markdown sink: it turns `@name`, `#12`, `GH-12` and bare URLs of
the *rendered* text into links and notifications, so a backslash does not stop it; an invisible zero-width space does.
"""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # words of several scripts and most emoji need them, and they hide nothing
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_TWO_DIGITS, _FOUR_DIGITS = 0xFF, 0xFFFF  # spelled out as in Python and C
_BREAK = "&#8203;"
_SOURCE_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",  # a backslash would end a table cell in some readers
    "@": f"@{_BREAK}",
    "#": f"#{_BREAK}",
} | {character: f"\\{character}" for character in "\\`*_[]~$"}
_ESCAPED = re.compile("[" + re.escape("".join(_SOURCE_ESCAPES)) + "]")
_AUTOLINKS = re.compile(r"(?i)(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\bgh-)(?=\d)")
_BLOCK_START = re.compile(r"[-+](?=\s|$|-)|=|\d{1,9}(?=[.)])")
_BACKTICKS = re.compile("`+")


def visible(text: str, *, keep_newlines: bool = False) -> str:
    r"""The text with everything that is not seen, or that changes how the rest is seen, spelled out as `\x1b`, `\u202e`, ….

    That covers control characters (so terminal escapes), bidirectional overrides, zero-width characters, separators of
    lines, and halves of surrogate pairs, which no UTF-8 stream can carry.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character if not _hidden(character) or (keep_newlines and character == "\n") else _spelled_out(character)
        for character in text
    )


def prose(text: str) -> str:
    """A sentence for a person, on one line: runs of white space become one space, hidden characters are spelled out."""
    return visible(" ".join(text.split()))


def terminal(text: str) -> str:
    """Text of a contract for a terminal or a log: nothing in it can move the cursor, set a colour or reorder a line."""
    return visible(text)


def command_free(line: str) -> str:
    """A finished line of output that no CI runner takes for a command (`::error::`, `##[group]`), which they read from logs."""
    content = line.lstrip()
    return f"{line[: len(line) - len(content)]}\\{content}" if content.startswith(("::", "##")) else line


def markdown(text: str) -> str:
    """A sentence as Markdown, anywhere within a block or a table cell: nothing in it is markup, a link or a mention."""
    escaped = _ESCAPED.sub(lambda match: _SOURCE_ESCAPES[match[0]], _AUTOLINKS.sub("\0", prose(text)))
    escaped = escaped.replace("\0", _BREAK)  # `prose` left no other NUL
    start = _BLOCK_START.match(escaped)
    if start:
        at = start.end() if escaped[0].isdigit() else 0
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    return escaped


def code_span(text: str) -> str:
    """Text as a Markdown code span that ends where we end it. Not for table cells: see `cell_code`."""
    content = visible(text) or " "
    ticks = "`" * (_longest_run(content) + 1)
    pad = " " if content[0] in "` " or content[-1] in "` " else ""
    return f"{ticks}{pad}{content}{pad}{ticks}"


def cell_code(text: str) -> str:
    """Text as code within a table cell, where a pipe ends the cell even inside a code span."""
    if "|" not in text:
        return code_span(text)
    escaped = "".join(
        character if character.isalnum() or character == " " else f"&#{ord(character)};" for character in visible(text)
    )
    return f"<code>{escaped}</code>"


def fence(text: str, language: str) -> str:
    """Text as a fenced code block, without a newline at the end; the fence is longer than any run of backticks inside."""
    content = visible(text, keep_newlines=True)
    ticks = "`" * max(3, _longest_run(content) + 1)
    return f"{ticks}{language}\n{content}\n{ticks}"


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN_CATEGORIES and character not in _JOINERS


def _spelled_out(character: str) -> str:
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if named:
        return named
    code = ord(character)
    if code <= _TWO_DIGITS:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _FOUR_DIGITS else f"\\U{code:08x}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _BACKTICKS.findall(text)), default=0)

"""The files through which a step tells the runner its outputs and its summary (GITHUB_OUTPUT, GITHUB_STEP_SUMMARY)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SUMMARY_LIMIT = 1024 * 1024
"""Bytes of the largest summary of a step; of a larger one GitHub shows nothing."""

_CUT_NOTICE = "\n\n> The report goes on: see the file with the whole report, output `report` of this step.\n"
_FENCES = ("```", "~~~")


def append_outputs(path: Path | None, outputs: Mapping[str, str]) -> None:
    """Set outputs of the step; without a path (outside GitHub) nothing is written."""
    if path is not None:
        _append(path, "".join(_assignment(name, value) for name, value in outputs.items()))


def append_summary(path: Path | None, markdown: str) -> None:
    """Add to the summary of the step, as much as GitHub shows; without a path nothing is written."""
    if path is not None:
        room = SUMMARY_LIMIT - (path.stat().st_size if path.exists() else 0)
        _append(path, shortened(markdown, room))


def shortened(markdown: str, limit: int) -> str:
    """Markdown of at most `limit` bytes: cut after a whole line, outside code blocks and `<details>`, with a notice."""
    if len(markdown.encode("utf-8")) <= limit:
        return markdown
    room = limit - len(_CUT_NOTICE.encode("utf-8"))
    kept: list[str] = []
    whole = size = details = 0
    fence: str | None = None
    for line in markdown.splitlines(keepends=True):
        size += len(line.encode("utf-8"))
        if size > room:
            break
        kept.append(line)
        start = line.lstrip()
        if fence is not None:
            fence = None if start.rstrip() == fence else fence
        elif start.startswith(_FENCES):
            fence = start[: len(start) - len(start.lstrip(start[0]))]
        else:
            details += line.count("<details") - line.count("</details")
        if fence is None and details <= 0:
            whole = len(kept)
    return "".join(kept[:whole]) + _CUT_NOTICE if room >= 0 else ""


def _assignment(name: str, value: str) -> str:
    """`name<<DELIMITER`, the value, the delimiter: a digest of the value, which the value cannot hold."""
    delimiter = f"contractguard_{hashlib.sha256(f'{name}={value}'.encode()).hexdigest()}"
    return f"{name}<<{delimiter}\n{value}\n{delimiter}\n"


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.write(text)

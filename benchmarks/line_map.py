"""A pytest plug-in that writes down which lines of some files each test runs, and how long it takes (traced, so too long).

`LINE_MAP_OF` names the folder of the files, `LINE_MAP` the JSON file to write: test id → {"seconds", "lines": {file: [numbers]}},
with files relative to the folder. Lines that run while modules load belong to no test.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

_FOLDER = os.environ["LINE_MAP_OF"].rstrip("/") + "/"
_TESTS: dict[str, dict[str, Any]] = {}
_LINES: dict[str, set[int]] = defaultdict(set)
_IN_FOLDER: dict[CodeType, set[int] | None] = {}


def _on_call(frame: FrameType, _event: str, _argument: object) -> Any:  # noqa: ANN401  (what sys.settrace wants)
    code = frame.f_code
    if code not in _IN_FOLDER:
        ours = code.co_filename.startswith(_FOLDER)
        _IN_FOLDER[code] = _LINES[code.co_filename.removeprefix(_FOLDER)] if ours else None
    lines = _IN_FOLDER[code]
    if lines is None:
        return None
    lines.add(frame.f_lineno)

    def on_line(inner: FrameType, _event: str, _argument: object) -> Any:  # noqa: ANN401
        lines.add(inner.f_lineno)
        return on_line

    return on_line


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Trace the test itself, without its fixtures."""
    for lines in _LINES.values():
        lines.clear()
    start = time.perf_counter()
    sys.settrace(_on_call)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        seconds = time.perf_counter() - start
        covered = {file: sorted(lines) for file, lines in _LINES.items() if lines}
        _TESTS[item.nodeid] = {"seconds": seconds, "lines": covered}


def pytest_sessionfinish() -> None:
    """Write the map."""
    Path(os.environ["LINE_MAP"]).write_text(json.dumps(_TESTS), encoding="utf-8")

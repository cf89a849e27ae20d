"""Writes what the tests compare with: `python tests/reporting/refresh_goldens.py`, after reading what changed and why.

It refreshes the golden outputs of `fixtures/renderers/*/report.json` and the published schema `schemas/report-1.json`.
"""

from __future__ import annotations

from pathlib import Path

from contractguard.reporting import RenderOptions, explain_finding, load_report, render, report_schema
from contractguard.reporting.summary import findings_of
from contractguard.reporting.values import json_text

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = "explain.txt"
GOLDENS = {
    "check.txt": ("text", RenderOptions()),
    "diff.txt": ("text", RenderOptions(mode="diff")),
    "check.md": ("markdown", RenderOptions()),
}


def golden(source: Path, name: str) -> str:
    """What the report at `source` looks like; for `explain.txt`, the page of its first finding."""
    report = load_report(source.read_bytes())
    if name == EXPLAINED:
        first = next((finding for _, finding in findings_of(report)), None)
        return explain_finding(report, first.fingerprint) if first else ""
    format_name, options = GOLDENS[name]
    return render(report, format_name, options)


def schema_text() -> str:
    """The published schema as its file holds it."""
    return f"{json_text(report_schema(), indent=2)}\n"


def main() -> None:
    for source in sorted((ROOT / "fixtures" / "renderers").glob("*/report.json")):
        for name in (*GOLDENS, EXPLAINED):
            (source.parent / name).write_text(golden(source, name), encoding="utf-8")
    (ROOT / "schemas" / "report-1.json").write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()

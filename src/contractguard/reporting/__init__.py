"""The last stage: a report as text, JSON, Markdown, … for a person or a program. Pure: nothing here prints or reads files.

Everything heavy is imported by the format that needs it, when it is asked for.
"""

from __future__ import annotations

from contractguard.reporting.explain import explain_finding
from contractguard.reporting.options import RenderOptions
from contractguard.reporting.registry import formats, render
from contractguard.reporting.report_json import load_report
from contractguard.reporting.report_schema import report_schema

__all__ = ["RenderOptions", "explain_finding", "formats", "load_report", "render", "report_schema"]

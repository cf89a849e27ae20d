"""contractguard: which calls and payloads stop working between two versions of an API contract.

    from contractguard import compare_files

    report = compare_files("old.yaml", "new.yaml")
    report.verdict, report.required_bump

Nothing here prints, reads the clock, or keeps state between calls. What is listed in `__all__` is the public interface.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contractguard.api import compare_documents, compare_files, compare_refs, render_report
    from contractguard.errors import ContractguardError, InternalError, LimitError, UnreadableError, UsageError
    from contractguard.model.change import Direction, Effect, Evidence, EvidenceKind, OperationUse
    from contractguard.model.document import ContractKind
    from contractguard.model.finding import Bump, CompatibilityMode, Finding, Impact, Reading, Severity
    from contractguard.model.places import Location
    from contractguard.model.report import ContractReport, Report, ReportError, Verdict

_HOME = {
    "compare_documents": "api",
    "compare_files": "api",
    "compare_refs": "api",
    "render_report": "api",
    "ContractguardError": "errors",
    "InternalError": "errors",
    "LimitError": "errors",
    "UnreadableError": "errors",
    "UsageError": "errors",
    "Direction": "model.change",
    "Effect": "model.change",
    "Evidence": "model.change",
    "EvidenceKind": "model.change",
    "OperationUse": "model.change",
    "ContractKind": "model.document",
    "Bump": "model.finding",
    "CompatibilityMode": "model.finding",
    "Finding": "model.finding",
    "Impact": "model.finding",
    "Reading": "model.finding",
    "Severity": "model.finding",
    "Location": "model.places",
    "ContractReport": "model.report",
    "Report": "model.report",
    "ReportError": "model.report",
    "Verdict": "model.report",
}

__all__ = [
    "Bump",
    "CompatibilityMode",
    "ContractKind",
    "ContractReport",
    "ContractguardError",
    "Direction",
    "Effect",
    "Evidence",
    "EvidenceKind",
    "Finding",
    "Impact",
    "InternalError",
    "LimitError",
    "Location",
    "OperationUse",
    "Reading",
    "Report",
    "ReportError",
    "Severity",
    "UnreadableError",
    "UsageError",
    "Verdict",
    "compare_documents",
    "compare_files",
    "compare_refs",
    "render_report",
]


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: `contractguard --help` needs none of it."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'contractguard' has no attribute {name!r}")
    return getattr(import_module(f"contractguard.{home}"), name)

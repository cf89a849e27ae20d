"""Everything that a report knows of one finding, for `contractguard explain FINGERPRINT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.errors import UsageError
from contractguard.model.finding import Bump
from contractguard.reporting import summary, wording
from contractguard.reporting.canvas import Canvas
from contractguard.reporting.escaping import prose, visible
from contractguard.reporting.options import RenderOptions
from contractguard.reporting.values import json_text

if TYPE_CHECKING:
    from contractguard.model.finding import Finding
    from contractguard.model.report import ContractReport, Report

_LABELS = 13
_CANDIDATES_SHOWN = 10


def explain_finding(report: Report, fingerprint_prefix: str, options: RenderOptions | None = None) -> str:
    """The rule, the reason, the places, the evidence, what to do and how policy decided, as text.

    `fingerprint_prefix` is the beginning of a fingerprint, with or without its scheme: `fp1:9b1e04c2` or `9b1e`. Raises
    `UsageError` where no finding of the report has it, or several have.
    """
    finding, contract = _find(report, fingerprint_prefix)
    canvas = Canvas(options or RenderOptions())
    _what(canvas, finding, contract)
    _where(canvas, report, finding)
    _evidence(canvas, report, finding, contract)
    _consequences(canvas, finding)
    return canvas.text()


def _find(report: Report, prefix: str) -> tuple[Finding, ContractReport | None]:
    found = {
        finding.fingerprint: (finding, contract)
        for contract, finding in summary.findings_of(report)
        if prefix
        and (finding.fingerprint.startswith(prefix) or finding.fingerprint.rpartition(":")[2].startswith(prefix))
    }
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        remedy = "take the fingerprint from the `rule` line of a finding; a fingerprint changes when its change does"
        raise UsageError(f"no finding of this report has the fingerprint {visible(prefix) or '(empty)'}", remedy=remedy)
    candidates = ", ".join(sorted(found)[:_CANDIDATES_SHOWN])
    message = f"{len(found)} findings have a fingerprint that begins with {visible(prefix)}"
    raise UsageError(message, remedy=f"give more of it: {candidates}{', …' if len(found) > _CANDIDATES_SHOWN else ''}")


def _what(canvas: Canvas, finding: Finding, contract: ContractReport | None) -> None:
    canvas.write(prose(finding.message), style="strong")
    canvas.blank()
    _pair(canvas, "fingerprint", finding.fingerprint)
    _pair(canvas, "contract", f"{contract.id}  {contract.path}" if contract else "")
    _pair(canvas, "rule", f"{finding.rule} ({prose(finding.title)}): contractguard explain {finding.rule}")
    severity = f"severity {finding.severity}, {finding.status}"
    step = "no" if finding.bump is Bump.NONE else f"a {finding.bump}"
    _pair(canvas, "impact", f"{finding.impact}, needs {step} version step, {severity}")
    _pair(canvas, "because", prose(finding.because))
    direction = {"input": "input: what the provider accepts", "output": "output: what the provider emits"}[
        finding.direction
    ]
    _pair(canvas, "direction", direction)
    _pair(canvas, "change", f"{finding.change}, valid payloads or calls: {finding.effect}")
    _pair(canvas, "layers", ", ".join(finding.layers))
    _pair(canvas, "sunset", finding.sunset or "")


def _where(canvas: Canvas, report: Report, finding: Finding) -> None:
    canvas.blank()
    _pair(canvas, "element", finding.element)
    for index, use in enumerate(finding.operations):
        parts = (use.method, use.path, use.place, use.status, use.media_type)
        _pair(canvas, "" if index else "operations", " ".join(part for part in parts if part))
    sides = (("base", finding.base, finding.before), ("head", finding.head, finding.after))
    names = {"base": wording.ref_name(report, "base"), "head": wording.ref_name(report, "head")}
    for side, location, value in sides:
        place = f"{wording.full_position(location)}  {location.pointer}" if location else "not there"
        _pair(canvas, side, f"{place}  at {names[side]}" if location else f"{place} at {names[side]}")
        if value is not None:
            _pair(canvas, "", json_text(value))


def _evidence(canvas: Canvas, report: Report, finding: Finding, contract: ContractReport | None) -> None:
    canvas.blank()
    meaning = {
        "witness": "a payload that one side accepts and the other refuses, confirmed by an independent validator",
        "proof": "it was shown that no payload is lost",
        "rule": "this is not about the validity of payloads",
        "unproved": "it follows from what changed; neither a proof nor a payload was found",
    }[finding.evidence.kind]
    _pair(canvas, "evidence", f"{finding.evidence.kind}: {meaning}")
    _pair(canvas, "", prose(finding.evidence.note or ""))
    payload = wording.payload_text(finding)
    if payload is not None:
        _pair(canvas, "payload", payload)
        accepted = wording.side_name(report, contract, wording.payload_side(finding))
        _pair(canvas, "", f"accepted at {accepted}, {prose(wording.refusal(finding, report, contract))}")


def _consequences(canvas: Canvas, finding: Finding) -> None:
    canvas.blank()
    _pair(canvas, "consumer", prose(finding.migration.consumer))
    _pair(canvas, "provider", prose(finding.migration.provider))
    for index, line in enumerate(finding.trail):
        if not index:
            canvas.blank()
        _pair(canvas, "" if index else "decided by", prose(line))


def _pair(canvas: Canvas, label: str, text: str) -> None:
    if text:
        canvas.write(text, label=label, label_width=_LABELS)

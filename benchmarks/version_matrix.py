"""Prints the matrix writer × reader of a history kept as files, and how its version numbers fit our verdicts.

    python benchmarks/version_matrix.py [--bundle lsst+alert_packet.bundle] [--root alert] [--real FOLDER]

The bundle is cloned into a temporary folder. Of the histories in it the one is taken whose files have `--root` in their name
and that has the most versions. A cell says whether the reader of that column reads what the writer of that row wrote: `yes`; `no`
with the number of breaks of which the datum was confirmed by fastavro and of which it was not; `error` where it cannot be read.
Below it, each step with the direction in which it breaks, the step of its version number, and whether the two fit: a step that
breaks readers of old data (BACKWARD) or old readers (FORWARD) must be a major one, and a major one must break something.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

from contractguard import ContractReport, Verdict
from contractguard.diff import Candidate, Counterparts
from contractguard.documents import DocumentSet, History, VersionFile, discover
from contractguard.engine import builtin_catalogue
from contractguard.engine.catalogue import builtin_profile
from contractguard.engine.contract import compare_contract
from contractguard.engine.judging import Judge, Side
from contractguard.model.change import EvidenceKind
from contractguard.model.finding import Bump, CompatibilityMode, Impact
from contractguard.policy import ContractRule, declared_bump, default_policy
from contractguard.sources import open_snapshot
from measuring import REAL

MOST_SHOWN = 12


def main() -> None:
    """Print matrix and steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bundle", default="lsst+alert_packet.bundle")
    parser.add_argument("--root", default="alert")
    parser.add_argument("--real", type=Path, default=REAL)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        clone = Path(temporary) / "clone"
        bundle = options.real / "bundles" / options.bundle
        subprocess.run(["git", "clone", "--quiet", bundle, clone], check=True)
        snapshot, _ = open_snapshot("HEAD", cwd=clone, environment={})
        documents = DocumentSet(snapshot)
        try:
            history = _history(documents, options.root)
            print(matrix(documents, history))
            print(steps(documents, history))
        finally:
            snapshot.close()


def _history(documents: DocumentSet, root: str) -> History:
    found = [
        history
        for path, history in sorted(discover(documents).histories.items())
        if f".{root}." in path.rpartition("/")[2] or path.endswith(f"/{root}")
    ]
    return max(found, key=lambda history: len(history.versions))


def compared(
    documents: DocumentSet, writer: VersionFile, reader: VersionFile, mode: CompatibilityMode
) -> ContractReport:
    """The report on two files: base is what wrote, head what reads; FORWARD asks the reverse."""
    judge = Judge(
        catalogue=builtin_catalogue(),
        profile=builtin_profile("everything"),
        policy=default_policy(),
        today=None,
        compatibility=mode,
    )
    pair = Counterparts(Candidate(writer.path, writer.kind, ""), Candidate(reader.path, reader.kind, ""), named=True)
    base, head = Side(name="base", documents=documents), Side(name="head", documents=documents)
    return compare_contract(base, head, pair, ContractRule(id=reader.path), judge)


def matrix(documents: DocumentSet, history: History) -> str:
    """Writer × reader."""
    names = [file.version.text for file in history.versions]
    lines = [f"| writer ↓ reader → | {' | '.join(names)} |", f"|{' --- |' * (len(names) + 1)}"]
    for writer in history.versions:
        cells = [cell(compared(documents, writer, reader, CompatibilityMode.BACKWARD)) for reader in history.versions]
        lines.append(f"| {writer.version.text} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def cell(report: ContractReport) -> str:
    """One cell of the matrix."""
    if report.verdict is Verdict.UNKNOWN:
        return "error"
    breaks = [finding for finding in report.findings if finding.impact is Impact.BREAKING]
    if not breaks:
        return "yes"
    confirmed = sum(1 for finding in breaks if finding.evidence.kind is EvidenceKind.WITNESS)
    rest = len(breaks) - confirmed
    return f"no ({confirmed}{f' + {rest}' if rest else ''})"


def steps(documents: DocumentSet, history: History) -> str:
    """Each step with what it breaks and what its number says."""
    lines = ["| step | number says | new readers, old data | old readers, new data | fits |", f"|{' --- |' * 5}"]
    reasons: list[str] = []
    unfit = {"breaks in a small step": 0, "major without a break": 0}
    for old, new in zip(history.versions, history.versions[1:], strict=False):
        declared = declared_bump(old.version.text, new.version.text)
        modes = (CompatibilityMode.BACKWARD, CompatibilityMode.FORWARD)
        reports = [compared(documents, old, new, mode) for mode in modes]
        backward, forward = (cell(report) for report in reports)
        breaks = {backward, forward} != {"yes"}
        fits = "yes"
        if breaks and declared is not Bump.MAJOR:
            fits = "breaks in a small step"
        elif not breaks and declared is Bump.MAJOR:
            fits = "major without a break"
        if fits in unfit:
            unfit[fits] += 1
            reasons += [f"- {old.version.text} → {new.version.text}, {fits}:", *_reasons(reports)]
        lines.append(f"| {old.version.text} → {new.version.text} | {declared} | {backward} | {forward} | {fits} |")
    total = len(history.versions) - 1
    summary = ", ".join(f"{count} {what}" for what, count in unfit.items())
    return "\n".join(
        [*lines, "", f"{sum(unfit.values())} of {total} steps do not fit their number: {summary}", *reasons]
    )


def _reasons(reports: list[ContractReport]) -> list[str]:
    """What changed in a step: the breaks, and where there are none what may break somebody."""
    findings = [finding for report in reports for finding in report.findings]
    for impact in (Impact.BREAKING, Impact.RISKY, Impact.COMPATIBLE):
        told = sorted({finding.message for finding in findings if finding.impact is impact})
        if told:
            more = [f"  - and {len(told) - MOST_SHOWN} more"] if len(told) > MOST_SHOWN else []
            return [*(f"  - {impact}: {message}" for message in told[:MOST_SHOWN]), *more]
    return []


if __name__ == "__main__":
    main()

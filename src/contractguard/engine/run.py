"""A whole comparison: open the sides, read the policy, compare, tell how a command ends."""

from __future__ import annotations

from collections.abc import Mapping

from contractguard.engine.authority import policy_and_rules
from contractguard.engine.catalogue import builtin_catalogue
from contractguard.engine.comparison import Comparison
from contractguard.engine.request import Request
from contractguard.errors import EXIT_CODE_RANK, UsageError
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Formats, Reading
from contractguard.model.report import GateStatus, Report
from contractguard.model.schema import Dialect
from contractguard.model.values import nothing
from contractguard.policy import default_policy
from contractguard.rules import Catalogue
from contractguard.sources import ReadableSnapshot, Sides, open_sides, open_within


def run(request: Request) -> Report:
    """Compare two sides and judge the difference. What could not be read is in the report, with status `error`.

    Raises `ContractguardError` only where no report can be made: wrong use, a broken policy, a missing ref.
    """
    with _opened(request) as sides:
        policy, catalogue = policy_and_rules(request, sides)
        return Comparison(request, sides, policy, catalogue).report()


def _opened(request: Request) -> Sides:
    if not request.within:
        return open_sides(
            request.base,
            request.head,
            cwd=request.cwd,
            environment=request.environment,
            stdin=request.stdin,
            use_index=request.use_index,
        )
    if request.head is not None or request.use_index:
        raise UsageError("versions within one side are compared, so only one can be named", remedy="leave out HEAD")
    return open_within(request.base, cwd=request.cwd, environment=request.environment)


def compare_snapshots(
    base: ReadableSnapshot,
    head: ReadableSnapshot,
    *,
    kind: ContractKind | None = None,
    dialect: str | None = None,
    dialects: Mapping[str, Dialect] = nothing(),
    compatibility: CompatibilityMode | None = None,
    reading: Reading | None = None,
    formats: Formats | None = None,
    profile: str | None = None,
    today: str | None = None,
    catalogue: Catalogue | None = None,
) -> Report:
    """Compare the only file of one snapshot with the only file of another, by the built-in policy."""
    sides = Sides(base, head, next(iter(base.entries)), next(iter(head.entries)), None)
    request = Request(
        kind=kind,
        dialect=dialect,
        dialects=dialects,
        compatibility=compatibility,
        reading=reading,
        formats=formats,
        profile=profile,
        today=today,
    )
    return Comparison(request, sides, default_policy(), catalogue or builtin_catalogue()).report()


def exit_code(report: Report) -> int:
    """The exit code of `check` for a report: the most important of 70, 2, 3, 4 (errors), 1 (the gate failed), 0."""
    errors = [*report.errors, *(error for contract in report.contracts for error in contract.errors)]
    codes = {error.exit_code for error in errors} | {0}
    if report.gate.status is GateStatus.FAIL:
        codes.add(1)
    return min(codes, key=EXIT_CODE_RANK.index)

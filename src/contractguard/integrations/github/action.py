"""One run of the action: compare, then tell GitHub in its own ways."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from contractguard import engine
from contractguard.errors import ContractguardError, InternalError, UnreadableError, UsageError
from contractguard.integrations.github.annotations import annotate, of_exception
from contractguard.integrations.github.commands import inert
from contractguard.integrations.github.files import append_outputs, append_summary
from contractguard.integrations.github.inputs import Inputs, read_inputs
from contractguard.model.finding import Impact
from contractguard.model.report import Report, Verdict
from contractguard.reporting import RenderOptions, render
from contractguard.reporting.escaping import markdown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_LOG_WIDTH = 120


def run_action(environment: Mapping[str, str], log: TextIO, *, today: date) -> int:
    """Run the action and return the exit code of the step: that of `contractguard check`.

    Writes the report to the log, annotations as workflow commands, the summary of the job, the outputs, and the report as
    JSON. `today` is the date that sunsets are compared with where the workflow names none.
    """
    prefix = ""
    try:
        inputs = read_inputs(environment)
        prefix = repository_prefix(inputs.cwd, inputs.workspace)
        report = _compare(inputs, environment, today)
        _write_reports(inputs, report)
    except ContractguardError as error:
        return _fail(error, environment, log, prefix)
    except Exception as error:  # noqa: BLE001 - the last resort, so that GitHub shows what happened
        log.write(inert(traceback.format_exc()))
        return _fail(_bug(error), environment, log, prefix)
    log.write(inert(render(report, "text", RenderOptions(width=_LOG_WIDTH))))
    log.writelines(f"{annotation.command()}\n" for annotation in annotate(report, prefix=prefix))
    append_summary(_file(environment, "GITHUB_STEP_SUMMARY"), render(report, "markdown", RenderOptions()))
    append_outputs(_file(environment, "GITHUB_OUTPUT"), _outputs(report, inputs.report))
    return engine.exit_code(report)


def repository_prefix(cwd: Path, workspace: Path) -> str:
    """The folder of the repository around `cwd`, as a prefix for paths in the workspace: empty, or ending in `/`.

    Annotations name files from the top of the workspace, reports from the top of the repository; they differ where the
    workflow checks out into a folder.
    """
    top = next((folder for folder in (cwd, *cwd.parents) if (folder / ".git").exists()), None)
    if top is None or top == workspace or not top.is_relative_to(workspace):
        return ""
    return f"{top.relative_to(workspace).as_posix()}/"


def _compare(inputs: Inputs, environment: Mapping[str, str], today: date) -> Report:
    # A base that is a range names the head as well.
    head = None if inputs.base is not None and ".." in inputs.base else inputs.head
    request = engine.Request(
        base=inputs.base,
        head=head,
        cwd=inputs.cwd,
        config=inputs.config,
        policy_from=inputs.policy_from,
        profile=inputs.profile,
        fail_on=inputs.fail_on,
        today=inputs.today or today.isoformat(),
        environment=dict(environment),
    )
    try:
        return engine.run(request)
    except UnreadableError as error:
        raise _with_fetch_depth(error, inputs.cwd) from error


def _with_fetch_depth(error: UnreadableError, cwd: Path) -> UnreadableError:
    """The error with the remedy for workflows, where the clone has not the whole history."""
    shallow = any((folder / ".git" / "shallow").exists() for folder in (cwd, *cwd.parents))
    if not shallow:
        return error
    return UnreadableError(
        error.message,
        path=error.path,
        line=error.line,
        column=error.column,
        remedy="this checkout has not the whole history: give the step actions/checkout `with: {fetch-depth: 0}`",
    )


def _write_reports(inputs: Inputs, report: Report) -> None:
    for name, path in (("json", inputs.report), *inputs.reports):
        text = render(report, name, RenderOptions())
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(f"the report was not written: {error.strerror or error}", path=str(path)) from error


def _outputs(report: Report, path: Path) -> dict[str, str]:
    findings = [*report.findings, *(finding for contract in report.contracts for finding in contract.findings)]
    breaking = sum(finding.impact is Impact.BREAKING for finding in findings)
    return {
        "verdict": str(report.verdict),
        "required-bump": str(report.required_bump),
        "gate": str(report.gate.status),
        "breaking": str(breaking),
        "report": str(path),
    }


def _fail(error: ContractguardError, environment: Mapping[str, str], log: TextIO, prefix: str) -> int:
    """Tell GitHub about an error that left no report."""
    log.write(f"{of_exception(error, prefix=prefix).command()}\n")
    lines = [f"## contractguard could not run\n\n{markdown(str(error))}\n"]
    if error.remedy:
        lines.append(f"\nRemedy: {markdown(error.remedy)}\n")
    append_summary(_file(environment, "GITHUB_STEP_SUMMARY"), "".join(lines))
    unknown = {"verdict": str(Verdict.UNKNOWN), "required-bump": "", "gate": "error", "breaking": "", "report": ""}
    append_outputs(_file(environment, "GITHUB_OUTPUT"), unknown)
    return error.exit_code


def _bug(error: Exception) -> InternalError:
    return InternalError(
        f"a bug of contractguard: {type(error).__name__}: {error}",
        remedy="please report it, with the two versions compared",
    )


def _file(environment: Mapping[str, str], name: str) -> Path | None:
    path = environment.get(name)
    return Path(path) if path else None

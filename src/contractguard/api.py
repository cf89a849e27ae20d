"""The library interface: compare git refs, files or values, and render the report."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path

from contractguard.engine import Request, Supported, compare_snapshots, own_dialect, read_supported, run
from contractguard.engine.catalogue import in_memory
from contractguard.errors import UsageError
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Formats, Reading
from contractguard.model.report import Report
from contractguard.model.schema import Dialect
from contractguard.reporting import RenderOptions, render

_Path = str | PathLike[str]


def compare_refs(
    repository: _Path,
    base: str,
    head: str | None = None,
    *,
    policy: _Path | None = None,
    today: str | None = None,
    contracts: tuple[str, ...] = (),
    profile: str | None = None,
    reading: Reading | str | None = None,
    formats: Formats | str | None = None,
    compatibility: CompatibilityMode | str | None = None,
    supported: str | Sequence[str] | None = None,
    dialects: Mapping[str, str] | None = None,
) -> Report:
    """Compare the contracts of a git repository at two refs.

    `head` None is the working tree. `policy` names a policy file; without it, the one at the authority ref counts (DESIGN
    section 5). `today` is an ISO date that sunsets are compared with. `supported` is what a transitive `compatibility` covers:
    `all`, `last 3`, `last 2 majors`, or versions; without it, what the policy says. `dialects` says which dialect a `$schema` of
    your own stands for, such as `{"https://example.com/our-dialect": "draft-07"}`; the policy may say it, too. Raises
    `ContractguardError` where no report can be made.
    """
    return run(
        Request(
            base=base,
            head=head,
            cwd=Path(repository),
            config=Path(policy) if policy is not None else None,
            today=today,
            contracts=contracts,
            profile=profile,
            reading=Reading(reading) if reading is not None else None,
            formats=Formats(formats) if formats is not None else None,
            compatibility=CompatibilityMode(compatibility) if compatibility is not None else None,
            supported=_supported(supported),
            dialects=_dialects(dialects),
            environment=dict(os.environ),
        )
    )


def _supported(written: str | Sequence[str] | None) -> Supported | None:
    try:
        return None if written is None else read_supported(written)
    except ValueError as error:
        raise UsageError(f"{str(written)[:80]!r} names no versions", remedy=str(error)) from None


def _dialects(written: Mapping[str, str] | None) -> dict[str, Dialect]:
    try:
        return {uri: own_dialect(uri, name) for uri, name in (written or {}).items()}
    except ValueError as error:
        message, remedy = error.args
        raise UsageError(message, remedy=remedy) from None


def compare_files(
    base: _Path,
    head: _Path,
    *,
    kind: ContractKind | str | None = None,
    dialect: str | None = None,
    dialects: Mapping[str, str] | None = None,
    compatibility: CompatibilityMode | str | None = None,
    reading: Reading | str | None = None,
    formats: Formats | str | None = None,
    profile: str | None = None,
    today: str | None = None,
) -> Report:
    """Compare two files, or all contracts of two directories.

    `kind` and `dialect` say what a file is where it does not say so itself, `dialects` which dialect a `$schema` of your own
    stands for. Raises `ContractguardError` where no report can be made, `UnreadableError` among them for a file that is no
    contract.
    """
    return run(
        Request(
            base=_as_path(base),
            head=_as_path(head),
            kind=ContractKind(kind) if kind is not None else None,
            dialect=dialect,
            dialects=_dialects(dialects),
            compatibility=CompatibilityMode(compatibility) if compatibility is not None else None,
            reading=Reading(reading) if reading is not None else None,
            formats=Formats(formats) if formats is not None else None,
            profile=profile,
            today=today,
            environment=dict(os.environ),
        )
    )


def _as_path(path: _Path) -> str:
    """A path that cannot be taken for a git ref."""
    absolute = Path(path).absolute()
    if not absolute.exists():
        raise UsageError("there is no such file or directory", path=str(path))
    return str(absolute)


def compare_documents(
    base: object,
    head: object,
    *,
    kind: ContractKind | str,
    dialect: str | None = None,
    dialects: Mapping[str, str] | None = None,
    compatibility: CompatibilityMode | str | None = None,
    reading: Reading | str | None = None,
    formats: Formats | str | None = None,
    profile: str | None = None,
    today: str | None = None,
) -> Report:
    """Compare two parsed documents, as `json.loads` returns them.

    BACKWARD means that head reads what base wrote: for Avro base is the writer and head the reader; for JSON Schema every
    instance of base must be valid under head. `dialect` is that of JSON Schemas that name none, or none that is known; `dialects`
    says which dialect a `$schema` of your own stands for. Positions in the report are those of the documents written with
    one-space indent. Raises `UsageError` for what is no JSON value.
    """
    return compare_snapshots(
        in_memory("base", base),  # type: ignore[arg-type]  # whether it is JSON is checked there
        in_memory("head", head),  # type: ignore[arg-type]
        kind=ContractKind(kind),
        dialect=dialect,
        dialects=_dialects(dialects),
        compatibility=CompatibilityMode(compatibility) if compatibility is not None else None,
        reading=Reading(reading) if reading is not None else None,
        formats=Formats(formats) if formats is not None else None,
        profile=profile,
        today=today,
    )


def render_report(report: Report, report_format: str = "text", *, width: int = 80, color: bool = False) -> str:
    """A report as `text`, `json` or `markdown`. Raises `UsageError` for a format that does not exist."""
    return render(report, report_format, RenderOptions(width=width, color=color))

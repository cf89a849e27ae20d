"""What is compared, how, and by which judge: the options shared by `diff`, `check` and `explain`, and the run itself."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contractguard.cli.parameters import DialectName, IsoDate, OneOf, gathered_options, option
from contractguard.cli.progress import Progress, watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from contractguard.engine import Request, Supported
    from contractguard.model.report import Report
    from contractguard.model.schema import Dialect

_DIALECTS = ("draft-04", "draft-06", "draft-07", "draft-2019-09", "draft-2020-12")
_MODES = (
    "NONE",
    "BACKWARD",
    "BACKWARD_TRANSITIVE",
    "FORWARD",
    "FORWARD_TRANSITIVE",
    "FULL",
    "FULL_TRANSITIVE",
)
_FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the user said about the two sides and how to read them; None or empty where nothing was said."""

    base: str | None
    head: str | None
    index: bool
    contract: tuple[str, ...]
    as_contract: str | None
    kind: str | None
    dialect: tuple[tuple[str | None, str], ...]
    compatibility: str | None
    supported: str | None
    histories: bool | None
    within: bool
    reading: str | None
    formats: str | None
    config: Path | None
    policy_from: str | None

    def request(self) -> Request:
        """The comparison as the engine takes it: facts only, no policy applied."""
        from contractguard.engine import Request  # noqa: PLC0415  # heavy
        from contractguard.model.document import ContractKind  # noqa: PLC0415
        from contractguard.model.finding import CompatibilityMode, Formats, Reading  # noqa: PLC0415

        return Request(
            base=self.base,
            head=self.head,
            cwd=Path.cwd(),
            use_index=self.index,
            contracts=self.contract,
            as_contract=self.as_contract,
            kind=ContractKind(self.kind) if self.kind else None,
            dialect=next((name for uri, name in reversed(self.dialect) if uri is None), None),
            dialects=_dialects(self.dialect),
            compatibility=CompatibilityMode(self.compatibility) if self.compatibility else None,
            supported=_supported(self.supported),
            histories=self.histories,
            within=self.within,
            reading=Reading(self.reading) if self.reading else None,
            formats=Formats(self.formats) if self.formats else None,
            apply_policy=False,
            config=self.config,
            policy_from=self.policy_from,
            environment=dict(os.environ),
            stdin=sys.stdin.buffer,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """What the user said about the policy that judges; `today` is an ISO date."""

    profile: str | None
    today: str


def comparison_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Declare `[BASE [HEAD]]` and the options of `Comparison`; the command gets them as `comparison`."""
    return gathered_options(
        command,
        "comparison",
        Comparison,
        click.argument("base", required=False),
        click.argument("head", required=False),
        option("--index", is_flag=True, help="Compare with what is staged instead of the working tree."),
        option("--contract", multiple=True, metavar="ID|GLOB", help="Only contracts with this id or path. Repeatable."),
        option(
            "--as", "as_contract", metavar="CONTRACT", help="HEAD is a generated file that stands for this contract."
        ),
        option(
            "--kind",
            type=click.Choice(["openapi", "avro", "jsonschema"]),
            help="What the files are, where it cannot be seen.",
        ),
        option(
            "--dialect",
            multiple=True,
            type=DialectName(_DIALECTS),
            help="The dialect of JSON Schemas that do not name theirs: draft-07. URI=draft-07: that of those whose $schema is "
            "URI. Repeatable.",
        ),
        option(
            "--compatibility",
            type=OneOf("mode", _MODES),
            metavar="MODE",
            help="BACKWARD, FORWARD, FULL or NONE: which side must understand which. With _TRANSITIVE at its end: every "
            "supported version before base, too.",
        ),
        option(
            "--supported",
            metavar="VERSIONS",
            help="Which versions before base must stay compatible, too: all, 'last N', 'last N majors', or versions with "
            "commas. Default: as policy says; a transitive mode alone means all.",
        ),
        option(
            "--histories/--no-histories",
            default=None,
            help="Whether versions that lie side by side (1-0-0, 1-0-1) are compared with each other. Default: as policy "
            "says, else yes.",
        ),
        option(
            "--within",
            is_flag=True,
            help="Compare the versions that lie side by side within one ref or folder, each with the one before it.",
        ),
        option("--reading", type=click.Choice(["declared", "strict"]), help="How open objects are read."),
        option(
            "--formats",
            type=click.Choice(["annotations", "assertions"]),
            help="Whether consumers assert 'format' in JSON Schemas.",
        ),
        option("--config", type=_FILE, help="A policy file, instead of the one in the repository."),
        option("--policy-from", metavar="REF", help="Read the policy at this ref, or in the worktree; for local work."),
    )


def judging_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Declare the options of `Judging`; the command gets them as `judging`."""
    return gathered_options(
        command,
        "judging",
        Judging,
        option("--profile", metavar="NAME", help="Judge by this profile instead of the policy's."),
        option(
            "--today",
            type=IsoDate(),
            default=_utc_date,
            help="The date that sunsets are compared with. Default: today, UTC.",
        ),
    )


def compare(request: Request, *, quiet: bool) -> Report:
    """Run the engine, with a progress bar where a person waits. Errors as for `contractguard.engine.run`."""
    from contractguard import engine  # noqa: PLC0415  # heavy

    if not watched(quiet=quiet):
        return engine.run(request)
    with Progress(sys.stderr) as progress:
        return engine.run(replace(request, progress=progress))


def _supported(written: str | None) -> Supported | None:
    from contractguard.engine import read_supported  # noqa: PLC0415  # heavy
    from contractguard.errors import UsageError  # noqa: PLC0415

    if written is None:
        return None
    named = [name.strip() for name in written.split(",")]
    try:
        return read_supported(named if len(named) > 1 or named[0][:1].isdigit() else written)
    except ValueError as error:
        raise UsageError(f"--supported {written[:80]!r} names no versions", remedy=str(error)) from None


def _dialects(written: tuple[tuple[str | None, str], ...]) -> dict[str, Dialect]:
    from contractguard.engine import own_dialect  # noqa: PLC0415  # heavy
    from contractguard.errors import UsageError  # noqa: PLC0415

    try:
        return {uri: own_dialect(uri, name) for uri, name in written if uri is not None}
    except ValueError as error:
        message, remedy = error.args
        raise UsageError(f"--dialect: {message}", remedy=remedy) from None


def _utc_date() -> str:
    """The clock is read here, once, and nowhere else: everything below is told the date."""
    return datetime.now(UTC).date().isoformat()

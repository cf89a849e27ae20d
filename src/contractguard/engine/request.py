"""What a user asks of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Formats, Reading, Severity
from contractguard.model.schema import Dialect
from contractguard.policy.supported import Supported


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a user asks for, from the command line or the library. None means "as policy or default says"."""

    base: str | None = None
    """A side as in DESIGN section 7 (`v1.2`, `v1:api.yaml`, `A..B`, `A...B`, a file, a directory, `-`), or None."""
    head: str | None = None
    cwd: Path = field(default_factory=Path.cwd)
    use_index: bool = False
    """Compare with what is staged instead of the working tree."""
    contracts: tuple[str, ...] = ()
    """Only contracts with these ids or path globs."""
    as_contract: str | None = None
    """The id or path of the governed contract that a generated file (head) stands for."""
    kind: ContractKind | None = None
    dialect: str | None = None
    """The dialect of JSON Schemas that name none."""
    dialects: Mapping[str, Dialect] = field(default_factory=dict)
    """The dialect that a `$schema` of one's own stands for, by its URI; it overrules that of the policy."""
    compatibility: CompatibilityMode | None = None
    supported: Supported | None = None
    """Which versions before base a transitive mode covers."""
    histories: bool | None = None
    """Whether versions that lie side by side are compared with each other."""
    within: bool = False
    """Compare the versions within one side, which `base` names (None: the working tree), each with the one before it."""
    reading: Reading | None = None
    formats: Formats | None = None
    apply_policy: bool = True
    """False for `diff`: facts and impacts, no severities of policy, no gate."""
    config: Path | None = None
    """A policy file outside the authority ref."""
    policy_from: str | None = None
    profile: str | None = None
    fail_on: Severity | None = None
    """The gate fails on findings of this severity or worse; `Severity.OFF` never fails."""
    today: str | None = None
    """An ISO date; sunsets are compared with it."""
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: BinaryIO | None = None
    max_findings: int | None = None
    progress: Callable[[str, int, int], None] | None = None
    """Called with (what is being done, steps done, steps in all) while a long comparison runs."""

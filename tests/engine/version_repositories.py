"""A git repository that a test writes commit by commit, with files at any path, and small contracts to put into it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from contractguard import ContractReport, Finding, Report
from contractguard.engine import Request, run
from contractguard.model.finding import CompatibilityMode
from contractguard.policy.supported import read_supported


class VersionRepository:
    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        self._git("init", "--quiet", "--initial-branch=main")

    def _git(self, *arguments: str) -> str:
        day = "2024-01-01T12:00:00+0000"
        names = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **names, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
        done = subprocess.run(["git", *arguments], cwd=self.root, env=environment, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def commit(self, files: dict[str, Any], *, tag: str | None = None) -> str:
        """Commit files by path; None removes one, values other than text are written as JSON."""
        for name, content in files.items():
            path = self.root / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message", "change")
        if tag is not None:
            self._git("tag", "--annotate", "--message", tag, tag)
        return self._git("rev-parse", "HEAD")

    def clone_shallow(self, to: Path) -> Path:
        self._git("clone", "--quiet", "--depth", "2", self.root.as_uri(), str(to))
        return to

    def compared(
        self,
        base: str | None = "HEAD~1",
        head: str | None = "HEAD",
        *,
        policy: str | None = None,
        compatibility: str | None = None,
        supported: str | list[str] | None = None,
        root: Path | None = None,
        **more: Any,
    ) -> Report:
        config = None
        if policy is not None:
            config = self.root.parent / "policy.yaml"
            config.write_text(f"version: 1\n{policy}", encoding="utf-8")
        return run(
            Request(
                base=base,
                head=head,
                cwd=root or self.root,
                config=config,
                compatibility=CompatibilityMode(compatibility) if compatibility else None,
                supported=read_supported(supported) if supported is not None else None,
                environment=dict(os.environ),
                **more,
            )
        )


def record(*fields: tuple[str, Any] | tuple[str, Any, Any], name: str = "Order", **more: Any) -> dict[str, Any]:
    """An Avro record; a field is its name, its type, and its default where it has one."""
    listed = [
        {"name": field[0], "type": field[1], **({"default": field[2]} if len(field) > 2 else {})} for field in fields
    ]
    return {"type": "record", "name": name, "fields": listed, **more}


def schema(required: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """A closed JSON Schema with two strings."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def contract_of(report: Report, path: str) -> ContractReport:
    (found,) = [contract for contract in report.contracts if contract.path == path]
    return found


def rules_of(contract: ContractReport) -> list[str]:
    return sorted(finding.rule for finding in contract.findings)


def finding_of(contract: ContractReport, rule: str) -> Finding:
    (found,) = [finding for finding in contract.findings if finding.rule == rule]
    return found

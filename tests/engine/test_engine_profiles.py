"""A contract may be judged by a profile of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractguard import Report, UsageError, compare_refs
from contractguard.engine import Request, run

POLICY = """\
version: 1
profile: recommended
contracts:
  - {id: strict, path: strict.json, profile: everything}
  - {id: usual, path: usual.json}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Any:
    from test_engine_history import Repository  # noqa: PLC0415  (a neighbour, on the path of pytest)

    root = tmp_path / "repository"
    root.mkdir()
    made = Repository(root)
    for title in ("old", "new"):
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
        made.commit(strict=schema, usual=schema)
    return made


def rules(report: Report) -> dict[str, list[str]]:
    return {contract.id: [finding.rule for finding in contract.findings] for contract in report.contracts}


def test_the_profile_of_a_contract_counts_for_it_alone(repository: Any) -> None:
    report = repository.compared("HEAD~1", "HEAD", POLICY)
    assert rules(report) == {"strict": ["documentation-changed"], "usual": []}
    assert report.notes == ()


def test_what_the_user_asks_for_comes_first(repository: Any) -> None:
    config = repository.root.parent / "policy.yaml"
    config.write_text(POLICY, encoding="utf-8")
    report = compare_refs(repository.root, "HEAD~1", "HEAD", policy=config, profile="wire")
    assert rules(report) == {"strict": [], "usual": []}
    facts = run(Request(base="HEAD~1", head="HEAD", cwd=repository.root, config=config, apply_policy=False))
    assert rules(facts) == {"strict": ["documentation-changed"], "usual": ["documentation-changed"]}


def test_a_profile_that_does_not_exist_is_told(repository: Any) -> None:
    with pytest.raises(UsageError, match="no profile 'lenient'") as caught:
        repository.compared("HEAD", "HEAD", POLICY.replace("everything", "lenient"))
    assert caught.value.path == "policy.yaml"

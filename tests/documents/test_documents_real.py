"""Contracts from the wild: read, located and found as they are."""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from document_makers import REAL, folder, pointers, read

from contractguard.documents import Discovery, DocumentSet, discover, locate
from contractguard.model.document import ContractKind
from contractguard.model.places import Node
from contractguard.model.values import pointer_tokens

pytestmark = [pytest.mark.real, pytest.mark.skipif(not REAL.is_dir(), reason="the real contracts are not here")]

FILES = sorted(path for path in (REAL / "pairs").glob("*/old.*") if path.is_file())
SAMPLE = 300


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_pointers_lead_to_their_keys(path: Path) -> None:
    document = read(path.read_bytes(), path.name)
    assert document.duplicates == ()
    lines = path.read_text().splitlines()
    everything = list(pointers(document.value))
    sample = random.Random(1).sample(everything, min(SAMPLE, len(everything)))  # noqa: S311 - no secret
    for pointer, place in locate(document, sample).items():
        assert place.pointer == pointer
        token = pointer_tokens(pointer)[-1] if pointer else ""
        if not token.isdigit():
            here = lines[place.line - 1][place.column - 1 :]
            assert here.lstrip("\"'").replace("\\\\", "\\").replace('\\"', '"').startswith(token), pointer


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_local_references_resolve(path: Path) -> None:
    found = DocumentSet(folder(path.parent))
    root = found.document(path.name).root
    references = {"#" + pointer for pointer in pointers(root.value) if pointer.count("/") <= 2}
    stack = [root.value]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/"):
                references.add(reference)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    for reference in sorted(references):
        assert isinstance(found.resolve(Node(None, path.name, ""), reference), Node)


def _discovered(root: Path) -> Discovery:
    result = discover(DocumentSet(folder(root)))
    assert result.unreadable == {}
    return result


def _cloned(name: str, ref: str, into: Path) -> Path:
    bundle = next((REAL / "bundles").glob(f"{name}*.bundle"))
    subprocess.run(["git", "clone", "--quiet", str(bundle), str(into)], check=True, capture_output=True)
    subprocess.run(["git", "-C", str(into), "checkout", "--quiet", ref], check=True, capture_output=True)
    return into


def test_one_root_among_thousands_of_files() -> None:
    result = _discovered(REAL / "pairs" / "openapi-digitalocean-adjacent-small" / "old")
    assert [contract.path for contract in result.contracts] == ["specification/DigitalOcean-public.v2.yaml"]
    assert result.contracts[0].kind is ContractKind.OPENAPI
    assert len(result.contracts[0].files) > 2800


def test_avro_trees() -> None:
    result = _discovered(REAL / "pairs" / "avro-radar-v0.7.0-v0.8.0" / "old")
    assert {contract.kind for contract in result.contracts} == {ContractKind.AVRO}
    files = {contract.path.rpartition("/")[2]: len(contract.files) for contract in result.contracts}
    assert files["fitbit_activity_log_record.avsc"] == 5
    assert files["questionnaire.avsc"] == 1


@pytest.fixture(params=["discord", "lsst", "slackapi", "wikimedia"])
def cloned(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Discovery]:
    name: str = request.param
    ref = "HEAD~1" if name == "wikimedia" else "HEAD"
    return name, _discovered(_cloned(name, ref, tmp_path / name))


def test_repositories(cloned: tuple[str, Discovery]) -> None:
    name, result = cloned
    kinds = Counter(contract.kind.value for contract in result.contracts)
    paths = [contract.path for contract in result.contracts]
    if name == "discord":
        assert paths == ["specs/openapi.json", "specs/openapi_preview.json"]
        assert kinds == {"openapi": 2}
    elif name == "slackapi":
        assert kinds == {"openapi": 2, "jsonschema": 1}
    elif name == "lsst":
        assert kinds == {"avro": len(paths)}
        alerts = [contract for contract in result.contracts if contract.path.endswith(".alert.avsc")]
        assert {len(contract.files) for contract in alerts} == {6}
        for contract in alerts:
            assert {path.rpartition("/")[0] for path in contract.files} == {contract.path.rpartition("/")[0]}
    else:
        assert kinds == {"jsonschema": len(paths)}
        assert ".jsonschema-tools.yaml" not in paths
        assert len(paths) > 100

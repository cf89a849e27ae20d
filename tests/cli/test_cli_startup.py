"""What a run imports: a small comparison lasts as long as that, so nothing is loaded that it does not use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DESCRIPTION = """\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      summary: %s
      responses: {"200": {description: OK}}
"""
RECORD = {"type": "record", "name": "Pet", "fields": [{"name": "name", "type": "string"}]}
SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}

OTHER_FORMATS = {
    "openapi": {"contractguard.diff.avro", "contractguard.formats.avro"},
    "avro": {"contractguard.diff.openapi", "contractguard.formats.openapi", "contractguard.semantics.inclusion"},
    "jsonschema": {"contractguard.diff.openapi", "contractguard.diff.avro", "contractguard.formats.avro"},
}
NEVER = {
    "deepdiff",
    "fastavro",
    "git",
    "jsonschema",
    "openapi_spec_validator",
    "pathspec",
    "pydantic",
    "contractguard.rules.examples",
    "contractguard.rules.explaining",
}
"""What a comparison of two files outside a repository has no use for, unless a payload is to be confirmed."""


def modules_of(arguments: list[str], cwd: Path) -> set[str]:
    script = (
        "import json, sys\nfrom contractguard.cli.program import run\n"
        f"code = run({arguments!r})\nassert code == 0, code\nsys.stderr.write(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=cwd, capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


def sides(kind: str, folder: Path) -> list[str]:
    texts = {
        "openapi": (DESCRIPTION % "List pets", DESCRIPTION % "List all pets"),
        "avro": (json.dumps(RECORD), json.dumps(RECORD | {"doc": "A pet."})),
        "jsonschema": (json.dumps(SCHEMA), json.dumps(SCHEMA | {"title": "A pet"})),
    }[kind]
    names = [f"{side}.{'yaml' if kind == 'openapi' else 'json'}" for side in ("old", "new")]
    for name, text in zip(names, texts, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return names


@pytest.mark.parametrize("kind", list(OTHER_FORMATS))
def test_a_comparison_loads_what_its_format_needs(kind: str, tmp_path: Path) -> None:
    loaded = modules_of(["diff", *sides(kind, tmp_path)], tmp_path)
    assert not loaded & NEVER
    assert not loaded & OTHER_FORMATS[kind]

"""The catalogue is the same, whoever reads it."""

from __future__ import annotations

import json

from contractguard.documents import DocumentSet
from contractguard.resources import catalogue_root
from contractguard.rules.pages import CatalogueFiles
from contractguard.sources.memory import MemorySnapshot


def test_the_pages_are_written_from_the_values_that_the_rules_have() -> None:
    files = CatalogueFiles(catalogue_root())
    paths = [path for path in files.paths() if path.endswith(".yaml")]
    raw = {path: (catalogue_root() / path).read_bytes() for path in paths}
    documents = DocumentSet(MemorySnapshot("catalogue", raw))
    assert len(paths) > 100
    for path in paths:
        assert json.dumps(files.document(path).value) == json.dumps(documents.document(path).value), path

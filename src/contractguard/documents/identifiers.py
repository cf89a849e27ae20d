"""Which file of a snapshot calls itself by a URI: `$id` of JSON Schema (2020-12 core, 8.2.1), `id` before draft-06.

Repositories of schemas refer to each other by these names, and the names need not look like the paths of the files.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from contractguard.errors import ContractguardError

if TYPE_CHECKING:
    from contractguard.documents.document_set import DocumentSet

_SUFFIXES: Final = (".json", ".yaml", ".yml", ".jsonschema", ".schema")


class Identifiers:
    """The names that the files of a snapshot give themselves, as far as a look at their bytes tells."""

    def __init__(self, paths: Mapping[str, tuple[str, ...]]) -> None:
        self._paths = paths

    @classmethod
    def of(cls, documents: DocumentSet) -> Identifiers:
        """Look at all files of the snapshot that may be schemas. Those that discovery has seen are not read again."""
        paths = sorted(path for path in documents.snapshot.entries if path.lower().endswith(_SUFFIXES))
        documents.look_at(paths, keep=lambda _path, _look: False)
        found: dict[str, list[str]] = {}
        for path in paths:
            look = documents.sniff(path)
            if look is not None and look.identifier:
                found.setdefault(_bare(look.identifier), []).append(path)
        return cls({name: tuple(sorted(named, key=lambda path: _unlike(path, name))) for name, named in found.items()})

    def files(self, uri: str) -> tuple[str, ...]:
        """The files that may call themselves so: the one whose path looks most like the URI first."""
        return self._paths.get(_bare(uri), ())


def file_named(documents: DocumentSet, origin: str, reference: str) -> str | None:
    """The file whose `$id` is what `reference`, standing in the file `origin`, means; None where there is none."""
    try:
        own = identifier_of(documents, origin)
        uri = urljoin(own or "", reference)
    except ValueError:  # such as a broken IPv6 address
        return None
    for path in documents.identifiers().files(uri):
        named = identifier_of(documents, path)
        if path != origin and named is not None and _bare(named) == _bare(uri):
            return path
    return None


def identifier_of(documents: DocumentSet, path: str) -> str | None:
    """What the file at `path` calls itself, None where it does not or cannot be read."""
    try:
        value = documents.document(path).value
    except ContractguardError:
        return None
    named = (value.get("$id") or value.get("id")) if isinstance(value, dict) else None
    return named if isinstance(named, str) else None


def _bare(uri: str) -> str:
    return uri.partition("#")[0]


def _unlike(path: str, uri: str) -> tuple[int, str]:
    """How little a path looks like a URI: by the segments at the end that both have. `2.0.0.yaml` is the file of `/x/2.0.0`."""
    named = path if path.endswith(uri.rpartition("/")[2]) else posixpath.splitext(path)[0]
    pairs = zip(reversed(named.split("/")), reversed(uri.split("/")), strict=False)
    return -sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)), path

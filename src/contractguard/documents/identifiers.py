"""Which schema of a snapshot calls itself by a URI: `$id` of JSON Schema (2020-12 core, 8.2.1), `id` before draft-06.

Repositories of schemas refer to each other by these names, and the names need not look like the paths of the files.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from contractguard.errors import ContractguardError
from contractguard.model.places import Node

if TYPE_CHECKING:
    from contractguard.documents.document_set import DocumentSet

_DATA: Final = frozenset({"enum", "const", "default", "example", "examples"})
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
            for name in _names(look.identifiers) if look is not None else ():
                found.setdefault(name, []).append(path)
        return cls({name: tuple(sorted(named, key=lambda path: _unlike(path, name))) for name, named in found.items()})

    def files(self, uri: str) -> tuple[str, ...]:
        """The files that may call themselves so: the one whose path looks most like the URI first."""
        return self._paths.get(_bare(uri), ())


def schema_named(documents: DocumentSet, origin: str, reference: str) -> Node | None:
    """The schema whose `$id` is what `reference`, standing in the file `origin`, means; None where there is none.

    It is the root of another file or, where no file is called so and the name is a full URI, a schema embedded in one (2020-12
    core, 9.3.1).
    """
    try:
        own = identifier_of(documents, origin)
        uri = _bare(urljoin(own or "", reference))
    except ValueError:  # such as a broken IPv6 address
        return None
    paths = [path for path in documents.identifiers().files(uri) if path != origin]
    for path in paths:
        if is_called(documents, path, uri):
            return documents.document(path).root
    embedded = (_embedded(documents, path, uri) for path in paths) if urlsplit(uri).scheme else ()
    return next((found for found in embedded if found is not None), None)


def is_called(documents: DocumentSet, path: str, uri: str) -> bool:
    """Whether the file at `path` as a whole calls itself so."""
    named = identifier_of(documents, path)
    return named is not None and _bare(named) == _bare(uri)


def _embedded(documents: DocumentSet, path: str, uri: str) -> Node | None:
    """The schema in a file that calls itself `uri`, with the names of those around it as its base."""
    try:
        root = documents.document(path).root
    except ContractguardError:
        return None
    stack, met = [(root, "")], set()
    while stack:
        node, base = stack.pop()
        if id(node.value) in met:  # a part that YAML repeats by an alias
            continue
        met.add(id(node.value))
        if isinstance(node.value, dict):
            named = node.value.get("$id")
            if isinstance(named, str):
                base = _joined(base, named)
                if _bare(base) == uri:
                    return node
            below = [member for name, member in node.members() if name not in _DATA]
        else:
            below = node.items()
        stack += [(child, base) for child in reversed(below) if isinstance(child.value, dict | list)]
    return None


def _joined(base: str, name: str) -> str:
    try:
        return urljoin(base, name)
    except ValueError:  # such as a broken IPv6 address
        return name


def identifier_of(documents: DocumentSet, path: str) -> str | None:
    """What the file at `path` calls itself, None where it does not or cannot be read."""
    try:
        value = documents.document(path).value
    except ContractguardError:
        return None
    named = (value.get("$id") or value.get("id")) if isinstance(value, dict) else None
    return named if isinstance(named, str) else None


def _names(identifiers: tuple[str, ...]) -> list[str]:
    """What a file and the schemas in it may be called: as written, and as seen from the first of the names."""
    full = (_joined(identifiers[0], identifier) for identifier in identifiers)
    return list(dict.fromkeys(_bare(name) for name in (*identifiers, *full)))


def _bare(uri: str) -> str:
    return uri.partition("#")[0]


def _unlike(path: str, uri: str) -> tuple[int, str]:
    """How little a path looks like a URI: by the segments at the end that both have. `2.0.0.yaml` is the file of `/x/2.0.0`."""
    named = path if path.endswith(uri.rpartition("/")[2]) else posixpath.splitext(path)[0]
    pairs = zip(reversed(named.split("/")), reversed(uri.split("/")), strict=False)
    return -sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)), path

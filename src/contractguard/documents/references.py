"""Where a `$ref` leads: RFC 3986 relative references between the files of a snapshot, RFC 6901 pointers inside a file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from contractguard.documents.identifiers import schema_named
from contractguard.documents.registrations import registered_target
from contractguard.errors import UnreadableError
from contractguard.model.places import Node
from contractguard.model.values import JsonValue, escape_token, unescape_token

if TYPE_CHECKING:
    from contractguard.documents.document_set import DocumentSet

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_SHOWN: Final = 120
_MOST_NAMES: Final = 2000
_ITSELF: Final = ("", ".", "./")
"""What stands before `#` where a file refers to itself. By RFC 3986 `./` is its folder, where nothing can be meant; tools that
put references together from a parsed schema read it as that schema, and schemas are published that rely on it."""
_KEEP_A_COPY = "keep a copy of the file in the repository and refer to that by a relative path"


def is_inside(path: str) -> bool:
    """Whether a path can name a file of a snapshot: relative, normal, without zero bytes."""
    return bool(path) and not path.startswith(("/", "../")) and path not in (".", "..") and "\0" not in path


def target_path(origin: str, reference: str) -> str | None:
    """The normal path that the part of a reference before `#` names, seen from the file `origin`. None where it leads outside
    the snapshot, to another host or to another scheme. A leading `/` is the root of the snapshot.
    """
    if _SCHEME.match(reference) or reference.startswith("//"):
        return None
    path = unquote(reference)
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(origin), path)
    normal = posixpath.normpath(joined) if path else origin
    return normal if is_inside(normal) else None


def resolve(documents: DocumentSet, origin: Node, reference: str) -> Node:
    """The target of the `$ref` that stands at `origin`: the file at the path, else the schema with that `$id`.

    Raises `UnreadableError` at the place of that `$ref`, or the error of the file that it leads to where that cannot be parsed.
    """
    before, _, fragment = reference.partition("#")
    if before not in _ITSELF:
        path = registered_target(documents, origin.path, before) or target_path(origin.path, before)
    else:
        path = origin.path
    if path is None or (path != origin.path and not documents.exists(path)):
        root = schema_named(documents, origin.path, before)
        if root is None:
            told = _why_outside(reference) if path is None else _why_missing(documents, path)
            raise _unresolved(documents, origin, reference, *told)
    else:
        root = documents.document(path).root
    pointer = unquote(fragment)
    if not pointer:
        return root
    if not pointer.startswith("/"):
        why = f"{_cut(pointer)!r} is neither a JSON pointer nor an anchor there"
        raise _unresolved(documents, origin, reference, why, "let the fragment begin with #/")
    return _at(documents, origin, reference, root, pointer)


def _at(documents: DocumentSet, origin: Node, reference: str, root: Node, pointer: str) -> Node:
    value, walked = root.value, root.pointer
    for written in pointer.split("/")[1:]:
        token = unescape_token(written)
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and _INDEX.fullmatch(token) and int(token) < len(value):
            value = value[int(token)]
        else:
            where = f"{root.path}#{walked}" if root.path != origin.path else walked or "the root of the file"
            meant = _close(token, value) if isinstance(value, dict) else None
            remedy = f"did you mean {meant!r}?" if meant else "correct the reference, or add what it names"
            raise _unresolved(documents, origin, reference, f"there is no {_cut(token)!r} below {where}", remedy)
        walked = f"{walked}/{escape_token(token)}"
    return Node(value, root.path, walked)


def _why_outside(reference: str) -> tuple[str, str]:
    scheme = _SCHEME.match(reference)
    if reference.startswith("//") or (scheme and scheme.group().lower() in ("http:", "https:")):
        return "contractguard reads nothing from the network", _KEEP_A_COPY
    if scheme:
        return f"references with {_cut(scheme.group())!r} are not followed", _KEEP_A_COPY
    return "it leads outside of the repository or folder that is read", _KEEP_A_COPY


def _why_missing(documents: DocumentSet, path: str) -> tuple[str, str]:
    refused = documents.snapshot.refused
    # A symlink or submodule may stand in the place of a folder on the way, too.
    parts = path.split("/")
    for end in range(len(parts), 0, -1):
        reason = refused.get("/".join(parts[:end]))
        if reason:
            return (
                f"{'/'.join(parts[:end])} is not read: {reason}",
                "put a regular file in its place, or correct the reference",
            )
    folder, _, name = path.rpartition("/")
    beside = [other for other in documents.snapshot.entries if other.rpartition("/")[0] == folder]
    meant = _close(name, [other.rpartition("/")[2] for other in beside])
    return (
        f"there is no file {_cut(path)}",
        f"did you mean {meant!r}?" if meant else "correct the reference, or add the file",
    )


def _close(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that is most like `name`, None where none is. Looks at a limited number of names of limited length."""
    import difflib  # noqa: PLC0415 - only mistakes need it

    known = [other for other in islice(names, _MOST_NAMES) if len(other) <= _SHOWN]
    close = difflib.get_close_matches(name[:_SHOWN], known, 1, 0.7)
    return close[0] if close else None


class DanglingReferenceError(UnreadableError):
    """A reference that leads nowhere. Its line and column are looked up when somebody asks for them.

    Whoever can do without the target drops the error, and a file may hold very many such references.
    """

    def __init__(self, message: str, *, origin: Node, remedy: str, documents: DocumentSet) -> None:
        super().__init__(message, path=origin.path, remedy=remedy)
        self.documents = documents
        """In which documents the reference stands, so that whoever compares two sides knows which is at fault."""
        self._origin = origin
        del self.line, self.column

    def __getattr__(self, name: str) -> int:
        if name not in ("line", "column"):
            raise AttributeError(name)
        place = self.documents.place_of_reference(self._origin)
        self.line, self.column = place.line, place.column
        return place.line if name == "line" else place.column


def _unresolved(documents: DocumentSet, origin: Node, reference: str, why: str, remedy: str) -> UnreadableError:
    return DanglingReferenceError(
        f"the reference {_cut(reference)!r} leads nowhere: {why}",
        origin=origin,
        remedy=remedy,
        documents=documents,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def reference_pointers(value: JsonValue) -> list[str]:
    """The pointers of all `$ref` members of a parsed file. Parts that YAML aliases repeat are walked once."""
    found: list[str] = []
    met: set[int] = set()
    stack: list[tuple[JsonValue, str]] = [(value, "")]
    while stack:
        item, pointer = stack.pop()
        if not isinstance(item, dict | list) or id(item) in met:
            continue
        met.add(id(item))
        if isinstance(item, list):
            stack.extend((child, f"{pointer}/{index}") for index, child in enumerate(item))
            continue
        if "$ref" in item:
            found.append(f"{pointer}/$ref")
        stack.extend((child, f"{pointer}/{escape_token(name)}") for name, child in item.items())
    return found

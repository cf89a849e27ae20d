"""Where a `$ref` leads: RFC 3986 relative references between the files of a snapshot, RFC 6901 pointers inside a file."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import unquote

from contractguard.errors import UnreadableError
from contractguard.model.places import Location, Node
from contractguard.model.values import escape_token, unescape_token

if TYPE_CHECKING:
    from contractguard.documents.document_set import DocumentSet

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_SHOWN = 120
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
    """The target of the `$ref` that stands at `origin`. Raises `UnreadableError` at the place of that `$ref`, or the error of
    the file that it leads to where that cannot be parsed.
    """
    before, _, fragment = reference.partition("#")
    path = origin.path if not before else target_path(origin.path, before)
    if path is None:
        _fail_outside(documents, origin, reference)
    if path != origin.path and not documents.exists(path):
        reason = documents.snapshot.refused.get(path)
        why = f"{path} is not read: {reason}" if reason else f"there is no file {path}"
        _fail(documents, origin, reference, why, "correct the reference, or add the file")
    root = documents.document(path).root
    pointer = unquote(fragment)
    if not pointer:
        return root
    if not pointer.startswith("/"):
        _fail(
            documents,
            origin,
            reference,
            f"{pointer!r} is neither a JSON pointer nor an anchor there",
            "let the fragment begin with #/",
        )
    return _at(documents, origin, reference, root, pointer)


def _at(documents: DocumentSet, origin: Node, reference: str, root: Node, pointer: str) -> Node:
    value, walked = root.value, ""
    for written in pointer.split("/")[1:]:
        token = unescape_token(written)
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and _INDEX.fullmatch(token) and int(token) < len(value):
            value = value[int(token)]
        else:
            where = f"{root.path}#{walked}" if root.path != origin.path else walked or "the root of the file"
            _fail(
                documents,
                origin,
                reference,
                f"there is no {_cut(token)!r} below {where}",
                "correct the reference, or add what it names",
            )
        walked = f"{walked}/{escape_token(token)}"
    return Node(value, root.path, walked)


def _fail_outside(documents: DocumentSet, origin: Node, reference: str) -> NoReturn:
    scheme = _SCHEME.match(reference)
    if reference.startswith("//") or (scheme and scheme.group().lower() in ("http:", "https:")):
        _fail(documents, origin, reference, "contractguard reads nothing from the network", _KEEP_A_COPY)
    if scheme:
        _fail(documents, origin, reference, f"references with {_cut(scheme.group())!r} are not followed", _KEEP_A_COPY)
    _fail(documents, origin, reference, "it leads outside of the repository or folder that is read", _KEEP_A_COPY)


def _fail(documents: DocumentSet, origin: Node, reference: str, why: str, remedy: str) -> NoReturn:
    place = reference_place(documents, origin)
    raise UnreadableError(
        f"the reference {_cut(reference)!r} leads nowhere: {why}",
        path=place.path,
        line=place.line,
        column=place.column,
        remedy=remedy,
    )


def reference_place(documents: DocumentSet, origin: Node) -> Location:
    """Where the `$ref` of `origin` stands, or `origin` itself where it is not an object with one."""
    key = (origin.path, f"{origin.pointer}/$ref")
    return documents.locate([key])[key]


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

"""References that lead nowhere, wherever in a description they stand.

Reading a description follows those that it needs; a shared definition that nothing uses, or a schema that did not change, is
never read. The references are found in the text, which takes milliseconds for the largest files there are; only where one leads
nowhere is the description walked to say where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from contractguard.errors import LimitError, UnreadableError
from contractguard.formats.validity import Fault
from contractguard.model.contract import OpenApiContract
from contractguard.model.places import Node
from contractguard.model.values import JsonValue, escape_token

_REFERENCE: Final = re.compile(
    rb"""\$ref["']?\s*:\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"'{}\[\],#][^\s{}\[\],]*))"""
)
_MOST: Final = 20
"""So many references to different places are told. Saying why one leads nowhere looks through what it could mean."""
_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_MOVED_BASES: Final = (b"$id", b"$self")
_DATA: Final = frozenset({"example", "examples", "default", "enum", "const", "value", "dataValue"})
_NAMED: Final = frozenset(
    "properties patternProperties dependentSchemas $defs definitions schemas parameters responses headers requestBodies".split()
)
"""Members whose own members are called as somebody likes: `example` is a name there."""


def dangling_references(contract: OpenApiContract) -> Iterator[Fault]:
    """The references of the root file that name a place that does not exist. Those to other hosts are not followed.

    Where parts of a file have an address of their own, what is relative to what is left to those who read the schemas.
    """
    raw = contract.documents.document(contract.path).raw
    if any(mark in raw for mark in _MOVED_BASES):
        return
    lost: dict[str, str] = {}
    for reference in _references(raw):
        why = None if _is_beyond(reference) else _why_lost(contract, reference)
        if why is not None:
            lost[reference] = why
            if len(lost) == _MOST:
                break
    if lost:
        yield from (Fault(node, lost[reference]) for node, reference in _places(contract.root, lost))


def _references(raw: bytes) -> dict[str, None]:
    """The distinct references in a text, in order. One that is written in an unusual way may be missed."""
    found = (next(filter(None, groups), b"") for groups in _REFERENCE.findall(raw))
    return dict.fromkeys(text.decode("utf-8", "replace").replace("\\/", "/") for text in found)


def _is_beyond(reference: str) -> bool:
    """Whether a reference leads to another host, or to an anchor."""
    fragment = reference.partition("#")[2]
    return bool(_ELSEWHERE.match(reference)) or bool(fragment and not fragment.startswith(("/", "%2F", "%2f")))


def _why_lost(contract: OpenApiContract, reference: str) -> str | None:
    try:
        contract.documents.resolve(contract.root, reference)
    except UnreadableError as error:
        return error.message
    except LimitError:
        return None  # a file that is too large to read: nothing is known of it
    return None


def _places(root: Node, lost: dict[str, str]) -> Iterator[tuple[Node, str]]:
    """The objects with such a reference, in file order, but for those in examples and other data."""
    stack: list[tuple[JsonValue, str, bool]] = [(root.value, "", False)]
    while stack:
        value, pointer, is_named = stack.pop()
        if isinstance(value, list):
            stack += [(item, f"{pointer}/{index}", False) for index, item in reversed([*enumerate(value)])]
        elif isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str) and reference in lost and not is_named:
                yield Node(value, root.path, pointer), reference
            stack += [
                (item, f"{pointer}/{escape_token(name)}", name in _NAMED and not is_named)
                for name, item in reversed(value.items())
                if is_named or not (name in _DATA or name.startswith("x-"))
            ]

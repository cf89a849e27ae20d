"""Where a contract says its version, when policy names the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.model.contract import Contract, DeclaredVersion
from contractguard.model.values import pointer_tokens
from contractguard.policy.versioning.changes import detect_scheme

if TYPE_CHECKING:
    from contractguard.model.places import Node

_SUFFIXES = (".json", ".yaml", ".yml", ".avsc")


def declared_version(contract: Contract, source: str | None) -> DeclaredVersion | None:
    """The version that a contract declares.

    `source` is what policy writes as `version: {from: …}`: member names with dots (`info.version`, `self.version`, `$id`) or a
    JSON pointer; None leaves it to the contract's own format. Of a value with slashes, such as a `$id`, the last part that
    reads as a version counts.
    """
    if source is None:
        return contract.version
    node: Node | None = contract.root
    for token in pointer_tokens(source) if source.startswith("/") else source.split("."):
        node = node.get(token) if node else None
    if node is None or isinstance(node.value, bool | dict | list) or node.value is None:
        return None
    text = str(node.value)
    return DeclaredVersion(_version_in_path(text) if "/" in text else text, node)


def _version_in_path(text: str) -> str:
    for part in reversed(text.partition("#")[0].split("/")):
        bare = next((part.removesuffix(suffix) for suffix in _SUFFIXES if part.endswith(suffix)), part)
        if detect_scheme(bare):
            return bare
    return text

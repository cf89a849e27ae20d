"""What the `xml` of a schema counts for: messages that are XML (OpenAPI 3.2, section 4.26), which not every schema is met in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from contractguard.diff.openapi.media_types import parse
from contractguard.model.change import Change, Effect, OperationUse
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Operation

_PRODUCES = "produces"
_CONSUMES = "consumes"


def settle_xml(changes: Iterable[Change], base: OpenApiContract, head: OpenApiContract) -> list[Change]:
    """The same changes; one of how a value is written in XML has no effect where everything it reaches is something else."""
    open_calls: frozenset[tuple[str, str, str]] | None = None
    settled = []
    for change in changes:
        if change.kind == "xml.changed" and change.uses:
            if open_calls is None:
                open_calls = _open_calls(base) | _open_calls(head)
            is_unused = not any(_may_be_xml(use, open_calls) for use in change.uses)
            settled.append(replace(change, effect=Effect.NONE) if is_unused else change)
        else:
            settled.append(change)
    return settled


def _may_be_xml(use: OperationUse, open_calls: Collection[tuple[str, str, str]]) -> bool:
    """Whether a message is XML, or may be. What has no media type is a parameter or header with a style, which is text."""
    list_name = _PRODUCES if use.status else _CONSUMES
    is_open = (list_name, use.method, use.path) in open_calls
    return bool(use.media_type) and (is_open or parse(use.media_type).may_be_xml)


def _open_calls(contract: OpenApiContract) -> frozenset[tuple[str, str, str]]:
    """The operations of Swagger 2.0 that do not say what they take or give: it may be anything, though JSON is assumed."""
    if not contract.api.specification.startswith("2."):
        return frozenset()
    return frozenset(
        (name, operation.method, operation.path)
        for operation in contract.api.operations
        for name in (_CONSUMES, _PRODUCES)
        if not _says(contract, operation, name)
    )


def _says(contract: OpenApiContract, operation: Operation, name: str) -> bool:
    own = operation.node.get(name)
    listed = own if own is not None and own.value is not None else contract.root.get(name)
    return listed is not None and bool(listed.value)

"""Where an operation itself speaks of a part that is defined elsewhere.

An operation that drops a shared part is told of at the item of its own list, not at the shared definition, which did not
change. Several that drop the same shared parameter are one change, told at the list of the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from contractguard.errors import UnreadableError
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Body, Operation, Parameter, Response
from contractguard.model.places import Node

_GROUPS = ("paths", "webhooks", "x-webhooks")
_MOST_REFERENCES = 32


def method_place(contract: OpenApiContract, operation: Operation) -> Node:
    """The method of a path in the root document; the operation itself where it stands elsewhere (in a callback)."""
    item = _path_item(contract, operation)
    if item is None:
        return operation.node
    further = item.get("additionalOperations")
    return item.get(operation.method.lower()) or (further and further.get(operation.method)) or operation.node


def parameter_place(contract: OpenApiContract, operation: Operation, parameter: Parameter) -> Node:
    """The item of the list of an operation or of its path that is, or refers to, a parameter."""
    of_operation = operation.node
    if parameter.node.path == of_operation.path and parameter.node.pointer.startswith(
        f"{of_operation.pointer}/parameters/"
    ):
        return parameter.node  # it is written there: no need to look through the list
    return next(
        (item for item, target in _listed(contract, operation) if target.key == parameter.node.key), parameter.node
    )


def body_place(operation: Operation, body: Body) -> Node:
    """The `requestBody` of an operation; for Swagger 2.0 the parameters that are the body."""
    return operation.node.get("requestBody") or body.node


def response_place(operation: Operation, response: Response) -> Node:
    """The status code of a response in its operation."""
    return _member(operation.node.get("responses"), response.status) or response.node


def header_place(response: Response, name: str) -> Node:
    """The name of a header in its response, given in lower case."""
    header = response.headers[name]
    return _member(response.node.get("headers"), header.name) or header.node


def _member(node: Node | None, name: str) -> Node | None:
    return None if node is None else node.get(name) or node.get(name.lower())


def _listed(contract: OpenApiContract, operation: Operation) -> Iterator[tuple[Node, Node]]:
    for holder in (operation.node, _path_item(contract, operation)):
        parameters = None if holder is None else holder.get("parameters")
        if parameters is not None:
            for item in _followed(contract, parameters).items():
                yield item, _followed(contract, item)


def _path_item(contract: OpenApiContract, operation: Operation) -> Node | None:
    for group in _GROUPS:
        paths = contract.root.get(group)
        item = None if paths is None else _followed(contract, paths).get(operation.path)
        if item is not None:
            return _followed(contract, item)
    return None


def _followed(contract: OpenApiContract, node: Node) -> Node:
    """`node` after references. All have been followed when the description was read, so no circle is left among them."""
    for _ in range(_MOST_REFERENCES):
        reference = node.value.get("$ref") if isinstance(node.value, dict) else None
        if not isinstance(reference, str):
            break
        try:
            node = contract.documents.resolve(node, reference)
        except UnreadableError:
            break
    return node

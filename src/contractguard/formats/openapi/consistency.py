"""Rules of the specification that no meta-schema can say: names that must agree with one another, or must not be used twice.

Sources: OpenAPI 3.1.1, sections 4.8.2 and 4.8.8.1 (path templates), 4.8.9.1 and 4.8.10.1 (parameters, `operationId`), 4.8.1.1
(tags), 4.8.6.1 (server variables), 4.8.20.1 (links), 4.8.30.1 (security requirements); Swagger 2.0, the objects of these names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from contractguard.errors import ContractguardError
from contractguard.formats.openapi.specification import specification_of
from contractguard.formats.validity import Fault
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import Operation, ParameterLocation, Server
from contractguard.model.places import Node
from contractguard.model.schema import Dialect

_TEMPLATE: Final = re.compile(r"\{([^{}]*)\}")
_METHODS: Final = frozenset("get put post delete options head patch trace query".split())
_NAMES_AN_ADDRESS: Final = re.compile(r"[/#:.]")
"""In 3.2 a requirement may name a scheme by its URI (OpenAPI 3.2.0, section 4.30.1)."""
_SHOWN: Final = 80


def inconsistencies(contract: OpenApiContract) -> Iterator[Fault]:
    """What contradicts itself in the root file of a description, in time linear in its size."""
    operations = _all_operations(contract)
    yield from _operation_ids(contract, operations)
    yield from _path_parameters(contract)
    yield from _paths_that_are_one(contract)
    yield from _parameters_listed_twice(contract)
    yield from _tags(contract)
    yield from _unknown_schemes(contract, operations)
    yield from _links_to_nowhere(contract, operations)
    yield from _server_defaults(contract, operations)


def _all_operations(contract: OpenApiContract) -> list[Operation]:
    """Each operation of paths, webhooks and callbacks once, however many references lead to it."""
    found: dict[tuple[str, str], Operation] = {}
    stack = [*contract.api.webhooks, *contract.api.operations][::-1]
    while stack:
        operation = stack.pop()
        if operation.node.key not in found:
            found[operation.node.key] = operation
            for items in operation.callbacks.values():
                stack += (inner for inners in items.values() for inner in inners)
    return list(found.values())


def _here(contract: OpenApiContract, nodes: Iterable[Node | None]) -> Iterator[Node]:
    """Those nodes that stand in the root file, each once."""
    seen: set[str] = set()
    for node in nodes:
        if node is not None and node.path == contract.path and node.pointer not in seen:
            seen.add(node.pointer)
            yield node


def _operation_ids(contract: OpenApiContract, operations: list[Operation]) -> Iterator[Fault]:
    count = Counter(operation.operation_id for operation in operations)
    used_twice = [operation for operation in operations if operation.operation_id and count[operation.operation_id] > 1]
    for named in _here(contract, (operation.node.get("operationId") for operation in used_twice)):
        told = str(named.value)
        yield Fault(named, f"operationId {told[:_SHOWN]!r} is used by {count[told]} operations")


def _path_parameters(contract: OpenApiContract) -> Iterator[Fault]:
    for operation in contract.api.operations:
        if operation.node.path != contract.path:
            continue
        in_path = dict.fromkeys(_TEMPLATE.findall(operation.path))
        given = [name for location, name in operation.parameters if location is ParameterLocation.PATH]
        for name in in_path:
            if name not in given:
                yield Fault(operation.node, f"the path has a parameter {name[:_SHOWN]!r} that is not described")
        for name in given:
            if name not in in_path:
                yield Fault(operation.node, f"the path has no place for its parameter {name[:_SHOWN]!r}")


def _paths_that_are_one(contract: OpenApiContract) -> Iterator[Fault]:
    """Templated paths "with the same hierarchy but different templated names MUST NOT exist as they are identical"."""
    seen: dict[str, str] = {}
    for path, node in _members(contract.root.get("paths")):
        if path.startswith("/"):
            first = seen.setdefault(_TEMPLATE.sub("{}", path), path)
            if first != path:
                yield Fault(node, f"the path is {first[:_SHOWN]!r} with other names")


def _parameters_listed_twice(contract: OpenApiContract) -> Iterator[Fault]:
    """A list "MUST NOT include duplicated parameters"; in Swagger 2.0 there can be one body only."""
    is_swagger = specification_of(contract.documents, contract.path).is_swagger
    for listed in _parameter_lists(contract):
        seen: set[tuple[object, object]] = set()
        for item in listed.items():
            parameter = _target(contract, item)
            name, location = parameter.get("name"), parameter.get("in")
            if not (isinstance(name, str) and isinstance(location, str)):
                continue
            is_body = is_swagger and location == "body"
            key = (location, "" if is_body else name.lower() if location == "header" else name)
            if key in seen:
                what = "another body" if is_body else f"the {location} parameter {name[:_SHOWN]!r} again"
                yield Fault(item, f"the list has {what}")
            seen.add(key)


def _parameter_lists(contract: OpenApiContract) -> Iterator[Node]:
    for section in ("paths", "webhooks"):
        for _, item in _members(contract.root.get(section)):
            holders = [item, *(operation for method, operation in item.members() if method in _METHODS)]
            yield from (listed for holder in holders if (listed := holder.get("parameters")) is not None)


def _target(contract: OpenApiContract, item: Node) -> Mapping[str, object]:
    """The object that an item of a list is or refers to. What cannot be read has been told of before."""
    value = item.value
    if isinstance(value, dict) and isinstance(reference := value.get("$ref"), str):
        try:
            value = contract.documents.resolve(item, reference).value
        except ContractguardError:
            return {}
    return value if isinstance(value, dict) else {}


def _tags(contract: OpenApiContract) -> Iterator[Fault]:
    """Names of tags are unique; in 3.2 a parent is one of them, and none is above itself (OpenAPI 3.2.0, section 4.22.1)."""
    tags = contract.root.get("tags")
    named = [] if tags is None else [(name, tag) for tag in tags.items() if isinstance(name := _text(tag, "name"), str)]
    parents = {name: _text(tag, "parent") for name, tag in named}
    seen: set[str] = set()
    for name, tag in named:
        if name in seen:
            yield Fault(tag, f"the tag {name[:_SHOWN]!r} is described twice")
        seen.add(name)
        parent = _text(tag, "parent")
        if parent is not None and parent not in parents:
            yield Fault(tag, f"the parent {parent[:_SHOWN]!r} of the tag {name[:_SHOWN]!r} is not described")
    for name in _in_circles(parents):
        yield Fault(next(tag for other, tag in named if other == name), f"the tag {name[:_SHOWN]!r} is above itself")


def _in_circles(parents: Mapping[str, str | None]) -> list[str]:
    """One name of each circle that parents make: the first that is described."""
    settled: set[str] = set()
    found = []
    for start in parents:
        trail: dict[str, None] = {}
        name: str | None = start
        while name is not None and name in parents and name not in settled and name not in trail:
            trail[name] = None
            name = parents[name]
        if name in trail:
            found.append(name)
        settled.update(trail)
    return [name for name in found if name is not None]


def _unknown_schemes(contract: OpenApiContract, operations: list[Operation]) -> Iterator[Fault]:
    """Each name in a requirement "MUST correspond to a security scheme which is declared"."""
    may_be_addresses = specification_of(contract.documents, contract.path).release is Dialect.OPENAPI_3_2
    lists = [contract.root.get("security"), *(operation.node.get("security") for operation in operations)]
    for listed in _here(contract, lists):
        for requirement in listed.items():
            for name, node in requirement.members():
                is_address = may_be_addresses and _NAMES_AN_ADDRESS.search(name)
                if name not in contract.api.security_schemes and not is_address:
                    yield Fault(node, f"there is no security scheme {name[:_SHOWN]!r}")


def _links_to_nowhere(contract: OpenApiContract, operations: list[Operation]) -> Iterator[Fault]:
    known = {operation.operation_id for operation in operations}
    links = (
        link
        for operation in operations
        for response in operation.responses.values()
        for link in response.links.values()
    )
    for link in _here(contract, links):
        named = _text(link, "operationId")
        if named is not None and named not in known:
            yield Fault(link, f"there is no operation {named[:_SHOWN]!r}")


def _server_defaults(contract: OpenApiContract, operations: list[Operation]) -> Iterator[Fault]:
    """The default of a variable "MUST exist in the enum's values" from 3.1 on; before, it should."""
    if specification_of(contract.documents, contract.path).release is Dialect.OPENAPI_3_0:
        return
    seen: set[int] = set()
    servers: list[Server] = [
        *contract.api.servers,
        *(server for operation in operations for server in operation.servers),
    ]
    for server in servers:
        if id(server) in seen or server.node.path != contract.path:
            continue
        seen.add(id(server))
        for variable in server.variables.values():
            if variable.values is not None and variable.default is not None and variable.default not in variable.values:
                told = variable.default[:_SHOWN]
                yield Fault(variable.node, f"the default {told!r} is none of the values that the variable can take")


def _members(node: Node | None) -> list[tuple[str, Node]]:
    return [] if node is None else node.members()


def _text(node: Node, name: str) -> str | None:
    found = node.get(name)
    return found.value if found is not None and isinstance(found.value, str) else None

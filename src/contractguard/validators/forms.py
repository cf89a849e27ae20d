"""The schema of a form in Swagger 2.0, which stands nowhere: each field is a parameter of its own.

Swagger 2.0, Parameter Object: parameters `in: formData` are the fields of one payload; those of an operation override those of
its path with the same name.
"""

from __future__ import annotations

from contractguard.model.document import Documents
from contractguard.model.places import Node
from contractguard.model.values import JsonValue


def form_schema(documents: Documents, parameters: Node, root: Node) -> Node:
    """An object schema at the place of a list of parameters, with a property for each form field that the list has.

    `root` is the file of the list; the list of the path, beside that of an operation, is found in it. Raises `UnreadableError`
    for a reference that leads nowhere.
    """
    fields: dict[str, JsonValue] = {}
    required: dict[str, JsonValue] = {}
    for listed in (_of_the_path(parameters, root), parameters):
        for origin in listed.items() if listed is not None else ():
            target = _followed(documents, origin)
            value = target.value
            if not isinstance(value, dict) or value.get("in") != "formData" or not isinstance(value.get("name"), str):
                continue
            name = str(value["name"])
            fields[name] = value if target.path != origin.path else origin.value
            required.pop(name, None)
            if value.get("required") is True:
                required[name] = name
    return parameters.with_value({"type": "object", "properties": fields, "required": list(required)})


def _of_the_path(parameters: Node, root: Node) -> Node | None:
    """The list of the path item, where `parameters` is that of one of its operations."""
    item: Node | None = root
    tokens = parameters.pointer.split("/")[1:-2]
    for token in tokens:
        item = item.get(token.replace("~1", "/").replace("~0", "~")) if item is not None else None
    shared = item.get("parameters") if item is not None else None
    return shared if shared is not None and shared.key != parameters.key else None


def _followed(documents: Documents, node: Node) -> Node:
    """The parameter that a reference names, one step: a parameter does not refer further."""
    value = node.value
    reference = value.get("$ref") if isinstance(value, dict) else None
    return documents.resolve(node, reference) if isinstance(reference, str) else node

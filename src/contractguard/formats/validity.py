"""Whether a document is valid by the meta-schema of its specification, and where it is not.

The question whether it is valid costs some milliseconds for the largest documents there are. Listing what is wrong costs a
thousand times as much for each error, and a hostile document is wrong everywhere: so an invalid document is taken apart, and
only parts of limited weight are looked at closely, until a budget is used up. Nothing is fetched, and the patterns of the
meta-schemas run in linear time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from contractguard.model.places import Node
from contractguard.model.values import JsonValue, pointer_tokens

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

MOST_FAULTS: Final = 200
"""So many faults of one document are told; a document with more is compared as one with so many."""

_BUDGET: Final = 20_000
"""The weight, in values, of all that is looked at closely in one document. At the worst every value is wrong, at 0.1 ms each."""

_LONG_TEXT: Final = 64
_SUBJECT: Final = "the value"
_SHOWN: Final = 160
_SHOWN_VALUE: Final = 60


class Fault(NamedTuple):
    """Something that the specification does not allow, and where it stands."""

    node: Node
    message: str


class MetaSchema:
    """A meta-schema, ready to judge documents.

    `schema` is the meta-schema and `resources` are the schemas that it refers to, by URI, beside those of JSON Schema itself.
    `sections` are the ways to the members that can be judged alone (`*` is any name), inside the `frame`: a document that is
    valid without any.
    """

    def __init__(
        self,
        schema: dict[str, JsonValue],
        *,
        resources: Mapping[str, JsonValue],
        sections: tuple[tuple[str, ...], ...],
        frame: Mapping[str, JsonValue],
    ) -> None:
        self._schema = schema
        self._resources = resources
        self._sections = sections
        self._frame = frame

    @cached_property
    def _validator(self) -> Any:  # noqa: ANN401  (the type of the class is not stable in jsonschema-rs)
        import jsonschema_rs  # noqa: PLC0415  (25 ms, for changed contracts only)

        return jsonschema_rs.validator_for(
            self._schema,
            registry=jsonschema_rs.Registry(list(self._resources.items())),
            retriever=_refuse,
            validate_formats=False,
            pattern_options=jsonschema_rs.RegexOptions(),
            mask=_SUBJECT,
        )

    def faults(self, root: Node) -> Iterator[Fault]:
        """What is wrong with the document at `root`, at most `MOST_FAULTS`, each place and message once."""
        try:
            yield from self._distinct(root)
        except ValueError as error:  # UnicodeEncodeError, or in older releases what stands for it
            if "surrogates" not in str(error):
                raise
            yield Fault(root, "a text holds half of a surrogate pair, which is no Unicode character")

    def _distinct(self, root: Node) -> Iterator[Fault]:
        if self._validator.is_valid(root.value):
            return
        told: set[tuple[str, str]] = set()
        for fault in self._search(root):
            key = (fault.node.pointer, fault.message)
            if key not in told and not _leads_elsewhere(root, fault.node):
                told.add(key)
                yield fault
                if len(told) == MOST_FAULTS:
                    return

    def _search(self, root: Node) -> Iterator[Fault]:
        """The faults of the document without its parts, then those of each part that is not valid alone."""
        parts = [part for section in self._sections for part in _members(root, section)]
        bare = _without(root.value, self._sections)
        budget = _BUDGET
        for node, document in ((root, bare), *((part, self._framed(part)) for part in parts)):
            if self._validator.is_valid(document):
                continue
            weight = _weight(document, budget)
            if weight > budget:
                yield Fault(node, "something in here is not valid; there is too much of it to say where")
                continue
            budget -= weight
            yield from self._closely(root, document)

    def _framed(self, part: Node) -> JsonValue:
        """A document that is valid but for `part`."""
        value = part.value
        tokens = pointer_tokens(part.pointer)
        for token in reversed(tokens[1:]):
            value = {token: value}
        return {**self._frame, tokens[0]: value}

    def _closely(self, root: Node, document: JsonValue) -> Iterator[Fault]:
        for error in self._validator.iter_errors(document):
            for cause in _causes(error):
                node = root
                for token in cause.instance_path:
                    node = node.child(token)
                yield Fault(node, _message(cause, node.value))


def _refuse(uri: str) -> JsonValue:
    raise LookupError(uri)


def _members(root: Node, section: tuple[str, ...]) -> list[Node]:
    """The nodes that a section names, in file order."""
    found = [root]
    for name in section:
        inner = [node.members() if name == "*" else [(name, node.get(name))] for node in found]
        found = [child for members in inner for _, child in members if child is not None]
    return found


def _without(value: JsonValue, sections: tuple[tuple[str, ...], ...]) -> JsonValue:
    """The value without what the sections name."""
    if not isinstance(value, dict):
        return value
    rest = {section[0]: tuple(other[1:] for other in sections if other[0] == section[0]) for section in sections}
    inner = {name: rest.get(name) or rest.get("*") or () for name in value}
    return {name: _without(item, inner[name]) for name, item in value.items() if () not in inner[name]}


def _weight(value: JsonValue, most: int) -> int:
    """The number of values in a value, long texts counted more; something above `most` where there are more."""
    count, stack = 0, [value]
    while stack and count <= most:
        item = stack.pop()
        count += 1
        if isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, str):
            count += len(item) // _LONG_TEXT
    return count


def _causes(error: ValidationError) -> Iterator[ValidationError]:
    """The errors that say most: instead of "none of the alternatives", what is wrong by the one that was probably meant."""
    branches = [branch for branch in getattr(error.kind, "context", ()) if branch]
    if error.kind.name not in ("anyOf", "oneOf") or not branches:
        yield error
        return
    for inner in min(branches, key=_distance):
        yield from _causes(inner)


def _distance(branch: list[ValidationError]) -> tuple[bool, int, int]:
    """How far an alternative is from being meant: no reference where none is written, the deepest error, the fewest."""
    lacks_reference = any(error.kind.name == "required" and "$ref" in error.message for error in branch)
    return (lacks_reference, -max(len(error.instance_path) for error in branch), len(branch))


def _message(error: ValidationError, value: JsonValue) -> str:
    """What is wrong, with the value itself where it is short."""
    message = error.message
    if message.startswith(f"{_SUBJECT} ") and not isinstance(value, dict | list):
        message = f"{json.dumps(value, ensure_ascii=False)[:_SHOWN_VALUE]}{message.removeprefix(_SUBJECT)}"
    return message if len(message) <= _SHOWN else f"{message[:_SHOWN]}…"


def _leads_elsewhere(root: Node, fault: Node) -> bool:
    """Whether the specification leaves open what is meant: a `$ref` stands there, or a schema of another dialect around it.

    References where the specification wants the thing itself are how descriptions in many files are written: tools put the
    target in their place before anything else. What a schema with a `$schema` of its own may say is that dialect's affair.
    """
    node = root
    for token in pointer_tokens(fault.pointer):
        node = node.child(token)
        if isinstance(node.value, dict) and isinstance(node.value.get("$schema"), str):
            return True
    return isinstance(fault.value, dict) and isinstance(fault.value.get("$ref"), str)

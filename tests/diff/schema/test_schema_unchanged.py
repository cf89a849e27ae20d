"""What counts as unchanged where one place is read with several values."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard.diff.unchanged import Unchanged
from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.formats.jsonschema import read
from contractguard.model.places import Conjunction, Node, Scoped


def _contract(schema: Any) -> Any:
    return read(DocumentSet(in_memory("side", schema)), MEMORY_PATH, dialect=None)


def _conjunction(node: Node) -> Node:
    return Conjunction.of(Node(True, node.path, "/other"), node)  # noqa: FBT003  (a schema)


def _scoped(node: Node) -> Node:
    return Scoped(node.value, node.path, node.pointer, (("n", node),))


@pytest.mark.parametrize("made", [lambda node: node, _conjunction, _scoped])
@pytest.mark.parametrize("asked_first", ["string", "integer"])
def test_each_reading_of_a_place_has_its_own_answer(made: Any, asked_first: str) -> None:
    base, head = (_contract({"type": kind}) for kind in ("integer", "string"))
    unchanged = Unchanged(base.schemas, head.schemas)
    as_text = base.root.with_value({"type": "string"})
    for kind in (asked_first, "string", "integer"):
        node = as_text if kind == "string" else base.root
        assert unchanged(made(node), made(head.root)) is (kind == "string")


def test_a_value_that_is_gone_lends_its_answer_to_no_other() -> None:
    """An `id` may be given again as soon as nobody keeps the value."""
    base, head = _contract({"type": "integer"}), _contract({"type": "string"})
    unchanged = Unchanged(base.schemas, head.schemas)
    for number in range(100):
        kind = "string" if number % 2 else "boolean"
        assert unchanged(base.root.with_value({"type": kind}), head.root) is (kind == "string")
        value = number % 3 / 4
        assert unchanged(base.root.with_value(value), head.root.with_value(0.25)) is (value == 0.25)


@pytest.mark.parametrize(("before", "after"), [(True, False), (1, True), (0, False), (None, False)])
def test_scalars_at_one_place_are_told_apart(before: Any, after: Any) -> None:
    base, head = _contract({}), _contract({})
    unchanged = Unchanged(base.schemas, head.schemas)
    for value in (before, after):
        assert unchanged(base.root.with_value(value), head.root.with_value(before)) is (value is before)

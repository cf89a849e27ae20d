"""Real pairs: every pair compares, nothing differs from itself, and every place exists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openapi_pairs import REAL, changes_of, real_side

from contractguard.model.contract import OpenApiContract
from contractguard.model.places import Node
from contractguard.model.values import pointer_tokens

PAIRS = [
    "openapi-adyen-checkout-v71-v72-json",
    "openapi-box-adjacent",
    "openapi-discord-adjacent",
    "openapi-k8s-v1.24-v1.25",
    "openapi-slack-adjacent",
]
pytestmark = [pytest.mark.real, pytest.mark.skipif(not REAL.is_dir(), reason="the real contracts are absent")]


def exists(contract: OpenApiContract, node: Node) -> bool:
    """Whether the place is in the file."""
    place = contract.documents.document(node.path).root
    try:
        for token in pointer_tokens(node.pointer):
            place = place.child(token)
    except (KeyError, IndexError, TypeError, ValueError):
        return False
    return True


@pytest.mark.parametrize("pair", PAIRS)
def test_a_real_pair(pair: str) -> None:
    base, head = real_side(pair, "old"), real_side(pair, "new")
    assert changes_of(base, real_side(pair, "old")) == []
    changes = changes_of(base, head)
    assert changes
    for change in changes:
        assert change.base is None or exists(base, change.base)
        assert change.head is None or exists(head, change.head)
        assert list(change.uses) == sorted(set(change.uses))
    mirrored = changes_of(head, base)
    assert {change.kind for change in mirrored if change.kind == "operation.added"} == {
        "operation.added" for change in changes if change.kind == "operation.removed"
    }


def test_the_paths_that_kubernetes_says_it_removed_are_removed() -> None:
    pair = "openapi-k8s-v1.24-v1.25"
    base, head = real_side(pair, "old"), real_side(pair, "new")
    removed = {
        use.path for change in changes_of(base, head) if change.kind == "operation.removed" for use in change.uses
    }
    truth = json.loads((Path(REAL) / "pairs" / pair / "truth.json").read_text(encoding="utf-8"))
    wanted = {path for path in _texts(truth) if path.startswith("/apis/")}
    gone = {one.path for one in base.api.operations} - {one.path for one in head.api.operations}
    assert gone <= removed
    assert {path for path in gone if any(path.startswith(prefix) for prefix in wanted)}


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *_texts(item))]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []

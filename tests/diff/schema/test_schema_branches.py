"""Which branches of two unions are taken for one thing."""

from __future__ import annotations

from functools import partial
from operator import eq
from typing import Any

from contractguard import compare_documents
from contractguard.diff.schema.branches import Waiting


def test_the_first_that_fits_is_taken_once() -> None:
    waiting = Waiting([("a", 1), ("b", 1), ("c", 2), ("d", None)])
    assert waiting.take([1], partial(eq, "b")) == "b"
    assert waiting.take([1], lambda _: True) == "a"
    assert waiting.take([1], lambda _: True) is None
    assert waiting.take([None], lambda _: True) is None
    assert waiting.take([3, 2], lambda _: True) == "c"
    assert waiting.take([], lambda _: True) is None


def api(names: list[str], kind: str, discriminator: dict[str, Any]) -> Any:
    """A response that is one of several shared schemas, each with a property of its own place in the list."""
    schemas = {
        name: {
            "type": "object",
            "required": ["k", f"p{at}"],
            "properties": {"k": {"type": "string"}, f"p{at}": {"type": kind}},
        }
        for at, name in enumerate(names)
    }
    union = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in names], **discriminator}
    content = {"application/json": {"schema": union}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "ok", "content": content}}}}},
        "components": {"schemas": schemas},
    }


def mapping(names: list[str]) -> dict[str, Any]:
    return {
        "discriminator": {
            "propertyName": "k",
            "mapping": {f"v{at}": f"#/components/schemas/{name}" for at, name in enumerate(names)},
        }
    }


def rules(base: Any, head: Any) -> list[tuple[str, str]]:
    report = compare_documents(base, head, kind="openapi")
    return sorted((finding.rule, finding.evidence.kind.value) for each in report.contracts for finding in each.findings)


def test_renamed_alternatives_are_found_by_what_the_discriminator_or_they_themselves_say() -> None:
    old, new = (["A0", "A1", "A2"], ["B0", "B1", "B2"])
    for told in (mapping, lambda _: {}):
        assert rules(api(old, "string", told(old)), api(new, "string", told(new))) == []
        found = rules(api(old, "string", told(old)), api(new, "integer", told(new)))
        assert found.count(("type-changed", "witness")) == 3


def test_a_wide_union_with_everything_changed_ends_in_findings_for_each() -> None:
    names = [[f"{prefix}{at}" for at in range(120)] for prefix in "AB"]
    found = rules(api(names[0], "string", {}), api(names[1], "integer", {}))
    changed = [evidence for rule, evidence in found if rule == "type-changed"]
    assert len(changed) == 120
    # What is not confirmed any more is undecided, and never harmless.
    assert set(changed) == {"witness", "unproved"}
    assert changed.count("witness") > 40


def test_many_webhooks_that_say_the_same_are_not_told_to_be_renamed() -> None:
    def hooks(prefix: str, number: int) -> Any:
        call = {"post": {"responses": {"200": {"description": "ok"}}}}
        return {
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1"},
            "webhooks": {f"{prefix}{at}": {"post": {**call["post"], "summary": f"{at % 100}"}} for at in range(number)},
        }

    assert [rule for rule, _ in rules(hooks("a", 3), hooks("b", 3))].count("webhook-renamed") == 3
    found = [rule for rule, _ in rules(hooks("a", 200), hooks("b", 200))]
    assert "webhook-renamed" not in found
    assert found.count("webhook-removed") == 200

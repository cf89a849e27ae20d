from __future__ import annotations

from typing import Any

import pytest
from openapi_pairs import api, changes, operation

from contractguard.diff.openapi.media_types import most_specific, parse
from contractguard.diff.openapi.responses import answer
from contractguard.model.change import Change, OperationUse

S = {"type": "string"}


def only(base: Any, head: Any, kind: str) -> Change:
    (found,) = [change for change in changes(base, head) if change.kind == kind]
    return found


def test_a_removed_operation_points_at_its_method_and_tells_its_sunset() -> None:
    base = api(operation("/o/{id}", deprecated=True, **{"x-sunset": "2030-01-01"}))
    change = only(base, api(), "operation.removed")
    assert change.facts == {"deprecated": True}
    assert change.details == {"sunset": "2030-01-01"}
    assert change.base is not None
    assert change.base.pointer == "/paths/~1o~1{id}/get"
    assert change.head is None
    assert change.uses == (OperationUse("GET", "/o/{id}"),)


def test_without_sunset_there_is_no_such_detail() -> None:
    assert only(api(operation()), api(), "operation.removed").details == {}


def test_one_shared_parameter_is_one_change_with_all_its_operations() -> None:
    def side(**fields: Any) -> Any:
        listed = [{"$ref": "#/components/parameters/limit"}]
        paths = {"/a": {"get": {"parameters": listed}}, "/b": {"get": {"parameters": listed}}}
        limit = {"name": "limit", "in": "query", "schema": S, **fields}
        return api(paths, components={"parameters": {"limit": limit}})

    change = only(side(), side(required=True), "parameter.became-required")
    assert change.element == "components/parameters/limit"
    assert [use.path for use in change.uses] == ["/a", "/b"]
    assert change.head is not None
    assert change.head.pointer == "/components/parameters/limit/required"
    assert change.base is not None
    assert change.base.pointer == "/components/parameters/limit"


@pytest.mark.parametrize(
    ("schema", "has_default"), [(S, False), ({**S, "default": "x"}, True), ({"default": None}, True)]
)
def test_a_default_of_what_became_required(schema: Any, has_default: bool) -> None:
    def side(*, required: bool) -> Any:
        return api(operation(parameters=[{"name": "a", "in": "query", "schema": schema, "required": required}]))

    change = only(side(required=False), side(required=True), "parameter.became-required")
    assert change.facts == {"has_default": has_default}


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (None, "2030-01-01", "added"),
        ("2030-01-01", None, "removed"),
        ("2030-01-01", "2030-02-01", "later"),
        ("2030-02-01T00:00:00Z", "2030-01-31", "earlier"),
        ("soon", "2030-01-01", "unclear"),
    ],
)
def test_how_a_sunset_moved(before: str | None, after: str | None, moved: str) -> None:
    base, head = (api(operation(**({} if text is None else {"x-sunset": text}))) for text in (before, after))
    assert only(base, head, "sunset.changed").facts == {"moved": moved}


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [("beta", "stable", "raised"), ("stable", "alpha", "lowered"), ("beta", "odd", "unclear")],
)
def test_how_stability_moved(before: str, after: str, moved: str) -> None:
    base, head = (api(operation(**{"x-stability-level": text})) for text in (before, after))
    assert only(base, head, "stability.changed").facts == {"moved": moved}


def test_root_security_is_one_change_for_all_operations() -> None:
    paths = {"/a": {"get": {}}, "/b": {"get": {}}}
    change = only(api(paths), api(paths, security=[{"k": []}]), "security.tightened")
    assert change.element == "security"
    assert [use.path for use in change.uses] == ["/a", "/b"]


def test_the_place_of_a_payload_names_status_and_media_type() -> None:
    def side(schema: Any) -> Any:
        content = {"application/json": {"schema": schema}}
        return api(operation(responses={"200": {"description": "d", "content": content}}))

    change = only(side(S), side({"type": "integer"}), "type.changed")
    assert change.uses == (OperationUse("GET", "/orders", "response", "200", "application/json"),)


def test_a_place_in_a_callback_is_one_of_its_operation() -> None:
    def side(*, required: bool) -> Any:
        body = {"required": required, "content": {}}
        return api(operation(callbacks={"done": {"{$url}": {"post": {"requestBody": body}}}}))

    change = only(side(required=False), side(required=True), "body.became-required")
    assert change.uses == (OperationUse("GET", "/orders", "callback done request body"),)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("text/csv", "text/csv"), ("text/html", "text/*"), ("image/png", "*/*"), ("text/csv; header=present", "text/csv")],
)
def test_the_most_specific_media_type_counts(wanted: str, expected: str) -> None:
    keys = [parse(name) for name in ("*/*", "text/*", "text/csv")]
    assert str(most_specific(parse(wanted), keys)) == expected


def test_a_status_is_answered_by_itself_then_its_range_then_default() -> None:
    responses: Any = {"404": "own", "4XX": "range", "default": "rest"}
    assert [answer(responses, status) for status in ("404", "400", "4XX", "500", "default")] == [
        "own",
        "range",
        "range",
        "rest",
        "rest",
    ]
    assert answer({}, "200") is None

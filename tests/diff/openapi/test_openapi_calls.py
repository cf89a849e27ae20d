"""Who answers a call: matching by whole URL, moves, templates, base URLs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openapi_pairs import S, api, changes_between, contract, only, operation, told

from contractguard.diff.openapi.base_urls import BaseUrl, Offer, parsed
from contractguard.diff.openapi.matching import match_calls
from contractguard.diff.openapi.paths import fits, fronts, renamed
from contractguard.diff.openapi.templates import Templates
from contractguard.model.change import OperationUse
from contractguard.model.values import UNSET

SEGMENTS = st.sampled_from(["a", "b", "v1", "v2", "{x}", "{x}.json", "A", ""])
PATHS = st.lists(SEGMENTS, min_size=1, max_size=4).map(lambda segments: "/" + "/".join(segments))
METHODS = st.sampled_from(["get", "put"])
CALLS = st.lists(st.tuples(PATHS, METHODS), max_size=6)


def described(calls: list[tuple[str, str]], *, prefix: str = "", **more: Any) -> Any:
    """A description with these operations."""
    paths: dict[str, Any] = {}
    for path, method in calls:
        paths.setdefault(prefix + path, {})[method] = {"responses": {}}
    return api(paths, **more)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://A.b:443/v1/", BaseUrl("https:", "a.b", "/v1")),
        ("http://a.b:443/", BaseUrl("http:", "a.b:443", "")),
        ("http://a.b:80", BaseUrl("http:", "a.b", "")),
        ("HTTPS://a.b/V", BaseUrl("https:", "a.b", "/V")),
        ("//a.b/v", BaseUrl("", "a.b", "/v")),
        ("/v//w/", BaseUrl("", "", "/v//w")),
        ("/", BaseUrl("", "", "")),
        ("https://a/%7ev%2f", BaseUrl("https:", "a", "/~v%2F")),
        ("https://{r}.a/{v}", BaseUrl("https:", "{}.a", "/{}")),
        ("{host}/v", BaseUrl("", "{}", "/v")),
        ("{host}", BaseUrl("", "{}", "")),
    ],
)
def test_a_base_url_is_read_without_what_makes_no_difference(url: str, expected: BaseUrl) -> None:
    assert parsed(url) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a", "a", True),
        ("a", "b", False),
        ("{}.a", "eu.a", True),
        ("{}.a", "eu.b", False),
        ("a{}a", "a", False),
        ("a{}a", "aa", True),
        ("{}-{}-{}", "a-b", False),
        ("{}-{}-{}", "a-b-c", True),
        ("x{}b{}y", "xaby", True),
        ("x{}b{}b{}y", "xaby", False),
    ],
)
def test_a_text_fits_a_pattern(pattern: str, text: str, *, expected: bool) -> None:
    assert fits(pattern, text) is expected


def test_listed_values_stand_for_one_url_each_unless_they_are_too_many() -> None:
    def offer(count: int) -> Offer:
        variables = {name: {"default": "0", "enum": [str(one) for one in range(count)]} for name in "ab"}
        return Offer(contract(api(servers=[{"url": "https://{a}.{b}.x", "variables": variables}])).api.servers)

    assert len(offer(16).urls) == 256
    assert offer(17).urls == (BaseUrl("https:", "{}.{}.x", ""),)
    assert offer(2).covers(parsed("https://0.1.x"))
    assert not offer(2).covers(parsed("https://0.2.x"))
    assert not offer(2).covers(parsed("http://0.1.x"))
    assert offer(2).covers(parsed("//0.1.x"))
    assert not offer(17).covers(parsed("https://0.99.x"))


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("/v1/a/{id}", "/v2/a/{key}", ("/v1", "/v2")),
        ("/a", "/v1/a", ("", "/v1")),
        ("/a", "/a/", ("/a", "/a/")),
        ("/a/{x}", "/a/{y}", ("", "")),
        ("a", "b", ("a", "b")),
    ],
)
def test_what_stands_before_the_end_that_paths_share(base: str, head: str, expected: tuple[str, str]) -> None:
    assert fronts(base, head) == expected


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("/a/{x}", "/a/{y}", {"y": "x"}),
        ("/{a}/v1/{x}", "/{b}/v2/{y}", {"y": "x"}),
        ("/{t}/a/{x}", "/a/{y}", {"y": "x"}),
        ("/a/{x}", "/b", {}),
    ],
)
def test_parameters_are_renamed_by_position_in_the_end_that_paths_share(
    base: str, head: str, expected: dict[str, str]
) -> None:
    assert renamed(base, head) == expected


def test_the_nearest_template_answers() -> None:
    listed = ["/{a}/{b}", "/{a}/x", "/o/{b}", "/o/{b}.json", "/o/x/", "/o/x"]
    operations = contract(described([(path, "get") for path in listed])).api.operations
    templates = Templates(operations)

    def nearest(path: str, method: str = "get") -> str | None:
        (called,) = contract(described([(path, method)])).api.operations
        found = templates.nearest(called)
        return None if found is None else found.path

    assert nearest("/o/x") == "/o/{b}"
    assert nearest("/p/x") == "/{a}/x"
    assert nearest("/p/y") == "/{a}/{b}"
    assert nearest("/o/y.json") == "/o/{b}"
    assert nearest("/o/{z}.json") == "/o/{b}"
    assert nearest("/o/{z}") == "/{a}/{b}"
    assert nearest("/o/") is None
    assert nearest("/o/x/y") is None
    assert nearest("/o/x", "put") is None


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        (["/v1/a"], ["/v3/a", "/v2/a"], {"/v1/a": "/v2/a"}),
        (["/v9/a", "/v10/a"], ["/v11/a"], {"/v10/a": "/v11/a"}),
        (["/v1/a", "/v1beta1/a"], ["/v2/a"], {"/v1/a": "/v2/a"}),
        (["/v1/a", "/v2/a"], ["/v4/a", "/v3/a"], {"/v1/a": "/v3/a", "/v2/a": "/v4/a"}),
        (["/v1/a", "/v2/a"], ["/v2/a", "/v3/a"], {"/v2/a": "/v2/a"}),
        (["/2024-01-01/a"], ["/2024-07-01/a"], {"/2024-01-01/a": "/2024-07-01/a"}),
        (["/a/v1"], ["/a"], {"/a/v1": "/a"}),
        (["/v1"], ["/v2"], {}),
        (["/v1/{x}"], ["/v2/{x}"], {}),
        (["/p/a", "/p/b"], ["/q/a", "/q/b"], {"/p/a": "/q/a", "/p/b": "/q/b"}),
        (["/p/a", "/p/b", "/p/c"], ["/q/a", "/q/b"], {}),
        (["/p/a", "/p/b", "/p/c"], ["/q/a", "/q/b", "/p/c"], {"/p/c": "/p/c"}),
        (["/p/a"], ["/q/a"], {}),
        (["/A/b/"], ["/a/B"], {"/A/b/": "/a/B"}),
    ],
)
def test_what_moved_where_is_told_from_the_paths(base: list[str], head: list[str], expected: dict[str, str]) -> None:
    old, new = (contract(described([(path, "get") for path in paths])).api.operations for paths in (base, head))
    assert {one.path: other.path for one, other in match_calls(old, new) if one and other} == expected


def test_a_move_tells_whom_it_reaches_and_where_to_go() -> None:
    paths = {"get": {}, "put": {}}
    change = only(api({"/v1/a": paths, "/v1/b": paths}), api({"/v2/a": paths, "/v2/b": paths}), "operation.moved")
    assert change.uses == tuple(OperationUse(method, path) for method in ("GET", "PUT") for path in ("/v1/a", "/v1/b"))
    assert (change.subject, change.before, change.after) == ("all paths below /v1", "/v1", "/v2")
    assert change.base is not None
    assert change.base.pointer == "/paths"
    assert change.facts == {"deprecated": False}


def test_a_path_that_moved_alone_is_told_at_both_places() -> None:
    change = only(api(operation("/v1/a")), api(operation("/v2/a")), "operation.moved")
    assert (change.subject, change.before, change.after) == ("path /v1/a", "/v1/a", "/v2/a")
    assert change.base is not None
    assert change.head is not None
    assert (change.base.pointer, change.head.pointer) == ("/paths/~1v1~1a", "/paths/~1v2~1a")


def test_an_operation_that_moved_away_from_others_is_told_at_its_method() -> None:
    change = only(
        api({"/v1/a": {"get": {}, "put": {}}}), api({"/v1/a": {"put": {}}, "/v2/a": {"get": {}}}), "operation.moved"
    )
    assert (change.element, change.subject) == ("GET /v1/a", "operation GET /v1/a")
    assert change.head is not None
    assert change.head.pointer == "/paths/~1v2~1a/get"


def test_a_deprecated_operation_that_moved_tells_its_sunset() -> None:
    old = operation("/v1/a", deprecated=True, **{"x-sunset": "2030-01-01"})
    change = only(api(old), api(operation("/v2/a", deprecated=True, **{"x-sunset": "2030-01-01"})), "operation.moved")
    assert change.facts == {"deprecated": True}
    assert change.details == {"sunset": "2030-01-01"}


@pytest.mark.parametrize(
    ("schema", "value", "listed"),
    [
        ({"type": "string"}, "me", False),
        ({"enum": ["me", "you"]}, "me", True),
        ({"enum": [1, 2]}, "2", True),
        ({"type": "boolean"}, "true", False),
        ({"type": "string", "format": "date"}, "2030-01-01", False),
    ],
)
def test_a_template_takes_what_its_parameter_allows(schema: Any, value: str, *, listed: bool) -> None:
    template = operation("/o/{id}", parameters=[{"name": "id", "in": "path", "required": True, "schema": schema}])
    change = only(api({**operation(f"/o/{value}"), **template}), api(template), "operation.absorbed")
    assert change.facts == {"listed": listed}
    assert change.details == {"name": f"'{value}'", "operation": "GET /o/{id}"}


@pytest.mark.parametrize(
    "schema", [{"enum": ["you"]}, {"type": "integer"}, {"maxLength": 1}, {"format": "uuid"}, {"$ref": "#/nowhere"}]
)
def test_a_template_that_refuses_the_value_answers_nobody(schema: Any) -> None:
    template = operation("/o/{id}", parameters=[{"name": "id", "in": "path", "required": True, "schema": schema}])
    kinds = {change.kind for change in changes_between(api({**operation("/o/me"), **template}), api(template))}
    assert kinds == {"operation.removed"}


def test_a_new_path_is_told_to_those_who_called_the_template() -> None:
    template = operation("/o/{id}", parameters=[{"name": "id", "in": "path", "required": True, "schema": S}])
    change = only(api(template), api({**template, **operation("/o/me", deprecated=True)}), "operation.captured")
    assert change.uses == (OperationUse("GET", "/o/{id}"),)
    assert change.facts == {"alike": True}
    assert (change.before, change.after) == (UNSET, "/o/me")


@given(CALLS, CALLS)
def test_every_operation_is_matched_once(base: list[tuple[str, str]], head: list[tuple[str, str]]) -> None:
    """A pairing: each operation of both sides is in it once, and partners have one method."""
    old, new = (contract(described(calls)).api.operations for calls in (base, head))
    pairs = match_calls(old, new)
    assert [id(one) for one, _ in pairs if one] == [id(one) for one in old]
    assert sorted(id(other) for _, other in pairs if other) == sorted(id(other) for other in new)
    assert all(one.method == other.method for one, other in pairs if one and other)


@given(CALLS)
def test_equal_operations_are_matched_with_each_other(calls: list[tuple[str, str]]) -> None:
    old, new = (contract(described(calls)).api.operations for _ in "ab")
    assert all(one and other and one.path == other.path for one, other in match_calls(old, new))


@given(CALLS)
def test_a_prefix_that_goes_into_the_base_url_is_no_change(calls: list[tuple[str, str]]) -> None:
    base = described(calls, prefix="/api/v1", servers=[{"url": "https://a.example/"}])
    head = described(calls, servers=[{"url": "https://a.example/api/v1"}])
    if calls:
        assert [
            told(change) for one, other in ((base, head), (head, base)) for change in changes_between(one, other)
        ] == []


@given(CALLS, CALLS)
def test_what_breaks_on_the_way_there_is_seen_on_the_way_back(
    base: list[tuple[str, str]], head: list[tuple[str, str]]
) -> None:
    """An operation that one side has and no call of the other reaches is told both ways."""
    there, back = (
        {change.kind for change in changes_between(described(one), described(other))}
        for one, other in ((base, head), (head, base))
    )
    assert bool(there) == bool(back)

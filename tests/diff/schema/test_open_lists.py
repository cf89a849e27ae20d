"""Open lists of values: their spellings, what is no open list, and what changed in one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schema_pairs import changes, told

AB, ABC = ["a", "b"], ["a", "b", "c"]
STRING = {"type": "string"}


def marked(values: list[Any], **more: Any) -> dict[str, Any]:
    return {"type": "string", "x-extensible-enum": values, **more}


def union(values: list[Any], **more: Any) -> dict[str, Any]:
    return {"anyOf": [{"enum": values}, {"type": "string"}], **more}


def closed(values: list[Any]) -> dict[str, Any]:
    return {"type": "string", "enum": values}


CASES: dict[str, tuple[Any, Any, list[str]]] = {
    "the same list in another order": (marked(AB), marked(["b", "a"]), []),
    "a value comes": (marked(AB), marked(ABC), ["open-enum.value-added none"]),
    "a value goes": (marked(ABC), marked(AB), ["open-enum.value-removed none"]),
    "a list comes": (STRING, marked(AB), ["open-enum.added none"]),
    "a list goes": (marked(AB), STRING, ["open-enum.removed none"]),
    "a closed list opens": (closed(AB), marked(AB), ["enum.removed widened"]),
    "a closed list opens and gains a value": (closed(AB), marked(ABC), ["enum.removed widened"]),
    "a closed list opens and loses a value": (
        closed(ABC),
        marked(AB),
        ["enum.removed widened", "open-enum.value-removed none"],
    ),
    "an open list is closed": (marked(AB), closed(AB), ["enum.added narrowed"]),
    "an open list is closed and loses a value": (marked(ABC), closed(AB), ["enum.added narrowed"]),
    "a union says the same": (marked(AB), union(AB), []),
    "a union with the type beside it": (marked(AB), {"type": "string", "anyOf": [{}, {"enum": AB}]}, []),
    "a union of unions": (marked(ABC), {"anyOf": [union(["c"]), closed(AB)]}, []),
    "a union with null": (
        {"type": ["string", "null"], "x-extensible-enum": AB},
        {"anyOf": [{"type": "string"}, {"enum": AB}, {"type": "null"}]},
        [],
    ),
    "numbers hold integers": (
        {"type": "number", "x-extensible-enum": [1, 2]},
        {"anyOf": [{"type": "number"}, {"enum": [1, 2]}]},
        [],
    ),
    "a bound beside the union": (marked(AB, maxLength=9), union(AB, maxLength=9), []),
    "a branch documents its values": (
        union(AB),
        {"anyOf": [{"enum": AB, "description": "known"}, STRING]},
        ["documentation.changed none"],
    ),
    "a union of plain types is none": ({"anyOf": [STRING, {"type": "null"}]}, {"type": ["string", "null"]}, []),
    "examples that the description calls an open list": (
        marked(AB, description="d"),
        {**STRING, "description": "Extensible enum. d", "examples": AB},
        ["documentation.changed none"],
    ),
    "a value goes from such examples": (
        {**STRING, "description": "Extensible enum: d", "examples": ABC},
        {**STRING, "description": "Extensible enum: d", "examples": AB},
        ["open-enum.value-removed none"],
    ),
    "a closed list leaves nothing open": (
        {**closed(AB), "x-extensible-enum": AB},
        {**closed(AB), "x-extensible-enum": ABC},
        ["extension.changed none"],
    ),
    "values with descriptions are an extension like any": (
        {**STRING, "x-extensible-enum": [{"value": "a"}]},
        {**STRING, "x-extensible-enum": [{"value": "b"}]},
        ["extension.changed none"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_changed(name: str) -> None:
    base, head, expected = CASES[name]
    assert told(base, head) == expected


NO_OPEN_LISTS = {
    "exclusive alternatives": {"oneOf": [{"enum": AB}, STRING]},
    "values beyond the type": {"anyOf": [{"enum": ["a", 1]}, STRING]},
    "a type with a bound": {"anyOf": [{"enum": AB}, {"type": "string", "maxLength": 0}]},
    "a branch with a default": {"anyOf": [{"enum": AB}, {"type": "string", "default": "a"}]},
    "closed lists only": {"anyOf": [{"enum": ["a"]}, {"enum": ["b"]}]},
}


@pytest.mark.parametrize("name", NO_OPEN_LISTS)
def test_what_is_no_open_list(name: str) -> None:
    kinds = {change.kind for change in changes(NO_OPEN_LISTS[name], STRING)}
    assert kinds
    assert not any(kind.startswith("open-enum") for kind in kinds)


def test_a_list_that_has_all_values_says_so() -> None:
    """A union only names values of a type that has them anyway; a marked list has all that are possible."""
    for base, head, complete in (
        (marked(ABC), marked(AB), True),
        (union(ABC), union(AB), False),
        (marked(ABC), union(AB), False),
        (union(ABC), marked(AB), False),
        (closed(ABC), marked(AB), True),
    ):
        (change,) = [each for each in changes(base, head) if each.kind == "open-enum.value-removed"]
        assert change.facts == {"complete": complete}
        assert change.details == {"remaining": '"a", "b"'}
        assert (change.before, change.base is not None) == ("c", True)


VALUES = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=4)


@given(VALUES, VALUES, st.sampled_from([marked, union]), st.sampled_from([marked, union]))
def test_the_values_told_are_those_that_one_list_lacks(base: Any, head: Any, before: Any, after: Any) -> None:
    found = changes(before(base), after(head))
    assert {change.before for change in found if change.kind == "open-enum.value-removed"} == set(base) - set(head)
    assert {change.after for change in found if change.kind == "open-enum.value-added"} == set(head) - set(base)
    assert {change.kind for change in found} <= {"open-enum.value-removed", "open-enum.value-added"}


def test_a_shared_list_is_one_wherever_it_stands() -> None:
    """As in descriptions of real APIs: known names in definitions, and any other text beside them."""

    def side(values: list[Any]) -> dict[str, Any]:
        known = {"$ref": "#/$defs/known"}
        return {
            "properties": {"a": {"anyOf": [STRING, known]}, "b": {"anyOf": [{"type": "string"}, known]}},
            "$defs": {"known": {"type": "string", "enum": values}},
        }

    (change,) = changes(side(AB), side(ABC))
    assert (change.kind, change.after) == ("open-enum.value-added", "c")


def test_a_union_that_leads_back_to_itself_is_no_open_list() -> None:
    circle = {"anyOf": [{"$ref": "#"}, STRING, {"enum": AB}]}
    assert told(circle, circle) == []
    assert not any(kind.startswith("open-enum") for kind in told(circle, {**circle, "title": "t"}))


def test_a_long_chain_of_definitions_is_not_followed() -> None:
    links = {f"d{n}": {"anyOf": [STRING, {"$ref": f"#/$defs/d{n + 1}"}]} for n in range(200)}
    chain = {"$ref": "#/$defs/d0", "$defs": {**links, "d200": {"enum": AB}}}
    assert not any(kind.startswith("open-enum") for kind in told(chain, {**chain, "title": "t"}))

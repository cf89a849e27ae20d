"""What changed between lifecycle marks, whatever object has them."""

from __future__ import annotations

from typing import Any

import pytest

from contractguard.diff.marks import deprecation_details, mark_changes
from contractguard.formats.marks import with_canonical_marks
from contractguard.model.lifecycle import KNOWN_NAMES
from contractguard.model.places import Node
from contractguard.model.values import UNSET

DAY = "2030-01-31"


def marks(extensions: dict[str, Any]) -> dict[str, Node]:
    return with_canonical_marks(dict(Node(extensions, "a", "").members()), KNOWN_NAMES)


def told(base: dict[str, Any], head: dict[str, Any], **more: Any) -> list[str]:
    changes = mark_changes(marks(base), marks(head), **more)
    return [" ".join([change.kind, *map(str, change.facts.values()), *change.details.values()]) for change in changes]


@pytest.mark.parametrize(
    ("base", "head", "kinds"),
    [
        ({}, {}, []),
        ({"x-sunset": DAY}, {"x-sunset": DAY}, []),
        ({}, {"x-sunset": DAY}, ["sunset.changed added"]),
        ({"x-sunset": DAY}, {}, ["sunset.changed removed"]),
        ({"x-sunset": DAY}, {"x-sunset": "2030-01-30"}, ["sunset.changed earlier"]),
        ({"x-sunset": DAY}, {"x-sunset": "Fri, 01 Feb 2030 00:00:00 GMT"}, ["sunset.changed later"]),
        ({"x-sunset": DAY}, {"x-sunset": "Thu, 31 Jan 2030 00:00:00 GMT"}, ["extension.changed x-sunset"]),
        ({"x-sunset": DAY}, {"x-sunset": "soon"}, ["sunset.changed unclear"]),
        ({"x-replaced-by": "a"}, {"x-replaced-by": "b"}, ["replacement.changed"]),
        ({"x-stability": "stable"}, {"x-stability": "beta"}, ["stability.changed lowered"]),
        ({"x-stability": "alpha"}, {"x-stability": "beta"}, ["stability.changed raised"]),
        ({}, {"x-beta": True}, ["stability.changed lowered"]),
        ({"x-beta": True}, {}, ["stability.changed raised"]),
        ({}, {"x-stability": "stable"}, ["extension.changed x-stability-level"]),
        ({"x-stability": "beta"}, {"x-stability": "shiny"}, ["stability.changed unclear"]),
        ({}, {"x-internal": True}, ["audience.changed restricted"]),
        ({"x-internal": True}, {}, ["audience.changed widened"]),
        ({"x-audience": "partner"}, {"x-audience": "internal"}, ["audience.changed narrowed"]),
        ({}, {"x-audience": "external-public"}, ["extension.changed x-audience"]),
        ({"x-audience": "partner"}, {"x-audience": "friends"}, ["audience.changed unclear"]),
        ({"x-deprecated": "use a"}, {"x-deprecated": "use b"}, ["extension.changed x-deprecated"]),
        ({}, {"x-deprecated": "use a"}, []),
    ],
)
def test_what_changed(base: dict[str, Any], head: dict[str, Any], kinds: list[str]) -> None:
    assert told(base, head) == kinds


CONFLICT = {"x-sunset": DAY, "x-removal-date": "2031-01-31"}


def test_a_conflict_is_told_where_it_comes_up_or_changes_and_not_where_it_was() -> None:
    assert told({}, CONFLICT) == ["marks.conflicting sunset"]
    assert told({"x-sunset": DAY}, CONFLICT) == ["marks.conflicting sunset"]
    assert told(CONFLICT, {**CONFLICT, "x-removal-date": "2032-01-31"}) == ["marks.conflicting sunset"]
    assert told(CONFLICT, CONFLICT) == []
    assert told(CONFLICT, {"x-sunset": "2031-01-31"}) == ["sunset.changed unclear"]
    assert told({}, {"x-beta": True, "x-unstable": True}) == ["marks.conflicting stability level"]


def test_what_comes_or_goes_with_a_deprecation_is_told_with_it() -> None:
    way_out = {"x-sunset": DAY, "x-replaced-by": "b", "x-migration-guide": "g"}
    assert told({}, way_out, deprecation_moved=True) == []
    assert told(way_out, {}, deprecation_moved=True) == []
    assert told({}, way_out) == ["sunset.changed added", "replacement.changed"]
    assert told({}, CONFLICT, deprecation_moved=True) == ["marks.conflicting sunset"]
    assert told({"x-sunset": DAY}, {"x-sunset": "2029-01-31"}, deprecation_moved=True) == ["sunset.changed earlier"]
    assert deprecation_details(marks(way_out)) == {"sunset": DAY, "replacement": "b", "guide": "g"}


def test_both_texts_and_places_are_told() -> None:
    (change,) = mark_changes(marks({}), marks({"x-internal": True}))
    assert (change.before, change.after) == (UNSET, "internal")
    assert change.base is None
    assert change.head is not None
    assert change.head.pointer == "/x-internal"

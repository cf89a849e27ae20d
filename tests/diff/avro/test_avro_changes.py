from __future__ import annotations

import pytest
from avro_memory import avro, field, record

from contractguard.diff.avro import compare
from contractguard.diff.collector import Collector
from contractguard.model.change import Change, Direction, Effect, EvidenceKind
from contractguard.model.contract import AvroContract
from contractguard.model.values import UNSET

NONE, WIDENED, NARROWED, BOTH = Effect.NONE, Effect.WIDENED, Effect.NARROWED, Effect.INCOMPARABLE
Line = tuple[str, Effect, str]


def changes_between(base: AvroContract, head: AvroContract) -> list[Change]:
    """The changes of the input direction that resolution tells, after checking that the output direction has the same."""
    collector = Collector()
    compare(base, head, collector)
    found = [change for change in collector.changes() if change.kind != "avro.misread"]
    by_direction = [[change for change in found if change.direction is direction] for direction in Direction]
    shapes = [[(each.kind, each.effect, each.element, str(each.before)) for each in group] for group in by_direction]
    assert shapes[0] == shapes[1]
    return by_direction[0]


def changes(base: object, head: object) -> list[Change]:
    return changes_between(avro(base), avro(head))


def lines(base: object, head: object) -> list[Line]:
    return [(change.kind, change.effect, change.element) for change in changes(base, head)]


def in_field(kind: object) -> object:
    return record("com.acme.Order", ("x", kind))


X = "com.acme.Order > x"


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("int", "long", [("avro.type-changed", WIDENED, X)]),
        ("long", "int", [("avro.type-changed", NARROWED, X)]),
        ("string", "bytes", [("avro.type-changed", NONE, X)]),
        ("string", "int", [("avro.type-changed", BOTH, X)]),
        ("string", {"type": "array", "items": "string"}, [("avro.type-changed", BOTH, X)]),
        (
            {"type": "array", "items": "int"},
            {"type": "array", "items": "long"},
            [("avro.type-changed", WIDENED, f"{X}[]")],
        ),
        (
            {"type": "map", "values": "int"},
            {"type": "map", "values": "long"},
            [("avro.type-changed", WIDENED, f"{X}{{}}")],
        ),
        ("string", ["null", "string"], [("avro.union-branch-added", WIDENED, f"{X} > union[null]")]),
        (["null", "string"], "string", [("avro.union-branch-removed", NARROWED, f"{X} > union[null]")]),
        ("string", ["string"], [("avro.type-changed", NONE, X)]),
        (["string"], "string", [("avro.type-changed", NONE, X)]),
        (["null", "string"], ["string", "null"], [("avro.order-changed", NONE, X)]),
        (["null", "int"], ["null", "long"], [("avro.type-changed", WIDENED, f"{X} > union[int]")]),
        (
            "int",
            ["null", "long"],
            [("avro.type-changed", WIDENED, X), ("avro.union-branch-added", WIDENED, f"{X} > union[null]")],
        ),
        (["int", "long"], ["long"], [("avro.union-branch-removed", NONE, f"{X} > union[int]")]),
        (["long"], ["int", "long"], [("avro.union-branch-added", NONE, f"{X} > union[int]")]),
        (
            ["null", {"type": "array", "items": "long"}],
            ["null", {"type": "array", "items": "int"}],
            [("avro.type-changed", NARROWED, f"{X}[]")],
        ),
    ],
)
def test_types_of_a_field(base: object, head: object, expected: list[Line]) -> None:
    assert lines(in_field(base), in_field(head)) == expected


def test_a_root_without_a_name() -> None:
    assert lines("int", "string") == [("avro.type-changed", BOTH, "schema")]
    assert lines({"type": "array", "items": "int"}, {"type": "array", "items": "long"}) == [
        ("avro.type-changed", WIDENED, "schema[]")
    ]
    assert lines(["int"], ["int", "null"]) == [("avro.union-branch-added", WIDENED, "schema > union[null]")]


@pytest.mark.parametrize("default", [False, True])
def test_added_and_removed_fields_hang_on_the_readers_default(*, default: bool) -> None:
    without = record("R", ("a", "int"))
    with_field = record("R", ("a", "int"), field("b", "int", **({"default": 0} if default else {})))
    (added,) = changes(without, with_field)
    assert (added.kind, added.effect, added.element) == ("field.added", NONE if default else NARROWED, "R > b")
    assert (added.facts, added.details, added.after, added.before) == (
        {"has_default": default},
        {"name": "b"},
        "b",
        UNSET,
    )
    assert (added.base, added.head and added.head.pointer, added.subject) == (None, "/fields/1", "field 'b'")
    (removed,) = changes(with_field, without)
    assert (removed.kind, removed.effect, removed.element) == ("field.removed", NONE if default else WIDENED, "R > b")
    assert (removed.facts, removed.base and removed.base.pointer, removed.head) == (
        {"has_default": default, "deprecated": False},
        "/fields/1",
        None,
    )


def test_a_field_renamed_with_an_alias_is_read_by_head_only() -> None:
    base, head = record("R", ("old", "int")), record("R", field("new", "int", aliases=["old"]))
    (renamed,) = changes(base, head)
    assert (renamed.kind, renamed.effect, renamed.element) == ("field.renamed", WIDENED, "R > old")
    assert (renamed.before, renamed.after, renamed.details) == ("old", "new", {"name": "old"})
    assert lines(head, base) == [("field.renamed", NARROWED, "R > new")]


def test_a_renamed_field_that_base_can_do_without() -> None:
    base, head = (
        record("R", field("old", "int", default=0)),
        record("R", field("new", "string", aliases=["old"], default="")),
    )
    assert lines(base, head) == [
        ("field.renamed", NONE, "R > old"),
        ("avro.type-changed", NARROWED, "R > old"),
    ]


def test_what_a_field_takes_from_its_default_need_not_resolve() -> None:
    """Only base knows of the renaming: head fills `new` from its default and never meets the type of `old`."""
    base = record("R", field("old", "int", default=0, aliases=["new"]))
    head = record("R", field("new", "string", default=""))
    assert lines(base, head) == [
        ("field.renamed", NONE, "R > old"),
        ("avro.type-changed", WIDENED, "R > old"),
    ]


def test_a_renaming_without_alias_is_a_removal_and_an_addition() -> None:
    assert lines(record("R", ("old", "int")), record("R", ("new", "int"))) == [
        ("field.removed", WIDENED, "R > old"),
        ("field.added", NARROWED, "R > new"),
    ]


def test_two_fields_folded_into_one_by_an_alias_cannot_be_read() -> None:
    base, head = record("R", ("a", "int"), ("b", "int")), record("R", field("b", "int", aliases=["a"]))
    found = lines(base, head)
    assert ("field.renamed", BOTH, "R > a") in found
    assert not [line for line in found if line[0] == "field.removed"]


@pytest.mark.parametrize("default", [None, "A"])
def test_symbols_hang_on_the_default_of_the_side_that_reads(default: str | None) -> None:
    more = {"default": default} if default else {}
    few = {"type": "enum", "name": "n.E", "symbols": ["A", "B"], **more}
    many = {"type": "enum", "name": "n.E", "symbols": ["A", "B", "C"], **more}
    (added,) = changes(few, many)
    assert (added.kind, added.effect, added.element) == ("enum.value-added", NONE if default else WIDENED, "n.E > C")
    assert (added.facts, added.subject, added.after) == ({"has_default": bool(default)}, "enum n.E", "C")
    assert added.head is not None
    assert added.head.pointer == "/symbols/2"
    (removed,) = changes(many, few)
    assert (removed.kind, removed.effect) == ("enum.value-removed", NONE if default else NARROWED)
    assert (removed.facts, removed.details) == ({"has_default": bool(default)}, {"remaining": "A, B"})


def test_only_the_readers_default_counts_for_a_symbol() -> None:
    base = {"type": "enum", "name": "E", "symbols": ["A", "B"]}
    head = {"type": "enum", "name": "E", "symbols": ["A"], "default": "A"}
    assert lines(base, head) == [("enum.value-removed", NONE, "E > B"), ("avro.enum-default-changed", NONE, "E")]
    assert lines(head, base) == [("enum.value-added", NONE, "E > B"), ("avro.enum-default-changed", NONE, "E")]


def test_the_default_of_an_enum() -> None:
    plain = {"type": "enum", "name": "E", "symbols": ["A", "B"]}
    (change,) = changes(plain, {**plain, "default": "B"})
    assert (change.kind, change.effect, change.before, change.after) == ("avro.enum-default-changed", NONE, UNSET, "B")
    assert (change.base, change.head and change.head.pointer) == (None, "/default")


def test_long_enums_are_cut_where_they_are_listed() -> None:
    base = {"type": "enum", "name": "E", "symbols": [f"S{index}" for index in range(40)]}
    (removed,) = changes(base, {**base, "symbols": base["symbols"][:39]})
    assert removed.details["remaining"].endswith(", S19, and 19 more")


def test_a_fixed_of_another_size() -> None:
    (change,) = changes({"type": "fixed", "name": "F", "size": 1}, {"type": "fixed", "name": "F", "size": 2})
    assert (change.kind, change.effect, change.before, change.after) == ("avro.fixed-size-changed", BOTH, 1, 2)


def test_a_fixed_of_another_size_that_only_one_side_reads() -> None:
    base = record("R", field("old", {"type": "fixed", "name": "F", "size": 1}, default="a"))
    head = record("R", field("new", {"type": "fixed", "name": "F", "size": 2}, default="ab", aliases=["old"]))
    assert ("avro.type-changed", NARROWED, "F") in lines(base, head)


def test_a_named_type_under_another_name() -> None:
    base = record("n.Old", namespace="x")
    (moved,) = changes(record("Same", namespace="a"), record("Same", namespace="b"))
    assert (moved.kind, moved.effect, moved.element) == ("avro.name-changed", NONE, "b.Same")
    assert (moved.before, moved.after) == ("a.Same", "b.Same")
    assert (moved.base and moved.base.pointer, moved.head and moved.head.pointer) == ("/namespace", "/namespace")
    (renamed,) = changes(base, record("n.New", aliases=["Old"]))
    assert (renamed.kind, renamed.effect) == ("avro.name-changed", WIDENED)
    assert renamed.head is not None
    assert renamed.head.pointer == "/name"
    assert lines(base, record("n.New")) == [("avro.name-changed", BOTH, "n.New")]


def test_branches_are_matched_by_alias_and_without_namespace() -> None:
    base = ["null", record("n1.A", ("x", "int")), record("n1.B", ("x", "int"))]
    head = [record("n2.A", ("x", "long")), record("C", ("x", "int"), aliases=["n1.B"]), "null"]
    assert lines(base, head) == [
        ("avro.name-changed", NONE, "n2.A"),
        ("avro.name-changed", WIDENED, "C"),
        ("avro.type-changed", WIDENED, "n2.A > x"),
    ]


def test_a_branch_that_another_branch_stands_in_for_breaks_nothing() -> None:
    base = [record("n1.P", ("x", "int"))]
    head = [record("n1.P", ("y", "int")), record("n2.P", ("x", "int"))]
    found = lines(base, head)
    assert ("field.added", NONE, "n1.P > y") in found
    assert ("field.removed", WIDENED, "n1.P > x") in found


def test_a_type_that_breaks_in_one_of_two_places_breaks() -> None:
    """Below the union another branch stands in for it, in the field `direct` nothing does."""
    base = record("R", ("any", [record("n1.P", ("x", "int"))]), ("direct", "n1.P"))
    head = record("R", ("any", [record("n1.P", ("y", "int")), record("n2.P", ("x", "int"))]), ("direct", "n1.P"))
    assert ("field.added", NARROWED, "n1.P > y") in lines(base, head)
    assert len([line for line in lines(base, head) if line[0] == "field.added"]) == 1


def test_one_cause_in_a_type_used_in_many_places_is_one_change() -> None:
    def schema(number: str) -> object:
        line = record("Line", ("price", number))
        return record("Order", ("first", line), ("all", {"type": "array", "items": "Line"}), ("last", ["null", "Line"]))

    assert lines(schema("int"), schema("long")) == [("avro.type-changed", WIDENED, "Line > price")]


def test_recursive_types_end() -> None:
    def schema(number: str) -> object:
        return record("N", ("value", number), ("next", ["null", "N"]), ("all", {"type": "map", "values": "N"}))

    assert lines(schema("int"), schema("int")) == []
    assert lines(schema("int"), schema("double")) == [("avro.type-changed", WIDENED, "N > value")]


def test_kinds_of_named_types_that_differ() -> None:
    found = changes(in_field(record("T")), in_field({"type": "enum", "name": "T", "symbols": []}))
    assert [(each.kind, each.effect, each.before, each.after) for each in found] == [
        ("avro.type-changed", BOTH, "com.acme.T", "com.acme.T")
    ]


def test_the_same_name_with_another_kind_is_another_branch() -> None:
    base, head = [record("T")], [{"type": "enum", "name": "T", "symbols": ["A"]}]
    assert lines(base, head) == [
        ("avro.union-branch-removed", NARROWED, "schema > union[T]"),
        ("avro.union-branch-added", WIDENED, "schema > union[T]"),
    ]


def test_logical_types_never_break_resolution() -> None:
    def custom(**more: object) -> object:
        return in_field({"type": "bytes", **more})

    found = changes(custom(), custom(logicalType="ticks"))
    assert [(each.kind, each.effect, each.details, each.before, each.after) for each in found] == [
        ("avro.logical-type-changed", NONE, {"keyword": "logicalType"}, UNSET, "ticks")
    ]
    assert changes(custom(), custom(logicalType="decimal", precision=9)) == []


@pytest.mark.parametrize(
    ("base", "head", "kind", "before", "after"),
    [
        ({}, {"default": None}, "default.added", UNSET, None),
        ({"default": None}, {}, "avro.default-removed", None, UNSET),
        ({"order": "ignore"}, {}, "avro.order-changed", "ignore", "ascending"),
        ({}, {"aliases": ["y"]}, "avro.aliases-changed", [], ["y"]),
        ({"doc": "a"}, {"doc": "b"}, "documentation.changed", "a", "b"),
        ({}, {"owner": {"team": 1}}, "extension.changed", UNSET, {"team": 1}),
        ({"deprecated": True}, {"deprecated": "use y"}, "extension.changed", True, "use y"),
        ({"deprecated": True}, {}, "deprecation.removed", UNSET, UNSET),
        ({}, {"deprecated": False}, "extension.changed", UNSET, False),
    ],
)
def test_what_binds_no_data(
    base: dict[str, object], head: dict[str, object], kind: str, before: object, after: object
) -> None:
    kind_of = ["null", "int"]
    found = changes(record("R", field("x", kind_of, **base)), record("R", field("x", kind_of, **head)))
    assert [(each.kind, each.effect, each.element, each.before, each.after) for each in found] == [
        (kind, NONE, "R > x", before, after)
    ]


def test_deprecation_tells_its_sunset_and_its_replacement() -> None:
    base = record("R", field("x", "int"))
    marks = {"deprecated": True, "sunset": "2027-01-01", "x-replaced-by": "y"}
    (added,) = changes(base, record("R", field("x", "int", **marks)))
    assert (added.kind, added.facts) == ("deprecation.added", {"of": "schema"})
    assert added.details == {"sunset": "2027-01-01", "replacement": "y"}


def test_a_mark_is_a_mark_under_any_of_its_names() -> None:
    one = record("R", field("x", "int", **{"x-deprecated": "since 3", "x-removal-date": "2027-01-01"}))
    other = record("R", field("x", "int", **{"deprecated": True, "x-sunset": "2027-01-01"}))
    assert {change.kind for change in changes(one, other)} == {"extension.changed"}
    (gone,) = changes(one, record("R", field("x", "int")))
    assert (gone.kind, gone.base.pointer if gone.base else "") == ("deprecation.removed", "/fields/0/x-deprecated")


def test_marks_that_differ_are_told() -> None:
    (change,) = changes(record("R"), record("R", **{"sunset": "2027-01-01", "x-sunset": "2028-01-01"}))
    assert (change.kind, change.details) == ("marks.conflicting", {"name": "sunset"})


def test_how_settled_a_type_is_and_whom_it_is_for() -> None:
    enum = {"type": "enum", "name": "E", "symbols": []}
    found = changes(enum, {**enum, "x-stability-level": "beta", "x-audience": "internal"})
    assert [(change.kind, change.facts) for change in found] == [
        ("stability.changed", {"moved": "lowered"}),
        ("audience.changed", {"moved": "restricted"}),
    ]


def test_a_field_that_goes_tells_what_was_said_of_its_end() -> None:
    (change,) = changes(record("R", field("x", "int", deprecated=True, sunset="2027-01-01")), record("R"))
    assert change.facts == {"has_default": False, "deprecated": True}
    assert change.details == {"name": "x", "sunset": "2027-01-01"}
    (change,) = changes(record("R", field("x", "int")), record("R"))
    assert (change.facts["deprecated"], change.details) == (False, {"name": "x"})


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("2027-01-01", "2026-12-31", "earlier"),
        ("2027-01-01", "2027-01-02", "later"),
        ("2027-01-01", "spring", "unclear"),
    ],
)
def test_sunsets_move(before: str, after: str, moved: str) -> None:
    (change,) = changes(record("R", sunset=before), record("R", sunset=after))
    assert change.facts == {"moved": moved}


def test_attributes_of_the_place_where_a_type_is_used() -> None:
    def schema(**more: object) -> object:
        return record(
            "R", ("a", {"type": "fixed", "name": "F", "size": 1}), ("b", {"type": "F", **more}), ("c", {"type": "F"})
        )

    (change,) = changes(schema(), schema(note="x"))
    assert (change.kind, change.element, change.details) == ("extension.changed", "R > b", {"keyword": "note"})


def test_the_version_of_the_contract_is_no_custom_attribute() -> None:
    inner = record("I", version="1")
    assert changes(record("R", ("i", inner), version="1"), record("R", ("i", inner), version="2")) == []
    assert changes(record("R"), record("R", version="2")) == []
    assert lines(record("R", ("i", inner)), record("R", ("i", {**inner, "version": "2"}))) == [
        ("extension.changed", NONE, "I")
    ]


@pytest.mark.parametrize(
    ("base", "head", "element"),
    [
        (record("R", ("a", "int"), ("b", "int")), record("R", ("b", "int"), ("a", "int")), "R"),
    ],
)
def test_positions_are_a_sort_order(base: object, head: object, element: str) -> None:
    assert lines(base, head) == [("avro.order-changed", NONE, element)]


def test_evidence_says_what_resolution_shows() -> None:
    collector = Collector()
    compare(avro(record("R", ("x", "int"))), avro(record("R", ("x", "long"), doc="R")), collector)
    found = {(each.kind, each.direction): each.evidence.kind for each in collector.changes()}
    assert found == {
        ("documentation.changed", Direction.INPUT): EvidenceKind.RULE,
        ("documentation.changed", Direction.OUTPUT): EvidenceKind.RULE,
        ("avro.type-changed", Direction.INPUT): EvidenceKind.PROOF,
        ("avro.type-changed", Direction.OUTPUT): EvidenceKind.RULE,
    }


def test_long_chains_of_types_need_no_deep_stack() -> None:
    def schema(last: str) -> object:
        uses = [record(f"R{index}", ("a", f"R{index + 1}")) for index in range(2000)]
        return [*uses, record("R2000", ("end", last))]

    assert lines(schema("int"), schema("long")) == [("avro.type-changed", WIDENED, "R2000 > end")]


@pytest.mark.parametrize("kind", ["null", []])
def test_crossed_aliases_of_a_field_without_values(kind: object) -> None:
    writer = record("D", ("i", kind))
    reader = record("D", field("h", ["null", "D"], aliases=["i"]), ("i", kind))
    assert {change.kind for change in changes(writer, reader)} >= {"field.renamed"}

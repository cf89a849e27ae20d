"""What each change of a schema rests on, with the real validators: a payload at its own place, a proof, or neither."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import pytest

from contractguard.diff import compare
from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import MEMORY_PATH, in_memory
from contractguard.formats import openapi
from contractguard.formats.jsonschema import SchemaNormaliser, read
from contractguard.model.change import Change, Direction, Evidence, EvidenceKind
from contractguard.model.finding import Reading
from contractguard.model.payload import Checked, Role
from contractguard.model.schema import Dialect
from contractguard.model.values import UNSET
from contractguard.sources.memory import MemorySnapshot
from contractguard.validators import PayloadValidator

INPUT, OUTPUT = Direction.INPUT, Direction.OUTPUT
WITNESS, PROOF, RULE, UNPROVED = EvidenceKind.WITNESS, EvidenceKind.PROOF, EvidenceKind.RULE, EvidenceKind.UNPROVED
HARMLESS = "no payload that was valid is refused because of it"
S, I, N = {"type": "string"}, {"type": "integer"}, {"type": "number"}  # noqa: E741


class Saying:
    """A validator that always says the same."""

    def __init__(self, *, valid: bool | None, reason: str = "") -> None:
        self.checked = Checked(valid, reason)

    def check(self, *_: Any, **__: Any) -> Checked:
        return self.checked


def changes(
    base: Any,
    head: Any,
    *,
    directions: Collection[Direction] = (INPUT,),
    reading: Reading = Reading.STRICT,
    dialect: str = "draft-2020-12",
    checkers: Any = PayloadValidator,
) -> list[Change]:
    """The changes between two JSON Schemas. `checkers` is a class for both sides, a pair, or None."""
    documents = [DocumentSet(in_memory(name, schema)) for name, schema in (("base", base), ("head", head))]
    old, new = (read(of_side, MEMORY_PATH, dialect=dialect) for of_side in documents)
    if checkers is PayloadValidator:
        checkers = (PayloadValidator(documents[0]), PayloadValidator(documents[1]))
    comparison = compare(old, new, reading=reading, directions=directions, checkers=checkers)
    assert not comparison.errors
    return list(comparison.changes)


def evidence(base: Any, head: Any, kind: str, **options: Any) -> Evidence:
    """The evidence of the only change of a kind, in one direction."""
    found = [change.evidence for change in changes(base, head, **options) if change.kind == kind]
    assert len(found) == 1, [change.kind for change in changes(base, head, **options)]
    return found[0]


def told(base: Any, head: Any, **options: Any) -> list[tuple[str, str]]:
    """All changes with their evidence, in short."""
    return [(change.kind, str(change.evidence.kind)) for change in changes(base, head, **options)]


def within(**properties: Any) -> Any:
    """An object with some properties."""
    return {"type": "object", "properties": properties}


# witnesses


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ("payload > errors", "[] is not of type object at /errors"),
        ("payload > id", '"id" is a required property'),
        ("payload > dt", '"dt" is a required property'),
        ("payload > items[] > code", '"text" is too long, maxLength is 3 at /items/0/code'),
    ],
)
def test_the_reason_is_that_of_the_change_where_much_is_wrong(element: str, reason: str) -> None:
    def schema(errors: str, longest: int, *also: str) -> Any:
        items = {"type": "array", "minItems": 1, "items": within(code={"type": "string", "maxLength": longest})}
        required = ["errors", "items", *also]
        return {**within(errors={"type": errors}, items=items, dt=S, id=S), "required": required}

    (found,) = [
        each for each in changes(schema("array", 4), schema("object", 3, "id", "dt")) if each.element == element
    ]
    assert found.evidence.refused_because == reason


def test_a_witness_says_who_takes_it_and_why_the_other_refuses() -> None:
    found = evidence({"type": "string"}, {"type": "integer"}, "type.changed")
    assert found.kind is WITNESS
    assert found.accepted_by == "base"
    assert isinstance(found.payload, str)
    assert found.refused_because is not None
    assert "integer" in found.refused_because
    assert found.role is Role.NEITHER
    assert found.base_schema is not None
    assert found.head_schema is not None
    assert (found.base_schema.path, found.base_schema.pointer) == (MEMORY_PATH, "")
    assert str(found.head_schema.dialect) == "draft-2020-12"
    assert found.note is None


def test_what_is_sent_by_the_newer_side_is_taken_by_it() -> None:
    found = evidence({"type": "integer"}, {"type": "number"}, "type.changed", directions=(OUTPUT,))
    assert (found.kind, found.accepted_by) == (WITNESS, "head")
    assert isinstance(found.payload, float)


def test_each_change_has_a_payload_of_its_own_place() -> None:
    base = within(a=S, b=I, c={"type": "array", "items": N})
    head = within(a=I, b=S, c={"type": "array", "items": I})
    found = changes(base, head)
    assert [change.evidence.kind for change in found] == [WITNESS] * 3
    payloads: list[Any] = [change.evidence.payload for change in found]
    assert isinstance(payloads[0]["a"], str)
    assert isinstance(payloads[1]["b"], int)
    assert isinstance(payloads[2]["c"][-1], float)


def test_a_payload_shows_one_break_and_keeps_to_the_rest() -> None:
    """What the receiver takes everywhere else makes plain which part is refused."""
    base = within(a=S, b=S) | {"required": ["a", "b"]}
    head = within(a={**S, "maxLength": 2}, b={**S, "minLength": 9}) | {"required": ["a", "b"]}
    first, second = (change.evidence.payload for change in changes(base, head))
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert len(str(first["a"])) > 2
    assert len(str(second["b"])) < 9
    assert len(str(first["b"])) >= 9
    assert len(str(second["a"])) <= 2


@pytest.mark.parametrize(
    ("base", "head", "kind"),
    [
        ({**S, "enum": ["a", "b"]}, {**S, "enum": ["a"]}, "enum.value-removed"),
        (S, {**S, "enum": ["a"]}, "enum.added"),
        ({"const": 1}, {"const": 2}, "const.changed"),
        (N, {**N, "multipleOf": 2}, "multiple-of.changed"),
        (S, {**S, "pattern": "^a"}, "pattern.added"),
        ({**S, "pattern": "^a"}, {**S, "pattern": "^b"}, "pattern.changed"),
        ({"type": ["string", "null"]}, S, "null.refused"),
        ({"type": "array"}, {"type": "array", "uniqueItems": True}, "unique-items.added"),
        ({"type": "array"}, {"type": "array", "contains": S}, "contains.added"),
        (within(a=S), {**within(a=S), "additionalProperties": False}, "additional-properties.forbidden"),
        ({"type": "object"}, {"type": "object", "dependentRequired": {"a": ["b"]}}, "dependent-required.added"),
        (within(a=S), {**within(a=S), "required": ["a"]}, "property.became-required"),
        (within(a=S), within(a=S, b=I), "property.added"),
        ({"type": "object"}, {"type": "object", "not": {"required": ["a"]}}, "not.added"),
        (S, {**S, "minLength": 1}, "bound.tightened"),
        (N, {**N, "maximum": 5}, "bound.tightened"),
        ({"type": "array"}, {"type": "array", "maxItems": 2}, "bound.tightened"),
        ({"type": "object"}, {"type": "object", "minProperties": 1}, "bound.tightened"),
    ],
)
def test_changes_that_break_and_the_same_ones_turned_round(base: Any, head: Any, kind: str) -> None:
    assert evidence(base, head, kind).kind is WITNESS
    opposite = changes(head, base, directions=(OUTPUT,))
    assert [change.evidence.kind for change in opposite if change.effect != "none"] == [WITNESS]
    forward = changes(head, base)
    assert {change.evidence.kind for change in forward} <= (
        {PROOF} if kind not in ("const.changed", "pattern.changed") else {WITNESS}
    )


@pytest.mark.parametrize(
    ("base", "head", "kind"),
    [
        ({"type": "array", "maxItems": 1}, {"type": "array", "maxItems": 1, "uniqueItems": True}, "unique-items.added"),
        ({**S, "pattern": "^abc"}, {**S, "pattern": "^a"}, "pattern.changed"),
        ({**N, "enum": [1, 2]}, {**N, "enum": [1, 2], "maximum": 5}, "bound.tightened"),
        ({**S, "maxLength": 3}, {**S, "maxLength": 3, "pattern": "^"}, "pattern.added"),
    ],
)
def test_what_a_keyword_cannot_refuse_is_proved(base: Any, head: Any, kind: str) -> None:
    found = evidence(base, head, kind)
    assert (found.kind, found.note, found.payload) == (PROOF, HARMLESS, UNSET)


# facets: one keyword of a schema at a time


def test_a_bound_that_cannot_bind_is_proved_beside_a_keyword_that_breaks() -> None:
    base = {**S, "minLength": 3}
    head = {**S, "minLength": 3, "pattern": "^[^x]?x?", "maxLength": 4}
    assert sorted(told(base, head)) == [("bound.tightened", "witness"), ("pattern.added", "proof")]


@pytest.mark.parametrize(
    ("keyword", "value", "base"),
    [
        ("minimum", 0, {"type": "integer", "minimum": 1}),
        ("maximum", 9, {"type": "integer", "maximum": 9}),
        ("minLength", 1, {"type": "string", "pattern": "^a"}),
        ("maxLength", 5, {"type": "string", "pattern": "^a?$"}),
        ("minItems", 1, {"type": "array", "contains": {}}),
        ("maxItems", 2, {"type": "array", "items": False, "prefixItems": [{}, {}]}),
        ("minProperties", 1, {"type": "object", "required": ["a"]}),
        ("maxProperties", 2, {"type": "object", "propertyNames": {"enum": ["a", "b"]}}),
    ],
)
def test_each_bound_is_asked_about_alone(keyword: str, value: int, base: Any) -> None:
    """The bound follows from what was said before; the constant beside it does break."""
    head = {**base, keyword: value, "not": {"enum": [[], {}, "a", 1, [1], {"a": None}]}}
    bounds = [change for change in changes(base, head) if change.kind == "bound.tightened"]
    assert [change.evidence.kind for change in bounds] == [PROOF] * len(bounds)
    assert [change.evidence.kind for change in changes(base, head) if change.kind == "not.added"] == [WITNESS]


def test_counts_of_contains_are_asked_about_alone() -> None:
    base = {"type": "array", "maxItems": 2, "contains": I, "minContains": 0, "maxContains": 5}
    head = {"type": "array", "maxItems": 2, "contains": I, "minContains": 1, "maxContains": 3}
    found = {change.facts["keyword"]: change.evidence for change in changes(base, head)}
    assert {keyword: proof.kind for keyword, proof in found.items()} == {"minContains": WITNESS, "maxContains": PROOF}
    assert found["minContains"].payload == []


def test_a_count_that_binds_has_its_own_payload() -> None:
    base = {"type": "array", "contains": I, "minContains": 1, "maxContains": 3}
    head = {"type": "array", "contains": I, "minContains": 2, "maxContains": 2}
    found: dict[Any, Any] = {change.facts["keyword"]: change.evidence.payload for change in changes(base, head)}
    assert len(found["minContains"]) == 1
    assert len(found["maxContains"]) == 3


def test_a_property_is_asked_about_without_the_others() -> None:
    base = {**within(a=S, b=S), "required": ["a"], "additionalProperties": False}
    head = {**within(a=S), "required": ["a"], "additionalProperties": False, "minProperties": 1}
    assert sorted(told(base, head)) == [("bound.tightened", "proof"), ("property.removed", "witness")]
    found: Any = evidence(base, head, "property.removed").payload
    assert "b" in found


def test_a_closed_object_is_asked_about_without_its_properties() -> None:
    base = {**within(a=S), "propertyNames": {"enum": ["a"]}}
    head = {**within(a=I), "propertyNames": {"enum": ["a"]}, "additionalProperties": False}
    assert sorted(told(base, head)) == [("additional-properties.forbidden", "proof"), ("type.changed", "witness")]


def test_where_a_pattern_governs_too_the_whole_schema_is_asked_about() -> None:
    patterns = {"patternProperties": {"^a": {"maxLength": 5}}, "additionalProperties": False}
    base = {**within(ab=S, b=S), **patterns}
    head = {**within(ab=S), **patterns}
    assert evidence(base, head, "property.removed").kind is WITNESS


# only what a change itself explains counts as evidence for it

DECLARED = {"reading": Reading.DECLARED, "directions": (OUTPUT,)}


def kinds(base: Any, head: Any, **options: Any) -> dict[str, tuple[EvidenceKind, Any]]:
    """Kind → evidence and payload of each change; several of one kind have the value or branch that they are about with it."""
    return {
        f"{change.kind} {change.before if change.after is UNSET else change.after}"
        if "branch" in change.kind or "value" in change.kind
        else change.kind: (change.evidence.kind, change.evidence.payload)
        for change in changes(base, head, **options)
    }


def test_each_new_value_is_shown_by_itself() -> None:
    base, head = within(a={"enum": ["x"]}), within(a={"enum": ["x", "y", "z"]})
    assert kinds(base, head, **DECLARED) == {
        "enum.value-added y": (WITNESS, {"a": "y"}),
        "enum.value-added z": (WITNESS, {"a": "z"}),
    }


def test_null_is_shown_by_null() -> None:
    base = within(a={"type": ["string", "integer"]})
    head = within(a={"type": ["string", "integer", "null"], "minLength": 3})
    found = kinds(base, head, directions=(OUTPUT,))
    assert found["null.allowed"] == (WITNESS, {"a": None})
    assert found["bound.tightened"][0] is PROOF


def test_below_one_of_the_payload_of_another_change_is_no_evidence() -> None:
    """`remote` is no longer sent, which stops nobody; `boot` is, in one alternative or the other."""

    def either(*values: str) -> Any:
        kind = within(type={"enum": list(values)})
        one, many = within(d=kind), within(ds={"type": "array", "items": kind})
        return {"oneOf": [{**one, "required": ["d"]}, {**many, "required": ["ds"]}]}

    found = kinds(either("local", "remote"), either("local", "boot"), **DECLARED)
    assert {name: kind for name, (kind, _) in found.items()} == {
        "enum.value-removed remote": PROOF,
        "enum.value-added boot": WITNESS,
    }
    assert "boot" in json.dumps(found["enum.value-added boot"][1])


def test_a_harmless_new_alternative_is_not_shown_by_what_another_one_admits() -> None:
    old = {**within(kind={"const": "old"}, user={"type": "object"}), "title": "old", "required": ["kind"]}
    wider = {**old, "properties": {**old["properties"], "user": {"type": ["object", "null"]}}}
    same = {**old, "title": "new", "maxProperties": 1}
    found = kinds({"anyOf": [old, S]}, {"anyOf": [wider, S, same]}, **DECLARED)
    assert {name: kind for name, (kind, _) in found.items()} == {
        "null.allowed": WITNESS,
        "any-of.branch-added new": PROOF,
    }


def test_alternatives_asked_for_are_not_shown_by_what_another_keyword_refuses() -> None:
    base = {"type": "object", "properties": {"a": S, "b": S}, "required": ["a"]}
    head = {**base, "additionalProperties": False, "oneOf": [{"required": ["a"]}, {"required": ["c"]}]}
    found = kinds(base, head, reading=Reading.DECLARED)
    assert {name: kind for name, (kind, _) in found.items()} == {
        "additional-properties.forbidden": WITNESS,
        "one-of.added": WITNESS,
    }
    assert found["one-of.added"][1].keys() >= {"a", "c"}


@pytest.mark.parametrize(
    ("keyword", "kind"),
    [({"not": {"required": ["b"]}}, "not.added"), ({"if": {"required": ["b"]}, "then": False}, "condition.added")],
)
def test_a_new_keyword_is_shown_by_what_it_refuses(keyword: Any, kind: str) -> None:
    base = {"type": "object", "properties": {"a": S, "b": S}}
    found = kinds(base, {**base, **keyword, "required": ["a"]})
    assert found[kind][0] is found["property.became-required"][0] is WITNESS
    assert "b" in found[kind][1]
    assert "a" not in found["property.became-required"][1]


def test_a_branch_of_all_of_is_shown_by_what_it_refuses() -> None:
    branches = [{"not": {"maxLength": 0}}, {"not": {"pattern": "^A"}}]
    found = kinds(
        {"type": "string", "allOf": [{"not": {"const": "no"}}]},
        {"type": "string", "allOf": [{"not": {"const": "no"}}, *branches]},
    )
    assert {kind for kind, _ in found.values()} == {WITNESS}


def test_what_must_be_there_though_its_declaration_went() -> None:
    base = {**within(name=S, test=S), "required": ["name"]}
    head = {**within(name=S), "required": ["name", "test"]}
    assert ("property.became-required", "witness") in told(base, head)
    assert ("property.became-optional", "witness") in told(head, base, directions=(OUTPUT,))
    assert "schema.excludes" not in dict(told(base, head)) | dict(told(head, base, directions=(OUTPUT,)))


@pytest.mark.parametrize("null", [{"type": "null"}, {"const": None}])
@pytest.mark.parametrize("inner", [S, {"$ref": "#/$defs/x"}])
@pytest.mark.parametrize("union", ["anyOf", "oneOf"])
def test_null_beside_a_schema_is_no_part_of_it(union: str, inner: Any, null: Any) -> None:
    defs = {"$defs": {"x": within(a=S)}}
    base, head = within(p=inner) | defs, within(p={union: [inner, null]}) | defs
    found = evidence(base, head, "null.allowed", directions=(OUTPUT,))
    assert (found.kind, found.payload) == (WITNESS, {"p": None})
    assert evidence(head, base, "null.refused").payload == {"p": None}
    (change,) = changes(base, head, directions=(OUTPUT,))
    assert change.element == "payload > p"


def test_null_beside_an_enum_is_a_further_value() -> None:
    listed = {"type": "string", "enum": ["a", "b"]}
    head = within(p={"anyOf": [listed, {"type": "null"}]})
    assert kinds(within(p=listed), head, **DECLARED) == {"enum.value-added None": (WITNESS, {"p": None})}


# polarity


def test_below_not_what_widens_breaks() -> None:
    base, head = ({"type": "object", "properties": {"a": {"not": {**I, "maximum": bound}}}} for bound in (5, 9))
    found = evidence(base, head, "bound.loosened")
    assert found.kind is WITNESS
    payload: Any = found.payload
    assert 5 < payload["a"] <= 9
    assert evidence(head, base, "bound.tightened").kind is PROOF
    assert evidence(head, base, "bound.tightened", directions=(OUTPUT,)).kind is WITNESS


def test_below_not_a_keyword_is_asked_about_with_the_sides_exchanged() -> None:
    base = {**S, "not": {"type": "string", "enum": ["a"]}}
    head = {**S, "not": {"type": "string", "enum": ["a", "b"]}}
    found = evidence(base, head, "enum.value-added")
    assert (found.kind, found.payload, found.accepted_by) == (WITNESS, "b", "base")


def test_twice_below_not_counts_as_written() -> None:
    base, head = ({"not": {"properties": {"a": {"not": {"maximum": bound}}}, "required": ["a"]}} for bound in (9, 5))
    assert evidence(base, head, "bound.tightened").kind is not PROOF


def test_where_polarity_is_open_the_schema_around_decides() -> None:
    shape = {"type": "object", "properties": {"k": S}}
    base, head = (
        {**shape, "if": {"properties": {"k": {"maxLength": most}}}, "then": {"required": ["a"]}} for most in (5, 9)
    )
    found = changes(base, head)
    assert {change.evidence.kind for change in found if change.effect != "none"} == {WITNESS}
    payloads: list[Any] = [change.evidence.payload for change in found if change.effect != "none"]
    assert all("a" not in payload and 5 < len(payload["k"]) <= 9 for payload in payloads)


def test_where_polarity_is_open_and_nothing_is_lost_it_is_proved() -> None:
    branches = [{"type": "string", "maxLength": 3}, {"type": "integer"}]
    base = {"oneOf": branches}
    head = {"oneOf": [{"type": "string", "maxLength": 5}, {"type": "integer"}]}
    assert evidence(base, head, "bound.loosened").kind is PROOF
    assert evidence(head, base, "bound.tightened").kind is WITNESS


# ways from roots


def test_a_shared_schema_is_shown_in_a_whole_payload() -> None:
    base, head = (
        {"$defs": {"p": within(x=kind)}, **within(a={"$ref": "#/$defs/p"}, b={"$ref": "#/$defs/p"})} for kind in (N, I)
    )
    found: Any = evidence(base, head, "type.changed").payload
    assert isinstance(found["a"]["x"], float)


def test_where_one_way_is_shut_another_one_is_shown() -> None:
    shut = {"allOf": [{"$ref": "#/$defs/p"}, {"required": ["y"]}, {"not": {"required": ["y"]}}]}
    base, head = (
        {"$defs": {"p": within(x=kind)}, **within(a=shut, b={"items": {"$ref": "#/$defs/p"}, "type": "array"})}
        for kind in (N, I)
    )
    found = [change.evidence for change in changes(base, head) if change.kind == "type.changed"]
    assert WITNESS in {one.kind for one in found}


def test_where_every_way_is_shut_the_change_is_proved_harmless() -> None:
    base, head = (
        {"type": "object", "properties": {"a": within(x=kind)}, "propertyNames": {"enum": ["b"]}} for kind in (N, I)
    )
    found = evidence(base, head, "type.changed")
    assert (found.kind, found.note) == (PROOF, HARMLESS)


def test_a_recursive_schema_is_shown_at_its_shallowest() -> None:
    base, head = (
        {"$defs": {"t": within(next={"$ref": "#/$defs/t"}, x=kind)}, **within(t={"$ref": "#/$defs/t"})}
        for kind in (N, I)
    )
    found: Any = evidence(base, head, "type.changed").payload
    assert list(found) == ["t"]
    assert isinstance(found["t"]["x"], float)


def test_a_recursive_schema_that_nothing_can_reach_is_proved_harmless() -> None:
    base, head = (
        {
            "$defs": {"t": within(next={"$ref": "#/$defs/t"}, x=kind)},
            **within(t={"$ref": "#/$defs/t"}),
            "propertyNames": {"const": "b"},
        }
        for kind in (N, I)
    )
    assert evidence(base, head, "type.changed").kind is PROOF


# sides without a schema


def test_a_side_that_says_nothing_takes_anything() -> None:
    base, head = {"type": "array"}, {"type": "array", "items": S}
    for old, new, directions in ((base, head, (INPUT,)), (head, base, (OUTPUT,))):
        kinds = {change.evidence.kind for change in changes(old, new, directions=directions) if change.effect != "none"}
        assert kinds == {WITNESS}
    assert {change.evidence.kind for change in changes(head, base)} == {PROOF}


# what is not about payloads, and what is not decided


def test_changes_that_no_validator_sees_rest_on_their_rules() -> None:
    base, head = ({**S, "contentEncoding": name} for name in ("base64", "base32"))
    assert evidence(base, head, "content.changed").kind is RULE
    assert evidence({**S, "casing": "a"}, {**S, "casing": "b"}, "unjudged.changed").kind is RULE
    assert evidence({**S, "description": "a"}, {**S, "description": "b"}, "documentation.changed").kind is RULE


def test_an_opaque_pattern_is_not_decided() -> None:
    found = evidence({**S, "minLength": 1}, {**S, "minLength": 1, "pattern": "(?=a)."}, "pattern.added")
    assert found.kind is UNPROVED
    assert found.payload is UNSET
    assert found.note is not None
    assert "the search stopped at pattern" in found.note


def test_nothing_is_shown_that_nobody_confirms() -> None:
    found = evidence(S, I, "type.changed", checkers=None)
    assert (found.kind, found.payload) == (UNPROVED, UNSET)
    assert found.note == "no validator was there to confirm a payload"


@pytest.mark.parametrize(
    ("base", "head", "note"),
    [
        (Saying(valid=False, reason="too odd"), Saying(valid=False, reason="as it should"), "too odd"),
        (Saying(valid=None, reason="cannot say"), Saying(valid=False), "cannot say"),
        (Saying(valid=True), Saying(valid=None, reason="cannot say"), "cannot say"),
        (Saying(valid=True), Saying(valid=True), "valid"),
    ],
)
def test_a_payload_that_is_not_confirmed_is_no_evidence(base: Any, head: Any, note: str) -> None:
    found = evidence(S, I, "type.changed", checkers=(base, head))
    assert (found.kind, found.payload, found.accepted_by) == (UNPROVED, UNSET, None)
    assert found.note == f"a payload was found but not confirmed: {note}"


def test_a_payload_that_both_validators_confirm_is_evidence() -> None:
    found = evidence(S, I, "type.changed", checkers=(Saying(valid=True), Saying(valid=False, reason="so")))
    assert (found.kind, found.refused_because) == (WITNESS, "so")


def test_what_a_keyword_alone_proves_says_so() -> None:
    base, head = {**S, "maxLength": 3}, {**S, "maxLength": 5}
    assert evidence(base, head, "bound.loosened").note == "every payload that was valid here still is"
    sent = evidence(head, base, "bound.tightened", directions=(OUTPUT,))
    assert (sent.kind, sent.note) == (PROOF, "nothing new is sent here")


# payloads that no keyword explains

_PARTS = [
    {"title": "A", "properties": {"a": S}, "required": ["a"]},
    {"title": "B", "properties": {"b": S}, "required": ["b"]},
]
_CLOSED = {"type": "object", "unevaluatedProperties": False}


def test_a_payload_that_no_keyword_explains_is_told() -> None:
    base = {**_CLOSED, "anyOf": _PARTS}
    head = {**_CLOSED, "anyOf": [{"title": "A", "required": ["a"]}, _PARTS[1]]}
    found = [change for change in changes(base, head) if change.kind == "schema.excludes"]
    assert [(change.effect, change.direction, change.evidence.kind) for change in found] == [
        ("narrowed", INPUT, WITNESS)
    ]
    payload: Any = found[0].evidence.payload
    assert "a" in payload
    turned = [change for change in changes(head, base, directions=(OUTPUT,)) if change.kind == "schema.excludes"]
    assert [(change.effect, change.direction, change.evidence.accepted_by) for change in turned] == [
        ("widened", OUTPUT, "head")
    ]
    assert "schema.excludes" not in dict(told(head, base))


def test_a_payload_that_no_keyword_explains_is_told_at_the_smallest_place() -> None:
    """And once, where the same place is met on several ways."""
    base = {**_CLOSED, "anyOf": _PARTS}
    head = {**_CLOSED, "anyOf": [{"title": "A", "required": ["a"]}, _PARTS[1]]}
    outer = [
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {"list": {"items": {"$ref": "#/$defs/part"}}, "one": {"$ref": "#/$defs/part"}},
            "$defs": {"part": part},
        }
        for part in (base, head)
    ]
    found = [change for change in changes(*outer) if change.kind == "schema.excludes"]
    assert [(change.element, change.direction) for change in found] == [("$defs/part", INPUT)]
    payload: Any = found[0].evidence.payload
    assert "a" in (payload["one"] if "one" in payload else payload["list"][0])


def test_a_payload_that_a_keyword_explains_is_not_told_twice() -> None:
    base = {**_CLOSED, "anyOf": _PARTS}
    head = {**_CLOSED, "anyOf": [{"title": "A", "required": ["a"]}, _PARTS[1]], "maxProperties": 0}
    assert "schema.excludes" not in dict(told(base, head))


def test_what_is_not_decided_where_properties_went_is_told_as_unjudged() -> None:
    """More ways of deciding which branch looked at what than are tried."""
    base = {"anyOf": [{"properties": {f"p{n}": {}, f"q{n}": {}}} for n in range(9)], "unevaluatedProperties": False}
    head = {**base, "anyOf": [{"properties": {"p0": {}}}, *base["anyOf"][1:]]}
    found = [change for change in changes(base, head) if change.kind == "unjudged.changed"]
    assert [change.evidence.kind for change in found] == [UNPROVED]
    assert found[0].evidence.note == "the search stopped at unevaluatedProperties"


def test_what_is_not_decided_is_not_told_where_only_words_changed() -> None:
    branches = [{"properties": {f"p{n}": {}, f"q{n}": {}}} for n in range(9)]
    base = {"anyOf": branches, "unevaluatedProperties": False, "title": "a"}
    assert told(base, {**base, "title": "b"}) == [("documentation.changed", "rule")]


# directions


def test_each_direction_is_asked_on_its_own() -> None:
    base, head = {**S, "maxLength": 3}, {**S, "maxLength": 5}
    found = {change.direction: change.evidence.kind for change in changes(base, head, directions=(INPUT, OUTPUT))}
    assert found == {INPUT: PROOF, OUTPUT: WITNESS}


def test_a_declared_name_breaks_only_in_the_strict_reading() -> None:
    base, head = within(a=S), within(a=S, b=I)
    assert evidence(base, head, "property.added").kind is WITNESS
    assert evidence(base, head, "property.added", reading=Reading.DECLARED).kind is RULE
    required = {**head, "required": ["b"]}
    found: Any = evidence(base, required, "property.added", reading=Reading.DECLARED).payload
    assert "b" not in found


def api(schema: Any, *, response: bool = False) -> Any:
    """A description with one operation, whose request or response has a schema."""
    content = {"content": {"application/json": {"schema": schema}}}
    answer = {"200": {"description": "ok", **(content if response else {})}}
    operation = {"responses": answer} if response else {"requestBody": content, "responses": answer}
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"post": operation}}}


def api_changes(base: Any, head: Any, *directions: Direction) -> list[Change]:
    """The changes between two descriptions."""
    files = [{"a.json": json.dumps(api).encode()} for api in (base, head)]
    documents = [DocumentSet(MemorySnapshot("side", side)) for side in files]
    old, new = (
        openapi.read(side, "a.json", SchemaNormaliser(side, "a.json", Dialect.OPENAPI_3_1)) for side in documents
    )
    checkers = (PayloadValidator(documents[0]), PayloadValidator(documents[1]))
    return list(compare(old, new, reading=Reading.STRICT, directions=directions, checkers=checkers).changes)


@pytest.mark.parametrize(
    ("response", "directions", "kind", "accepted_by"),
    [
        (False, (INPUT,), PROOF, None),
        (False, (OUTPUT,), WITNESS, "head"),
        (False, (INPUT, OUTPUT), WITNESS, "head"),
        (True, (INPUT,), WITNESS, "head"),
        (True, (OUTPUT,), PROOF, None),
        (True, (INPUT, OUTPUT), WITNESS, "head"),
    ],
)
def test_compatibility_decides_whose_payloads_the_other_side_takes(
    response: bool, directions: tuple[Direction, ...], kind: EvidenceKind, accepted_by: str | None
) -> None:
    """A wider schema: old clients and old messages still work, newer ones do not on the older side."""
    base, head = (api({**S, "maxLength": most}, response=response) for most in (3, 5))
    (change,) = [change for change in api_changes(base, head, *directions) if change.kind == "bound.loosened"]
    assert (change.evidence.kind, change.evidence.accepted_by) == (kind, accepted_by)
    assert change.direction is (OUTPUT if response else INPUT)


def test_full_compatibility_takes_the_worse_of_both() -> None:
    base, head = (api({**S, "pattern": pattern}) for pattern in ("^a", "^ab"))
    (change,) = [change for change in api_changes(base, head, INPUT, OUTPUT) if change.kind == "pattern.changed"]
    assert (change.evidence.kind, change.evidence.accepted_by) == (WITNESS, "base")
    (back,) = [change for change in api_changes(head, base, INPUT, OUTPUT) if change.kind == "pattern.changed"]
    assert (back.evidence.kind, back.evidence.accepted_by) == (WITNESS, "head")


def test_the_role_of_a_payload_counts() -> None:
    def schema(most: int) -> Any:
        return {**within(id={**S, "readOnly": True, "maxLength": most}), "required": ["id"]}

    assert [c.kind for c in api_changes(api(schema(5)), api(schema(3)), INPUT)] == []
    base, head = api(schema(3), response=True), api(schema(5), response=True)
    (sent,) = [c for c in api_changes(base, head, INPUT) if c.kind == "bound.loosened"]
    assert sent.evidence.kind is WITNESS
    assert sent.evidence.role is Role.RESPONSE

"""What the values of a discriminator lead to: mappings, names, constants, and children that nothing refers to."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_pairs import api, changes_between, only, operation, swagger, told

from contractguard.model.change import Change, Direction, OperationUse

VALUES = "discriminator.mapping-changed"
HERE = "POST /orders > request > application/json"
PET = "components/schemas/Pet"


def ref(name: str) -> dict[str, str]:
    """A reference to a shared schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def animal(*values: str, **properties: str) -> dict[str, Any]:
    """An object with a property that may be of certain values only."""
    kind = {"enum": list(values)} if values else {"type": "string"}
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": kind, **{name: {"type": kind} for name, kind in properties.items()}},
    }


def taking(schema: Any, *, openapi: str = "3.1.0", **schemas: Any) -> dict[str, Any]:
    """A description with one operation that takes a schema."""
    body = {"content": {"application/json": {"schema": schema}}}
    return api(operation(method="post", requestBody=body), openapi=openapi, components={"schemas": schemas})


def choice(
    *names: str, openapi: str = "3.1.0", schemas: dict[str, Any] | None = None, **decides: Any
) -> dict[str, Any]:
    """An operation that takes one of some alternatives; all are cats and dogs unless `schemas` says otherwise."""
    union = {"oneOf": [ref(name) for name in names], "discriminator": {"propertyName": "kind", **decides}}
    shared = schemas or {"Cat": animal(lives="integer"), "Dog": animal(bark="string")}
    return taking(union, openapi=openapi, **shared)


def values(base: Any, head: Any) -> list[str]:
    """The values that came, went or lead elsewhere."""
    return sorted(
        f"{change.effect} {change.direction} {change.details['name']}"
        for change in changes_between(base, head)
        if change.kind == VALUES
    )


def place(name: str) -> str:
    """Where a shared schema stands."""
    return f"#/components/schemas/{name}"


def child(of: str = "Pet", **properties: str) -> dict[str, Any]:
    """A schema that builds on another."""
    own = {"type": "object", "properties": {name: {"type": kind} for name, kind in properties.items()}}
    return {"allOf": [ref(of), own]}


def parent(**decides: Any) -> dict[str, Any]:
    """A schema on which others build."""
    return {**animal(), "discriminator": {"propertyName": "kind", **decides}}


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        (choice("Cat", "Dog"), choice("Cat", "Dog", mapping={"Cat": place("Cat")}), []),
        (choice("Cat", "Dog"), choice("Cat", "Dog", mapping={"dog": place("Dog")}), ["widened input dog"]),
        (
            choice("Cat", "Dog", mapping={"dog": place("Dog")}),
            choice("Cat", "Dog"),
            ["narrowed input dog"],
        ),
        (choice("Cat", "Dog", mapping={"d": "Dog"}), choice("Cat", "Dog", mapping={"d": place("Dog")}), []),
        (
            choice("Cat", "Dog", mapping={"c": "Cat", "d": "Dog"}),
            choice("Cat", "Dog", mapping={"c": "Dog", "d": "Cat"}),
            ["incomparable input c", "incomparable input d"],
        ),
        (
            choice("Cat", "Dog", mapping={"d": "https://elsewhere.example.com/dog.json"}),
            choice("Cat", "Dog", mapping={"d": "https://elsewhere.example.com/hound.json"}),
            ["incomparable input d"],
        ),
        (choice("Cat", "Dog"), choice("Cat", "Dog", defaultMapping="Cat"), []),
        (
            choice("Cat", "Dog", openapi="3.2.0"),
            choice("Cat", "Dog", openapi="3.2.0", defaultMapping="Cat"),
            ["widened input any other value"],
        ),
        (
            choice("Cat", "Dog", mapping={"c": "Cat", "d": "Dog"}),
            choice("Cat", "Dog", mapping={"c": "Cat"}),
            ["narrowed input d"],
        ),
        (
            choice("Cat", "Dog", openapi="3.2.0", defaultMapping="Dog"),
            choice("Cat", "Dog", openapi="3.2.0", defaultMapping=place("Dog")),
            [],
        ),
    ],
)
def test_values_of_alternatives(base: Any, head: Any, expected: list[str]) -> None:
    assert values(base, head) == expected


@pytest.mark.parametrize(
    ("cat", "expected"),
    [
        (animal("cat"), []),
        (animal(), ["narrowed input Cat", "widened input Feline"]),
        (animal("Cat", "Feline"), ["narrowed input Cat", "widened input Feline"]),
    ],
)
def test_a_name_is_sent_where_the_property_lets_it_through(cat: Any, expected: list[str]) -> None:
    def side(name: str) -> Any:
        return choice(name, "Dog", schemas={name: cat, "Dog": animal("dog", bark="string")})

    assert values(side("Cat"), side("Feline")) == expected


def test_alternatives_are_compared_by_the_value_that_leads_to_them() -> None:
    base = choice(
        "Cat",
        "Dog",
        schemas={"Cat": animal(lives="integer"), "Dog": animal(bark="string")},
        mapping={"c": "Cat", "d": "Dog"},
    )
    head = choice(
        "Cat",
        "Hound",
        schemas={"Cat": animal(lives="integer"), "Hound": animal(bark="integer")},
        mapping={"c": "Cat", "d": "Hound"},
    )
    assert [told(change) for change in changes_between(base, head)] == [
        f"type.changed incomparable input {HERE} > oneOf[Hound] > bark"
    ]


def test_what_stands_beside_the_property_name() -> None:
    extended = choice("Cat", "Dog", **{"x-note": "n"})
    stray = choice("Cat", "Dog", default="Cat")
    assert [told(change) for change in changes_between(choice("Cat", "Dog"), extended)] == [
        f"extension.changed none input {HERE}"
    ]
    assert [told(change) for change in changes_between(choice("Cat", "Dog"), stray)] == [
        f"unjudged.changed incomparable input {HERE}"
    ]


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ({"Dog": child(bark="string")}, {"Hound": child(bark="string")}, ["narrowed input Dog", "widened input Hound"]),
        ({"Dog": child()}, {"Dog": child(), "Puppy": child("Dog")}, ["widened input Puppy"]),
        (
            {"Dog": {**child(), "x-ms-discriminator-value": "dog"}},
            {"Hound": {**child(), "x-ms-discriminator-value": "dog"}},
            [],
        ),
    ],
)
def test_children_that_came_and_went(base: Any, head: Any, expected: list[str]) -> None:
    assert values(taking(ref("Pet"), Pet=parent(), **base), taking(ref("Pet"), Pet=parent(), **head)) == expected


def test_a_child_is_told_of_for_the_operations_that_take_its_parent() -> None:
    def side(kind: str) -> Any:
        pet = {"content": {"application/json": {"schema": {"type": "array", "items": ref("Pet")}}}}
        called = {"{$request.query.url}": {"post": {"requestBody": pet, "responses": {}}}}
        paths = {
            "/pets": {
                "post": {"requestBody": pet, "responses": {"200": {"description": "d", **pet}}},
                "put": {"callbacks": {"done": called}, "responses": {}},
                "get": {"responses": {}},
            }
        }
        return api(
            paths,
            webhooks={"w": {"post": {"requestBody": pet, "responses": {}}}},
            components={"schemas": {"Pet": parent(), "Dog": child(bark=kind)}},
        )

    found: dict[Direction, Change] = {
        change.direction: change for change in changes_between(side("string"), side("integer"))
    }
    assert found[Direction.INPUT].element == "components/schemas/Dog > bark"
    assert found[Direction.INPUT].uses == (OperationUse("POST", "/pets", "request body", "", "application/json"),)
    assert found[Direction.OUTPUT].uses == (
        OperationUse("POST", "/pets", "response", "200", "application/json"),
        OperationUse("POST", "w", "request body", "", "application/json"),
        OperationUse("PUT", "/pets", "request body", "", "application/json"),
    )


def test_a_child_that_an_operation_takes_itself_is_no_matter_of_its_parent() -> None:
    base = taking(ref("Dog"), Pet=parent(), Dog=child(bark="string"))
    head = taking(ref("Dog"), Pet=parent(), Dog=child(bark="string"), Cat=child(lives="integer"))
    assert values(base, head) == []


def test_a_child_may_hold_its_parent() -> None:
    def side(*names: str) -> Any:
        dog = {"allOf": [ref("Pet"), {"type": "object", "properties": {"friend": ref("Pet")}}]}
        return taking(ref("Dog"), Pet=parent(), Dog=dog, **{name: child() for name in names})

    assert values(side(), side("Cat")) == ["widened input Cat"]


def test_a_child_holds_what_its_parent_holds() -> None:
    def side(*names: str) -> Any:
        pet = {**parent(), "properties": {"kind": {"type": "string"}, "home": ref("Home")}}
        home = {**parent()}
        return taking(ref("Dog"), Pet=pet, Dog=child(), Home=home, **{name: child("Home") for name in names})

    assert values(side(), side("Kennel")) == ["widened input Kennel"]


def test_children_of_swagger_2() -> None:
    def side(name: str) -> Any:
        pet = {"type": "object", "discriminator": "kind", "properties": {"kind": {"type": "string"}}}
        return swagger(
            operation(method="post", parameters=[{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/Pet"}}]),
            definitions={"Pet": pet, name: {"allOf": [{"$ref": "#/definitions/Pet"}]}},
        )

    assert values(side("Dog"), side("Hound")) == ["narrowed input Dog", "widened input Hound"]


def test_children_in_a_circle_are_read_to_the_end() -> None:
    def side(*names: str) -> Any:
        extra = {"allOf": [ref("B"), {"type": "object"}]}
        return api(
            components={
                "schemas": {"A": {**parent(), "allOf": [ref("B")]}, "B": extra, **{n: child("A") for n in names}}
            }
        )

    assert values(side(), side("C")) == []


def test_the_place_of_a_child_that_went_is_its_own() -> None:
    base = taking(ref("Pet"), Pet=parent(), Dog=child())
    change = only(base, taking(ref("Pet"), Pet=parent()), VALUES)
    assert change.element == PET
    assert change.base is not None
    assert change.base.pointer == "/components/schemas/Dog"
    assert change.head is not None
    assert change.head.pointer == "/components/schemas/Pet"

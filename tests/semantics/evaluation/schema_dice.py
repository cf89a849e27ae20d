"""Small schemas and values by the roll of a die."""

from __future__ import annotations

from random import Random
from typing import Any

DRAFTS = ("draft-04", "draft-06", "draft-07", "draft-2019-09", "draft-2020-12")

_IN_PLACE = frozenset({"allOf", "anyOf", "oneOf", "if", "then", "else"})
_OF_ARRAYS = frozenset("items prefixItems contains uniqueItems minItems maxItems unevaluatedItems".split())
_OF_OBJECTS = frozenset(
    "properties patternProperties additionalProperties unevaluatedProperties propertyNames required minProperties "
    "maxProperties dependencies dependentRequired dependentSchemas".split()
)


class Dice:
    """Small schemas with all keywords of a draft, and values of the same small world."""

    def __init__(self, random: Random, draft: str) -> None:
        self.random = random
        self.draft = draft
        self.year = DRAFTS.index(draft)
        self.definitions = "definitions" if self.year < 3 else "$defs"
        self.theme: tuple[Any, ...] = self.one(
            (None, self.objects, self.objects, self.arrays, self.arrays, self.composed, self.composed),
            (self.objects, self.objects, self.composed),
            (self.arrays, self.arrays, self.composed),
        )

    def one(self, *choices: Any) -> Any:
        return choices[self.random.randrange(len(choices))]

    def coin(self) -> bool:
        return self.random.randrange(2) == 0

    def some(self, choices: list[Any], least: int, most: int) -> list[Any]:
        return [self.one(*choices) for _ in range(self.random.randint(least, most))]

    def name(self) -> str:
        return self.one("a", "b", "c", "ab")

    def names(self) -> list[str]:
        return sorted(set(self.some(["a", "b", "c", "ab"], 1, 2)))

    def number(self) -> Any:
        return self.one(0, 1, 2, 3, -1, 1.0, 2.5, 0.1, 0.3, 4)

    def scalar(self) -> Any:
        return self.one(None, self.coin(), "", "a", "b", "ab", "ba", "abc", "\U0001f600", self.number())

    def value(self, depth: int = 3) -> Any:
        kind = self.random.randrange(10)
        if depth and kind < 3:
            return {self.name(): self.value(depth - 1) for _ in range(self.random.randint(0, 3))}
        if depth and kind < 6:
            return [self.value(depth - 1) for _ in range(self.random.randint(0, 3))]
        return self.scalar()

    def usual(self) -> Any:
        """A value of the type that most schemas are about."""
        kind = self.theme[0]
        if kind == self.objects:
            return {name: self.value(1) for name in self.some(["a", "b", "c", "ab"], 0, 3)}
        return [self.value(1) for _ in range(self.random.randint(0, 3))] if kind == self.arrays else self.value(2)

    def document(self) -> Any:
        """A schema with definitions: each may refer in place only to later ones, below its children to any."""
        schema = self.schema(3, ("d0", "d1"))
        if isinstance(schema, dict):
            schema[self.definitions] = {"d0": self.schema(2, ("d1",)), "d1": self.schema(2, ())}
        return schema

    def schema(self, depth: int, in_place: tuple[str, ...]) -> Any:
        roll = self.random.randrange(12)
        if roll == 0 and self.year > 0:
            return self.coin()
        if roll == 1:
            return {}
        if depth <= 0:
            return self.leaf()
        if roll == 2 and in_place:
            found: dict[str, Any] = {"$ref": f"#/{self.definitions}/{self.one(*in_place)}"}
            return found if self.year < 3 or self.coin() else found | self.written(depth - 1, in_place)
        return self.written(depth, in_place)

    def written(self, depth: int, in_place: tuple[str, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _ in range(self.random.randint(1, 3)):
            part = self.one(*self.theme)
            found |= self.leaf() if part is None else part(depth, in_place)
        return found

    def leaf(self) -> dict[str, Any]:
        return self.one(
            lambda: {"type": self.one("null", "boolean", "integer", "number", "string", "array", "object")},
            lambda: {"type": sorted(set(self.some(["null", "integer", "number", "string", "array", "object"], 1, 3)))},
            lambda: {"enum": [self.value(2) for _ in range(3)]},
            lambda: {"const": self.value(1)} if self.year else {},
            lambda: {"minimum": self.number()},
            lambda: {"maximum": self.number()},
            lambda: (
                {"exclusiveMinimum": self.number(), "maximum": self.number()}
                if self.year
                else {"minimum": self.number(), "exclusiveMinimum": self.coin()}
            ),
            lambda: (
                {"exclusiveMaximum": self.number()}
                if self.year
                else {"maximum": self.number(), "exclusiveMaximum": self.coin()}
            ),
            lambda: {"multipleOf": self.one(1, 2, 0.1, 0.5, 3, 2.0)},
            lambda: {"minLength": self.random.randint(0, 2)},
            lambda: {"maxLength": self.random.randint(0, 2)},
            lambda: {"pattern": self.one("a", "^a", "b$", "^ab?$", "[bc]")},
            lambda: {"format": "date", "title": "t"},
        )()

    def child(self, depth: int) -> Any:
        """A schema for a part of the value, which may refer to anything."""
        if self.random.randrange(8) == 0:
            return {"$ref": self.one("#", f"#/{self.definitions}/d0", f"#/{self.definitions}/d1")}
        return self.schema(depth - 1, ("d0", "d1"))

    def items(self, depth: int) -> Any:
        found = self.child(depth)
        # In 2019-09 `jsonschema` stumbles over booleans there.
        return found if self.year != 3 or isinstance(found, dict) else {} if found else {"not": {}}

    def child_or_false(self, depth: int) -> Any:
        return False if self.coin() else self.child(depth)

    def objects(self, depth: int, in_place: tuple[str, ...]) -> dict[str, Any]:
        count = self.random.randint(0, 2)
        choices = [
            lambda: {"properties": {name: self.child(depth) for name in self.names()}},
            lambda: {"properties": {name: self.child(depth) for name in self.names()}},
            lambda: {"required": self.names()},
            lambda: {"additionalProperties": self.child(depth)},
            lambda: {"additionalProperties": self.coin()},
            lambda: {"patternProperties": {self.one("a", "^b", "c$"): self.child(depth) for _ in range(2)}},
            lambda: {"minProperties": count},
            lambda: {"maxProperties": count},
        ]
        if self.year >= 1:
            choices.append(lambda: {"propertyNames": self.child(depth)})
        if self.year < 3:
            choices.append(
                lambda: {"dependencies": {self.name(): self.names(), self.name(): self.schema(depth - 1, in_place)}}
            )
        else:
            choices += [
                lambda: {"dependentRequired": {self.name(): self.names()}},
                lambda: {"dependentSchemas": {self.name(): self.schema(depth - 1, in_place)}},
                lambda: {"unevaluatedProperties": self.child_or_false(depth)},
                lambda: {"unevaluatedProperties": False},
            ]
        return self.one(*choices)()

    def arrays(self, depth: int, _in_place: tuple[str, ...]) -> dict[str, Any]:
        count = self.random.randint(0, 2)

        def tuple_of() -> list[Any]:
            return [self.child(depth) for _ in range(self.random.randint(1, 2))]

        choices = [
            lambda: {"items": self.items(depth)},
            lambda: {"minItems": count},
            lambda: {"maxItems": count},
            lambda: {"uniqueItems": self.coin()},
        ]
        if self.year < 4:
            choices.append(lambda: {"items": tuple_of()})
            choices.append(lambda: {"items": tuple_of(), "additionalItems": self.child_or_false(depth)})
        else:
            choices.append(lambda: {"prefixItems": tuple_of()})
        if self.year in (1, 2):
            choices.append(lambda: {"contains": self.child(depth)})
        if self.year == 4:
            choices.append(lambda: {"contains": self.child(depth), "minContains": count})
            choices.append(lambda: {"contains": self.child(depth), "maxContains": count})
        if self.year >= 3:
            choices.append(lambda: {"unevaluatedItems": self.child_or_false(depth)})
        return self.one(*choices)()

    def composed(self, depth: int, in_place: tuple[str, ...]) -> dict[str, Any]:
        def one() -> Any:
            return self.schema(depth - 1, in_place)

        def several() -> list[Any]:
            return [one() for _ in range(self.random.randint(1, 3))]

        choices = [
            lambda: {"allOf": several()},
            lambda: {"anyOf": several()},
            lambda: {"oneOf": several()},
            lambda: {"anyOf": [one(), {"type": "null"}]},
            lambda: {"not": one()},
        ]
        if self.year >= 2:
            choices.append(lambda: {"if": one(), "then": one(), "else": one()})
            choices.append(lambda: {"if": one(), self.one("then", "else"): one()})
        return self.one(*choices)()

    def near(self, schema: Any, root: Any, depth: int = 4) -> Any:
        """A value with a fair chance to meet the schema."""
        if not isinstance(schema, dict) or not schema or not depth or self.random.randrange(8) == 0:
            return self.usual() if depth == 4 else self.value(2)
        keyword = self.one(*schema)
        part = schema[keyword]
        if keyword in _IN_PLACE:
            return self.near(self.one(*part) if isinstance(part, list) else part, root, depth - 1)
        if keyword in _OF_ARRAYS:
            return self._array(part, root, depth)
        if keyword in _OF_OBJECTS:
            return self._object(schema, root, depth)
        return self._by_value(keyword, part, root, depth)

    def _array(self, part: Any, root: Any, depth: int) -> Any:
        if isinstance(part, list):
            return [self.near(each, root, depth - 1) for each in part] + self.one([], [self.scalar()])
        return [self.near(part, root, depth - 1) for _ in range(self.random.randint(0, 3))]

    def _object(self, schema: dict[str, Any], root: Any, depth: int) -> Any:
        declared = schema.get("properties", {})
        names = {*self.names(), *schema.get("required", []), *self.some([*declared, "a"], 0, 2)}
        return {name: self.near(declared.get(name, {}), root, depth - 1) for name in sorted(names)}

    def _by_value(self, keyword: str, part: Any, root: Any, depth: int) -> Any:
        if keyword == "$ref":
            definition = part.rpartition("/")[2]
            return self.near(root[self.definitions][definition] if "/" in part else root, root, depth - 1)
        if keyword in ("enum", "const"):
            return self.one(*part) if keyword == "enum" else part
        if keyword == "type":
            return self.of_type(self.one(*part) if isinstance(part, list) else part)
        return self.scalar() if self.coin() else self.usual()

    def of_type(self, kind: str) -> Any:
        return {
            "null": None,
            "boolean": self.coin(),
            "integer": self.number(),
            "number": self.number(),
            "string": self.one("", "a", "ab", "abc"),
            "array": [self.scalar()],
            "object": {self.name(): self.value(1)},
        }[kind]

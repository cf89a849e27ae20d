"""Strategies for JSON Schemas in all their keywords, and for pairs and chains of related ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st
from law_edits import Edit
from law_payloads import DRAFT_2020
from law_rewriting import put, subschemas

Json = Any
_Schema = dict[str, Json]
NAMES = ("a", "b", "k", "x-a")
PATTERNS = ("^[a-z]+$", "^a", "b$", "^(on|off)$", "[0-9]{2}", "^x-")
TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_NUMBERS = st.sampled_from((-3, -1, 0, 1, 2, 3, 5, 10, 0.5, 2.5))
_DIVISORS = st.sampled_from((1, 2, 3, 0.5))
_COUNTS = st.integers(0, 4)
_PATTERN = st.sampled_from(PATTERNS)
_VALUES = st.sampled_from(
    (None, True, False, 0, 1, 2, 7, 0.5, "", "a", "ab", "on", [], ["a"], [1, 2], {}, {"a": 1}, {"k": "a"})
)
_LISTED = st.lists(_VALUES, min_size=1, max_size=4, unique_by=repr)
_NAME = st.sampled_from(NAMES)
_SOME_NAMES = st.lists(_NAME, max_size=2, unique=True)
_NAME_SCHEMAS = st.sampled_from(({"maxLength": 2}, {"pattern": "^[a-z]+$"}, {"enum": ["a", "b"]}, True))
_TYPE = st.sampled_from(TYPES)
_SOME_TYPES = st.lists(_TYPE, min_size=1, max_size=3, unique=True)
_NUMERIC = st.sampled_from(("integer", "number"))
_FEW = st.integers(1, 3)
_FLAGS = st.booleans()
_DEFINED = st.sampled_from(((), ("p",), ("p", "q")))
_SCALARS = st.sampled_from(("number", "text", "types", "type"))
_KINDS = st.sampled_from(
    ("scalar", "scalar", "listed", "flag", "free", "object", "object", "array", "composed", "reference")
)
_ROOTS = st.sampled_from(("object", "object", "array", "composed", "scalar"))
_COMPOSITIONS = st.sampled_from(("allOf", "anyOf", "oneOf", "not", "if"))


class _Drawing:
    """Draws one schema. References lead to `names`, and stand where no cycle in place can come of them.

    Plain recursion over strategies that are made once: strategies made of strategies take most of a second for each schema.
    """

    def __init__(self, draw: st.DrawFn, dialect: str, names: tuple[str, ...]) -> None:
        self._draw = draw
        self._new = dialect == DRAFT_2020
        self._defs = "$defs" if self._new else "definitions"
        self._names = names

    def root(self) -> _Schema:
        schema: _Schema = self._of_kind(self._draw(_ROOTS), 3, in_place=False)
        if not self._names:
            return schema
        return {**schema, self._defs: {name: self.schema(2, in_place=True) for name in self._names}}

    def schema(self, depth: int, *, in_place: bool = False) -> Json:
        """A schema; `in_place` where a reference could lead back without going into a payload."""
        kind = self._draw(_KINDS)
        if kind == "reference":
            if self._names and not in_place:
                return {"$ref": f"#/{self._defs}/{self._draw(st.sampled_from(self._names))}"}
            kind = "listed"
        return self._of_kind(
            kind if depth > 0 or kind in ("listed", "flag", "free") else "scalar", depth, in_place=in_place
        )

    def _of_kind(self, kind: str, depth: int, *, in_place: bool) -> Json:
        if kind == "object":
            return self._object(depth)
        if kind == "array":
            return self._array(depth)
        if kind == "composed":
            return self._composed(depth, in_place=in_place)
        if kind == "listed":
            return {"enum": self._draw(_LISTED)} if self._draw(_FLAGS) else {"const": self._draw(_VALUES)}
        if kind == "flag":
            return self._draw(_FLAGS)
        return {} if kind == "free" else self.scalar()

    def scalar(self) -> _Schema:
        kind = self._draw(_SCALARS)
        if kind == "number":
            bounds = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
            drawn = dict.fromkeys(bounds, lambda: self._draw(_NUMBERS))
            return self._some({"type": self._draw(_NUMERIC)}, {**drawn, "multipleOf": lambda: self._draw(_DIVISORS)})
        if kind == "text":
            lengths = dict.fromkeys(("minLength", "maxLength"), lambda: self._draw(_COUNTS))
            return self._some({"type": "string"}, {**lengths, "pattern": lambda: self._draw(_PATTERN)})
        return {"type": self._draw(_SOME_TYPES) if kind == "types" else self._draw(_TYPE)}

    def _some(self, always: _Schema, sometimes: Mapping[str, Callable[[], Json]]) -> _Schema:
        """All keys of the first and up to three of the second."""
        chosen = self._draw(st.lists(st.sampled_from(sorted(sometimes)), max_size=3, unique=True))
        return {**always, **{key: sometimes[key]() for key in chosen}}

    def _object(self, depth: int) -> _Schema:
        def child() -> Json:
            return self.schema(depth - 1)

        keywords: dict[str, Callable[[], Json]] = {
            "required": lambda: sorted(self._draw(_SOME_NAMES)),
            "additionalProperties": child,
            "patternProperties": lambda: {self._draw(_PATTERN): child()},
            "propertyNames": lambda: self._draw(_NAME_SCHEMAS),
            "minProperties": lambda: self._draw(_COUNTS),
            "maxProperties": lambda: self._draw(_COUNTS),
        }
        if self._new:
            keywords["dependentRequired"] = lambda: {self._draw(_NAME): self._draw(_SOME_NAMES)}
            keywords["dependentSchemas"] = lambda: {self._draw(_NAME): self.schema(depth - 1, in_place=True)}
            keywords["unevaluatedProperties"] = child
        return self._some(
            {"type": "object", "properties": {name: child() for name in self._draw(_SOME_NAMES)}}, keywords
        )

    def _array(self, depth: int) -> _Schema:
        def child() -> Json:
            return self.schema(depth - 1)

        def places() -> Json:
            return [child() for _ in range(self._draw(_FEW))]

        keywords: dict[str, Callable[[], Json]] = {
            "items": child if self._new or self._draw(_FLAGS) else places,
            "minItems": lambda: self._draw(_COUNTS),
            "maxItems": lambda: self._draw(_COUNTS),
            "uniqueItems": lambda: self._draw(_FLAGS),
            "contains": child,
        }
        if self._new:
            counts = {name: lambda: self._draw(_COUNTS) for name in ("minContains", "maxContains")}
            keywords |= {"prefixItems": places, "unevaluatedItems": child, **counts}
        else:
            keywords["additionalItems"] = child
        return self._some({"type": "array"}, keywords)

    def _composed(self, depth: int, *, in_place: bool) -> _Schema:
        def child() -> Json:
            return self.schema(depth - 1, in_place=in_place)

        beside = self._object(depth - 1) if self._draw(_FLAGS) else {}
        keyword = self._draw(_COMPOSITIONS)
        if keyword == "not":
            return {**beside, "not": child()}
        if keyword == "if":
            return {**beside, "if": child(), "then": child(), **({"else": child()} if self._draw(_FLAGS) else {})}
        return {**beside, keyword: [child() for _ in range(self._draw(_FEW))]}


@st.composite
def schemas(draw: st.DrawFn, dialect: str = DRAFT_2020) -> Json:
    """Root schemas with up to two definitions that may be recursive."""
    return _Drawing(draw, dialect, draw(_DEFINED)).root()


def _edited(draw: st.DrawFn, root: _Schema, edits: tuple[Edit, ...]) -> Json:
    """The schema after one of the known edits somewhere inside it, or another schema at a place; definitions stay."""
    definitions = {key: root[key] for key in ("$defs", "definitions") if key in root}
    path, there = draw(st.sampled_from(list(subschemas(root))))
    there = {key: value for key, value in there.items() if key not in definitions}
    suiting = [new for edit in edits if (new := edit.apply(there)) is not None]
    new = draw(st.sampled_from(suiting)) if suiting else _Drawing(draw, DRAFT_2020, ()).scalar()
    if path:
        return put(root, path, new)
    return {**new, **definitions} if isinstance(new, dict) else new


@st.composite
def chains(draw: st.DrawFn, length: int, edits: tuple[Edit, ...], dialect: str = DRAFT_2020) -> list[Json]:
    """Schemas of which each is the one before after an edit or two, so that they often include each other."""
    chain: list[Json] = [draw(schemas(dialect))]
    while len(chain) < length:
        new = chain[-1]
        for _ in range(draw(_FEW) - 1 or 1):
            new = _edited(draw, new, edits) if isinstance(new, dict) else new
        chain.append(new)
    return chain

"""The keywords of each dialect, and the function that judges each: the library's where it is right, ours where it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator
from referencing import Specification
from referencing.jsonschema import DRAFT4, DRAFT6, DRAFT7, DRAFT201909, DRAFT202012

from contractguard.model.schema import Dialect
from contractguard.validators.keywords import arrays, combining, objects, scalars, unevaluated
from contractguard.validators.keywords.marks import Marks
from contractguard.validators.outcomes import Errors, Validator, Work, refused, undecided
from contractguard.validators.shapes import SHAPES, Shape, is_tuple_or_schema

Keyword: TypeAlias = Callable[..., Errors]

OPENAPI_30_LIKE = frozenset({Dialect.OPENAPI_2_0, Dialect.OPENAPI_3_0})
REF_STANDS_ALONE = frozenset({Dialect.DRAFT_04, Dialect.DRAFT_06, Dialect.DRAFT_07}) | OPENAPI_30_LIKE
"""Members beside `$ref` are ignored (draft-07 core, 8.3; OpenAPI 3.0.4, Reference Object)."""
_FLAGS_BESIDE_BOUNDS = frozenset({Dialect.DRAFT_04}) | OPENAPI_30_LIKE
_BY_DIALECT: Mapping[Dialect, tuple[str, Specification[Any]]] = {
    Dialect.DRAFT_04: ("http://json-schema.org/draft-04/schema", DRAFT4),
    Dialect.DRAFT_06: ("http://json-schema.org/draft-06/schema", DRAFT6),
    Dialect.DRAFT_07: ("http://json-schema.org/draft-07/schema", DRAFT7),
    Dialect.DRAFT_2019_09: ("https://json-schema.org/draft/2019-09/schema", DRAFT201909),
    Dialect.DRAFT_2020_12: ("https://json-schema.org/draft/2020-12/schema", DRAFT202012),
    Dialect.OPENAPI_2_0: ("urn:contractguard:openapi-2.0", Specification.OPAQUE),
    Dialect.OPENAPI_3_0: ("urn:contractguard:openapi-3.0", Specification.OPAQUE),
    Dialect.OPENAPI_3_1: ("https://json-schema.org/draft/2020-12/schema", DRAFT202012),
    Dialect.OPENAPI_3_2: ("https://json-schema.org/draft/2020-12/schema", DRAFT202012),
}

_SIMPLE = (
    "type enum multipleOf maximum minimum exclusiveMaximum exclusiveMinimum maxLength minLength pattern items maxItems minItems "
    "uniqueItems maxProperties minProperties required properties additionalProperties allOf $ref"
)
_DRAFT_04 = _SIMPLE + " additionalItems patternProperties dependencies anyOf oneOf not"
_DRAFT_06 = _DRAFT_04 + " const contains propertyNames"
_DRAFT_07 = _DRAFT_06 + " if"
_DRAFT_2019_09 = _DRAFT_07 + " $recursiveRef dependentRequired dependentSchemas unevaluatedItems unevaluatedProperties"
_DRAFT_2020_12 = (
    _DRAFT_2019_09.replace(" additionalItems", "").replace(" $recursiveRef", "") + " prefixItems $dynamicRef"
)
_KEYWORDS: Mapping[Dialect, str] = {
    Dialect.DRAFT_04: _DRAFT_04,
    Dialect.DRAFT_06: _DRAFT_06,
    Dialect.DRAFT_07: _DRAFT_07,
    Dialect.DRAFT_2019_09: _DRAFT_2019_09,
    Dialect.DRAFT_2020_12: _DRAFT_2020_12,
    Dialect.OPENAPI_2_0: _SIMPLE,
    Dialect.OPENAPI_3_0: _SIMPLE + " anyOf oneOf not",
    Dialect.OPENAPI_3_1: _DRAFT_2020_12,
    Dialect.OPENAPI_3_2: _DRAFT_2020_12,
}
_SENTENCES: Mapping[str, str] = {
    "enum": "{} is not one of {}",
    "const": "{} is not the constant {}",
    "minimum": "{} is less than the minimum of {}",
    "maximum": "{} is greater than the maximum of {}",
    "exclusiveMinimum": "{} is less than or equal to the minimum of {}",
    "exclusiveMaximum": "{} is greater than or equal to the maximum of {}",
    "minLength": "{} is too short, minLength is {}",
    "maxLength": "{} is too long, maxLength is {}",
    "minItems": "{} has too few items, minItems is {}",
    "maxItems": "{} has too many items, maxItems is {}",
    "minProperties": "{} has too few properties, minProperties is {}",
    "maxProperties": "{} has too many properties, maxProperties is {}",
}
"""What the keywords that the library judges say against a payload: the payload comes first, then the value of the keyword."""
_LETTERS_PER_STEP = 256
_NULLABLE = {Dialect.OPENAPI_2_0: "x-nullable", Dialect.OPENAPI_3_0: "nullable"}
_NEVER_WRITE_ONLY = frozenset({"readOnly"})
_BOTH_MARKS = frozenset({"readOnly", "writeOnly"})
_IN_PLACE = (
    "$ref",
    "$dynamicRef",
    "$recursiveRef",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "dependentSchemas",
    "dependencies",
)


@dataclass(frozen=True, slots=True)
class Language:
    """How one dialect is checked: its keywords, the shapes of their values, and where identifiers of schemas stand."""

    dialect: Dialect
    uri: str
    specification: Specification[Any]
    keywords: Mapping[str, Keyword]
    shapes: Mapping[str, Shape]

    @property
    def id_keyword(self) -> str | None:
        """The keyword that gives a schema a base URI of its own."""
        if self.specification is Specification.OPAQUE:
            return None
        return "id" if self.dialect is Dialect.DRAFT_04 else "$id"


def language(dialect: Dialect, work: Work, marks: Marks) -> Language:
    """How a dialect is checked, with keywords bound to the state of a validator."""
    uri, specification = _BY_DIALECT[dialect]
    functions = _functions(dialect, work, marks)
    keywords = {name: functions[name] for name in _KEYWORDS[dialect].split()}
    for name in _IN_PLACE:
        if name in keywords:
            keywords[name] = marks.remembering(keywords[name])
    return Language(dialect, uri, specification, keywords, _shapes(dialect))


def marks_of(dialect: Dialect) -> frozenset[str]:
    """The marks that excuse a name from `required`."""
    return _NEVER_WRITE_ONLY if dialect is Dialect.OPENAPI_2_0 else _BOTH_MARKS


def specification_of(dialect: Dialect) -> Specification[Any]:
    """Where the identifiers of schemas stand in a file of this dialect."""
    return _BY_DIALECT[dialect][1]


def _functions(dialect: Dialect, work: Work, marks: Marks) -> dict[str, Keyword]:
    """The function of each keyword; those of the library where they are not named here."""
    found: dict[str, Keyword] = dict(Draft202012Validator.VALIDATORS)
    found |= {name: _worded(found[name], sentence, work) for name, sentence in _SENTENCES.items()}
    found |= {
        "$ref": reference("$ref"),
        "$dynamicRef": reference("$dynamicRef"),
        "$recursiveRef": reference("$recursiveRef"),
        "type": scalars.type_,
        "multipleOf": scalars.multiple_of,
        "pattern": scalars.pattern,
        "items": arrays.items,
        "additionalItems": arrays.additional_items,
        "contains": arrays.contains,
        "uniqueItems": arrays.unique_items,
        "patternProperties": objects.pattern_properties(work),
        "additionalProperties": objects.additional_properties(work),
        "required": objects.required(work, marks),
        "dependencies": objects.dependencies,
        "dependentRequired": objects.dependencies,
        "anyOf": combining.any_of,
        "oneOf": combining.one_of,
        "not": combining.not_,
        "if": combining.if_,
        "unevaluatedProperties": unevaluated.unevaluated_properties,
        "unevaluatedItems": unevaluated.unevaluated_items,
    }
    if dialect in _NULLABLE:
        found["type"] = scalars.nullable_type(_NULLABLE[dialect])
    if dialect in _FLAGS_BESIDE_BOUNDS:
        found |= {"minimum": scalars.minimum_with_flag, "maximum": scalars.maximum_with_flag}
        found |= {"exclusiveMinimum": scalars.flag, "exclusiveMaximum": scalars.flag}
    if dialect in {Dialect.DRAFT_06, Dialect.DRAFT_07}:
        found["contains"] = arrays.contains_any
    return found


def _worded(keyword: Keyword, sentence: str, work: Work) -> Keyword:
    """A keyword of the library that objects in our words: those of the library show values as Python writes them."""

    def check(validator: Validator, value: Any, instance: Any, schema: Any) -> Errors:  # noqa: ANN401  (as the library calls it)
        for error in keyword(validator, value, instance, schema):
            # The library has quoted the value: a large one, quoted again and again, is work too.
            work.owe(len(error.message) // _LETTERS_PER_STEP)
            yield refused(sentence, instance, value)

    return check


def reference(keyword: str) -> Keyword:
    """A keyword that applies the schema it leads to, in the dialect of the file where that stands."""

    def check(validator: Validator, value: Any, instance: Any, schema: Any) -> Errors:  # noqa: ANN401, ARG001  (as the library calls it)
        target = validator.target(value, keyword)
        if target is None:
            yield undecided("the reference {} leads to no schema in the files that are read", value)
        else:
            yield from target.descend(instance, target.schema, resolver=target._resolver)  # noqa: SLF001  (the library's name)

    return check


def _shapes(dialect: Dialect) -> dict[str, Shape]:
    shapes = dict(SHAPES)
    names, types = shapes["required"], shapes["type"]
    shapes["required"] = lambda value: isinstance(value, bool) or names(value)
    if dialect in {Dialect.DRAFT_04, Dialect.DRAFT_06, Dialect.DRAFT_07, Dialect.DRAFT_2019_09}:
        shapes["items"] = is_tuple_or_schema
    if dialect in _FLAGS_BESIDE_BOUNDS:
        shapes |= dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), shapes["uniqueItems"])
    if dialect is Dialect.OPENAPI_2_0:
        shapes["type"] = lambda value: value == "file" or types(value)
    return shapes

"""Validator classes of the library, one for each dialect, that stay inside our keywords, our budget and the snapshot.

The library's own way from a schema to the next (`evolve`, `descend`) would leave for its stock classes at a `$schema`, and with
them for `re`; ours chooses the class by dialect, checks the shape of each keyword first and counts steps.
"""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import create
from referencing.jsonschema import lookup_recursive_ref

from contractguard.model.dialects import Dialects
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import Dialect, JsonType, type_of
from contractguard.validators.dialects import REF_STANDS_ALONE, Language, language, marks_of
from contractguard.validators.keywords.marks import Marks
from contractguard.validators.outcomes import Errors, Loose, UncheckableError, Validator, Work, refused, undecided
from contractguard.validators.references import BROKEN, SnapshotReferences
from contractguard.validators.shapes import SPEAKS_OF

MAX_STEPS = 100_000
"""Keywords applied in one check, a second or two of work; the payloads of findings take some tens."""

_MEMBERS_PER_STEP = 16
_INTEGERS = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type_of(value) is JsonType.INTEGER)


class Classes:
    """The classes for one contract of one snapshot, made when a dialect is first met. `dialects` are those of `$schema`."""

    def __init__(self, references: SnapshotReferences, dialects: Dialects) -> None:
        self._dialects = dialects
        self.work = Work()
        self._references = references
        self._classes: dict[Dialect, Validator] = {}
        self._marks: list[Marks] = []
        self._shapes: dict[tuple[Dialect, str, int], tuple[Loose, bool]] = {}

    def errors(self, node: Node, payload: Loose, dialect: Dialect, role: Role) -> Errors:
        """What is wrong with a payload under the schema at a node; errors of undecided keywords among them.

        Raises `UncheckableError` where the budget is spent, `UnreadableError` where the file cannot be read.
        """
        self.work.role = role
        self.work.steps_left = MAX_STEPS
        for marks in self._marks:
            marks.clear()
        self.work.enter()
        resolver = self._references.resolver_at(node)
        validator = self.of(node.value, dialect)(node.value, _resolver=resolver)
        yield from validator.descend(payload, node.value, resolver=resolver)

    def of(self, schema: Loose, default: Dialect) -> Validator:
        """The class that a schema is checked with: as its own `$schema` says, else of the dialect around it."""
        if not isinstance(schema, dict | bool):
            raise UncheckableError(f"{_a(type_of(schema))} stands where a schema is expected")
        dialect = self._dialects.of(schema) or default
        known = self._classes.get(dialect)
        if known is None:
            known = self._classes[dialect] = self._made(dialect)
        return known

    def at(self, resolver: Any) -> Dialect:  # noqa: ANN401  (the library's resolver)
        """The dialect of the file that a reference led to."""
        return self._references.dialect_at(resolver)

    def _made(self, dialect: Dialect) -> Validator:
        marks = Marks(marks_of(dialect), self.work)
        self._marks.append(marks)
        lang = language(dialect, self.work, marks)
        applicable: Loose = _alone_reference if dialect in REF_STANDS_ALONE else dict.items
        made: Validator = create(
            meta_schema={"$schema": lang.uri, "$id": lang.uri},
            validators=lang.keywords,
            type_checker=_INTEGERS,
            applicable_validators=applicable,
        )
        made.applicable = staticmethod(applicable)
        _steer(made, lang, self)
        return made

    def has_shape(self, lang: Language, keyword: str, value: Loose) -> bool:
        """Whether the value of a keyword means something; remembered for values that take time to look through."""
        shape = lang.shapes.get(keyword)
        if shape is None:
            return True
        if not isinstance(value, dict | list):
            return shape(value)
        key = (lang.dialect, keyword, id(value))
        known = self._shapes.get(key)
        if known is None:
            known = self._shapes[key] = (value, shape(value))  # the value is held, so that its id stays its own
        return known[1]


def _alone_reference(schema: dict[str, Loose]) -> Any:  # noqa: ANN401  (as the library has it)
    reference = schema.get("$ref")
    return [("$ref", reference)] if isinstance(reference, str) else schema.items()


def _steer(made: Validator, lang: Language, classes: Classes) -> None:
    """Replace the ways from one schema to another on a validator class."""
    id_keyword, specification, work = lang.id_keyword, lang.specification, classes.work

    def inside(self: Validator, schema: Loose, resolver: Any = None) -> Validator:  # noqa: ANN401
        """The validator of a subschema, or of a schema elsewhere with the resolver of its place."""
        if resolver is None:
            resolver = self._resolver
            if id_keyword and isinstance(schema, dict) and isinstance(schema.get(id_keyword), str):
                resolver = resolver.in_subresource(specification.create_resource(schema))
        return classes.of(schema, lang.dialect)(schema, _resolver=resolver)

    def target(self: Validator, reference: Loose, keyword: str = "$ref") -> Validator | None:
        """The validator of what a reference leads to; None where that is no schema of the snapshot."""
        try:
            recursive = keyword == "$recursiveRef"
            found = lookup_recursive_ref(self._resolver) if recursive else self._resolver.lookup(reference)
        except BROKEN:
            return None
        if not isinstance(found.contents, dict | bool):
            return None
        dialect = classes.at(found.resolver)
        return classes.of(found.contents, dialect)(found.contents, _resolver=found.resolver)

    def descend(  # noqa: PLR0917  (as keywords of the library call it)
        self: Validator,
        instance: Loose,
        schema: Loose,
        path: str | int | None = None,
        schema_path: str | int | None = None,  # noqa: ARG001  (keywords of the library give it)
        resolver: Any = None,  # noqa: ANN401
    ) -> Errors:
        """The errors of a value under a schema, with `path` put before their places."""
        work.enter()
        for error in _applied(classes, lang, inside(self, schema, resolver), instance):
            if path is not None:
                error.path.appendleft(path)
            yield error

    made.inside, made.target, made.descend, made.enter = inside, target, descend, staticmethod(work.enter)
    made.evolve = lambda self, **changes: inside(self, changes.get("schema", self.schema), changes.get("_resolver"))


def _applied(classes: Classes, lang: Language, validator: Validator, instance: Loose) -> Errors:
    schema, kind = validator.schema, type_of(instance)
    if schema is False:
        yield refused("{} is not allowed: the schema is false", instance)
        return
    for function, keyword, value in validator._validators:  # noqa: SLF001  (filled by the library)
        if keyword in SPEAKS_OF and kind not in SPEAKS_OF[keyword]:
            continue
        classes.work.spend(1 + (len(value) // _MEMBERS_PER_STEP if isinstance(value, dict | list) else 0))
        if not classes.has_shape(lang, keyword, value):
            yield undecided(f"the value of {keyword} means nothing in {lang.dialect}: it is {{}}", value)
            continue
        yield from function(validator, value, instance, schema)


def _a(kind: JsonType) -> str:
    return {JsonType.ARRAY: "an array", JsonType.INTEGER: "an integer", JsonType.NULL: "null"}.get(kind, f"a {kind}")

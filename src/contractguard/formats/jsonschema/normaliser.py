"""Reading schema nodes into normal form (see `model/schema.py`), following references and folding what must hold together."""

from __future__ import annotations

import re
from dataclasses import fields as dataclass_fields
from dataclasses import replace

from contractguard.errors import LimitError, UnreadableError
from contractguard.formats.jsonschema.dialects import DOCUMENTATION, NULL_IS_A_TYPE, REF_HIDES_SIBLINGS
from contractguard.formats.jsonschema.folding import close_unevaluated, fold
from contractguard.formats.jsonschema.keywords import Fields, read_keywords
from contractguard.formats.jsonschema.open_lists import may_list_values, open_list
from contractguard.formats.jsonschema.references import References, published
from contractguard.formats.jsonschema.scopes import Scopes, within
from contractguard.formats.jsonschema.unknown_dialects import looks_like_a_schema, unknown_dialect
from contractguard.formats.marks import with_canonical_marks
from contractguard.model.document import Documents
from contractguard.model.lifecycle import DEPRECATED, KNOWN_NAMES, MarkNames, says_deprecated
from contractguard.model.places import Conjunction, Node, scope_of
from contractguard.model.schema import DYNAMIC_REFERENCES, Dialect, JsonType, Schema, is_among, is_unsaid, type_of
from contractguard.model.values import JsonValue, canonical, unescape_token

_DEFINITION = re.compile(r"/(definitions|\$defs|components/schemas)/([^/]+)$")
_ALL_TYPES = frozenset(JsonType) - {JsonType.INTEGER}
_MOST_IN_PLACE = 100
"""Schemas read within one another: what they refer to, and branches of their `allOf`. More would use up Python's stack."""
_NO_SKIP: frozenset[str] = frozenset()
_SILENT_FIELDS = frozenset(
    "node dialect component adds_null origins boolean documentation extensions deprecated default read_only write_only xml "
    "evaluates_properties evaluates_items open_enum".split()
)
"""Fields that restrict no payload: a wrapper with only these is still the schema that it wraps."""
_ASSERTING_FIELDS = tuple(field.name for field in dataclass_fields(Schema) if field.name not in _SILENT_FIELDS)


class SchemaNormaliser:
    """Reads the schemas of one contract. Implements `SchemaReader`; `dialect` is that of files that name none.

    With `guesses_dialects`, a `$schema` that names no dialect that is known says no more than none: the user said which dialect
    to read then. Otherwise it is an error where a schema has it.
    """

    def __init__(
        self,
        documents: Documents,
        root_path: str,
        dialect: Dialect,
        marks: MarkNames = KNOWN_NAMES,
        *,
        guesses_dialects: bool = False,
    ) -> None:
        self._documents = documents
        self._root_path = root_path
        self._dialect = dialect
        self._guesses_dialects = guesses_dialects
        self._marks = marks
        self._references = References(documents, self._dialect_of_file)
        self._scopes = Scopes(documents, self._references)
        self._read: dict[tuple[str, str, int, int], Schema] = {}
        self._alive: list[JsonValue] = []
        """The values whose `id` is part of a key above."""
        self._in_progress: set[tuple[str, str, int, int]] = set()
        self._dialects: dict[str, Dialect] = {root_path: dialect}

    def resolve(self, origin: Node, reference: str) -> Node:
        """See `SchemaReader.resolve`."""
        origin = self._scopes.entered(origin)
        return within(self._references.resolve(origin, reference), scope_of(origin))

    def read(self, node: Node) -> Schema:
        """See `SchemaReader.read`."""
        node = self._scopes.entered(node)
        key = (node.path, node.pointer, id(node.value), id(scope_of(node)))
        found = self._read.get(key)
        if found is None:
            if key in self._in_progress:
                raise self._error(node, "the schema refers to itself in place", "break the cycle of references")
            if len(self._in_progress) >= _MOST_IN_PLACE:
                place = self._documents.locate([node.key])[node.key]
                message = f"more than {_MOST_IN_PLACE} schemas are nested in one place, through references and allOf"
                raise LimitError(message, path=place.path, line=place.line, column=place.column)
            self._in_progress.add(key)
            try:
                found = self._normal_form(node)
            finally:
                self._in_progress.discard(key)
            self._read[key] = found
            self._alive.append(node.value)
        return found

    def _normal_form(self, node: Node) -> Schema:
        dialect = self.dialect_at(node)
        if isinstance(node, Conjunction):
            return self._together(Schema(node=node, dialect=dialect), node.parts)
        value = node.value
        if isinstance(value, bool):
            return Schema(node=node, dialect=dialect, boolean=value, component=self._component(node))
        if not isinstance(value, dict):
            raise self._error(node, "this is not a schema: an object or a boolean is expected", "write a schema here")
        targets = self._targets(node, value, dialect)
        if not targets:
            return self._own_schema(node, dialect, skip=_NO_SKIP)
        if len(value) == 1 or dialect in REF_HIDES_SIBLINGS:
            return self.read(next(iter(targets.values())))
        own = self._own_schema(node, dialect, skip=frozenset(targets), closes=False)
        return self._together(own, tuple(targets.values()), keeps_name=False)

    def _targets(self, node: Node, value: dict[str, JsonValue], dialect: Dialect) -> dict[str, Node]:
        """Where the references of a schema object lead, by keyword."""
        targets: dict[str, Node] = {}
        reference = value.get("$ref")
        if isinstance(reference, str):
            targets["$ref"] = self.resolve(node, reference)
        keyword = DYNAMIC_REFERENCES.get(dialect)
        dynamic = value.get(keyword) if keyword else None
        if keyword and isinstance(dynamic, str):
            targets[keyword] = self._scopes.target(node, dynamic, dialect)
        return targets

    def _own_schema(self, node: Node, dialect: Dialect, *, skip: frozenset[str], closes: bool = True) -> Schema:
        """The schema that the members at `node` write, with its `allOf` and its unions of one folded in.

        `closes` is False where more is to be folded in, which `unevaluated…` among the members will look at.
        """
        fields = read_keywords(node, dialect, skip=skip)
        self._settle_marks(fields)
        _settle_values(fields)
        branches: tuple[Node, ...] = fields.pop("all_of", ())
        for union in ("any_of", "one_of"):
            if len(fields.get(union, ())) == 1:
                branches += fields.pop(union)
        schema = Schema(node=node, dialect=dialect, component=self._component(node), **fields)
        if _is_forbidden(schema):
            return replace(schema, boolean=False)
        schema = self._fold_open_list(self._fold_listed(self._fold_null(schema)))
        if branches:
            return self._together(schema, branches, closes=closes)
        return _settled(schema) if closes else schema

    def _settle_marks(self, fields: Fields) -> None:
        """Put lifecycle marks under their canonical names."""
        if "extensions" in fields:
            fields["extensions"] = extensions = with_canonical_marks(fields["extensions"], self._marks)
            if says_deprecated(extensions) and "deprecated" not in fields:
                fields["deprecated"] = True
                fields["origins"]["deprecated"] = extensions[DEPRECATED]

    def _together(
        self, schema: Schema, branches: tuple[Node, ...], *, keeps_name: bool = True, closes: bool = True
    ) -> Schema:
        """A schema that says what `schema` and all branches say."""
        if _says_nothing(schema) and len(branches) == 1:
            # A wrapper around one schema (`allOf: [$ref]` with a description): it is that schema, under its name.
            inner = self.read(branches[0])
            wrapped = fold(schema, inner, self._references.same_base)
            if wrapped is not None:
                name = (schema.component if keeps_name else None) or inner.component
                return replace(
                    wrapped,
                    node=inner.node if not schema.component else schema.node,
                    component=name,
                    adds_null=inner.adds_null and name == inner.component,
                )
        kept: list[Node] = []
        for branch in branches:
            folded = fold(schema, self.read(branch), self._references.same_base)
            if folded is None:
                kept.append(branch)
            else:
                schema = folded
        if kept:
            schema = replace(schema, all_of=(*schema.all_of, *kept))
        return _settled(schema) if closes else schema

    def _fold_null(self, schema: Schema) -> Schema:
        """`anyOf: [X, {type: null}]` as X with null among its types, the way a type list says it."""
        union = schema.any_of or schema.one_of
        if len(union) != 2 or (schema.any_of and schema.one_of) or schema.dialect not in NULL_IS_A_TYPE:  # noqa: PLR2004  (X and null)
            return schema
        null = [branch for branch in union if _is_null(branch)]
        if len(null) != 1:
            return schema
        inner = self.read(next(branch for branch in union if branch is not null[0]))
        if inner.types is None or JsonType.NULL in inner.types or not _depends_on_type(inner):
            return schema
        types = inner.types | {JsonType.NULL}
        enum = inner.enum and (*inner.enum, null[0].with_value(None))
        # The place stays that of the wrapper: another one would stand for payloads without null.
        nullable = replace(inner, types=types, enum=enum, origins={**inner.origins, "types": null[0]})
        alone = replace(schema, any_of=(), one_of=())
        folded = fold(alone, nullable, self._references.same_base)
        if folded is None:
            return schema
        if _says_nothing(alone):
            named = alone.component or inner.component
            return replace(folded, component=named, adds_null=alone.component is None and named is not None)
        return folded

    def _fold_listed(self, schema: Schema) -> Schema:
        """A union of single values, each with words of its own (`oneOf: [{const: a, title: A}, …]`), as the `enum` that it is."""
        field = "any_of" if schema.any_of else "one_of"
        union = getattr(schema, field)
        if not union or schema.enum is not None or (schema.any_of and schema.one_of):
            return schema
        values: dict[str, Node] = {}
        words: dict[str, Node] = {}
        for branch in union:
            item = self._only_value(branch)
            if item is None or (canonical(item.value) in values and field == "one_of"):
                return schema
            values[canonical(item.value)] = item
            said = branch.value if isinstance(branch.value, dict) else {}
            words |= {
                f"{word} of {canonical(item.value)}": branch.child(word) for word in said if word in DOCUMENTATION
            }
        enum = tuple(item for item in values.values() if is_among(type_of(item.value), schema.types))
        if not enum:
            return schema
        return replace(
            schema,
            any_of=(),
            one_of=(),
            enum=enum,
            origins={**schema.origins, "enum": schema.origin(field)},
            documentation={**schema.documentation, **words},
        )

    def _only_value(self, branch: Node) -> Node | None:
        """The value of a branch that says nothing but that the payload is this value, in words at most."""
        said = branch.value.keys() if isinstance(branch.value, dict) else frozenset()
        if not said & {"const", "enum"} or not said <= {"const", "enum", "type", *DOCUMENTATION}:
            return None
        schema = self.read(branch)
        if schema.boolean is not None or schema.enum is None or len(schema.enum) != 1 or schema.unknown:
            return None
        return schema.enum[0] if is_among(type_of(schema.enum[0].value), schema.types) else None

    def _fold_open_list(self, schema: Schema) -> Schema:
        """`anyOf: [{enum: […]}, {type: string}]` as the type, with the values that are known."""
        if not schema.any_of or schema.one_of or not may_list_values(schema.any_of, self.resolve):
            return schema
        opened = open_list(schema, [self.read(branch) for branch in schema.any_of])
        folded = opened and fold(replace(schema, any_of=()), opened, self._references.same_base)
        return folded or schema

    def dialect_at(self, node: Node) -> Dialect:
        """See `SchemaReader.dialect_at`."""
        own = node.get("$schema") if node.pointer or node.path != self._root_path else None
        if own is not None and isinstance(own.value, str):
            found = self._named(own)
            if found is not None:
                return found
        # What a schema says of itself holds for all that it holds (2020-12 core, 8.1.1 and 9.3.3).
        for namer in self._references.resources(node).namers(node.pointer):
            found = self._named(namer)
            if found is not None:
                return found
        return self._dialect_of_file(node)

    def _named(self, namer: Node) -> Dialect | None:
        """What a `$schema` names. Raises `UnreadableError` where nobody knows it, unless the user said what to read then."""
        found = self._documents.dialects.named(str(namer.value))
        if found is None and not self._guesses_dialects:
            raise unknown_dialect(self._documents, namer)
        return found

    def _dialect_of_file(self, node: Node) -> Dialect:
        known = self._dialects.get(node.path)
        if known is None:
            is_here = self._documents.exists(node.path)
            value = self._documents.document(node.path).value if is_here else published(node.path)
            known = self._documents.dialects.of(value)
            if known is None and is_here and looks_like_a_schema(value):
                namer = self._documents.document(node.path).root.get("$schema")
                known = self._named(namer) if namer is not None and isinstance(namer.value, str) else None
            known = self._dialects[node.path] = known or self._dialect
        return known

    def _component(self, node: Node) -> str | None:
        """The shared name of a definition: where it lies in the contract's own file, or the file it has to itself."""
        match = _DEFINITION.search(node.pointer)
        if match:
            name = f"{match[1]}/{unescape_token(match[2])}"
            return name if node.path == self._root_path else f"{node.path} {name}"
        return node.path if node.pointer == "" and node.path != self._root_path else None

    def _error(self, node: Node, message: str, remedy: str) -> UnreadableError:
        place = self._documents.locate([node.key])[node.key]
        return UnreadableError(message, path=place.path, line=place.line, column=place.column, remedy=remedy)


def _settle_values(fields: Fields) -> None:
    """Normalise what several keywords say together: types, and the values of an enum that they let through."""
    types = fields.get("types")
    if types is not None:
        if JsonType.NUMBER in types:
            types -= {JsonType.INTEGER}
        if types == _ALL_TYPES:
            fields.pop("types")
            types = None
        else:
            fields["types"] = types
    enum = fields.get("enum")
    if enum is not None and types is not None:
        kept = tuple(item for item in enum if is_among(type_of(item.value), types))
        if kept:
            fields["enum"] = kept


def _is_forbidden(schema: Schema) -> bool:
    if schema.enum == ():  # `enum` and `const` have no value in common
        return True
    return schema.not_ is not None and (schema.not_.value is True or schema.not_.value == {})


def _is_null(branch: Node) -> bool:
    value = branch.value
    if not isinstance(value, dict):
        return False
    said = {name: item for name, item in value.items() if name not in ("description", "title")}
    return said in ({"type": "null"}, {"type": ["null"]}, {"enum": [None]}, {"const": None})


def _depends_on_type(schema: Schema) -> bool:
    """Whether adding null to the types adds null to the payloads: no keyword of another kind would refuse it."""
    return not (schema.all_of or schema.any_of or schema.one_of or schema.not_ or schema.if_ or schema.unknown)


def _says_nothing(schema: Schema) -> bool:
    """Whether a schema restricts no payload."""
    return schema.boolean is not False and all(is_unsaid(getattr(schema, name)) for name in _ASSERTING_FIELDS)


def _settled(schema: Schema) -> Schema:
    schema = close_unevaluated(schema)
    if schema.boolean is None and _says_nothing(schema):
        return replace(schema, boolean=True)
    return schema

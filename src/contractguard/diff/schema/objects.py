"""Facets of objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from contractguard.diff.schema.pair import Pair
from contractguard.errors import UnreadableError
from contractguard.model.change import Effect, Polarity
from contractguard.model.finding import Reading
from contractguard.model.lifecycle import SUNSET, mark_text
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import JsonType, Schema, SchemaReader
from contractguard.model.values import UNSET, JsonValue
from contractguard.semantics.inclusion.literals import Step as Into
from contractguard.semantics.inclusion.literals import Where
from contractguard.semantics.languages import matches
from contractguard.semantics.required import unsent_in


def compare_objects(pair: Pair) -> None:
    """Compare properties, what is required, and what else an object may hold."""
    if not pair.both_allow(JsonType.OBJECT):
        return
    base, head = _side(pair, pair.base, pair.base_reader), _side(pair, pair.head, pair.head_reader)
    for name, node in pair.base.properties.items():
        if name in pair.head.properties:
            _compare_property(pair, base, head, name)
        else:
            _removed(pair, base, head, name, node)
    for name, node in pair.head.properties.items():
        if name not in pair.base.properties:
            _added(pair, base, head, name, node)
    _compare_required(pair, base, head)
    _compare_additional(pair)
    _compare_patterns(pair)
    _compare_names(pair)
    _compare_dependents(pair)


_MOST_BRANCHES = 200
"""Branches of a schema that are looked through for names."""


def _branches(schema: Schema, polarity: Polarity) -> list[tuple[Node, Polarity]]:
    """The schemas that hold of the same payload as one of this polarity, or may."""
    conditional = [node for node in (schema.then, schema.else_) if node is not None]
    possible = [*schema.any_of, *schema.one_of, *schema.dependent_schemas.values(), *conditional]
    return [(node, polarity) for node in schema.all_of] + [(node, Polarity.UNDETERMINED) for node in possible]


@dataclass(frozen=True)
class _Side:
    """One side of the pair, and what it says about a name."""

    schema: Schema
    reader: SchemaReader
    hidden: frozenset[str]
    """The names that are no part of a payload of the role at hand."""

    def requires(self, name: str) -> bool:
        return name in self.schema.required and name not in self.hidden

    def closed(self, name: str) -> bool:
        """Whether an object may not have this name, if it is not declared."""
        further = self.schema.additional_properties or self.schema.unevaluated_properties
        return further is not None and further.value is False and not self.patterns_for(name)

    @property
    def takes_any_name(self) -> bool:
        """Whether the object is a map: what stands under a name that is not declared means something."""
        further = self.schema.additional_properties
        return further is not None and isinstance(further.value, dict) and bool(further.value)

    def declares(self, name: str) -> bool:
        return name in self.schema.properties or bool(self.patterns_for(name)) or name in self.branches

    @cached_property
    def branches(self) -> Mapping[str, list[tuple[Node, Polarity]]]:
        """What branches that are not folded say of properties, at any depth: those that hold (positive), or may hold."""
        found: dict[str, list[tuple[Node, Polarity]]] = defaultdict(list)
        met: set[int] = set()
        waiting = _branches(self.schema, Polarity.POSITIVE)
        while waiting and len(met) < _MOST_BRANCHES:
            node, polarity = waiting.pop()
            try:
                branch = self.reader.read(node)
            except UnreadableError:  # the comparison of the branch says so
                continue
            if id(branch) not in met:
                met.add(id(branch))
                for name, declared in branch.properties.items():
                    found[name].append((declared, polarity))
                waiting += _branches(branch, polarity)
        return found

    def patterns_for(self, name: str) -> list[Node]:
        return [node for pattern, node in self.schema.pattern_properties.items() if matches(pattern, name)]

    def undeclared(self, name: str) -> Node | None:
        """The schema that a value under a name gets that is not declared; None where anything goes."""
        patterns = self.patterns_for(name)
        if patterns:
            return patterns[0]
        further = self.schema.additional_properties
        return further if further is not None and further.value is not False else None


def _side(pair: Pair, schema: Schema, reader: SchemaReader) -> _Side:
    unsent = {name: roles for name, node in schema.properties.items() if (roles := _unsent_in(reader, node))}
    pair.depends_on_role |= bool(unsent)
    return _Side(schema, reader, frozenset(name for name, roles in unsent.items() if pair.role in roles))


def _unsent_in(reader: SchemaReader, node: Node) -> frozenset[Role]:
    try:
        return unsent_in(reader, node)
    except UnreadableError:  # the comparison of the property says so
        return frozenset()


def _property(name: str) -> str:
    return f"property '{name}'"


def _compare_property(pair: Pair, base: _Side, head: _Side, name: str) -> None:
    if name in base.hidden and name in head.hidden:
        return  # never in this payload
    pair.child(
        pair.base.properties[name],
        pair.head.properties[name],
        f" > {name}",
        _property(name),
        into=Into(Where.PROPERTY, name),
    )


def _removed(pair: Pair, base: _Side, head: _Side, name: str, node: Node) -> None:
    if name in base.hidden:
        return
    required, closed = base.requires(name), head.closed(name)
    governing = head.patterns_for(name)
    if governing:
        # Declared under another name, by a pattern: what may stand there is compared, and nothing was taken away.
        _child(pair, name, node, governing[0])
        return
    if name in head.branches:
        for declared, polarity in head.branches[name]:
            _child(pair, name, node, declared, polarity)
        return
    pair.depends_on_role = True
    schema = base.reader.read(node)
    sunset = mark_text(schema.extensions, SUNSET)
    pair.change(
        "property.removed",
        _effect_of_removing(pair, base, head, name),
        base=node,
        head=pair.head.origin("properties"),
        facts={
            "required": required,
            "closed": closed,
            "deprecated": schema.deprecated,
            "called": pair.role is Role.REQUEST and not head.takes_any_name,
        },
        details={"name": name} | ({"sunset": sunset} if sunset is not None else {}),
        below=f" > {name}",
        subject=_property(name),
    )
    if not closed and head.undeclared(name) is not None:
        _child(pair, name, node, head.undeclared(name))


def _added(pair: Pair, base: _Side, head: _Side, name: str, node: Node) -> None:
    if name in head.hidden:
        return
    required, closed = head.requires(name), base.closed(name)
    governing = base.patterns_for(name)
    if governing:
        _child(pair, name, governing[0], node)
        return
    if name in base.branches:
        for declared, polarity in base.branches[name]:
            _child(pair, name, declared, node, polarity)
        return
    pair.change(
        "property.added",
        _effect_of_removing(pair, head, base, name).flipped(),
        base=pair.base.origin("properties"),
        head=node,
        facts={"required": required, "closed": closed},
        details={"name": name},
        below=f" > {name}",
        subject=_property(name),
    )
    if not closed and base.undeclared(name) is not None:
        _child(pair, name, base.undeclared(name), node)


def _effect_of_removing(pair: Pair, declaring: _Side, other: _Side, name: str) -> Effect:
    """What it does to the payloads if a property that one side alone declares goes; the reverse of it if it comes."""
    effect = Effect.NONE
    if declaring.requires(name) and not other.requires(name):
        effect = effect.joined(Effect.WIDENED)
    if other.closed(name):
        effect = effect.joined(Effect.NARROWED)
    elif pair.reading is Reading.STRICT and other.undeclared(name) is None and not _says_nothing(declaring, name):
        effect = effect.joined(Effect.WIDENED)
    return effect


def _child(pair: Pair, name: str, base: Node | None, head: Node | None, polarity: Polarity = Polarity.POSITIVE) -> None:
    pair.child(base, head, f" > {name}", _property(name), polarity=polarity, into=Into(Where.PROPERTY, name))


def _says_nothing(side: _Side, name: str) -> bool:
    return side.reader.read(side.schema.properties[name]).boolean is True


def _compare_required(pair: Pair, base: _Side, head: _Side) -> None:
    """Names that both sides declare, or neither, and of which one side alone says that they must be there."""
    for name in [*pair.base.required, *(name for name in pair.head.required if name not in pair.base.required)]:
        before, after = base.requires(name), head.requires(name)
        declared, still_declared = base.declares(name), head.declares(name)
        # That a declaration goes with its promise, or comes with it, is told of the declaration.
        if (
            before == after
            or (declared and before and not still_declared)
            or (still_declared and after and not declared)
        ):
            continue
        if after:
            node = pair.head.properties.get(name)
            has_default = node is not None and pair.head_reader.read(node).default is not UNSET
            pair.change(
                "property.became-required",
                Effect.NARROWED,
                base=pair.base.properties.get(name) or pair.base.origin("required"),
                head=pair.head.required[name],
                facts={"has_default": has_default},
                details={"name": name},
                below=f" > {name}",
                subject=_property(name),
            )
        else:
            pair.change(
                "property.became-optional",
                Effect.WIDENED,
                base=pair.base.required[name],
                head=pair.head.properties.get(name) or pair.head.origin("required"),
                details={"name": name},
                below=f" > {name}",
                subject=_property(name),
            )


def _compare_additional(pair: Pair) -> None:
    base, head = pair.base.additional_properties, pair.head.additional_properties
    forbidden = (base is not None and base.value is False, head is not None and head.value is False)
    if forbidden == (False, True):
        pair.change("additional-properties.forbidden", Effect.NARROWED, "additional_properties")
    elif forbidden == (True, False):
        pair.change("additional-properties.allowed", Effect.WIDENED, "additional_properties")
    elif forbidden == (False, False):
        pair.child(
            base,
            head,
            " > *",
            f"additional properties of {pair.subject}",
            base_place=pair.base.origin("additional_properties"),
            head_place=pair.head.origin("additional_properties"),
            into=_undeclared(pair),
        )


def _undeclared(pair: Pair) -> Into:
    """The properties that neither side declares or has a pattern for."""
    return Into(
        Where.OTHER_PROPERTY,
        names=frozenset(pair.base.properties) | frozenset(pair.head.properties),
        avoiding=tuple(dict.fromkeys((*pair.base.pattern_properties, *pair.head.pattern_properties))),
    )


def _compare_patterns(pair: Pair) -> None:
    base, head = pair.base.pattern_properties, pair.head.pattern_properties
    for pattern in [*base, *(pattern for pattern in head if pattern not in base)]:
        # A name that the other side gives no pattern gets what that side says of undeclared names.
        pair.child(
            base.get(pattern) or pair.base.additional_properties,
            head.get(pattern) or pair.head.additional_properties,
            f" > /{pattern}/",
            f"properties of {pair.subject} that match /{pattern}/",
            base_place=pair.base.origin("pattern_properties"),
            head_place=pair.head.origin("pattern_properties"),
            into=Into(Where.MATCHING_PROPERTY, pattern),
        )


def _compare_names(pair: Pair) -> None:
    pair.child(
        pair.base.property_names,
        pair.head.property_names,
        " > {names}",
        f"property names of {pair.subject}",
        base_place=pair.base.origin("property_names"),
        head_place=pair.head.origin("property_names"),
        into=Into(Where.NAME),
    )


def _compare_dependents(pair: Pair) -> None:
    base, head = pair.base.dependent_required, pair.head.dependent_required
    for name in [*base, *(name for name in head if name not in base)]:
        before, after = base.get(name, frozenset()), head.get(name, frozenset())
        for kind, effect, names in (
            ("dependent-required.added", Effect.NARROWED, after - before),
            ("dependent-required.removed", Effect.WIDENED, before - after),
        ):
            if names:
                old: list[JsonValue] = [*sorted(before)]
                new: list[JsonValue] = [*sorted(after)]
                pair.change(kind, effect, "dependent_required", before=old, after=new, details={"name": name})
    schemas, others = pair.base.dependent_schemas, pair.head.dependent_schemas
    for name in [*schemas, *(name for name in others if name not in schemas)]:
        pair.child(
            schemas.get(name),
            others.get(name),
            f" > if {name}",
            f"{pair.subject} where property '{name}' is present",
            base_place=pair.base.origin("dependent_schemas"),
            head_place=pair.head.origin("dependent_schemas"),
        )

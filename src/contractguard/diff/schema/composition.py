"""Facets that combine schemas: allOf, anyOf, oneOf, not, if/then/else, unevaluated items and properties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import partial

from contractguard.diff.schema.branches import Waiting, match_branches
from contractguard.diff.schema.pair import Pair, effective_types
from contractguard.model.change import Effect, Polarity
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import Schema, SchemaReader, is_unsaid
from contractguard.semantics.disjoint import all_disjoint
from contractguard.semantics.inclusion.literals import Step as Into
from contractguard.semantics.inclusion.literals import Where

_BESIDE_A_UNION = frozenset(
    "node dialect component origins any_of one_of documentation extensions deprecated default read_only write_only "
    "discriminator xml evaluates_properties evaluates_items".split()
)
_UNIONS = ("oneOf", "anyOf")
_BESIDE_A_SINGLE = frozenset({"discriminator", "title", "description"})
_ASSERTING = tuple(field.name for field in fields(Schema) if field.name not in _BESIDE_A_UNION)


@dataclass(frozen=True, slots=True)
class Union:
    """Alternatives of one side. `exclusive`: they stand under `oneOf` and may overlap, so that one more may refuse."""

    branches: tuple[Node, ...]
    field: str
    exclusive: bool


def is_reordered(pair: Pair) -> bool:
    """Whether nothing differs but the order of an `allOf`, which means nothing (2020-12 core, 10.2.1.1)."""
    base, head = pair.base.node, pair.head.node
    if not _all_of(base) or not _all_of(head) or len(_all_of(base)) != len(_all_of(head)):
        return False
    before, after = dict(base.members()), dict(head.members())
    if before.keys() != after.keys():
        return False
    likeness = pair.unchanged.likeness
    left = Waiting((other, likeness.key(other)) for other in _all_of(head))
    for branch in _all_of(base):
        if left.take([likeness.key(branch)], partial(pair.unchanged, branch)) is None:
            return False
    return all(pair.unchanged(node, after[name]) for name, node in before.items() if name != "allOf")


def _all_of(node: Node) -> list[Node]:
    branches = node.get("allOf")
    return [] if branches is None else branches.items()


def compare_unions(pair: Pair) -> bool:
    """Compare two schemas of which at least one is nothing but a union. Whether that was so.

    A schema that became one alternative of a union is compared with that alternative: `X` → `anyOf: [X, Y]`.
    """
    pair.depends_on_role |= bool(pair.base.one_of or pair.head.one_of)  # marks can tell alternatives apart
    base, head = (
        _only_union(pair.base, pair.base_reader, pair.role),
        _only_union(pair.head, pair.head_reader, pair.role),
    )
    if base is None and head is None:
        return False
    if (base is None and not _fits(pair, head)) or (head is None and not _fits(pair, base)):
        return False
    _compare_branches(pair, base or _single(pair.base), head or _single(pair.head))
    return True


def _single(schema: Schema) -> Union:
    """A schema as the only alternative; the one inside where it was written as a union of one with a discriminator."""
    for keyword in _UNIONS:
        union = schema.node.get(keyword)
        if union is not None and schema.discriminator is not None and len(union.items()) == 1:
            beside = {name for name, _ in schema.node.members()} - _BESIDE_A_SINGLE
            if beside == {keyword}:
                return Union(tuple(union.items()), "", exclusive=False)
    return Union((schema.node,), "", exclusive=False)


def _fits(pair: Pair, union: Union | None) -> bool:
    """Whether the side that is no union is one of the alternatives of the other, by its name, its content or its type."""
    if union is None:
        return False
    plain, union_reader, plain_is_base = (
        (pair.base, pair.head_reader, True)
        if not pair.base.any_of and not pair.base.one_of
        else (pair.head, pair.base_reader, False)
    )
    if plain.boolean is not None or plain.any_of or plain.one_of:
        return False
    types = effective_types(plain)
    for branch in union.branches:
        schema = union_reader.read(branch)
        same = pair.unchanged(plain.node, branch) if plain_is_base else pair.unchanged(branch, plain.node)
        if same or (plain.component is not None and plain.component == schema.component):
            return True
        if types is not None and effective_types(schema) == types:
            return True
    return False


def _only_union(schema: Schema, reader: SchemaReader, role: Role) -> Union | None:
    if bool(schema.any_of) == bool(schema.one_of):
        return None
    if not all(is_unsaid(getattr(schema, name)) for name in _ASSERTING):
        return None
    return union_of(schema, reader, role)


def union_of(schema: Schema, reader: SchemaReader, role: Role) -> Union | None:
    """The union that a schema holds, None where it has none or two."""
    if bool(schema.any_of) == bool(schema.one_of):
        return None
    if schema.any_of:
        return Union(schema.any_of, "any_of", exclusive=False)
    return Union(schema.one_of, "one_of", exclusive=not all_disjoint(reader, schema.one_of, role))


def compare_composition(pair: Pair) -> None:
    """Compare the combining keywords of two schemas that say other things too."""
    _compare_all_of(pair)
    for field in ("any_of", "one_of"):
        _compare_union_keyword(pair, field)
    _compare_not(pair)
    _compare_condition(pair)
    for field, keyword in (
        ("unevaluated_properties", "unevaluatedProperties"),
        ("unevaluated_items", "unevaluatedItems"),
    ):
        _compare_unevaluated(pair, field, keyword)


def _compare_all_of(pair: Pair) -> None:
    matched, gone, come = match_branches(pair, pair.base.all_of, pair.head.all_of)
    for base, head, label in matched:
        pair.child(base, head, f" > allOf[{label}]", f"{pair.subject} (allOf '{label}')")
    _branches_changed(pair, "all_of", "all-of", gone, come, removed=Effect.WIDENED, added=Effect.NARROWED)


def _compare_union_keyword(pair: Pair, field: str) -> None:
    base_nodes, head_nodes = getattr(pair.base, field), getattr(pair.head, field)
    thing = field.replace("_", "-")
    if not base_nodes and not head_nodes:
        return
    if not base_nodes or not head_nodes:
        if base_nodes:
            pair.change(f"{thing}.removed", Effect.WIDENED, field)
        else:
            pair.change(f"{thing}.added", Effect.NARROWED, field)
        return
    exclusive = (
        (
            not all_disjoint(pair.base_reader, base_nodes, pair.role),
            not all_disjoint(pair.head_reader, head_nodes, pair.role),
        )
        if field == "one_of"
        else (False, False)
    )
    _compare_branches(pair, Union(base_nodes, field, exclusive[0]), Union(head_nodes, field, exclusive[1]))


def _compare_branches(pair: Pair, base: Union, head: Union) -> None:
    exclusive = base.exclusive or head.exclusive
    polarity = Polarity.UNDETERMINED if exclusive else Polarity.POSITIVE
    if base.field != head.field and base.field and head.field and exclusive:
        # The same alternatives, but now (no longer) only one of them may hold.
        if head.exclusive:
            pair.change("one-of.added", Effect.NARROWED, head=pair.head.origin("one_of"), base=pair.base.node)
        else:
            pair.change("one-of.removed", Effect.WIDENED, base=pair.base.origin("one_of"), head=pair.head.node)
    matched, gone, come = match_branches(pair, base.branches, head.branches)
    keyword = {"any_of": "anyOf", "one_of": "oneOf"}[head.field or base.field]
    for before, after, label in matched:
        subject = f"alternative '{label}' of {pair.subject}"
        pair.child(before, after, f" > {keyword}[{label}]", subject, polarity=polarity)
    thing = "one-of" if exclusive else "any-of"
    removed, added = (Effect.INCOMPARABLE,) * 2 if exclusive else (Effect.NARROWED, Effect.WIDENED)
    _branches_changed(pair, head.field or base.field, thing, gone, come, removed=removed, added=added)


def _branches_changed(
    pair: Pair,
    field: str,
    thing: str,
    gone: Sequence[tuple[Node, str]],
    come: Sequence[tuple[Node, str]],
    *,
    removed: Effect,
    added: Effect,
) -> None:
    keyword = {"all_of": "allOf", "any_of": "anyOf", "one_of": "oneOf"}[field]
    for node, label in gone:
        pair.change(
            f"{thing}.branch-removed",
            removed,
            before=label,
            base=node,
            head=pair.head.origin(field),
            below=f" > {keyword}[{label}]",
        )
    for node, label in come:
        pair.change(
            f"{thing}.branch-added",
            added,
            after=label,
            base=pair.base.origin(field),
            head=node,
            below=f" > {keyword}[{label}]",
        )


def _compare_not(pair: Pair) -> None:
    base, head = pair.base.not_, pair.head.not_
    if base is not None and head is not None:
        pair.child(base, head, " > not", f"what {pair.subject} must not be", polarity=Polarity.NEGATIVE)
    elif head is not None:
        pair.change("not.added", Effect.NARROWED, "not_")
    elif base is not None:
        pair.change("not.removed", Effect.WIDENED, "not_")


def _compare_condition(pair: Pair) -> None:
    base, head = pair.base.if_, pair.head.if_
    if base is None and head is None:
        return
    if base is None or head is None:
        if base is None:
            pair.change("condition.added", Effect.NARROWED, "if_")
        else:
            pair.change("condition.removed", Effect.WIDENED, "if_")
        return
    if not pair.unchanged(base, head):
        pair.change("condition.changed", Effect.INCOMPARABLE, "if_")
    for field, keyword in (("then", "then"), ("else_", "else")):
        pair.child(
            getattr(pair.base, field),
            getattr(pair.head, field),
            f" > {keyword}",
            f"{pair.subject} ({keyword})",
            base_place=pair.base.origin(field),
            head_place=pair.head.origin(field),
        )


def _compare_unevaluated(pair: Pair, field: str, keyword: str) -> None:
    base, head = getattr(pair.base, field), getattr(pair.head, field)
    if base is None and head is None:
        return
    if base is None or head is None:
        effect = Effect.NARROWED if base is None else Effect.WIDENED
        pair.change("unevaluated.changed", effect, field, details={"keyword": keyword})
        return
    subject = f"{keyword} of {pair.subject}"
    into = Into(Where.OTHER_PROPERTY) if field == "unevaluated_properties" else Into(Where.LATER_ITEM)
    pair.child(base, head, f" > {{{keyword}}}", subject, polarity=Polarity.UNDETERMINED, into=into)

"""What binds no data: documentation, custom attributes, aliases, logical types, sort order, marks of deprecation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.diff.avro.attribute_misreads import misread_attribute
from contractguard.diff.marks import deprecation_details, mark_changes
from contractguard.model.change import Effect
from contractguard.model.lifecycle import DEPRECATED, MARKS, says_deprecated
from contractguard.model.values import UNSET, JsonValue, Unset, same_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from contractguard.diff.avro.outcome import Outcome, Place, Sides
    from contractguard.model.avro import AvroField, AvroFixed, AvroNamed, AvroPrimitive, LogicalType
    from contractguard.model.places import Node

_KEYWORD = "deprecated"
_LOGICAL_KEYS = ("logicalType", "precision", "scale")


def compare_attributes(
    base: Mapping[str, Node],
    head: Mapping[str, Node],
    place: Place,
    sides: Sides,
    outcome: Outcome,
    *,
    ignored: Collection[str] = (),
) -> None:
    """Compare `doc` and custom attributes, lifecycle marks among them. `ignored` names those that another change speaks of."""
    _compare_marks(base, head, place, outcome)
    told = {*ignored, *MARKS}
    if is_deprecated(base) != is_deprecated(head):
        told.add(_KEYWORD)
    for name in dict.fromkeys((*base, *head)):
        before, after = base.get(name), head.get(name)
        if name in told or (before is not None and after is not None and same_value(before.value, after.value)):
            continue
        if all(node.key in sides.version_keys for node in (before, after) if node is not None):
            continue
        if not misread_attribute(name, before, after, place, outcome):
            kind = "documentation.changed" if name == "doc" else "extension.changed"
            _annotation(kind, before, after, place, outcome, keyword=name)


def is_deprecated(attributes: Mapping[str, Node]) -> bool:
    """Whether a `deprecated` attribute says yes (true, a reason, or an object with reasons), or a mark that means the same."""
    keyword = attributes.get(_KEYWORD)
    if keyword is not None and keyword.value and keyword.value != "false":
        return True
    return says_deprecated(attributes)


def _compare_marks(base: Mapping[str, Node], head: Mapping[str, Node], place: Place, outcome: Outcome) -> None:
    """Compare lifecycle marks, which stand among the attributes under their canonical names."""
    before, after = is_deprecated(base), is_deprecated(head)
    if before != after:
        outcome.add(
            "deprecation.added" if after else "deprecation.removed",
            Effect.NONE,
            place,
            base=_deprecation(base),
            head=_deprecation(head),
            facts={"of": "schema"},
            details=deprecation_details(head) if after else None,
        )
    for change in mark_changes(base, head, deprecation_moved=before != after):
        outcome.add(
            change.kind,
            Effect.NONE,
            place,
            base=change.base,
            head=change.head,
            before=change.before,
            after=change.after,
            facts=change.facts,
            details=change.details,
        )


def _deprecation(attributes: Mapping[str, Node]) -> Node | None:
    return attributes.get(_KEYWORD) or attributes.get(DEPRECATED)


def compare_aliases(
    base: AvroField | AvroNamed, head: AvroField | AvroNamed, names: tuple[str, str], place: Place, outcome: Outcome
) -> None:
    """Compare aliases as sets, leaving out those that only say that one of `names` became the other.

    What aliases do to resolution is said where names are compared.
    """
    if set(base.aliases) - set(names) != set(head.aliases) - set(names):
        outcome.add(
            "avro.aliases-changed",
            Effect.NONE,
            place,
            base=base.node.get("aliases"),
            head=head.node.get("aliases"),
            before=list(base.aliases),
            after=list(head.aliases),
        )


def compare_order(
    base: Sequence[str], head: Sequence[str], nodes: tuple[Node, Node], place: Place, outcome: Outcome
) -> None:
    """Fields, symbols and branches sort by their position (specification, "Sort Order"): say when those in common moved."""
    in_base, in_head = set(base), set(head)
    before, after = [name for name in base if name in in_head], [name for name in head if name in in_base]
    if before != after:
        outcome.add(
            "avro.order-changed",
            Effect.NONE,
            place,
            base=nodes[0],
            head=nodes[1],
            before=list(before),
            after=list(after),
        )


def compare_logical(
    base: AvroPrimitive | AvroFixed, head: AvroPrimitive | AvroFixed, place: Place, outcome: Outcome
) -> None:
    """Compare logical types: never a matter of resolution, which reads the underlying type."""
    before, after = _parameters(base.logical), _parameters(head.logical)
    for keyword in _LOGICAL_KEYS:
        old, new = before.get(keyword, UNSET), after.get(keyword, UNSET)
        if old != new and (
            keyword == "logicalType" or (base.logical and head.logical and base.logical.name == head.logical.name)
        ):
            outcome.add(
                "avro.logical-type-changed",
                Effect.NONE,
                place,
                base=base.node.get(keyword) or base.node,
                head=head.node.get(keyword) or head.node,
                before=old,
                after=new,
                details={"keyword": keyword},
            )


def ignored_logical_keys(base: AvroPrimitive | AvroFixed, head: AvroPrimitive | AvroFixed) -> Sequence[str]:
    """The attributes that a change of logical type speaks of already."""
    return () if base.logical == head.logical else _LOGICAL_KEYS


def _parameters(logical: LogicalType | None) -> Mapping[str, JsonValue]:
    if logical is None:
        return {}
    decimal = {"precision": logical.precision, "scale": logical.scale}
    return {"logicalType": logical.name, **{name: value for name, value in decimal.items() if value is not None}}


def _annotation(
    kind: str, before: Node | None, after: Node | None, place: Place, outcome: Outcome, *, keyword: str
) -> None:
    outcome.add(
        kind,
        Effect.NONE,
        place,
        base=before,
        head=after,
        before=_value(before),
        after=_value(after),
        details={"keyword": keyword},
    )


def _value(node: Node | None) -> JsonValue | Unset:
    return UNSET if node is None else node.value

"""Schemas that inherit from one with a discriminator (OpenAPI 3.2, section 4.25; Swagger 2.0, "Schema Object", discriminator).

"The discriminator MAY be added to a parent schema definition, and all schemas building on the parent schema via an `allOf`
construct may be used as an alternate schema." So an operation that refers to the parent takes and gives its children too, though
nothing refers to them, and validation of the parent does not look for them. Where a payload may hold the parent, each child that
differs is compared as a payload of its own, and a child that came, went or has another name changes what the discriminator says.

Only what stands in the root document of a description is looked at.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from contractguard.diff.openapi.comparison import Comparison, OperationPair, Spot
from contractguard.diff.openapi.media_types import parse
from contractguard.model.change import Direction, Effect, OperationUse
from contractguard.model.contract import OpenApiContract
from contractguard.model.openapi import MediaType, Operation
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, unescape_token

_UNIONS = ("oneOf", "anyOf")
_VALUE = "x-ms-discriminator-value"
"""What the widespread extension of 2.0 says is sent instead of the name."""
_Carrier = tuple[Direction, OperationUse]


@dataclass(frozen=True, slots=True)
class _Family:
    """The shared schemas of one side: each by name, what it refers to, and the children of those with a discriminator."""

    contract: OpenApiContract
    prefix: str
    schemas: Mapping[str, Node]
    parents: Mapping[str, tuple[str, ...]]
    """Child → the schemas that its `allOf` refers to."""
    carried_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Name → the schemas of which a payload may hold it."""

    def heirs(self) -> dict[str, set[str]]:
        """Parent with a discriminator → all that build on it, directly or by others."""
        heirs: dict[str, set[str]] = defaultdict(set)
        for name in self.schemas:
            above, seen = deque(self.parents.get(name, ())), {name}
            while above:
                parent = above.popleft()
                if parent in seen:
                    continue
                seen.add(parent)
                if _decides(self.schemas.get(parent)):
                    heirs[parent].add(name)
                above.extend(self.parents.get(parent, ()))
        return heirs

    def value_of(self, name: str) -> str:
        """What is sent for a child that no mapping names."""
        said = self.schemas[name].get(_VALUE)
        return said.value if said is not None and isinstance(said.value, str) else name

    def mapped(self, parent: str) -> frozenset[str]:
        """The children that the mapping of a parent gives a value of their own."""
        mapping = self.schemas[parent].value
        found = mapping.get("discriminator") if isinstance(mapping, dict) else None
        targets = found.get("mapping") if isinstance(found, dict) else None
        texts = [text for text in targets.values() if isinstance(text, str)] if isinstance(targets, dict) else []
        return frozenset(text.removeprefix(self.prefix) for text in texts)

    def reaching(self, name: str) -> set[str]:
        """The schemas of which a payload may hold the one named."""
        found, queue = {name}, deque([name])
        while queue:
            for holder in self.carried_by.get(queue.popleft(), ()):
                if holder not in found:
                    found.add(holder)
                    queue.append(holder)
        return found


def compare_heirs(comparison: Comparison) -> None:
    """Compare what builds on schemas with a discriminator, where operations of both sides carry the parent."""
    base, head = _family(comparison.base), _family(comparison.head)
    if base is None or head is None:
        return
    before, after = base.heirs(), head.heirs()
    parents = [name for name in before if name in after or name in head.schemas]
    parents += [name for name in after if name not in before and name in base.schemas]
    if not parents:
        return
    carriers = _Carriers(comparison, (base, head), (before, after))
    for parent in parents:
        _compare_values(comparison, carriers, parent, (base, head), (before[parent], after[parent]))
    _compare_contents(comparison, carriers, (base, head), (before, after))


def _compare_values(
    comparison: Comparison,
    carriers: _Carriers,
    parent: str,
    families: tuple[_Family, _Family],
    heirs: tuple[set[str], set[str]],
) -> None:
    """Tell of the names that came and went, in each direction in which a payload holds the parent."""
    base, head = families
    gone = {base.value_of(name): name for name in heirs[0] - base.mapped(parent)}
    come = {head.value_of(name): name for name in heirs[1] - head.mapped(parent)}
    still_named = {head.value_of(name) for name in heirs[1]}
    removed = sorted(gone.keys() - come.keys() - still_named)
    added = sorted(come.keys() - gone.keys() - {base.value_of(name) for name in heirs[0] & base.mapped(parent)})
    for direction, uses in _by_direction(carriers.of(parent)) if removed or added else ():
        here = Spot(
            direction=direction,
            element=f"{head.prefix.removeprefix('#/')}{parent}",
            subject=f"schema '{parent}'",
            uses=tuple(uses),
        )
        for effect, values, names in ((Effect.NARROWED, removed, gone), (Effect.WIDENED, added, come)):
            for value in values:
                is_gone = effect is Effect.NARROWED
                comparison.add(
                    "discriminator.mapping-changed",
                    effect,
                    here,
                    base=base.schemas[names[value]] if is_gone else base.schemas[parent],
                    head=head.schemas[parent] if is_gone else head.schemas[names[value]],
                    before=names[value] if is_gone else UNSET,
                    after=UNSET if is_gone else names[value],
                    details={"name": value},
                )


def _compare_contents(
    comparison: Comparison,
    carriers: _Carriers,
    families: tuple[_Family, _Family],
    heirs: tuple[dict[str, set[str]], dict[str, set[str]]],
) -> None:
    """Compare each child that both sides have as a payload of the operations that may carry it."""
    base, head = families
    both = set().union(*heirs[0].values()) & set().union(*heirs[1].values())
    parents = sorted(heirs[0].keys() | heirs[1].keys())
    for name in sorted(both):
        old, new = base.schemas[name], head.schemas[name]
        if comparison.says_the_same(_own(base, old), _own(head, new)):
            continue
        above = [parent for parent in parents if name in heirs[0][parent] | heirs[1][parent]]
        for direction, use in sorted(set().union(*map(carriers.of, above))):
            spot = Spot(
                direction=direction,
                element=f"{head.prefix.removeprefix('#/')}{name}",
                subject=f"schema '{name}'",
                use=use,
            )
            comparison.payload(spot, old, new, (old, new))


class _Carriers:
    """Finds the operations whose payloads may hold a shared schema, on both sides."""

    def __init__(
        self,
        comparison: Comparison,
        families: tuple[_Family, _Family],
        heirs: tuple[dict[str, set[str]], dict[str, set[str]]],
    ) -> None:
        self._comparison = comparison
        self._families = families
        self._heirs = heirs
        self._direct: tuple[dict[str, set[_Carrier]], ...] = ()
        self._taken: set[tuple[int, int, Direction, str, str]] = set()
        """Operations that were looked at: the side, its identity, which way it goes and what it belongs to."""

    def of(self, name: str) -> set[_Carrier]:
        """The direction and operation of each payload that may hold the schema on either side."""
        if not self._direct:
            self._direct = (defaultdict(set), defaultdict(set))
            for family, heirs in zip(self._families, self._heirs, strict=True):
                _link(family, heirs)
            self._gather(self._comparison.operations, Direction.INPUT)
            self._gather(self._comparison.webhooks, Direction.OUTPUT)
        return {
            carrier
            for family, direct in zip(self._families, self._direct, strict=True)
            for holder in family.reaching(name)
            for carrier in direct.get(holder, ())
        }

    def _gather(self, pairs: Iterable[OperationPair], direction: Direction) -> None:
        for old, new in pairs:
            if old is not None and new is not None:
                for index, operation in enumerate((old, new)):
                    self._take(index, operation, direction, OperationUse(new.method, new.path))

    def _take(self, index: int, operation: Operation, direction: Direction, use: OperationUse) -> None:
        key = (index, id(operation), direction, use.method, use.path)
        if key in self._taken:
            return  # shared callbacks, or one that has itself as a callback
        self._taken.add(key)
        prefix = self._families[index].prefix
        direct = self._direct[index]
        if operation.body is not None:
            for media_type in operation.body.content.values():
                carrier = (direction, _use(use, "request body", "", media_type))
                _add(direct, _named_in(media_type, prefix), carrier)
        for status, response in operation.responses.items():
            for media_type in response.content.values():
                carrier = (direction.flipped(), _use(use, "response", status, media_type))
                _add(direct, _named_in(media_type, prefix), carrier)
        for by_expression in operation.callbacks.values():
            for called in (item for group in by_expression.values() for item in group):
                self._take(index, called, direction.flipped(), use)


def _use(use: OperationUse, place: str, status: str, media_type: MediaType) -> OperationUse:
    return OperationUse(use.method, use.path, place, status, str(parse(media_type.name)))


def _add(direct: dict[str, set[_Carrier]], names: Iterable[str], carrier: _Carrier) -> None:
    for name in names:
        direct[name].add(carrier)


def _named_in(media_type: MediaType, prefix: str) -> set[str]:
    nodes = (media_type.schema, media_type.item_schema)
    return {name for node in nodes if node is not None for name in _named(node.value, prefix)}


def _by_direction(carriers: set[_Carrier]) -> list[tuple[Direction, list[OperationUse]]]:
    return [
        (direction, sorted(use for way, use in carriers if way is direction))
        for direction in Direction
        if any(way is direction for way, _ in carriers)
    ]


def _family(contract: OpenApiContract) -> _Family | None:
    """The shared schemas of a description; None where none of them has a discriminator that is for children."""
    prefix = "#/definitions/" if contract.api.specification.startswith("2.") else "#/components/schemas/"
    node: Node | None = contract.root
    for token in prefix.strip("#/").split("/"):
        node = None if node is None else node.get(token)
    schemas = {} if node is None else dict(node.members())
    if not any(_decides(schema) for schema in schemas.values()):
        return None
    parents = {name: tuple(_parents(schema.value, prefix)) for name, schema in schemas.items()}
    return _Family(contract, prefix, schemas, parents)


def _decides(schema: Node | None) -> bool:
    """Whether a schema has a discriminator, and no alternatives beside it that say what there is to choose from."""
    value = None if schema is None else schema.value
    return isinstance(value, dict) and "discriminator" in value and not any(name in value for name in _UNIONS)


def _parents(value: JsonValue, prefix: str) -> Iterator[str]:
    parts = value.get("allOf") if isinstance(value, dict) else None
    for part in parts if isinstance(parts, list) else ():
        reference = part.get("$ref") if isinstance(part, dict) else None
        if isinstance(reference, str) and reference.startswith(prefix):
            yield unescape_token(reference.removeprefix(prefix))


def _link(family: _Family, heirs: Mapping[str, set[str]]) -> None:
    """Fill in what may hold what: by reference, and a parent each of its children."""
    for name, schema in family.schemas.items():
        for other in _named(schema.value, family.prefix):
            family.carried_by[other].add(name)
    for parent, names in heirs.items():
        for name in names:
            family.carried_by[name].add(parent)
            if parent not in _named(_own(family, family.schemas[name]).value, family.prefix):
                family.carried_by[parent].discard(name)  # it builds on its parent, and holds what that one holds
                for other in _named(family.schemas[parent].value, family.prefix):
                    family.carried_by[other].add(name)


def _own(family: _Family, schema: Node) -> Node:
    """A child without the references to parents that have a discriminator: those are compared themselves."""
    value = schema.value
    parts = value.get("allOf") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(parts, list):
        return schema
    own = [
        part
        for part in parts
        if not any(_decides(family.schemas.get(name)) for name in _parents({"allOf": [part]}, family.prefix))
    ]
    return schema.with_value({**value, "allOf": own})


def _named(value: JsonValue, prefix: str) -> Iterator[str]:
    """The shared schemas that a value refers to directly."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            reference = item.get("$ref")
            if isinstance(reference, str) and reference.startswith(prefix):
                yield unescape_token(reference.removeprefix(prefix))
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)

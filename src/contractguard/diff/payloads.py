"""Comparing payload schemas wherever an operation or a contract has one: each pair once, however many operations share it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from contractguard.diff.collector import Collector
from contractguard.diff.evidence import Evidences, Unexplained
from contractguard.diff.schema.annotations import compare_annotations
from contractguard.diff.schema.arrays import compare_arrays
from contractguard.diff.schema.composition import compare_composition, compare_unions, is_reordered
from contractguard.diff.schema.objects import compare_objects
from contractguard.diff.schema.pair import Found, Pair, Step
from contractguard.diff.schema.scalars import compare_counts, compare_numbers, compare_strings
from contractguard.diff.schema.values import compare_booleans, compare_enums, compare_formats, compare_types
from contractguard.diff.unchanged import Unchanged
from contractguard.diff.visits import Reach, Visit
from contractguard.errors import LimitError, UnreadableError
from contractguard.model.change import Direction, Effect, Evidence, EvidenceKind, OperationUse, Polarity
from contractguard.model.finding import Formats, Reading
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.schema import Schema, SchemaReader
from contractguard.semantics.inclusion.literals import Side

_MOST_PAIRS = 1_000_000
"""Pairs of schemas compared before the comparison gives up (exit 4): steps, not seconds, so that the verdict is stable."""

_TOLD_ONCE = frozenset(
    "documentation.changed extension.changed deprecation.added deprecation.removed sunset.changed stability.changed "
    "audience.changed replacement.changed marks.conflicting open-enum.added open-enum.removed".split()
)
"""Kinds that mean the same in both directions; they are reported for one only."""

_Key = tuple[int, int, Role, Polarity]


class Payloads:
    """Compares pairs of schemas. Give it every payload root with `compare`; then `changes_into` tells all changes, one for each
    cause and direction, with the operations each reaches.

    Raises `LimitError` where the schemas are too many.
    """

    def __init__(
        self,
        base: SchemaReader,
        head: SchemaReader,
        unchanged: Unchanged,
        reading: Reading,
        formats: Formats = Formats.ANNOTATIONS,
        *,
        is_backward: bool = True,
    ) -> None:
        self._base = base
        self._head = head
        self._unchanged = unchanged
        self._reading = reading
        self._formats = formats
        self._visits: dict[_Key, Visit] = {}
        self._in_another_role: dict[tuple[int, int, Polarity, str, str], Pair] = {}
        """Pairs that were compared, and in which every role finds the same."""
        self._absent: dict[tuple[str, str, str], Schema] = {}
        self._as_text: dict[tuple[int, int], tuple[Effect, Node, Node]] = {}
        self.is_backward = is_backward
        """Whether requests of base alone are asked about, and responses of head: those that break calls of today."""
        self.errors: dict[str, UnreadableError] = {}
        """What could not be read or resolved, by its text; everything else was compared."""

    def compare(
        self,
        base: Node | None,
        head: Node | None,
        *,
        direction: Direction,
        role: Role,
        element: str,
        subject: str,
        use: OperationUse | None = None,
        base_place: Node | None = None,
        head_place: Node | None = None,
    ) -> None:
        """A payload root. None for a schema that is absent (anything is valid); then `…_place` is the node to point at.

        `element` is the selector of the root (`POST /orders > request > application/json`), used below it as far as no shared
        component takes its place; `subject` what a sentence calls the root ("the request body").
        """
        some_place = base or head
        if some_place is None or (base is not None and head is not None and self._unchanged(base, head)):
            return
        step = Step(
            base=base,
            head=head,
            base_place=base_place or base or some_place,
            head_place=head_place or head or some_place,
            element=element,
            subject=subject,
            polarity=Polarity.POSITIVE,
        )
        visit = self._visit(step, role)
        if visit is None:
            return
        uses = visit.roots.setdefault(direction, set())
        if use is not None:
            uses.add(use)

    def read_as_text(self, base: Node, head: Node, effect: Effect) -> None:
        """Say what a change of type does between these very nodes, whose values travel as text: JSON tells more of them apart."""
        self._as_text[id(base.value), id(head.value)] = (effect, base, head)

    def changes_into(self, collector: Collector, evidences_over: Callable[[Reach], Evidences]) -> None:
        """Put all changes of all payload roots into the collector, in the order in which their pairs were met."""
        visits = list(self._visits.values())
        reach = Reach(visits)
        evidences = evidences_over(reach)
        told_as: dict[tuple[object, ...], Direction] = {}
        for visit in visits:
            if not visit.found:
                continue
            reached = reach.reached(visit)
            for found in self._as_they_travel(visit):
                if found.kind in _TOLD_ONCE:
                    # Of a shared schema it is told for requests and responses together.
                    uses = set().union(*reached.values())
                    direction = told_as.setdefault(_places(found), next(iter(reached)))
                    _collect(collector, visit.pair, found, Evidence(EvidenceKind.RULE), (direction, uses))
                    continue
                told = [(evidences.of(visit, found, direction), direction) for direction in reached]
                if not _is_only_elsewhere(visit, found):
                    for evidence, direction in told:
                        _collect(collector, visit.pair, found, evidence, (direction, reached[direction]))
        _tell_unexplained(collector, visits, reach, evidences)

    def _as_they_travel(self, visit: Visit) -> list[Found]:
        """What a pair found, with the effect of a changed type on values that travel as text."""
        nodes = (visit.base_node, visit.head_node)
        known = self._as_text.get((id(nodes[0] and nodes[0].value), id(nodes[1] and nodes[1].value)))
        if known is None:
            return visit.found
        return [replace(found, effect=known[0]) if found.kind == "type.changed" else found for found in visit.found]

    def _visit(self, step: Step, role: Role) -> Visit | None:
        """The visit of a pair, made with all that lies below it where it is met for the first time; None if it is unreadable."""
        first, is_new = self._enter(step, role)
        stack = [first] if first is not None and is_new else []
        while stack:
            visit = stack.pop()
            below = []
            for child_step in self._steps(visit.pair):
                child, child_is_new = self._enter(child_step, role)
                if child is not None:
                    child.parents.append((visit, child_step.into))
                    below += [child] if child_is_new else []
            visit.found = visit.pair.found
            stack.extend(reversed(below))
        return first

    def _steps(self, pair: Pair) -> list[Step]:
        key = (id(pair.base), id(pair.head), pair.polarity, pair.element, pair.subject)
        twin = self._in_another_role.get(key)
        if twin is not None:
            pair.found, pair.steps = twin.found, twin.steps
            return pair.steps
        try:
            compare_pair(pair)
        except UnreadableError as error:
            self.errors.setdefault(str(error), error)
        if not pair.depends_on_role:
            self._in_another_role[key] = pair
        return pair.steps

    def _enter(self, step: Step, role: Role) -> tuple[Visit | None, bool]:
        base = self._schema_or_error(self._base, step.base, step.base_place, "base")
        head = self._schema_or_error(self._head, step.head, step.head_place, "head")
        if base is None or head is None:
            return None, False
        key = (id(base), id(head), role, step.polarity)
        known = self._visits.get(key)
        if known is not None:
            return known, False
        if len(self._visits) >= _MOST_PAIRS:
            msg = f"more than {_MOST_PAIRS} pairs of schemas differ"
            raise LimitError(msg, path=head.node.path, remedy="compare fewer contracts at once with --contract")
        is_same_thing = (base.component, base.adds_null) == (head.component, head.adds_null)
        component = base.component if is_same_thing else None
        pair = Pair(
            base=base,
            head=head,
            role=role,
            polarity=step.polarity,
            element=component or step.element,
            subject=f"schema '{component.rpartition('/')[2]}'" if component else step.subject,
            reading=self._reading,
            formats=self._formats,
            base_reader=self._base,
            head_reader=self._head,
            unchanged=self._unchanged,
        )
        visit = Visit(pair, step.base, step.head)
        self._visits[key] = visit
        return visit, True

    def _schema_or_error(self, reader: SchemaReader, node: Node | None, place: Node, side: str) -> Schema | None:
        """The schema of a step on one side; None where it cannot be read, which is remembered."""
        try:
            return self._schema(reader, node, place, side)
        except UnreadableError as error:
            self.errors.setdefault(str(error), error)
            return None

    def _schema(self, reader: SchemaReader, node: Node | None, place: Node, side: str) -> Schema:
        if node is not None:
            return reader.read(node)
        key = (side, *place.key)
        absent = self._absent.get(key)
        if absent is None:
            absent = Schema(node=place, dialect=reader.read(place.with_value(value=True)).dialect, boolean=True)
            self._absent[key] = absent
        return absent


def compare_pair(pair: Pair) -> None:
    """Compare two schemas facet by facet: fills `pair.found`, and `pair.steps` with the pairs below."""
    if is_reordered(pair) or compare_booleans(pair):
        return
    compare_annotations(pair)
    if compare_unions(pair) or compare_types(pair):
        return
    compare_enums(pair)
    compare_formats(pair)
    compare_numbers(pair)
    compare_strings(pair)
    compare_counts(pair)
    compare_arrays(pair)
    compare_objects(pair)
    compare_composition(pair)


def _places(found: Found) -> tuple[object, ...]:
    """What tells one cause from another, whatever it is reached from."""
    return (found.kind, found.base and found.base.key, found.head and found.head.key, found.details.get("keyword"))


def _is_only_elsewhere(visit: Visit, found: Found) -> bool:
    """Whether a property that came or went, without an effect on what is valid, is declared in a schema around on that side."""
    if found.effect is not Effect.NONE or found.kind not in ("property.added", "property.removed"):
        return False
    other = Side.HEAD if found.kind == "property.removed" else Side.BASE
    return visit.is_declared_around(found.details["name"], other)


def _collect(
    collector: Collector,
    pair: Pair,
    found: Found,
    evidence: Evidence,
    reached: tuple[Direction, set[OperationUse]],
) -> None:
    direction, uses = reached
    collector.add(
        found.kind,
        found.effect,
        direction,
        element=found.element,
        subject=found.subject,
        base=found.base,
        head=found.head,
        before=found.before,
        after=found.after,
        facts=found.facts,
        details=found.details,
        uses=uses,
        polarity=pair.polarity,
        evidence=evidence,
    )


def _tell_unexplained(collector: Collector, visits: Sequence[Visit], reach: Reach, evidences: Evidences) -> None:
    """What no changed keyword explains, asked of every payload root when all changes have been."""
    for visit in visits:
        for direction in Direction:
            if direction in visit.roots:
                for unexplained in evidences.unexplained(visit, direction):
                    reached = reach.reached(unexplained.visit)
                    _collect_unexplained(collector, unexplained, (direction, reached[direction]))


def _collect_unexplained(
    collector: Collector, unexplained: Unexplained, reached: tuple[Direction, set[OperationUse]]
) -> None:
    """A payload that stops working is told even where no keyword says why (law 3), and what was not decided too (law 4)."""
    pair = unexplained.visit.pair
    direction, uses = reached
    shown = unexplained.evidence.kind is EvidenceKind.WITNESS
    effect = Effect.NARROWED if unexplained.sender is Side.BASE else Effect.WIDENED
    collector.add(
        "schema.excludes" if shown else "unjudged.changed",
        effect if shown else Effect.INCOMPARABLE,
        direction,
        element=pair.element,
        subject=pair.subject,
        base=pair.base.node,
        head=pair.head.node,
        details={} if shown else {"keyword": "schema"},
        uses=uses,
        evidence=unexplained.evidence,
    )

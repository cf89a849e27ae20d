"""Where the comparison puts the changes it finds: checked against the vocabulary, merged by cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from contractguard.errors import InternalError
from contractguard.model.change import (
    Change,
    Direction,
    Effect,
    Evidence,
    EvidenceKind,
    FactValue,
    OperationUse,
    Polarity,
)
from contractguard.model.places import Node
from contractguard.model.values import UNSET, JsonValue, Unset, nothing
from contractguard.model.vocabulary import KINDS


class Collector:
    """Gathers changes. The same cause met again in the same direction adds its operations to the change already there."""

    def __init__(self) -> None:
        self._changes: dict[tuple[object, ...], Change] = {}
        self._uses: dict[tuple[object, ...], set[OperationUse]] = {}

    def add(
        self,
        kind: str,
        effect: Effect,
        direction: Direction,
        *,
        element: str,
        subject: str,
        base: Node | None = None,
        head: Node | None = None,
        before: JsonValue | Unset = UNSET,
        after: JsonValue | Unset = UNSET,
        facts: Mapping[str, FactValue] | None = None,
        details: Mapping[str, str] | None = None,
        uses: Iterable[OperationUse] = (),
        polarity: Polarity = Polarity.POSITIVE,
        evidence: EvidenceKind | Evidence = EvidenceKind.RULE,
    ) -> None:
        """Record a change. `kind`, `effect`, `facts` and `details` must be those of `model/vocabulary.py`."""
        change = Change(
            kind=kind,
            effect=effect,
            direction=direction,
            element=element,
            subject=subject,
            polarity=polarity,
            base=base,
            head=head,
            before=before,
            after=after,
            facts=facts or nothing(),
            details=details or nothing(),
            evidence=evidence if isinstance(evidence, Evidence) else Evidence(evidence),
        )
        check_vocabulary(change)
        key = (
            kind,
            effect,
            direction,
            polarity,
            base.key if base else None,
            head.key if head else None,
            element if base is None and head is None else None,
            tuple(sorted(change.facts.items())),
            change.details.get("name"),
            change.details.get("keyword"),
            repr(before),
            repr(after),
        )
        held = self._changes.get(key)
        if held is None or (
            held.evidence.kind is EvidenceKind.PROOF and change.evidence.kind is not EvidenceKind.PROOF
        ):
            # Reached in two roles, harmless in one of them: what counts is the other.
            self._changes[key] = change
        self._uses.setdefault(key, set()).update(uses)

    def changes(self) -> list[Change]:
        """All changes, in the order in which they were first met, each with all its operations, sorted."""
        return [replace(change, uses=tuple(sorted(self._uses[key]))) for key, change in self._changes.items()]


def check_vocabulary(change: Change) -> None:
    """Raise `InternalError` where a change is not one that the vocabulary allows."""
    kind = KINDS.get(change.kind)
    wrong = (
        kind is None
        or change.effect not in kind.effects
        or change.direction not in kind.directions
        or change.facts.keys() != kind.facts.keys()
        or any(value not in kind.facts[name] for name, value in change.facts.items())
        or not change.details.keys() <= kind.details
    )
    if wrong:
        told = f"{change.effect}, {change.direction}, {dict(change.facts)}, {dict(change.details)}"
        msg = f"change {change.kind} ({told}) is not in the vocabulary"
        raise InternalError(msg)

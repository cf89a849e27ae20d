"""What is newly invalid in a contract: the faults of head that base has not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contractguard.formats import MOST_FAULTS, validity_faults
from contractguard.model.contract import Contract, JsonSchemaContract, OpenApiContract
from contractguard.model.payload import Role
from contractguard.model.places import Node
from contractguard.model.values import JsonValue, pointer_tokens

if TYPE_CHECKING:
    from contractguard.semantics.evaluation import Evaluator

_MOST_TOLD: Final = 10
_MOST_STEPS: Final = 1_000
"""For one value and its schema; see `Evaluator`."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """A place of head that its specification does not allow, and why."""

    node: Node
    error: str

    @property
    def element(self) -> str:
        """The place in words: `components > schemas > Order > type`."""
        return " > ".join(["contract", *pointer_tokens(self.node.pointer)])


@dataclass(frozen=True, slots=True)
class Validity:
    """What is newly invalid, and remarks on what is not told one by one."""

    news: tuple[Invalid, ...] = ()
    notes: tuple[str, ...] = ()


class _Evaluation:
    """Says whether a value is valid under a schema of a contract. The evaluator is made when something is asked."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._evaluator: Evaluator | None = None

    def __call__(self, schema: Node, value: JsonValue) -> bool | None:
        """See `Evaluator.holds_node`. None for contracts without schemas."""
        if not isinstance(self._contract, OpenApiContract | JsonSchemaContract):
            return None
        if self._evaluator is None:
            from contractguard.semantics.evaluation import Evaluator  # noqa: PLC0415  (few contracts need it)

            self._evaluator = Evaluator(self._contract.schemas, Role.NEITHER, steps=_MOST_STEPS)
        return self._evaluator.holds_node(schema, value)


def check_validity(base: Contract | None, head: Contract) -> Validity:
    """The faults of head, without those that base has too: a flaw that was there before is no news, and is noted.

    A fault is the same as one of base at the same place, or where only the numbers of array items differ. At most ten places
    are told; how many more there are is noted.
    """
    here = _by_place(head)
    if not here:
        return Validity()
    there = _by_place(base) if base is not None else {}
    news = _not_in(here, there)
    notes = []
    if len(news) < len(here):
        notes.append(f"{_places(len(here) - len(news), here)} not valid by the specification, at base as at head")
    if len(news) > _MOST_TOLD:
        notes.append(
            f"{_places(len(news) - _MOST_TOLD, here)} not valid by the specification, beside those that are listed"
        )
    return Validity(news[:_MOST_TOLD], tuple(notes))


def _places(count: int, here: Mapping[str, Invalid]) -> str:
    at_least = "at least " if len(here) >= MOST_FAULTS else ""
    return f"{at_least}{count} {'place is' if count == 1 else 'places are'}"


def _by_place(contract: Contract) -> dict[str, Invalid]:
    """Pointer → what is wrong there, everything in one text."""
    nodes: dict[str, Node] = {}
    messages: dict[str, dict[str, None]] = {}
    for fault in validity_faults(contract, _Evaluation(contract)):
        nodes.setdefault(fault.node.pointer, fault.node)
        messages.setdefault(fault.node.pointer, {})[fault.message] = None
    return {pointer: Invalid(node, "; ".join(messages[pointer])) for pointer, node in nodes.items()}


def _not_in(here: Mapping[str, Invalid], there: Mapping[str, Invalid]) -> tuple[Invalid, ...]:
    fresh = [fault for pointer, fault in here.items() if _said(there.get(pointer)) != fault.error]
    gone = (fault for pointer, fault in there.items() if _said(here.get(pointer)) != fault.error)
    moved = _count(gone)
    news = []
    for fault in fresh:
        moved[_loosely(fault)] -= 1
        if moved[_loosely(fault)] < 0:
            news.append(fault)
    return tuple(news)


def _said(fault: Invalid | None) -> str | None:
    return fault.error if fault is not None else None


def _count(faults: Iterable[Invalid]) -> Counter[tuple[str, str]]:
    return Counter(_loosely(fault) for fault in faults)


def _loosely(fault: Invalid) -> tuple[str, str]:
    """The place without the numbers of array items, and the message."""
    tokens = ("*" if token.isdecimal() else token for token in fault.node.pointer.split("/"))
    return "/".join(tokens), fault.error

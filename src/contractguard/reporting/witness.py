"""A witness as its consumer would meet it: which payload, in which call, what it was worth, and why the other side refuses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractguard.model.change import Direction
from contractguard.model.document import ContractKind
from contractguard.model.payload import Role
from contractguard.model.values import Unset, pointer_tokens
from contractguard.reporting import wording
from contractguard.reporting.calls import Call, call_around
from contractguard.reporting.escaping import visible
from contractguard.reporting.modes import base_name
from contractguard.reporting.payloads import Layout, laid_out, one_line
from contractguard.reporting.values import clipped, middle_cut

if TYPE_CHECKING:
    from contractguard.model.finding import Finding
    from contractguard.model.report import ContractReport, Report
    from contractguard.model.values import JsonValue

_REASON = 180
"""Characters of a reason: validators quote what they refuse, however long it is."""
_OPENING = 80
"""Characters of a parameter's name before its value."""
_SCHEMAS = ("schemas", "definitions", "$defs")


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness in words. `when` is `today` where base accepts the payload, `now` where head does."""

    when: str
    intro: str
    """`this request is accepted`, without a colon."""
    call: tuple[str, ...]
    """Lines about the call around it, each without anything that could end it."""
    body: JsonValue | Unset
    opening: str
    refusal: str
    """What becomes of it on the other side, and why."""

    def layout(self, width: int, *, most: int | None) -> Layout:
        """The payload below the lines of the call, as `laid_out` makes it; no lines where the call holds it all."""
        if isinstance(self.body, Unset):
            return Layout((), shortened=False)
        return laid_out(self.body, width, most=most, opening=self.opening)

    def in_short(self, width: int) -> str:
        """All of it in one sentence, with a payload of at most `width` characters."""
        shown = [] if isinstance(self.body, Unset) else [f"{self.opening}{one_line(self.body, width)}"]
        call = [line for line in self.call if not line.startswith("Content-Type:")]
        opening = f"{self.when.capitalize()}, {self.intro}"
        return f"{opening}: {' '.join([*call, *shown])}; {'now ' if self.when == 'today' else ''}{self.refusal}"


def witness_of(finding: Finding, report: Report, contract: ContractReport | None) -> Witness | None:
    """The witness of a finding; None where it has none."""
    payload = finding.evidence.payload
    if isinstance(payload, Unset):
        return None
    call = call_around(finding, payload)
    accepted_at_base = wording.payload_side(finding) == "base"
    reason = (
        f": {middle_cut(_one_line(finding.evidence.refused_because), _REASON)}"
        if finding.evidence.refused_because
        else ""
    )
    return Witness(
        when="today" if accepted_at_base else "now",
        intro=_intro(finding, call, contract, accepted_at_base=accepted_at_base),
        call=tuple(visible(line) for line in call.lines) if call else (),
        body=call.body if call else payload,
        opening=visible(clipped(call.opening, _OPENING)) if call else "",
        refusal=f"{_refused(finding, report, contract, accepted_at_base=accepted_at_base)}{reason}",
    )


def _intro(finding: Finding, call: Call | None, contract: ContractReport | None, *, accepted_at_base: bool) -> str:
    """What the payload is on the side that accepts it."""
    if contract is not None and contract.kind is ContractKind.AVRO:
        return "these data can be read" if accepted_at_base else "data may look like this"
    if finding.evidence.role not in {Role.REQUEST, Role.RESPONSE} and call is None and not finding.operations:
        return "this payload is valid"
    answer = call.answer if call else _is_answer(finding)
    if call is None:
        return _part(finding, answer=answer)
    sent_by_provider = finding.direction is Direction.OUTPUT
    if call.part == "header" and answer:
        return "a response may carry this header" if sent_by_provider else "an answer with this header is accepted"
    if answer:
        return "a response may look like this" if sent_by_provider else "this answer is accepted"
    return "the provider may send this request" if sent_by_provider else f"this {_noun(call)} is accepted"


def _noun(call: Call) -> str:
    return "request" if call.part == "body" else "call"


def _part(finding: Finding, *, answer: bool) -> str:
    """The same for a payload that may be a part of a body."""
    name = _schema_name(finding)
    this = f"this '{name}'" if name else "this"
    if finding.direction is Direction.OUTPUT:
        return f"a {'response' if answer else 'request of the provider'} may hold {this}"
    return f"{this} is accepted in {'an answer' if answer else 'a request'}"


def _refused(finding: Finding, report: Report, contract: ContractReport | None, *, accepted_at_base: bool) -> str:
    """What becomes of it on the side that refuses it."""
    avro = contract is not None and contract.kind is ContractKind.AVRO
    if accepted_at_base:
        if finding.direction is Direction.OUTPUT:
            return "no longer valid"
        return "cannot be read" if avro else "refused"
    base = base_name(finding, report, contract)
    if finding.direction is Direction.INPUT:
        return f"{base} refuses it"
    return f"readers of {base} cannot read it" if avro else f"consumers of {base} do not accept it"


def _is_answer(finding: Finding) -> bool:
    if finding.evidence.role in {Role.REQUEST, Role.RESPONSE}:
        return finding.evidence.role is Role.RESPONSE
    return any("response" in use.place for use in finding.operations)


def _schema_name(finding: Finding) -> str:
    """The name of the shared schema that the payload is of, or nothing."""
    for place in (finding.evidence.base_schema, finding.evidence.head_schema):
        tokens = pointer_tokens(place.pointer) if place else []
        if len(tokens) > 1 and tokens[-2] in _SCHEMAS:
            return tokens[-1]
    return ""


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())

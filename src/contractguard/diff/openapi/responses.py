"""Responses (OpenAPI 3.2, section 4.16 "Responses Object").

"If a response is defined using an explicit code, the explicit code definition takes precedence over the range definition for
that code"; `default` describes what is not declared. So a status is answered by its own entry, else its range, else `default`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contractguard.diff.openapi.comparison import Comparison, Spot, keyword
from contractguard.diff.openapi.content import compare_content
from contractguard.diff.openapi.members import compare_members, differing
from contractguard.diff.openapi.parameters import compare_headers
from contractguard.diff.openapi.places import response_place
from contractguard.model.change import Effect
from contractguard.model.openapi import Operation, Response
from contractguard.model.values import UNSET

_DEFAULT = "default"
_CLASSES = {"1": "informational", "2": "success", "3": "redirect", "4": "client-error", "5": "server-error"}


def compare_responses(comparison: Comparison, spot: Spot, base_operation: Operation, head_operation: Operation) -> None:
    """Compare what answers each status code that either side names. `spot` is that of the operation."""
    base, head = base_operation.responses, head_operation.responses
    answers = spot.flipped()
    done: set[tuple[int, int]] = set()
    for status in [*base, *(status for status in head if status not in base)]:
        old, new = answer(base, status), answer(head, status)
        if old is not None and new is not None:
            if (id(old), id(new)) not in done:
                done.add((id(old), id(new)))
                called = f"response {status}{_answered_by(status, old, new)}"
                here = answers.below(called, called, (old, new), place="response", status=status)
                _compare_response(comparison, here, old, new)
            continue
        here = answers.below(f"response {status}", f"response {status}", place="response", status=status)
        details = {"status": status}
        if new is not None:
            node = response_place(head_operation, new)
            facts = {"status_class": _class_of(status, head)}
            comparison.add("response.added", Effect.WIDENED, here, head=node, facts=facts, details=details)
        elif old is not None:
            node = response_place(base_operation, old)
            if _gave_way(status, head):
                comparison.add("response.range-narrowed", Effect.NARROWED, here, base=node, details=details)
                continue
            facts = {"status_class": _class_of(status, base)}
            comparison.add("response.removed", Effect.NARROWED, here, base=node, facts=facts, details=details)


def answer(responses: Mapping[str, Response], status: str) -> Response | None:
    """What describes a status code: its own entry, else that of its range, else `default`; None where nothing does."""
    return responses.get(status) or responses.get(f"{status[0]}XX") or responses.get(_DEFAULT)


def _class_of(status: str, responses: Mapping[str, Response]) -> str:
    """The class of a status among others. Beside a listed success, `default` stands for errors; alone it stands for all."""
    if status == _DEFAULT and _lists(responses, "2"):
        return "other-errors"
    return _CLASSES.get(status[0], _DEFAULT)


def _gave_way(status: str, head: Mapping[str, Response]) -> bool:
    """Whether statuses of a range that is gone are listed instead; for `default`, successes and ranges of all errors."""
    if status == _DEFAULT:
        return _lists(head, "2") and {"4XX", "5XX"} <= head.keys()
    return status.endswith("XX") and _lists(head, status[0])


def _lists(responses: Mapping[str, Response], digit: str) -> bool:
    return any(status.startswith(digit) for status in responses)


def _answered_by(status: str, base: Response, head: Response) -> str:
    """Says so where one side has no entry for a status code: else a reader looks for the code there in vain."""
    if base.status != status:
        return f" ({base.status} before)"
    return f" ({head.status} now)" if head.status != status else ""


def _compare_response(comparison: Comparison, spot: Spot, base: Response, head: Response) -> None:
    if bool(base.content) == bool(head.content):
        body = replace(spot, subject=f"the body of {spot.subject}")
        compare_content(comparison, body, base.content, head.content)
    else:
        kind, effect = (
            ("response-body.added", Effect.WIDENED) if head.content else ("response-body.removed", Effect.NARROWED)
        )
        comparison.add(kind, effect, spot, base=keyword(base, "content"), head=keyword(head, "content"))
    compare_headers(comparison, spot, base, head)
    for name, old, new in differing(base.links, head.links):
        comparison.add(
            "link.changed",
            Effect.NONE,
            spot.below(f"link {name}", f"link '{name}'"),
            base=old,
            head=new,
            before=UNSET if old is None else old.value,
            after=UNSET if new is None else new.value,
        )
    compare_members(comparison, spot, base, head)

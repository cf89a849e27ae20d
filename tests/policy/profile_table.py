"""The questions on which published guidelines differ, and what each profile makes of them: the table of `docs/policy.md`.

`python tests/policy/profile_table.py` writes the table anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from contractguard import Severity, compare_documents
from contractguard.rules.examples import wrapped
from contractguard.rules.files import Wrap

PAGE = Path(__file__).resolve().parents[2] / "docs" / "policy.md"
BEGIN, END = "<!-- what the profiles say: written by tests/policy/profile_table.py -->\n", "<!-- end of the table -->"
PROFILES = ("recommended", "wire", "sdk", "everything", "zalando", "google-aip-180")


class Question(NamedTuple):
    """A change that is asked about: both sides, as in the examples of rules."""

    text: str
    wrap: Wrap
    before: Any
    after: Any


def _errors(*codes: str) -> dict[str, Any]:
    return {"responses": {code: {"description": "R"} for code in ("200", *codes)}}


def _properties(**schemas: Any) -> dict[str, Any]:
    return {"type": "object", "properties": schemas}


def _parameter(*, required: bool) -> dict[str, Any]:
    return {"parameters": [{"name": "q", "in": "query", "required": required, "schema": {"type": "string"}}]}


_STATES = {"type": "string", "enum": ["open", "closed"]}
_MORE = {"type": "string", "enum": ["open", "closed", "lost"]}
_OPEN = {"type": "string", "x-extensible-enum": ["open", "closed"]}
_OPEN_MORE = {"type": "string", "x-extensible-enum": ["open", "closed", "lost"]}
_NOTE = {"type": "string"}
_LATER = {"x-stability-level": "beta"}

QUESTIONS = (
    Question("new enum value in a response", Wrap.RESPONSE, _STATES, _MORE),
    Question("new enum value in a request", Wrap.REQUEST_BODY, _STATES, _MORE),
    Question("removed enum value in a response", Wrap.RESPONSE, _MORE, _STATES),
    Question("removed enum value in a request", Wrap.REQUEST_BODY, _MORE, _STATES),
    Question("closed list of a response becomes an open one", Wrap.RESPONSE, _STATES, _OPEN),
    Question("new value of an open list in a response", Wrap.RESPONSE, _OPEN, _OPEN_MORE),
    Question("removed value of an open list in a request", Wrap.REQUEST_BODY, _OPEN_MORE, _OPEN),
    Question("removed optional response property", Wrap.RESPONSE, _properties(a=_NOTE, b=_NOTE), _properties(a=_NOTE)),
    Question(
        "removed optional request property", Wrap.REQUEST_BODY, _properties(a=_NOTE, b=_NOTE), _properties(a=_NOTE)
    ),
    Question("new optional response property", Wrap.RESPONSE, _properties(a=_NOTE), _properties(a=_NOTE, b=_NOTE)),
    Question(
        "new property in a response that is declared closed",
        Wrap.RESPONSE,
        {**_properties(a=_NOTE), "additionalProperties": False},
        {**_properties(a=_NOTE, b=_NOTE), "additionalProperties": False},
    ),
    Question("longer string in a response", Wrap.RESPONSE, {**_NOTE, "maxLength": 10}, {**_NOTE, "maxLength": 20}),
    Question("integer becomes number in a request", Wrap.REQUEST_BODY, {"type": "integer"}, {"type": "number"}),
    Question("changed default", Wrap.PARAMETER, {**_NOTE, "default": "a"}, {**_NOTE, "default": "b"}),
    Question("new required parameter", Wrap.OPERATION, {}, _parameter(required=True)),
    Question("new optional parameter", Wrap.OPERATION, {}, _parameter(required=False)),
    Question("removed optional parameter", Wrap.OPERATION, _parameter(required=False), {}),
    Question("removed error code", Wrap.OPERATION, _errors("404", "409"), _errors("404")),
    Question("new error code", Wrap.OPERATION, _errors("404"), _errors("404", "409")),
    Question("changed operationId", Wrap.OPERATION, {"operationId": "a"}, {"operationId": "b"}),
    Question(
        "new required parameter of a beta operation", Wrap.OPERATION, _LATER, {**_LATER, **_parameter(required=True)}
    ),
    Question(
        "new required parameter of an internal operation",
        Wrap.OPERATION,
        {"x-internal": True},
        {"x-internal": True, **_parameter(required=True)},
    ),
    Question("operation named internal for the first time", Wrap.OPERATION, {}, {"x-audience": "company-internal"}),
    Question("operation deprecated", Wrap.OPERATION, {}, {"deprecated": True}),
)


def answer(question: Question, profile: str) -> str:
    """The severity that a profile gives to a change; `off` where it does not count it at all."""
    sides = (wrapped(question.wrap, side) for side in (question.before, question.after))
    report = compare_documents(*sides, kind="openapi", profile=profile)
    found = [finding for contract in report.contracts for finding in contract.findings]
    told = [finding.severity for finding in found if not finding.change.startswith("version.")]
    return str(min(told, key=lambda severity: severity.rank, default=Severity.OFF))


def table() -> str:
    """The table, as it stands in the page."""
    rows = [("change", *PROFILES), ("---",) * (len(PROFILES) + 1)]
    rows += [(question.text, *(answer(question, profile) for profile in PROFILES)) for question in QUESTIONS]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def in_page(page: str) -> str:
    """What stands between the marks of the page."""
    return page.partition(BEGIN)[2].partition(END)[0]


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(text.replace(in_page(text), table()), encoding="utf-8")

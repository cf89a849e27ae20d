from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from report_strategies import contract, finding, report

from contractguard.model.change import Direction, Evidence, EvidenceKind, OperationUse
from contractguard.model.document import ContractKind
from contractguard.model.finding import Finding
from contractguard.model.payload import Role, SchemaPlace
from contractguard.model.report import ContractReport
from contractguard.model.schema import Dialect
from contractguard.model.values import UNSET
from contractguard.reporting.witness import Witness, witness_of

JSON = "application/json"
BODY = OperationUse("POST", "/orders", "request body", "", JSON)
ANSWER = OperationUse("GET", "/orders/{id}", "response", "200", JSON)
BODY_SCHEMA = "/paths/~1orders/post/requestBody/content/application~1json/schema"
ANSWER_SCHEMA = "/paths/~1orders~1{key}/get/responses/200/content/application~1json/schema"


def met(
    payload: Any,
    *uses: OperationUse,
    pointer: str | None = None,
    accepted_by: str = "base",
    reason: str | None = "no",
    role: Role | None = None,
    where: ContractReport | None = None,
    **changes: Any,
) -> Witness:
    place = None if pointer is None else SchemaPlace("api.yaml", pointer, Dialect.OPENAPI_3_1)
    evidence = Evidence(EvidenceKind.WITNESS, payload, accepted_by, reason, None, place, place, role)
    direction = Direction.INPUT if accepted_by == "base" else Direction.OUTPUT
    found: Finding = finding(**{"direction": direction, "operations": uses, "evidence": evidence, **changes})
    inside = where or contract(found)
    witness = witness_of(found, report(inside), inside)
    assert witness is not None
    return witness


def test_there_is_none_without_a_payload() -> None:
    assert witness_of(finding(evidence=Evidence(EvidenceKind.PROOF)), report(), None) is None


def test_request_that_is_refused_from_now_on() -> None:
    witness = met({"a": 1}, BODY, pointer=BODY_SCHEMA, role=Role.REQUEST)

    assert (witness.when, witness.intro, witness.refusal) == ("today", "this request is accepted", "refused: no")
    assert witness.call == ("POST /orders", f"Content-Type: {JSON}")
    assert witness.body == {"a": 1}


def test_response_that_consumers_do_not_accept() -> None:
    witness = met(None, ANSWER, pointer=ANSWER_SCHEMA, accepted_by="head", role=Role.RESPONSE)

    assert (witness.when, witness.intro) == ("now", "a response may look like this")
    assert witness.call == ("GET /orders/{id} → HTTP 200", f"Content-Type: {JSON}")
    assert witness.body is None
    assert witness.refusal == "consumers of 1.8.2 do not accept it: no"


def test_response_that_is_not_valid_any_more_and_request_that_base_refuses() -> None:
    gone = met(1, ANSWER, pointer=ANSWER_SCHEMA, direction=Direction.OUTPUT)
    new = met(1, BODY, pointer=BODY_SCHEMA, accepted_by="head", direction=Direction.INPUT)

    assert (gone.when, gone.refusal) == ("today", "no longer valid: no")
    assert (new.when, new.intro, new.refusal) == ("now", "this request is accepted", "1.8.2 refuses it: no")


def test_reason_is_one_line_and_keeps_both_ends() -> None:
    assert met(1, BODY, reason=None).refusal == "refused"
    refusal = met(1, BODY, reason="a\n b " + "x" * 5000 + " is too long").refusal
    assert refusal.startswith("refused: a b xxx")
    assert refusal.endswith("x is too long")
    assert len(refusal) < 200


@pytest.mark.parametrize(
    ("place", "payload", "call", "rest"),
    [
        ("query parameter limit", 101, ("GET /orders/{id}?limit=101",), None),
        ("query parameter on", True, ("GET /orders/{id}?on=true",), None),
        ("query parameter tag[]", "a b&c", ("GET /orders/{id}?tag[]=a%20b%26c",), None),
        ("query parameter tag", "", ("GET /orders/{id}",), "query parameter tag = "),
        ("query parameter tag", "5", ("GET /orders/{id}",), "query parameter tag = "),
        ("query parameter tag", None, ("GET /orders/{id}",), "query parameter tag = "),
        ("query parameter tag", ["a"], ("GET /orders/{id}",), "query parameter tag = "),
        ("query parameter tag", "x" * 61, ("GET /orders/{id}",), "query parameter tag = "),
        ("path parameter id", "a/b", ("GET /orders/a%2Fb",), None),
        ("path parameter key", "a", ("GET /orders/{id}",), "path parameter key = "),
        ("path parameter id", "", ("GET /orders/{id}",), "path parameter id = "),
        ("header parameter X-Id", "a b", ("GET /orders/{id}", "X-Id: a b"), None),
        ("header parameter X-Id", "null", ("GET /orders/{id}",), "X-Id: "),
        ("cookie parameter s", "a", ("GET /orders/{id}", "Cookie: s=a"), None),
    ],
)
def test_parameter_stands_in_its_call_where_nothing_else_could_be_meant(
    place: str, payload: Any, call: tuple[str, ...], rest: str | None
) -> None:
    use = replace(ANSWER, place=place, status="", media_type="")
    witness = met(payload, use, pointer="/paths/~1orders~1{key}/get/parameters/0/schema", role=Role.REQUEST)

    assert witness.call == call
    assert witness.opening == (rest or "")
    assert witness.body == (UNSET if rest is None else payload)
    assert "".join(witness.layout(90, most=5).lines).startswith(rest or "")
    assert bool(witness.layout(90, most=5).lines) == (rest is not None)
    assert witness.intro == "this call is accepted"


def test_response_header() -> None:
    use = replace(ANSWER, place="response header X-Next", media_type="")
    pointer = "/paths/~1orders~1{id}/get/responses/200/headers/X-Next/schema"
    text, null = (met(value, use, pointer=pointer, accepted_by="head") for value in ("a", None))

    assert text.call == ("GET /orders/{id} → HTTP 200", "X-Next: a")
    assert (null.opening, null.body) == ("X-Next: ", None)
    assert text.intro == "a response may carry this header"


@pytest.mark.parametrize(
    ("media_type", "line"),
    [
        ("application/vnd.api+json", "Content-Type: application/vnd.api+json"),
        ("application/json; charset=utf-8", "Content-Type: application/json; charset=utf-8"),
        ("multipart/form-data", "Content-Type: multipart/form-data (as JSON)"),
        ("*/*", "Content-Type: */*"),
    ],
)
def test_body_that_is_not_json_on_the_wire_says_so(media_type: str, line: str) -> None:
    assert met(1, replace(BODY, media_type=media_type), element="POST /orders > request").call[1] == line


@pytest.mark.parametrize(("status", "shown"), [("2XX", "HTTP 2XX"), ("default", "HTTP, any other status")])
def test_status_ranges(status: str, shown: str) -> None:
    witness = met(
        1, replace(ANSWER, status=status, media_type=""), element="GET /orders/{} > response", accepted_by="head"
    )

    assert witness.call == (f"GET /orders/{{id}} → {shown}",)


def test_webhook_and_callback_are_sent_by_the_provider() -> None:
    webhook = met(
        1,
        replace(BODY, path="paid"),
        pointer="/webhooks/paid/post/requestBody/content/application~1json/schema",
        accepted_by="head",
    )
    use = replace(BODY, place="callback shipped request body")
    pointer = "/paths/~1orders/post/callbacks/shipped/{$url}/post/requestBody/content/application~1json/schema"
    callback = met(1, BODY, use, pointer=pointer, accepted_by="head")

    assert webhook.call[0] == "POST webhook paid"
    assert callback.call[0] == "callback shipped of POST /orders"
    assert webhook.intro == callback.intro == "the provider may send this request"


def test_the_operation_is_the_one_whose_schema_the_payload_was_checked_against() -> None:
    other = replace(ANSWER, path="/all", status="200")
    created = replace(ANSWER, status="201")
    html = replace(ANSWER, media_type="text/html")

    assert met(1, other, created, html, ANSWER, pointer=ANSWER_SCHEMA, accepted_by="head").call == (
        "GET /orders/{id} → HTTP 200",
        f"Content-Type: {JSON}",
    )


@pytest.mark.parametrize(
    ("pointer", "use", "call"),
    [
        ("/components/parameters/Limit/schema", replace(BODY, place="query parameter limit"), "POST /orders?limit=1"),
        ("/parameters/Limit", replace(BODY, place="query parameter limit"), "POST /orders?limit=1"),
        ("/paths/~1orders/post/parameters/0", replace(BODY, place="query parameter limit"), "POST /orders?limit=1"),
        ("/paths/~1orders/post/parameters/0/schema/properties/headers/x", BODY, None),
        ("/components/requestBodies/New/content/application~1json/schema", BODY, "POST /orders"),
        ("/components/responses/Ok/content/application~1json/schema", ANSWER, "GET /orders/{id} → HTTP 200"),
        ("/responses/Ok/schema", ANSWER, "GET /orders/{id} → HTTP 200"),
        ("/components/headers/Next/schema", replace(ANSWER, place="response header N"), "GET /orders/{id} → HTTP 200"),
        ("/paths/~1orders/parameters/0/schema", replace(BODY, place="query parameter limit"), "POST /orders?limit=1"),
        ("/paths/~1orders/post/parameters/0/schema", BODY, "POST /orders"),
        ("/paths/~1orders/post/requestBody/content/application~1json/schema/properties/a", BODY, None),
        ("/paths/~1other/post/requestBody/content/application~1json/schema", BODY, None),
        ("/components/schemas/Order", BODY, None),
        ("", BODY, None),
    ],
)
def test_a_call_is_shown_only_around_the_whole_of_its_payload(
    pointer: str, use: OperationUse, call: str | None
) -> None:
    witness = met(1, use, pointer=pointer, element="POST /orders > request")

    assert (witness.call[0] if witness.call else None) == call


def test_value_of_a_shared_schema_is_called_by_its_name() -> None:
    pointer = "/components/schemas/Order"
    request = met(1, BODY, pointer=pointer, role=Role.REQUEST)
    answer = met(1, ANSWER, pointer=pointer, role=Role.RESPONSE, accepted_by="head")
    unknown = met(1, ANSWER, BODY, accepted_by="head")

    assert request.intro == "this 'Order' is accepted in a request"
    assert answer.intro == "a response may hold this 'Order'"
    assert unknown.intro == "a response may hold this"
    assert request.call == answer.call == ()


@pytest.mark.parametrize(
    ("kind", "accepted_by", "intro", "refusal"),
    [
        (ContractKind.JSONSCHEMA, "base", "this payload is valid", "refused: no"),
        (ContractKind.JSONSCHEMA, "head", "this payload is valid", "consumers of 1.8.2 do not accept it: no"),
        (ContractKind.AVRO, "base", "these data can be read", "cannot be read: no"),
        (ContractKind.AVRO, "head", "data may look like this", "readers of 1.8.2 cannot read it: no"),
    ],
)
def test_payloads_without_operations(kind: ContractKind, accepted_by: str, intro: str, refusal: str) -> None:
    witness = met({"a": None}, where=contract(kind=kind), accepted_by=accepted_by, role=Role.NEITHER, element="payload")

    assert (witness.intro, witness.refusal, witness.call) == (intro, refusal, ())


def test_in_short_it_is_one_sentence() -> None:
    long = met({"a": "x" * 900}, BODY, pointer=BODY_SCHEMA).in_short(40)

    assert met(101, replace(BODY, place="query parameter n"), element="POST /orders > x").in_short(40) == (
        "Today, this call is accepted: POST /orders?n=101; now refused: no"
    )
    assert long.startswith('Today, this request is accepted: POST /orders {"a": "xxx')
    assert long.endswith('x"}; now refused: no')
    assert len(long) < 130
    assert met(1, ANSWER, accepted_by="head").in_short(40) == (
        "Now, a response may hold this: 1; consumers of 1.8.2 do not accept it: no"
    )


def test_hostile_names_stay_on_their_line() -> None:
    use = replace(BODY, path="/x\n::error::y", place="header parameter X\r\n::error::z\x1b")
    witness = met("", use, element="POST /x\n::error::y > header")

    assert witness.call == ("POST /x\\n::error::y",)
    assert witness.opening == "X\\r\\n::error::z\\x1b: "
    assert (
        len(met("", replace(use, place=f"query parameter {'x' * 500}"), element="POST /x\n::error::y > q").opening)
        <= 80
    )

"""Dumps of registries in which one file holds many schemas, or a schema lies in several files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from version_repositories import VersionRepository, contract_of, record, rules_of  # a neighbour, on the path of pytest

from contractguard import Verdict
from contractguard.documents import DocumentSet, Limits
from contractguard.documents.exports import unpack_records
from contractguard.engine import exit_code
from contractguard.engine.verification import verify
from contractguard.errors import LimitError, UnreadableError
from contractguard.sources.memory import MemorySnapshot

V1, V2 = record(("a", "int")), record(("a", "int"), ("b", "int"))


def registered(version: int, wrapped: Any, subject: str = "orders-value", **more: Any) -> dict[str, Any]:
    return {"subject": subject, "version": version, "id": 100 + version, "schema": json.dumps(wrapped), **more}


def key(version: int, subject: str = "orders-value", kind: str = "SCHEMA") -> dict[str, Any]:
    return {"keytype": kind, "subject": subject, "version": version, "magic": 1}


def messages(*versions: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(key(number), registered(number, value)) for number, value in enumerate(versions, 1)]


def as_console(pairs: list[tuple[Any, Any]]) -> str:
    noise = '{"keytype":"NOOP","magic":0}\tnull\n{"keytype":"CONFIG","subject":"x","magic":0}\t{"compatibilityLevel":"FULL"}\n'
    return noise + "".join(f"{json.dumps(named)}\t{json.dumps(value)}\n" for named, value in pairs)


def as_objects(pairs: list[tuple[Any, Any]], name: str) -> str:
    return "".join(
        json.dumps({"topic": "_schemas", "key": json.dumps(named), name: json.dumps(value)}) + "\n"
        for named, value in pairs
    )


def as_base16(pairs: list[tuple[Any, Any]]) -> str:
    lines = (f"{json.dumps(named).encode().hex()}\t{json.dumps(value).encode().hex()}\n" for named, value in pairs)
    return "/V2\n" + "".join(lines)


DUMPS = {
    "schemas.json": lambda pairs: json.dumps([value for _, value in pairs], indent=1),
    "schemas.jsonl": lambda pairs: "".join(json.dumps(value) + "\n" for _, value in pairs),
    "_schemas.log": as_console,
    "kcat/_schemas.json": lambda pairs: as_objects(pairs, "payload"),
    "rpk/_schemas.ndjson": lambda pairs: as_objects(pairs, "value"),
    "karapace-1.json": lambda pairs: json.dumps([[json.dumps(named), json.dumps(value)] for named, value in pairs]),
    "_schemas.backup": as_base16,
}


@pytest.fixture
def repository(tmp_path: Path) -> VersionRepository:
    return VersionRepository(tmp_path / "repository")


@pytest.mark.parametrize("name", DUMPS)
def test_the_versions_in_a_dump_are_a_history(repository: VersionRepository, name: str) -> None:
    repository.commit({name: DUMPS[name](messages(V1, V2))})
    report = repository.compared("HEAD", None, within=True)
    (contract,) = report.contracts
    assert (contract.base_path, contract.path) == (f"{name}/orders-value/1.json", f"{name}/orders-value/2.json")
    assert (contract.verdict, exit_code(report)) == (Verdict.BREAKING, 1)
    checked = verify(report, base=None, head=None, cwd=repository.root, environment=dict(os.environ))
    assert (checked.confirmed, checked.failed) == (1, ())


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_that_grew_is_compared_version_by_version(repository: VersionRepository, name: str) -> None:
    repository.commit({name: DUMPS[name](messages(V1, V1))})
    repository.commit({name: DUMPS[name](messages(V1, V1, V2))})
    report = repository.compared()
    assert {contract.path: contract.verdict for contract in report.contracts} == {
        f"{name}/orders-value/1.json": Verdict.UNCHANGED,
        f"{name}/orders-value/2.json": Verdict.UNCHANGED,
        f"{name}/orders-value/3.json": Verdict.BREAKING,
    }


def test_a_version_in_a_dump_that_was_edited(repository: VersionRepository) -> None:
    repository.commit({"schemas.json": DUMPS["schemas.json"](messages(V2))})
    repository.commit({"schemas.json": DUMPS["schemas.json"](messages(V1))})
    assert "version-published-edited" in rules_of(
        contract_of(repository.compared(), "schemas.json/orders-value/1.json")
    )


def unpacked(text: str) -> dict[str, Any]:
    return {path: json.loads(raw) for path, raw in unpack_records(text.encode(), "d", Limits()).items()}


def test_a_later_message_replaces_an_earlier_one() -> None:
    found = unpacked(as_console([*messages(V1), (key(1), registered(1, V2))]))
    assert [json.loads(value["schema"]) for value in found.values()] == [V2]


@pytest.mark.parametrize(
    ("last", "left"),
    [
        ((key(2), None), ["d/orders-value/1.json"]),
        (
            ({"keytype": "DELETE_SUBJECT", "subject": "orders-value", "magic": 0}, {"version": 1}),
            ["d/orders-value/2.json"],
        ),
        (({"keytype": "DELETE_SUBJECT", "subject": "orders-value", "magic": 0}, {"version": 2}), []),
        (({"keytype": "DELETE_SUBJECT", "subject": "other", "magic": 0}, {"version": 2}), None),
    ],
)
def test_messages_take_schemas_back(last: Any, left: list[str] | None) -> None:
    found = unpacked(as_console([*messages(V1, V2), last]))
    assert list(found) == (["d/orders-value/1.json", "d/orders-value/2.json"] if left is None else left)


def test_names_of_subjects_are_names_of_files() -> None:
    (path,) = unpacked(json.dumps([registered(1, V1, ":.ctx:a/../b")]))
    assert path == "d/%3A.ctx%3Aa%2F..%2Fb/1.json"


@pytest.mark.parametrize(
    "text", ["[]", "[1, null, {}]", '{"subject": "x"}', "", "no subject here", '["subject", "version"]']
)
def test_what_holds_no_schemas_stays_what_it_is(text: str) -> None:
    if text.startswith(("[", "{")) or "subject" not in text:
        assert unpacked(text) == {}


@pytest.mark.parametrize("text", ['{"keytype":"SCHEMA","subject":', "/V2\nzz\tzz\n", '[{"subject": '])
def test_a_dump_that_is_broken_is_an_error(text: str) -> None:
    with pytest.raises(UnreadableError):
        unpack_records(text.encode(), "d", Limits())


def test_a_dump_that_is_too_large_is_a_limit() -> None:
    with pytest.raises(LimitError):
        unpack_records(b"[" + b" " * 100, "d", Limits(max_bytes=50))


def test_a_file_in_a_dump_exists_before_anybody_looks_for_contracts() -> None:
    documents = DocumentSet(MemorySnapshot("x", {"s.json": json.dumps([registered(1, V1)]).encode(), "a/b": b""}))
    assert [documents.exists(path) for path in ("s.json/orders-value/1.json", "s.json/x", "a/b/c", "s.json")] == [
        *(True, False, False, False)
    ]
    assert documents.document("s.json/orders-value/1.json").value == V1


def artifact(number: int, content: Any, *, name: str = "orders", kind: str = "AVRO", **more: Any) -> dict[str, Any]:
    """A version in an export of Apicurio Registry: what is known of it, and its content, in three files."""
    named = {
        "groupId": "shop",
        "artifactId": name,
        "version": f"1.0.{number}",
        "versionOrder": number,
        "artifactType": kind,
    }
    unique = f"{name}{number}"
    return {
        f"export/groups/shop/artifacts/{name}/versions/1.0.{number}.ArtifactVersion.json": {
            **named,
            "contentId": hash_of(unique),
            "state": "ENABLED",
            **{key: value for key, value in more.items() if key == "state"},
        },
        f"export/content/{unique}.Content.json": {
            "contentId": hash_of(unique),
            "artifactType": kind,
            **{key: value for key, value in more.items() if key == "serializedReferences"},
        },
        f"export/content/{unique}.Content.data": content if isinstance(content, str) else json.dumps(content),
    }


def hash_of(text: str) -> int:
    return sum(ord(letter) * 31**place for place, letter in enumerate(text))


def steps(repository: VersionRepository) -> dict[str, Verdict]:
    report = repository.compared("HEAD", None, within=True)
    assert [contract.errors for contract in report.contracts if contract.errors] == []
    return {contract.versions.head or "": contract.verdict for contract in report.contracts}


def test_an_export_of_artifacts(repository: VersionRepository) -> None:
    repository.commit({**artifact(1, V1), **artifact(2, V1), **artifact(3, V2, state="DISABLED"), **artifact(4, V2)})
    assert steps(repository) == {"2": Verdict.COMPATIBLE, "4": Verdict.BREAKING}


def test_references_between_artifacts(repository: VersionRepository) -> None:
    money = [record(("amount", kind), name="Money", namespace="x") for kind in ("int", "string")]
    order = record(("total", "x.Money"))
    references = [
        json.dumps([{"name": "x.Money", "groupId": "shop", "artifactId": "money", "version": f"1.0.{number}"}])
        for number in (1, 2)
    ]
    files = {
        **artifact(1, money[0], name="money"),
        **artifact(2, money[1], name="money"),
        **artifact(1, order, serializedReferences=references[0]),
        **artifact(2, order, serializedReferences=references[1]),
    }
    repository.commit(files)
    report = repository.compared("HEAD", None, within=True)
    assert [contract.verdict for contract in report.contracts] == [Verdict.BREAKING, Verdict.BREAKING]


def test_an_artifact_may_be_a_description(repository: VersionRepository) -> None:
    text = (
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {responses: {'200': {description: ok}}}}\n"
    )
    more = text + "  /b: {get: {responses: {'200': {description: ok}}}}\n"
    repository.commit({**artifact(1, more, kind="OPENAPI"), **artifact(2, text, kind="OPENAPI")})
    assert steps(repository) == {"2": Verdict.BREAKING}


def test_a_version_without_content_is_passed_over(repository: VersionRepository) -> None:
    files = {**artifact(1, V1), **artifact(2, V2), **artifact(3, V2)}
    del files["export/content/orders3.Content.data"]
    repository.commit(files)
    assert steps(repository) == {"2": Verdict.BREAKING}


@pytest.mark.parametrize("name", ["schemas.py", "schemas.log", "cases.jsonl", "schemas.txt"])
def test_other_files_with_schemas_in_them_are_none(repository: VersionRepository, name: str) -> None:
    text = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}\n'
    repository.commit({name: text + text})
    report = repository.compared("HEAD", None, within=True)
    assert (report.errors, report.notes) == ((), ("no versions lie side by side here",))


def test_a_dump_that_is_broken_is_told(repository: VersionRepository) -> None:
    repository.commit({"_schemas.log": '{"keytype":"SCHEMA","subject":"a"}\t{"subject": \n'})
    report = repository.compared("HEAD", None, within=True)
    assert [error.path for error in report.errors] == ["_schemas.log"]

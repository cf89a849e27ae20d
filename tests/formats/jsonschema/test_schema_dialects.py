"""Which dialect a schema is read in: what `$schema` names, for whom it holds, and what is said where nobody knows it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from contractguard.documents import DocumentSet, detect
from contractguard.errors import UnreadableError
from contractguard.formats import read_contract
from contractguard.formats.jsonschema import read
from contractguard.model.dialects import STANDARD, Dialects
from contractguard.model.document import ContractKind
from contractguard.model.payload import Role
from contractguard.model.schema import Dialect
from contractguard.semantics.evaluation import Evaluator
from contractguard.sources.memory import MemorySnapshot
from contractguard.validators import PayloadValidator

OURS = "https://example.com/our-dialect"
D4, D7, D19, D20 = Dialect.DRAFT_04, Dialect.DRAFT_07, Dialect.DRAFT_2019_09, Dialect.DRAFT_2020_12
VOCABULARY = "https://json-schema.org/draft/2020-12/vocab/"
USUAL = ("core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content")
TUPLE = {"items": [{"type": "string"}], "additionalItems": False}
"""In draft-07 a tuple of one string; in 2020-12 nothing that means anything."""


def documents_of(files: dict[str, Any], own: dict[str, Dialect] | None = None) -> DocumentSet:
    texts = {path: json.dumps(value, indent=1).encode() for path, value in files.items()}
    return DocumentSet(MemorySnapshot("here", texts), dialects=Dialects(own or {}))


def answers(
    files: dict[str, Any], payload: Any, own: dict[str, Dialect] | None = None
) -> tuple[bool | None, bool | None]:
    """Whether the payload is valid under `a.json`: as we read it, and as the independent validator does."""
    documents = documents_of(files, own)
    contract = read(documents, "a.json")
    ours = Evaluator(contract.schemas, Role.NEITHER).holds(contract.schemas.read(contract.root), payload)
    dialect = contract.schemas.dialect_at(contract.root)
    theirs = PayloadValidator(documents).check(contract.root, payload, dialect=dialect, role=Role.NEITHER)
    return ours, theirs.valid


def refused(files: dict[str, Any], own: dict[str, Dialect] | None = None) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        answers(files, [1], own)
    return caught.value


@pytest.mark.parametrize(
    ("uri", "dialect"),
    [
        ("http://json-schema.org/draft-04/schema#", D4),
        ("https://json-schema.org/draft-04/schema", D4),
        ("http://json-schema.org/draft-06/schema#", Dialect.DRAFT_06),
        (" http://json-schema.org/draft-07/schema# ", D7),
        ("http://json-schema.org/draft-07/hyper-schema#", D7),
        ("http://json-schema.org/draft/2019-09/schema#", D19),
        ("https://json-schema.org/draft/2020-12/schema/", D20),
        ("http://json-schema.org/schema#", D20),
        ("https://spec.openapis.org/oas/3.1/dialect/base", Dialect.OPENAPI_3_1),
        ("https://spec.openapis.org/oas/3.1/dialect/2024-11-10", Dialect.OPENAPI_3_1),
        ("https://spec.openapis.org/oas/3.2/dialect/2025-09-17", Dialect.OPENAPI_3_2),
        ("http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#", D4),
        ("http://json-schema.org/draft-03/schema#", None),
        ("http://json-schema.org/draft-05/schema#", None),
        ("http://example.com/json-schema.org/draft-07/schema#", None),
        ("https://spec.openapis.org/oas/3.0/dialect/base", None),
        ("", None),
    ],
)
def test_what_is_known_without_the_user(uri: str, dialect: Dialect | None) -> None:
    assert STANDARD.named(uri) is dialect


def test_what_the_user_says_comes_first_however_the_uri_is_written() -> None:
    dialects = Dialects({f"{OURS}#": D7, "http://json-schema.org/schema": D4, "urn:example:d": D19})
    assert dialects.named(OURS) is dialects.named(OURS.replace("https", "http") + "/") is D7
    assert dialects.named("https://json-schema.org/schema#") is D4
    assert dialects.named("urn:example:d") is D19
    assert dialects.named("urn:example:other") is None


def test_a_file_with_a_configured_dialect_is_a_schema_whatever_else_it_says() -> None:
    value = {"$schema": OURS, "const": 1}
    assert detect(value, "a.json", dialects=Dialects({OURS: D7})) is ContractKind.JSONSCHEMA
    assert detect(value, "a.json") is None
    assert detect({"$schema": 7, "const": 1}, "a.json", dialects=Dialects({OURS: D7})) is None


@pytest.mark.parametrize(
    "files",
    [
        {"a.json": {"$schema": OURS, **TUPLE}},
        {"a.json": {"$schema": f"{OURS}#", "definitions": {"t": TUPLE}, "allOf": [{"$ref": "#/definitions/t"}]}},
        {"a.json": {"$schema": str(D20), **TUPLE}}
        | {"a.json": {"$ref": "b.json"}, "b.json": {"$schema": OURS, **TUPLE}},
        {"a.json": {"$ref": "b.json#/definitions/t"}, "b.json": {"$schema": OURS, "definitions": {"t": TUPLE}}},
        {"a.json": {"$ref": "#/$defs/b", "$defs": {"b": {"$id": "urn:x:b", "$schema": OURS, **TUPLE}}}},
        {
            "a.json": {
                "$ref": "urn:x:b",
                "$defs": {"b": {"$id": "urn:x:b", "$schema": OURS, "allOf": [{"anyOf": [TUPLE]}]}},
            }
        },
        {
            "a.json": {
                "$ref": "urn:x:b#/definitions/t",
                "$defs": {"b": {"$id": "urn:x:b", "$schema": OURS, "definitions": {"t": TUPLE}}},
            }
        },
        {
            "a.json": {
                "$id": "https://example.com/a",
                "$ref": "/b",
                "$defs": {
                    "b": {
                        "$id": "/b",
                        "$schema": OURS,
                        "items": [{"$ref": "#/definitions/s"}],
                        "additionalItems": False,
                        "definitions": {"s": {"type": "string"}},
                    }
                },
            }
        },
    ],
    ids=[
        "root",
        "through a reference",
        "another file",
        "part of another file",
        "embedded",
        "below embedded",
        "part of embedded",
        "relative identifier",
    ],
)
def test_a_configured_dialect_holds_for_the_schema_that_names_it_and_for_all_below(files: dict[str, Any]) -> None:
    assert answers(files, ["a"], {OURS: D7}) == (True, True)
    assert answers(files, [1], {OURS: D7}) == (False, False)
    assert answers(files, ["a", "b"], {OURS: D7}) == (False, False)


def test_an_embedded_schema_without_a_dialect_has_that_of_the_one_around_it() -> None:
    inner = {"$id": "urn:x:c", **TUPLE}
    schema = {
        "$ref": "urn:x:b",
        "$defs": {"b": {"$id": "urn:x:b", "$schema": "http://json-schema.org/draft-07/schema#", "not": {"not": inner}}},
    }
    assert answers({"a.json": schema}, ["a"]) == (True, True)
    assert answers({"a.json": schema}, [1]) == (False, False)


def test_what_stands_in_data_names_no_dialect() -> None:
    schema = {
        "properties": {"$schema": {"prefixItems": [{"type": "string"}]}},
        "default": {"$schema": OURS, **TUPLE},
        "enum": [{"$schema": [1]}, {"$schema": ["a"]}],
        "x-note": {"$schema": OURS},
    }
    assert answers({"a.json": schema}, {"$schema": ["a"]}) == (True, True)
    assert answers({"a.json": schema}, {"$schema": [1]}) == (False, False)


def test_the_error_names_the_uri_the_place_and_the_lines_that_mend_it() -> None:
    error = refused({"a.json": {"type": "object", "$schema": OURS}})
    assert error.message == f"the dialect '{OURS}' is not known"
    assert (error.path, error.line, error.column) == ("a.json", 3, 2)
    assert f'`dialects: {{"{OURS}": draft-07}}`' in str(error.remedy)
    assert f"`--dialect {OURS}=draft-07`" in str(error.remedy)
    assert "draft-04, draft-06, draft-07, draft-2019-09, draft-2020-12" in str(error.remedy)


@pytest.mark.parametrize(
    ("files", "path", "line"),
    [
        ({"a.json": {"$ref": "b.json"}, "b.json": {"$schema": OURS, "type": "array"}}, "b.json", 2),
        (
            {"a.json": {"$ref": "b.json#/definitions/t"}, "b.json": {"definitions": {"t": TUPLE}, "$schema": OURS}},
            "b.json",
            12,
        ),
        ({"a.json": {"$ref": "#/$defs/b", "$defs": {"b": {"$id": "urn:x:b", "$schema": OURS}}}}, "a.json", 6),
        (
            {"a.json": {"$ref": "#/$defs/b/not", "$defs": {"b": {"$id": "urn:x:b", "$schema": OURS, "not": {}}}}},
            "a.json",
            6,
        ),
    ],
    ids=["another file", "part of another file", "embedded", "below embedded"],
)
def test_an_unknown_dialect_is_an_error_wherever_a_schema_has_it(files: dict[str, Any], path: str, line: int) -> None:
    error = refused(files)
    assert (error.path, error.line) == (path, line)
    assert OURS in error.message


def test_where_the_user_says_what_to_read_then_it_is_none() -> None:
    documents = documents_of(
        {"a.json": {"$schema": OURS, "$defs": {"b": {"$schema": "urn:x", **TUPLE}}, "$ref": "#/$defs/b"}}
    )
    contract = read(documents, "a.json", dialect="draft-2019-09")
    assert Evaluator(contract.schemas, Role.NEITHER).holds(contract.schemas.read(contract.root), [1]) is False


@pytest.mark.parametrize("draft", ["draft-03", "draft-05", "draft-01"])
def test_a_draft_that_is_not_read_is_named(draft: str) -> None:
    error = refused({"a.json": {"$schema": f"http://json-schema.org/{draft}/schema#", "type": "array"}})
    assert error.message.startswith(f"{draft} is not supported")
    assert "draft-04 or a later draft" in str(error.remedy)


def meta(**members: Any) -> dict[str, Any]:
    return {"a.json": {"$schema": OURS, "type": "array"}, "meta/ours.json": {"$id": OURS, **members}}


@pytest.mark.parametrize(
    ("members", "others", "dialect"),
    [
        ({"$ref": "http://json-schema.org/draft-07/schema#"}, {}, "draft-07"),
        ({"allOf": [{"$ref": "http://json-schema.org/draft-04/schema#"}, {"required": ["x-owner"]}]}, {}, "draft-04"),
        ({"$schema": str(D20), "$ref": "http://json-schema.org/draft-06/schema"}, {}, "draft-06"),
        (
            {"$ref": "base"},
            {
                "meta/base.json": {
                    "$id": "https://example.com/base",
                    "$ref": "https://json-schema.org/draft/2019-09/schema",
                }
            },
            "draft-2019-09",
        ),
        ({"$vocabulary": {f"{VOCABULARY}{name}": True for name in USUAL}}, {}, "draft-2020-12"),
        (
            {"$vocabulary": {**{f"{VOCABULARY}{name}": True for name in USUAL}, "urn:x:notes": False}},
            {},
            "draft-2020-12",
        ),
    ],
)
def test_a_meta_schema_in_the_snapshot_tells_what_to_write(members: Any, others: Any, dialect: str) -> None:
    error = refused({**meta(**members), **others})
    assert error.message == f"the dialect '{OURS}' is not known"
    assert str(error.remedy).startswith(f"meta/ours.json has this name and builds on {dialect}; say so in the policy: ")
    assert f'`dialects: {{"{OURS}": {dialect}}}`' in str(error.remedy)


def listed(*names: str, draft: str = "2020-12", **more: bool) -> dict[str, Any]:
    start = f"https://json-schema.org/draft/{draft}/vocab/"
    return {
        "$vocabulary": {**{f"{start}{name}": True for name in names}, **{f"{start}{n}": v for n, v in more.items()}}
    }


@pytest.mark.parametrize(
    ("members", "said", "remedy"),
    [
        (listed("core", "applicator", "unevaluated"), "leaves out the vocabulary `validation`", "reads them as restrictions"),
        (listed("core", "applicator", "validation"), "leaves out the vocabulary `unevaluated`", "reads them as restrictions"),
        (listed("core", "applicator", "validation", draft="2019-09", format=True), "asserts formats", "formats: assertions"),
        (listed(*USUAL, **{"format-assertion": False}), "asserts formats", "formats: assertions"),
        ({"$vocabulary": {**listed(*USUAL)["$vocabulary"], "https://example.com/units": True}},
         "asks for the vocabulary 'https://example.com/units', which contractguard does not know", "only where schemas restrict"),
        ({"$vocabulary": {"https://example.com/units": True}}, "lists no vocabulary `core`", "one of draft-04"),
        ({"properties": {"type": True}}, "builds on no draft by `$ref` or `allOf`", "one of draft-04"),
        ({"allOf": [{"$ref": f"http://json-schema.org/{draft}/schema#"} for draft in ("draft-04", "draft-07")]},
         "builds on draft-04 and draft-07", "one of draft-04"),
        ({"$ref": "#"}, "builds on no draft", "one of draft-04"),
    ],
)  # fmt: skip
def test_a_meta_schema_that_changes_what_keywords_mean_is_told(members: Any, said: str, remedy: str) -> None:
    error = refused(meta(**members))
    assert "meta/ours.json has this name" in error.message
    assert said in error.message
    assert remedy in str(error.remedy)


def test_what_a_name_means_is_never_taken_from_the_change_itself() -> None:
    files = meta(**{"$ref": "http://json-schema.org/draft-07/schema#"})
    files["a.json"] |= TUPLE
    assert answers(files, ["a"], {OURS: D7}) == (True, True)
    assert refused(files)


def test_the_default_dialect_of_a_description_may_be_of_ones_own() -> None:
    schema = {"type": "array", **TUPLE}
    response = {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}
    description = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "jsonSchemaDialect": OURS,
        "paths": {"/a": {"get": {"responses": response}}},
    }
    contract = read_contract(ContractKind.OPENAPI, documents_of({"a.json": description}, {OURS: D7}), "a.json")
    assert contract.dialect == "OpenAPI 3.1.0 with schemas of draft-07"
    assert (
        read_contract(ContractKind.OPENAPI, documents_of({"a.json": description}), "a.json").dialect == "OpenAPI 3.1.0"
    )


def test_a_description_may_have_a_schema_for_editors() -> None:
    description = {
        "$schema": "https://example.com/openapi-editor",
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
    }
    contract: Any = read_contract(ContractKind.OPENAPI, documents_of({"a.json": description}), "a.json")
    assert contract.schemas.dialect_at(contract.root) is Dialect.OPENAPI_3_1

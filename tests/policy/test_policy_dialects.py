"""`dialects` of the policy: what a `$schema` of one's own stands for."""

from __future__ import annotations

import pytest
from policy_makers import TextDocuments

from contractguard.errors import UsageError
from contractguard.model.schema import Dialect
from contractguard.policy import Policy, load_policy

OURS = "https://example.com/our-dialect"


def load(files: dict[str, str]) -> Policy:
    documents = TextDocuments(files)
    policy = load_policy(documents, ref=None, read_bytes=documents.read_bytes)
    assert policy is not None
    return policy


def yaml(*lines: str) -> dict[str, str]:
    return {"contractguard.yaml": "\n".join(["version: 1", "dialects:", *(f"  {line}" for line in lines), ""])}


def refused(files: dict[str, str]) -> UsageError:
    with pytest.raises(UsageError) as caught:
        load(files)
    return caught.value


def test_each_dialect_that_a_schema_can_name_may_be_meant() -> None:
    names = ("draft-04", "draft-06", "draft-07", "draft-2019-09", "draft-2020-12", "openapi-3.1", "openapi-3.2")
    policy = load(yaml(*(f"https://example.com/{number}: {name}" for number, name in enumerate(names))))
    assert list(policy.dialects.values()) == [Dialect(name) for name in names]
    assert load({"contractguard.yaml": "version: 1"}).dialects == {}


@pytest.mark.parametrize("uri", [OURS, f"{OURS}#", "urn:example:dialect", "tag:example.com,2026:d", "HTTP://x/y?z=1"])
def test_any_uri_may_be_named(uri: str) -> None:
    assert load(yaml(f'"{uri}": draft-07')).dialects == {uri: Dialect.DRAFT_07}


@pytest.mark.parametrize(
    "uri", ["our-dialect", "./meta.json", "../meta.json#", "/meta", "//example.com/x", "a b:c", ":x"]
)
def test_what_is_no_uri_is_refused_at_its_place(uri: str) -> None:
    error = refused(yaml(f"{OURS}: draft-07", f'"{uri}": draft-07'))
    assert (error.path, error.line, error.column) == ("contractguard.yaml", 4, 3)
    assert error.message == f"{uri!r} is not a URI"
    assert "https://example.com/our-dialect" in str(error.remedy)


@pytest.mark.parametrize(
    "name", ["draft-03", "draft7", "2020-12", "openapi-3.0", "openapi-2.0", "http://json-schema.org/schema"]
)
def test_what_is_no_dialect_is_refused_and_those_that_are_allowed_are_named(name: str) -> None:
    error = refused(yaml(f"{OURS}: {name}"))
    assert (error.line, error.column) == (3, 3)
    assert error.message == f"{name!r} is not a dialect"
    allowed = "draft-04, draft-06, draft-07, draft-2019-09, draft-2020-12, openapi-3.1, openapi-3.2"
    assert error.remedy == f"allowed are {allowed}"


@pytest.mark.parametrize(
    "text",
    ["dialects: draft-07", "dialects: [draft-07]", "dialects: {'https://x.example/y': 7}"],
    ids=["text", "list", "int"],
)
def test_another_shape_is_refused(text: str) -> None:
    error = refused({"contractguard.yaml": f"version: 1\n{text}\n"})
    assert (error.path, error.line) == ("contractguard.yaml", 2)


def test_a_name_that_a_specification_gives_stays_what_it_is() -> None:
    error = refused(yaml("http://json-schema.org/draft-07/schema#: draft-04"))
    assert (
        error.message
        == "'http://json-schema.org/draft-07/schema#' is the name of draft-07, and stands for nothing else"
    )
    assert load(yaml("http://json-schema.org/draft-07/schema#: draft-07")).dialects
    assert refused(yaml("https://spec.openapis.org/oas/3.1/dialect/2024-11-10: draft-07")).line == 3


@pytest.mark.parametrize(
    "uri",
    [
        "http://json-schema.org/schema#",
        "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
        "http://json-schema.org/draft-03/schema#",
    ],
)
def test_what_is_known_by_custom_only_may_be_said_to_be_another(uri: str) -> None:
    assert load(yaml(f'"{uri}": draft-07')).dialects == {uri: Dialect.DRAFT_07}


def test_one_name_written_in_two_ways_stands_for_one_dialect() -> None:
    same = load(yaml("http://example.com/d: draft-07", "https://example.com/d#: draft-07"))
    assert set(same.dialects.values()) == {Dialect.DRAFT_07}
    error = refused(yaml("http://example.com/d: draft-07", "https://example.com/d#: draft-04"))
    assert (error.line, error.message) == (4, "'https://example.com/d#' stands for two dialects")


def test_in_pyproject_the_line_is_told_too() -> None:
    text = '[tool.contractguard]\nversion = 1\n[tool.contractguard.dialects]\n"https://example.com/d" = "{}"\n'
    assert load({"pyproject.toml": text.format("draft-06")}).dialects == {"https://example.com/d": Dialect.DRAFT_06}
    error = refused({"pyproject.toml": text.format("draft-6")})
    assert (error.path, error.line, error.column) == ("pyproject.toml", 4, 1)


def test_another_mapping_is_another_policy() -> None:
    digests = {load(yaml(f"{OURS}: {name}")).digest for name in ("draft-04", "draft-07")}
    assert len(digests) == 2

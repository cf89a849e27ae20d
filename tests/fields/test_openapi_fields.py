"""The table of all fields of OpenAPI: it is complete and current, and nothing in it is left unjudged."""

from __future__ import annotations

import pytest
from field_table import PAGE, Judged, judged_all, objects, page
from published_fields import NOT_PUBLISHED, VERSIONS, published_fields

from contractguard import Impact

SECTIONS = objects()
PAIRS = [pair for section in SECTIONS for one in section.fields for pair in one.pairs]


@pytest.fixture(scope="module")
def found() -> dict[str, Judged]:
    """What the comparison finds in every pair."""
    return judged_all()


def in_the_table(version: str) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for section in SECTIONS:
        for one in section.fields:
            if version in one.versions:
                names.setdefault(section.title, set()).add(one.name)
    return names


@pytest.mark.parametrize("version", VERSIONS)
def test_no_field_is_absent(version: str) -> None:
    """Every field of every object that the published schemas know has a row, and the table invents none."""
    table = in_the_table(version)
    published = published_fields()[version]
    for title in published.keys() | table.keys():
        fields, rows = published.get(title, set()), table.get(title, set())
        assert fields - rows == set(), title
        assert {name for name in rows - fields if (version, title, name) not in NOT_PUBLISHED} == set(), title


def test_the_published_schemas_are_read_in_full() -> None:
    """A guard against a reading that finds nothing: numbers of objects and fields, and some that stand deep inside."""
    published = published_fields()
    assert {version: len(found) for version, found in published.items()} == {
        "2.0": 25,
        "3.0": 30,
        "3.1": 30,
        "3.2": 30,
    }
    assert {version: sum(map(len, found.values())) for version, found in published.items()} == {
        "2.0": 185,
        "3.0": 205,
        "3.1": 240,
        "3.2": 265,
    }
    assert "deviceAuthorizationUrl" in published["3.2"]["OAuth Flow Object"]
    assert "bearerFormat" in published["3.1"]["Security Scheme Object"]
    assert "allowReserved" in published["3.2"]["Parameter Object"]


def test_what_is_not_in_the_schemas_is_in_the_table() -> None:
    assert all(name in in_the_table(version)[title] for version, title, name in NOT_PUBLISHED)


def test_every_field_is_compared_in_each_of_its_versions() -> None:
    for section in SECTIONS:
        for one in section.fields:
            assert {pair.version for pair in one.pairs} == set(one.versions), (section.title, one.name)


def test_pairs_have_names_of_their_own() -> None:
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)


def test_both_sides_are_valid_and_every_difference_is_judged(found: dict[str, Judged]) -> None:
    """`unjudged-change` is for what has no meaning in the specification; the row of such a field says so."""
    left = {
        (pair.object, one.name) for section in SECTIONS for one in section.fields if one.unjudged for pair in one.pairs
    }
    for pair in PAIRS:
        rules = {rule for cell in found[pair.id].cells.values() for _, rule in cell}
        assert "contract-invalid" not in rules, pair.id
        assert found[pair.id].notes == (), pair.id
        assert ("unjudged-change" in rules) == ((pair.object, pair.field) in left), pair.id


def test_what_is_no_finding_has_a_reason(found: dict[str, Judged]) -> None:
    reasons = {
        (section.title, one.name, pair.id): one.why
        for section in SECTIONS
        for one in section.fields
        for pair in one.pairs
    }
    for (title, name, identifier), why in reasons.items():
        cells = found[identifier].cells
        assert why or all(cells.values()), (title, name, cells)


def test_the_table_tells_compatible_from_breaking(found: dict[str, Judged]) -> None:
    """A guard against a table in which everything is alike: some rows whose truth is beyond doubt."""

    def worst(identifier: str, direction: str) -> Impact:
        return found[identifier].cells[direction][0][0]

    for version in ("3.0", "3.1", "3.2"):
        assert worst(f"{version} Parameter Object required: set", "input") is Impact.BREAKING
        assert worst(f"{version} Parameter Object required: taken back", "input") is Impact.COMPATIBLE
        assert worst(f"{version} Header Object required: taken back", "output") is Impact.BREAKING
    for version in VERSIONS:
        assert worst(f"{version} Schema Object maxLength: lowered", "input") is Impact.BREAKING
        assert worst(f"{version} Schema Object maxLength: lowered", "output") is Impact.COMPATIBLE
        assert worst(f"{version} Schema Object maxLength: raised", "output") is Impact.BREAKING
        assert worst(f"{version} Info Object title: another one", "none") is Impact.INFO
        assert worst(f"{version} XML Object attribute: set", "output") is Impact.RISKY
        assert found[f"{version} XML Object wrapped: said to be false"].cells == {"input": (), "output": ()}
    for version in ("3.1", "3.2"):
        named = f"{version} OpenAPI Object jsonSchemaDialect: draft-07 is n"
        assert worst(f"{named}amed, by which nothing beside `$ref` counts", "input") is Impact.COMPATIBLE
        assert worst(f"{named}ot named any more", "input") is Impact.BREAKING
        assert found[f"{version} OpenAPI Object jsonSchemaDialect: plain JSON Schema is named"].cells == {"input": ()}
    assert found["3.2 XML Object nodeType: in place of `wrapped`"].cells == {"input": (), "output": ()}


@pytest.mark.source
def test_the_page_is_current(found: dict[str, Judged]) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(found), "run: python tests/fields/field_table.py"

from __future__ import annotations

import json

import pytest
import yaml
from document_makers import pointers, read
from hypothesis import given
from hypothesis import strategies as st

from contractguard.documents import locate
from contractguard.documents.text import Lines
from contractguard.model.document import Document
from contractguard.model.places import Location
from contractguard.model.values import pointer_tokens


def places(document: Document, *asked: str) -> list[tuple[int, int]]:
    found = locate(document, asked)
    return [(found[pointer].line, found[pointer].column) for pointer in asked]


def at(document: Document, place: Location) -> str:
    """The text from a place onwards."""
    text = document.raw.decode().removeprefix("\ufeff")
    start = next(
        offset for offset in range(len(text) + 1) if Lines(text).position(offset) == (place.line, place.column)
    )
    return text[start:]


def check_all(document: Document) -> None:
    """Every pointer of the document leads to its key, in quotes in these tests, or to its value where it is an item."""
    for pointer, place in locate(document, list(pointers(document.value))).items():
        assert (place.path, place.pointer) == (document.path, pointer)
        parent, value = None, document.value
        for token in pointer_tokens(pointer):
            parent = value
            value = value[int(token)] if isinstance(value, list) else value[token]  # type: ignore[index]
        here = at(document, place)
        if isinstance(parent, dict):
            assert yaml.safe_load(quoted(here)) == pointer_tokens(pointer)[-1]
        elif isinstance(value, str):
            assert yaml.safe_load(quoted(here)) == value
        elif not isinstance(value, list | dict):
            assert here.startswith(("!!", json.dumps(value)))


def quoted(text: str) -> str:
    """The quoted scalar with which a text begins."""
    assert text[0] == '"', text[:20]
    end = 1
    while text[end] != '"':
        end += 2 if text[end] == "\\" else 1
    return text[: end + 1]


_texts = st.text('aé"\\/~ {[,:\n', max_size=3)
quotable = st.recursive(
    st.none() | st.booleans() | st.integers(0, 99) | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=12,
)


@given(quotable, st.sampled_from([None, 0, 1, 4]), st.booleans())
def test_json_pointers_lead_to_their_keys(value: object, indent: int | None, ascii_only: bool) -> None:
    check_all(read(json.dumps(value, indent=indent, ensure_ascii=ascii_only)))


@given(quotable, st.booleans())
def test_yaml_pointers_lead_to_their_keys(value: object, flow: bool) -> None:
    written = yaml.safe_dump(value, default_flow_style=flow, default_style='"', allow_unicode=True, width=1000)
    check_all(read(f"# yaml\n{written}", "x.yaml"))


@given(quotable, st.data())
def test_asking_for_some_or_for_all_is_the_same(value: object, data: st.DataObject) -> None:
    for document in (read(json.dumps(value, indent=1)), read("# \n" + json.dumps(value), "x.yaml")):
        everything = locate(document, list(pointers(document.value)))
        some = data.draw(st.lists(st.sampled_from(sorted(everything)), max_size=3))
        assert locate(document, some) == {pointer: everything[pointer] for pointer in some}


def test_places_in_json() -> None:
    document = read('\ufeff{"é😀": {"b":\n  [1, {"c": 2}]},\r\n "d/~": 3,\r"e": ""}')
    assert places(document, "", "/é😀", "/é😀/b", "/é😀/b/0", "/é😀/b/1", "/é😀/b/1/c", "/d~1~0", "/e") == [
        (1, 1),
        (1, 2),
        (1, 9),
        (2, 4),
        (2, 7),
        (2, 8),
        (3, 2),
        (4, 1),
    ]


def test_places_in_yaml() -> None:
    document = read('# é\n---\n"é": {b: [1, {c: 2}]}\nd/~:\n- - x\n  - y: |\n     z\n200: ~\n? e\n: f\n', "x.yaml")
    assert places(
        document, "", "/é", "/é/b", "/é/b/0", "/é/b/1/c", "/d~1~0/0", "/d~1~0/0/1", "/d~1~0/0/1/y", "/200", "/e"
    ) == [
        (3, 1),
        (3, 1),
        (3, 7),
        (3, 11),
        (3, 15),
        (5, 3),
        (6, 5),
        (6, 5),
        (8, 1),
        (9, 3),
    ]


@pytest.mark.parametrize("path", ["x.json", "x.yaml"])
def test_what_does_not_exist_gets_its_nearest_ancestor(path: str) -> None:
    document = read('{"a": {"b": [1, 2]},\n "c": 3}' if path == "x.json" else "a: {b: [1, 2]}\nc: 3\n", path)
    found = locate(document, ["/a/b/2", "/a/b/x/y", "/c/d", "/z", "/a/b/-1", "/a/"])
    known = {pointer: place.pointer for pointer, place in found.items()}
    assert known == {"/a/b/2": "/a/b", "/a/b/x/y": "/a/b", "/c/d": "/c", "/z": "", "/a/b/-1": "/a/b", "/a/": "/a"}
    for pointer, place in found.items():
        assert (place.line, place.column) == places(document, known[pointer])[0]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.json", '{"a": {"b": 1, "c": 2},\n "d": 1,\n "a": {"b": 3}}'),
        ("x.yaml", "a: {b: 1, c: 2}\nd: 1\na: {b: 3}\n"),
    ],
)
def test_of_two_keys_the_last_counts(path: str, text: str) -> None:
    document = read(text, path)
    found = locate(document, ["/a", "/a/b", "/a/c", "/d"])
    assert {pointer: place.line for pointer, place in found.items()} == {"/a": 3, "/a/b": 3, "/a/c": 3, "/d": 2}
    assert found["/a/c"].pointer == "/a"


def test_aliases_and_merges_lead_to_where_things_are_written() -> None:
    text = """\
base: &base
  a: {x: 1}
  b: 2
other: &other {b: 3, c: 4}
use: *base
list: [*base, &in {d: 5}, *in]
merged:
  <<: [*other, *base]
  b: 6
nested:
  <<: {<<: *base, e: 7}
"""
    document = read(text, "x.yaml")
    asked = {
        "/use": (5, 1),
        "/use/a": (2, 3),
        "/use/a/x": (2, 7),
        "/list/0": (6, 8),
        "/list/0/b": (3, 3),
        "/list/2": (6, 27),
        "/list/2/d": (6, 20),
        "/merged/a/x": (2, 7),
        "/merged/b": (9, 3),
        "/merged/c": (4, 22),
        "/nested/e": (11, 19),
        "/nested/a": (2, 3),
    }
    assert dict(zip(asked, places(document, *asked), strict=True)) == asked


def test_tags_are_part_of_the_way() -> None:
    document = read("a: !T {b: 1}\nc:\n- !U x\n", "x.yaml")
    assert places(document, "/a/!T", "/a/!T/b", "/c/0/!U") == [(1, 4), (1, 8), (3, 3)]


def test_depth_costs_no_stack() -> None:
    for path, text in (("x.json", "[" * 256 + "]" * 256), ("x.yaml", "[" * 255 + "a" + "]" * 255)):
        deepest = "/0" * 255
        assert places(read(text, path), deepest) == [(1, 256)]

from __future__ import annotations

import json

import pytest
import yaml
from document_makers import read
from hypothesis import given
from hypothesis import strategies as st

from contractguard.documents.file_references import Reference, references_in_bytes, references_in_value


@pytest.mark.parametrize(
    ("text", "target", "whole"),
    [
        ('{"$ref": "a.json"}', "a.json", True),
        ('{"$ref":"a.json#/x"}', "a.json", False),
        ('{"$ref":"a.json#anchor"}', "a.json", False),
        ('{"$ref" : "a.json#"}', "a.json", True),
        ('{"$ref": "..\\/a.json#\\/x"}', "../a.json", False),
        ('{"$dynamicRef": "a.json#node"}', "a.json", False),
        ("$ref: a.yaml", "a.yaml", True),
        ("$ref: a.yaml # the whole\nx: 1", "a.yaml", True),
        ("$ref: a.yaml#/x\r\ny: 1\r\n", "a.yaml", False),
        ("$ref: 'my file.yaml#/x'", "my file.yaml", False),
        ("- $ref: a.yaml\n\n  x: 1", "a.yaml", True),
        ("? $ref\n: a.yaml\n", "a.yaml", True),
        ("$ref:\n  a.yaml\n", "a.yaml", True),
    ],
)
def test_plain_ways_of_writing(text: str, target: str, whole: bool) -> None:
    assert references_in_bytes(text.encode()) == (Reference(target, whole),)


@pytest.mark.parametrize(
    "text",
    [
        '{"$ref": "#/x"}',
        "$ref: '#/x'",
        '{"properties": {"$ref": {"type": "string"}}}',
        '{"enum": ["$ref"]}',
        "description: the `$ref` of it",
        "$reference: a.yaml",
        "{}",
    ],
)
def test_no_reference_to_a_file(text: str) -> None:
    assert references_in_bytes(text.encode()) == ()


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("$ref: my file.yaml", "my file.yaml"),
        ("$ref: a\n  b.yaml", "a b.yaml"),
        ("- {$ref: a\n  b.yaml}", "a b.yaml"),
        ("- {$ref: a\n  b.yaml, c: d}", "a b.yaml"),
        ("- {$ref: a\n- b.yaml}", "a - b.yaml"),
        ("-  $ref: a\n    b.yaml", "a b.yaml"),
        ('{"\\u0024ref": "a.json"}', "a.json"),
        ('"$r\\x65f": a.json', "a.json"),
        ('{"$ref": "\\u0061.json"}', "a.json"),
        ('"$ref": "a\n  b"', "a b"),
        ("$ref: 'it''s.yaml'", "it's.yaml"),
        ("$ref: &x a.yaml", "a.yaml"),
        ("x: &x a.yaml\n$ref: *x", "a.yaml"),
        ("$ref: !!str a.yaml", "a.yaml"),
        ("$ref: >-\n  a.yaml", "a.yaml"),
        ("{$ref: a.yaml, b: c}", "a.yaml"),
        ("x: &x $ref\n*x : a.yaml", "a.yaml"),
        ('? "$r\\\n  ef"\n: a.yaml', "a.yaml"),
        ('? !!str "$ref"\n: a.yaml', "a.yaml"),
        (f"!{'x' * 400} $ref: a.yaml", "a.yaml"),
        (f"- &a {' ' * 400}$ref: a.yaml", "a.yaml"),
        ("$ref: it's.yaml", "it's.yaml"),
        ("$ref: a$b.yaml", "a$b.yaml"),
    ],
)
def test_other_ways_are_left_to_the_parser(text: str, target: str) -> None:
    assert references_in_bytes(text.encode()) is None
    found = references_in_value(read(text, "x.yaml").value)
    assert found == (Reference(target, whole=True),)


_names = st.text("ab /.#%'\"\\:, é$", min_size=1, max_size=8) | st.sampled_from(["#/x", "a.yaml", "../a.yaml#/x", "b#"])
_trees = st.recursive(
    st.dictionaries(st.sampled_from(["$ref", "$dynamicRef", "b"]), _names, min_size=1, max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "$ref"]), inner, max_size=3),
    max_leaves=6,
)


@given(_trees, st.sampled_from([None, 1]), st.booleans())
def test_bytes_tell_what_parsing_tells_or_say_that_they_do_not_know(
    tree: object, indent: int | None, in_yaml: bool
) -> None:
    if in_yaml:
        text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=indent is None, width=20)
    else:
        text = json.dumps(tree, indent=indent)
    told = references_in_bytes(text.encode())
    if told is not None:
        assert set(told) == set(references_in_value(read(text, "x.yaml").value))


def test_shared_parts_are_walked_once() -> None:
    text = "a0: &a0 {$ref: x.yaml}\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 16))
    assert references_in_value(read(text, "x.yaml").value) == (Reference("x.yaml", whole=True),)

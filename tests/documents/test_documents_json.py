from __future__ import annotations

import json

import pytest
from document_makers import json_values, place, read, refusal
from hypothesis import given
from hypothesis import strategies as st

from contractguard.documents import Limits
from contractguard.errors import LimitError, UnreadableError
from contractguard.model.document import DuplicateKey, Syntax
from contractguard.model.values import same_value


@given(json_values, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_reads_what_json_writes(value: object, indent: int | str | None, ascii_only: bool) -> None:
    written = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    found = read(written).value
    assert same_value(found, value)
    assert repr(found) == repr(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18446744073709551616", 2**64),
        ("-123456789012345678901234567890", -123456789012345678901234567890),
        ("9" * 4300, 10**4300 - 1),
        ("1.10", 1.1),
        ("1e308", 1e308),
        ("-0.0", -0.0),
        ("1e-400", 0.0),
        ('"4e1234"', "4e1234"),
        ('["6e0000", "-1e999"]', ["6e0000", "-1e999"]),
        ('"' + "7" * 400 + '"', "7" * 400),
        ('"\\ud83d\\ude00"', "😀"),
        ('"\\\\ud800"', "\\ud800"),
        ("\ufeff{}", {}),
        (" \n[ ] ", []),
    ],
)
def test_reads_exactly(text: str, value: object) -> None:
    found = read(text).value
    assert found == value
    assert repr(found) == repr(value)


@pytest.mark.parametrize(
    ("text", "line", "column", "says", "remedy"),
    [
        ('{"a": 1,\n}', 1, 8, "comma before the closing bracket", "remove the comma"),
        ("[1,\n 2,]", 2, 3, "comma before the closing bracket", "remove the comma"),
        ('// Avro\n{"type": "string"}', 1, 1, "comments are not part of JSON", "remove the comment"),
        ('{"a": 1, # b\n"c": 2}', 1, 10, "comments are not part of JSON", "remove the comment"),
        ("{'a': 1}", 1, 2, "a single quote", "double quotes"),
        ('["a\tb"]', 1, 4, "U+0009 stands in a string", "\\u0009"),
        ('{"a": [1, 2', 1, 12, "ends in the middle", "restore"),
        ('["a', 1, 2, "does not end", "quote"),
        ('{"a" 1}', 1, 6, "unexpected '1'", "colon"),
        ('{"a": 1}\n{"b": 2}', 2, 1, "unexpected '{'", "comma"),
        ('{"a": \x01}', 1, 7, "U+0001", "look for"),
        ("", 1, 1, "empty", "write the contract"),
        (" \n ", 1, 1, "empty", "write the contract"),
        ("a: 1", 1, 1, "unexpected 'a'", "look for"),
        ('[1,\n "é", NaN]', 2, 7, "NaN is not JSON", "null"),
        ("[-Infinity]", 1, 2, "-Infinity is not JSON", "null"),
        ("[0, 1e400]", 1, 5, "beyond the range of a double", "string"),
        ("[-1E+309]", 1, 2, "beyond the range of a double", "string"),
        (f"[{'9' * 309}.5]", 1, 2, "beyond the range of a double", "string"),
        ('["a\\ud800b"]', 1, 4, "half a character", "backslash twice"),
        ('["\\udc00"]', 1, 3, "half a character", "backslash twice"),
        ('["\\ud800\\ud800"]', 1, 3, "half a character", "backslash twice"),
        ('["\\ud83d\\ude00\\ude00"]', 1, 15, "half a character", "backslash twice"),
    ],
)
def test_refuses_with_place_and_remedy(text: str, line: int, column: int, says: str, remedy: str) -> None:
    error = refusal(text)
    assert isinstance(error, UnreadableError)
    assert place(error) == (line, column)
    assert says in error.message
    assert remedy in (error.remedy or "")
    assert error.path == "x.json"


def test_notices_keys_that_stand_twice() -> None:
    text = '{"a": 1,\n "é": {"c": 1, "c": {"d": [{"a": 1}]}},\n "\\u0061": 2, "b": 3,\n "a": 4}'
    document = read(text)
    assert document.value == {"a": 4, "é": {"c": {"d": [{"a": 1}]}}, "b": 3}
    assert document.duplicates == (DuplicateKey("c", 2, 16), DuplicateKey("a", 3, 2), DuplicateKey("a", 4, 2))


def test_equal_keys_in_different_objects_are_no_duplicates() -> None:
    assert read('[{"a": 1}, {"a": {"a": "a"}}]').duplicates == ()


@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("depth", [1, 200, 201, 256])
def test_depth_up_to_the_limit_is_read(opening: str, depth: int) -> None:
    closing = "]" if opening == "[" else "}"
    text = opening * depth + "1" + closing * depth
    value, met = read(text).value, 0
    while value != 1:
        value = value["a"] if isinstance(value, dict) else value[0]
        met += 1
    assert met == depth


def test_brackets_in_strings_do_not_nest() -> None:
    inner = "[" * 201 + json.dumps('[{"\\' * 400) + "]" * 201
    assert "[{" in str(read(inner).value)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("[" * 257 + "]" * 257, 257),
        ("[" * 100_000, 257),
        ('{"a":' * 257 + "1" + "}" * 257, 256 * 5 + 1),
        ("9" * 4301, 1),
    ],
)
def test_beyond_the_limits(text: str, column: int) -> None:
    error = refusal(text)
    assert isinstance(error, LimitError)
    assert place(error) == (1, column)


def test_size_limits() -> None:
    assert read("[1, 2]", limits=Limits(max_bytes=6)).value == [1, 2]
    assert isinstance(refusal("[1, 2]", limits=Limits(max_bytes=5)), LimitError)
    assert read("[1, 2]", limits=Limits(max_nodes=2)).value == [1, 2]
    assert isinstance(refusal("[1, 2, 3]", limits=Limits(max_nodes=2)), LimitError)


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"", b"\x00\x00\xfe\xff"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_other_encodings_are_named(mark: bytes, codec: str) -> None:
    error = refusal(mark + '{"a": 1}'.encode(codec))
    assert "UTF-16" in error.message
    assert error.remedy == "save the file as UTF-8"


def test_bytes_that_are_not_utf8_have_a_place() -> None:
    error = refusal('{"é":\n "ü'.encode() + b'\xff"}')
    assert place(error) == (2, 4)
    assert "0xff" in error.message


@pytest.mark.parametrize(
    ("path", "text", "syntax"),
    [
        ("api", '{"a": 1}', Syntax.JSON),
        ("api.yaml", '\n {"a": 1}', Syntax.JSON),
        ("api.yaml", "{a: 1}", Syntax.YAML),
        ("api.yaml", '{"a": 1,}', Syntax.YAML),
        ("api", "{a: 1}", Syntax.YAML),
        ("api.avsc", '"string"', Syntax.JSON),
        ("api.yml", "a: 1", Syntax.YAML),
        ("API.JSON", "[1]", Syntax.JSON),
    ],
)
def test_the_content_decides_the_syntax(path: str, text: str, syntax: Syntax) -> None:
    assert read(text, path).syntax is syntax


def test_a_name_that_promises_json_is_held_to_it() -> None:
    assert "single quote" in refusal("{'a': 1}", "x.avsc").message
    assert "not valid JSON" in refusal('{"a": 1,\n\t"b: 2}', "x").message


@given(st.text(st.sampled_from('{}[],:"\\ \n0123456789eE+-.truefalsnd/x\x00é'), max_size=40))
def test_agrees_with_the_standard_library_on_what_json_is(text: str) -> None:
    def refuse(_: str) -> float:
        raise ValueError

    try:
        value = json.loads(text, parse_constant=refuse)
    except ValueError:
        error = refusal(text)
        assert error.line is not None
        assert error.remedy
        return
    if "inf" in repr(value):
        assert "double" in refusal(text).message
    else:
        assert repr(read(text).value) == repr(value)

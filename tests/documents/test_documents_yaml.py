from __future__ import annotations

import json
import re

import pytest
import ryaml
import yaml
from document_makers import json_values, place, read, refusal, text_values, value_of
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from contractguard.documents import locate
from contractguard.errors import UnreadableError
from contractguard.model.document import DuplicateKey, Syntax


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *[(word, word) for word in ("no", "on", "off", "yes", "y", "No", "NO", "nUll", "tRUE", "nan", "inf", "=")],
        *[(word, word) for word in ("1:30", "190:20:30", "1_000", "1_000.5", "0b11", "0o8", "0xG", "-0x1F", "+0o7")],
        *[
            (word, word)
            for word in (
                "2020-01-01",
                "2001-12-14t21:59:43.10-05:00",
                ".",
                "+",
                "1e",
                ".e1",
                "1.2.3",
                "0x",
            )
        ],
        *[(word, None) for word in ("", "~", "null", "Null", "NULL", "# nothing")],
        *[(word, word.lower() == "true") for word in ("true", "True", "TRUE", "false", "False", "FALSE")],
        ("017", 17),
        ("-01", -1),
        ("0o17", 15),
        ("0x1F", 31),
        ("+12", 12),
        ("99999999999999999999", 99999999999999999999),
        ("340282366920938463463374607431768211456", 2**128),
        ("0xffffffffffffffffffffffffffffffffffffffff", 2**160 - 1),
        ("1.10", 1.1),
        ("1e3", 1000.0),
        ("12e03", 12000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("-.5", -0.5),
        ("+1.E5", 100000.0),
        ("1e-400", 0.0),
        ('"12"', "12"),
        ("'true'", "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ('!!int "12"', 12),
        ("!!float 1", 1.0),
        ("!!float 0x10", 16.0),
        ("!!bool true", True),
        ("!!null ''", None),
        ("!!binary aGk=", "aGk="),
        ("!!timestamp 2001-01-01", "2001-01-01"),
        ("!!set {b}", {"b": None}),
        ("!!omap [b: 1]", [{"b": 1}]),
        ('"\\x07\\0\\u00e9"', "\x07\0é"),
        ("|\n  x\n  y\n", "x\ny\n"),
        (">-\n  x\n  y\n", "x y"),
    ],
)
def test_core_schema(written: str, value: object) -> None:
    found = value_of(f"a: {written}\n")
    assert found == {"a": value}
    assert repr(found) == repr({"a": value})


@pytest.mark.parametrize(
    "key",
    ["200", "true", "True", "null", "~", "1.10", "0x10", "-1", "2020-01-01", "on", "1e3", '"200"', "!!int 200", ".inf"],
)
def test_keys_are_text_as_written(key: str) -> None:
    assert value_of(f"{key}: a") == {key.removeprefix("!!int ").strip('"'): "a"}


def test_keys_that_differ_in_text_are_different_keys() -> None:
    document = read("1.1: a\n1.10: b\n", "x.yaml")
    assert document.value == {"1.1": "a", "1.10": "b"}
    assert document.duplicates == ()


def test_keys_that_stand_twice() -> None:
    document = read('é: {b: 1,\n  "b": 2}\n200: 1\n"200": 2\n<<: {c: 1}\n<<: {d: 1}\n', "x.yaml")
    assert document.value == {"é": {"b": 2}, "200": 2, "c": 1, "d": 1}
    assert document.duplicates == (DuplicateKey("b", 2, 3), DuplicateKey("200", 4, 1), DuplicateKey("<<", 6, 1))


def test_aliases_share_one_object() -> None:
    value = value_of("a: &x {b: [1]}\nc: *x\nd: [*x, &x 2, *x]\n*x : e\n")
    assert value == {"a": {"b": [1]}, "c": {"b": [1]}, "d": [{"b": [1]}, 2, 2], "2": "e"}
    assert isinstance(value, dict)
    assert value["a"] is value["c"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<<: {a: 1, b: 2}\nb: 3", {"a": 1, "b": 3}),
        ("b: 3\n<<: {a: 1, b: 2}", {"a": 1, "b": 3}),
        ("<<: [{a: 1}, {a: 2, b: 2}]", {"a": 1, "b": 2}),
        ("<<: {a: 1}\n<<: {a: 2, b: 2}", {"a": 1, "b": 2}),
        ("!!merge <<: {a: 1}", {"a": 1}),
        ("<<: {<<: {a: 1}, b: 2}\nc: 3", {"a": 1, "b": 2, "c": 3}),
        ('"<<": {a: 1}', {"<<": {"a": 1}}),
        ("a: <<", {"a": "<<"}),
        ("- <<", ["<<"]),
        ("<<: []\na: 1", {"a": 1}),
    ],
)
def test_merge_keys(text: str, value: object) -> None:
    assert value_of(text) == value


def test_own_tags_keep_their_place() -> None:
    text = "a: !Sub x\nb: !Join [!Ref y, 1]\n!Key k: !Map {c: &n !N {d: 1}}\nf: *n\n"
    assert value_of(text) == {
        "a": {"!Sub": "x"},
        "b": {"!Join": [{"!Ref": "y"}, 1]},
        "k": {"!Map": {"c": {"!N": {"d": 1}}}},
        "f": {"!N": {"d": 1}},
    }
    assert value_of("%TAG !e! tag:x.org,2000:\n---\n!e!t 1") == {"tag:x.org,2000:t": "1"}
    assert value_of("!!python/object:os.system a") == {"tag:yaml.org,2002:python/object:os.system": "a"}


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a: 1\nb: .inf", 2, 4, "JSON cannot hold"),
        ("a: -.INF", 1, 4, "JSON cannot hold"),
        ("a: .NaN", 1, 4, "JSON cannot hold"),
        ("a: 1e400", 1, 4, "JSON cannot hold"),
        ("a: !!float 1e999", 1, 4, "JSON cannot hold"),
        (f"a: !!float {'9' * 400}", 1, 4, "JSON cannot hold"),
        ("a: !!int x", 1, 4, "no value of type int"),
        ("a: !!int true", 1, 4, "no value of type int"),
        ("a: !!bool yes", 1, 4, "no value of type bool"),
        ("a: !!float .5.", 1, 4, "no value of type float"),
        ("--- a\n--- b\n", 2, 1, "more than one YAML document"),
        ("a: 1\n---\n", 2, 1, "more than one YAML document"),
        ("? [a]\n: b", 1, 3, "a key is an object or an array"),
        ("a: &x [1]\n*x : b", 2, 1, "a key is an object or an array"),
        ("a: &x [b, [*x]]", 1, 12, "lies inside of what it names"),
        ("&x a: {b: *y}", 1, 11, "names no anchor"),
        ("<<: 3", 1, 6, "names no mapping"),
        ("a: {<<: [{b: 1}, 2]}", 1, 20, "names no mapping"),
        ('"<<": 1\n<<: {a: 1}\n', 2, 1, 'quoted "<<"'),
        ('<<: {a: 1}\n"<<": 1', 2, 1, 'quoted "<<"'),
        ("a: b: c", 1, 5, "mapping values are not allowed"),
        ("é:\n\tb: 1", 2, 1, "cannot start any token"),
        ('a: "x', 1, 6, "end of stream"),
        ("a: [", 1, 5, "not valid YAML"),
        ("a: \x07b", 1, 4, "U+0007"),
        ("é: ok\na: \x00b", 2, 4, "U+0000"),
        ("@a", 1, 1, "cannot start any token"),
    ],
)
def test_refuses_with_place_and_remedy(text: str, line: int, column: int, says: str) -> None:
    error = refusal(text, "x.yaml")
    assert isinstance(error, UnreadableError)
    assert place(error) == (line, column)
    assert says in error.message
    assert error.remedy
    assert error.path == "x.yaml"


def test_lines_are_those_of_editors() -> None:
    """libyaml counts U+2028 and U+0085 as line breaks; YAML 1.2 and editors do not."""
    error = refusal("\ufeffa: 'x\u2028y'\r\nb: 'z'\rc: .inf", "x.yaml")
    assert place(error) == (3, 4)


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_old_line_breaks_are_characters_like_any_other(char: str) -> None:
    text = f"a{char}b: x{char}y\nc: 'x{char}y'\nd: |\n  x{char}y\ne: [\ue000, \"{char}\"] # {char}\nf: .inf"
    error = refusal(text, "x.yaml")
    assert place(error) == (6, 4)
    document = read(text.removesuffix("\nf: .inf"), "x.yaml")
    both = f"x{char}y"
    assert document.value == {f"a{char}b": both, "c": both, "d": both + "\n", "e": ["\ue000", char]}
    assert locate(document, ["/e/1"])["/e/1"].column == 8


def test_an_empty_file_is_null() -> None:
    assert value_of("") is None
    assert value_of("# only a comment\n") is None
    assert value_of("---\n...\n") is None


plain_texts = st.from_regex(r"[-+]?[0-9.xobeEfinaTrulsyn_:]{1,8}", fullmatch=True) | text_values


_WHERE_RYAML_DEPARTS = re.compile(
    r"[-+]?0[0-9]+|[-+]0[xo].*|[-+]?0b.*|0[xo].{15,}|[-+]?[0-9]{19,}|.*[eE]\+?[0-9]{3,}.*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|.*[0-9]{30,}.*"
)
"""017 is a number in the core schema and text to ryaml; 0b1, -0x1 the other way round; numbers beyond 64 bits or a double."""


@given(plain_texts)
def test_plain_scalars_agree_with_an_independent_reader(text: str) -> None:
    assume(not _WHERE_RYAML_DEPARTS.fullmatch(text.strip()))
    source = f"a: {text}\nb: [1]\n"
    try:
        theirs = ryaml.loads(source)
    except (ryaml.InvalidYamlError, ValueError):
        reject()
    assume(isinstance(theirs, dict) and all(isinstance(key, str) for key in theirs))
    assume("<<" not in source and "!" not in source)
    ours = value_of(source)
    assert ours == theirs
    assert repr(ours) == repr(theirs)


@given(json_values, st.booleans(), st.booleans())
def test_reads_what_yaml_writers_write(value: object, flow: bool, unicode: bool) -> None:
    """PyYAML writes for YAML 1.1: it quotes all that 1.1 or 1.2 would take for something else, but for octal and exponents,
    and takes three characters for line breaks that 1.2 does not."""
    written = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=unicode, sort_keys=False)
    assume(not re.search(r"(?<![\w.\"'])0[ob0-9]|[0-9]e[0-9]|[\x85\u2028\u2029]", written))
    assert value_of(written) == value


@given(json_values)
def test_json_is_yaml(value: object) -> None:
    assume("\\ud8" not in json.dumps(value) and "\\ud" not in json.dumps(value))
    written = json.dumps(value, ensure_ascii=True)
    # A comment in front makes a YAML file of it.
    document = read(f"# yaml\n{written}", "x.yaml")
    assert document.syntax is Syntax.YAML
    assert document.value == value


def test_the_pure_python_parser_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML may have been built without libyaml."""
    text = "é: &x {200: [1, 017, ~]}\n<<: *x\nb: !T |\n  x\n"
    expected = value_of(text)
    with monkeypatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader")
        assert value_of(text) == expected
        assert place(refusal("a: [", "x.yaml"))[0] == 1
        assert place(refusal("a: 1\nb: \x07", "x.yaml")) == (2, 4)
    assert hasattr(yaml, "CSafeLoader")

from __future__ import annotations

import pytest
from document_makers import Files

from contractguard.documents import DocumentCache, DocumentSet, Limits
from contractguard.errors import LimitError, UnreadableError
from contractguard.model.document import Documents, Syntax
from contractguard.model.places import Location


def test_parses_when_first_asked_and_once() -> None:
    files = Files({"a.json": "{}", "b.yaml": "x: 1", "c.json": "["})
    found: Documents = DocumentSet(files)
    assert found.read_paths() == ()
    assert found.document("b.yaml") is found.document("b.yaml")
    assert found.read_paths() == ("b.yaml",)
    assert files.asked == [["b.yaml"]]


def test_sides_share_values_and_keep_their_paths() -> None:
    cache = DocumentCache()
    base, head = Files({"a.json": '{"k": [1]}'}), Files({"moved/a.json": '{"k": [1]}', "b.json": "{}"})
    ours, theirs = DocumentSet(base, cache=cache), DocumentSet(head, cache=cache)
    before, after = ours.document("a.json"), theirs.document("moved/a.json")
    assert before.value is after.value
    assert (before.path, after.path) == ("a.json", "moved/a.json")
    assert head.asked == []
    assert theirs.document("b.json").value == {}


def test_equal_bytes_under_names_that_promise_another_syntax_are_read_anew() -> None:
    found = DocumentSet(Files({"a.yaml": "{a: 1}", "a.json": "{a: 1}", "a": '{"a": 1}', "b.json": '{"a": 1}'}))
    assert found.document("a.yaml").syntax is Syntax.YAML
    with pytest.raises(UnreadableError) as caught:
        found.document("a.json")
    assert caught.value.path == "a.json"
    assert found.document("a").value == found.document("b.json").value


def test_errors_are_kept_per_side_with_the_path_of_the_side() -> None:
    cache = DocumentCache()
    ours, theirs = DocumentSet(Files({"a.json": "["}), cache=cache), DocumentSet(Files({"b.json": "["}), cache=cache)
    for found, path in ((ours, "a.json"), (theirs, "b.json")):
        errors = []
        for _ in range(2):
            with pytest.raises(UnreadableError) as caught:
                found.document(path)
            errors.append(caught.value)
        assert errors[0] is errors[1]
        assert errors[0].path == path
        assert found.read_paths() == ()


def test_files_that_are_not_there() -> None:
    found = DocumentSet(Files({"a.json": "{}"}, {"l.json": "a symbolic link"}))
    with pytest.raises(UnreadableError, match=r"b\.json: there is no such file at v1"):
        found.document("b.json")
    with pytest.raises(UnreadableError, match="not read at v1: a symbolic link"):
        found.document("l.json")
    for path in ("", ".", "..", "../a.json", "/a.json", "a\0"):
        assert not found.exists(path)
    assert found.exists("a.json")
    assert not found.exists("l.json")


def test_limits_reach_the_reader() -> None:
    found = DocumentSet(Files({"a.json": "[1, 2]"}), limits=Limits(max_bytes=5))
    with pytest.raises(LimitError):
        found.document("a.json")


def test_prefetch_reads_in_one_go_and_only_what_is_missing() -> None:
    files = Files({"a.json": "{}", "b.json": "[]", "same.json": "[]", "c.json": "[1]"})
    found = DocumentSet(files)
    found.document("a.json")
    found.prefetch(["a.json", "b.json", "same.json", "c.json", "gone.json"])
    assert files.asked == [["a.json"], ["b.json", "c.json"]]
    assert found.read_paths() == ("a.json",)
    assert [found.document(path).value for path in ("same.json", "b.json", "c.json")] == [[], [], [1]]
    found.prefetch(["c.json"])
    assert len(files.asked) == 2


def test_prefetch_passes_over_what_cannot_be_read() -> None:
    files = Files({"a.json": "{}", "b.json": "[]"})
    del files._raw["b.json"]
    found = DocumentSet(files)
    found.prefetch(["a.json", "b.json"])
    assert found.document("a.json").value == {}
    with pytest.raises(UnreadableError, match="its bytes are missing"):
        found.document("b.json")


def test_locates_in_many_files() -> None:
    found = DocumentSet(Files({"a.json": '{\n"x": 1}', "b.yaml": "y:\n  z: 1\n", "bad.json": "{"}))
    with pytest.raises(UnreadableError):
        found.document("bad.json")
    asked = [("a.json", "/x"), ("b.yaml", "/y/z"), ("b.yaml", "/y/gone"), ("meta", "/q"), ("bad.json", "/x")]
    assert found.locate(asked) == {
        ("a.json", "/x"): Location("a.json", "/x", 2, 1),
        ("b.yaml", "/y/z"): Location("b.yaml", "/y/z", 2, 3),
        ("b.yaml", "/y/gone"): Location("b.yaml", "/y", 1, 1),
        ("meta", "/q"): Location("meta", "/q", 1, 1),
        ("bad.json", "/x"): Location("bad.json", "/x", 1, 1),
    }

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from document_makers import Files, documents, json_values, pointers
from hypothesis import given

from contractguard.documents import DocumentSet
from contractguard.documents.references import DanglingReferenceError
from contractguard.errors import UnreadableError
from contractguard.model.places import Node
from contractguard.model.values import JsonValue, pointer_tokens

FILES = {
    "api/root.yaml": "a: {b: [1, {'x/y~z': 2, 'é %': 3, '': 4, '100%25': 5}]}\n",
    "api/other.yaml": "x: {y: 1}\n",
    "api/sub/deep.json": '{"k": [true]}',
    "top.json": '{"t": 1}',
    "with space.json": "[0]",
    "no-suffix": "n: 1",
}


def resolve(reference: str, origin: str = "api/root.yaml") -> Node:
    found = documents(FILES)
    return found.resolve(Node(None, origin, "/here"), reference)


@pytest.mark.parametrize(
    ("reference", "path", "pointer", "value"),
    [
        ("#", "api/root.yaml", "", None),
        ("", "api/root.yaml", "", None),
        ("#/a/b/0", "api/root.yaml", "/a/b/0", 1),
        ("#/a/b/1/x~1y~0z", "api/root.yaml", "/a/b/1/x~1y~0z", 2),
        ("#/a/b/1/x%7E1y%7e0z", "api/root.yaml", "/a/b/1/x~1y~0z", 2),
        ("#/a/b/1/%C3%A9%20%25", "api/root.yaml", "/a/b/1/é %", 3),
        ("#/a/b/1/é %", "api/root.yaml", "/a/b/1/é %", 3),
        ("#/a/b/1/", "api/root.yaml", "/a/b/1/", 4),
        ("#/a/b/1/100%2525", "api/root.yaml", "/a/b/1/100%25", 5),
        ("other.yaml#/x/y", "api/other.yaml", "/x/y", 1),
        ("./other.yaml#/x/y", "api/other.yaml", "/x/y", 1),
        ("other.yaml", "api/other.yaml", "", None),
        ("other.yaml#", "api/other.yaml", "", None),
        ("sub/../other.yaml#/x/y", "api/other.yaml", "/x/y", 1),
        ("sub//deep.json#/k/0", "api/sub/deep.json", "/k/0", True),
        ("../top.json#/t", "top.json", "/t", 1),
        ("/top.json#/t", "top.json", "/t", 1),
        ("../with%20space.json#/0", "with space.json", "/0", 0),
        ("../with space.json#/0", "with space.json", "/0", 0),
        ("%2e%2e/no-suffix#/n", "no-suffix", "/n", 1),
        ("root.yaml#/a/b/0", "api/root.yaml", "/a/b/0", 1),
    ],
)
def test_leads_to(reference: str, path: str, pointer: str, value: JsonValue) -> None:
    node = resolve(reference)
    assert node.key == (path, pointer)
    if value is not None:
        assert node.value == value


@pytest.mark.parametrize(
    ("reference", "says", "remedy"),
    [
        ("http://example.com/a.yaml", "from the network", "keep a copy"),
        ("HTTPS://example.com/a.yaml#/x", "from the network", "keep a copy"),
        ("//example.com/a.yaml", "from the network", "keep a copy"),
        ("file:///etc/passwd", "'file:' are not followed", "keep a copy"),
        ("urn:uuid:1", "'urn:' are not followed", "keep a copy"),
        ("C:\\api.yaml", "'C:' are not followed", "keep a copy"),
        ("../../etc/passwd", "outside of the repository", "keep a copy"),
        ("%2e%2e/%2e%2e/etc/passwd", "outside of the repository", "keep a copy"),
        ("/../x", "outside of the repository", "keep a copy"),
        ("/x", "there is no file x", "add the file"),
        ("..", "outside of the repository", "keep a copy"),
        ("other.yaml%00", "outside of the repository", "keep a copy"),
        ("othr.yaml#/x", "there is no file api/othr.yaml", "did you mean 'other.yaml'?"),
        ("nowhere/at/all.txt", "there is no file api/nowhere/at/all.txt", "add the file"),
        ("sub", "there is no file api/sub", "correct the reference"),
        ("other.yaml?raw=1", "there is no file", "did you mean 'other.yaml'?"),
        ("other.yaml#/x/z", "there is no 'z' below api/other.yaml#/x", "correct the reference"),
        ("#/A", "there is no 'A' below the root of the file", "add what it names"),
        ("#/a/c/0", "there is no 'c' below /a", "add what it names"),
        ("#/a/b/2", "there is no '2' below /a/b", "add what it names"),
        ("#/a/b/-1", "there is no '-1' below /a/b", "add what it names"),
        ("#/a/b/01", "there is no '01' below /a/b", "add what it names"),
        ("#/a/b/-", "there is no '-' below /a/b", "add what it names"),
        ("#/a/b/99999999999999999999999", "below /a/b", "add what it names"),
        ("#/a/b/0/length", "there is no 'length' below /a/b/0", "add what it names"),
        ("#anchor", "'anchor' is neither a JSON pointer nor an anchor", "#/"),
        ("#a/b", "'a/b' is neither a JSON pointer nor an anchor", "#/"),
    ],
)
def test_leads_nowhere(reference: str, says: str, remedy: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        resolve(reference)
    assert says in caught.value.message
    assert repr(reference) in caught.value.message
    assert remedy in (caught.value.remedy or "")


def test_names_that_are_meant() -> None:
    found = documents({"a.yaml": "components:\n  schemas: {Customer: {}, Order: {}}\n"})
    with pytest.raises(UnreadableError) as caught:
        found.resolve(found.document("a.yaml").root, "#/components/schemas/Custmer")
    assert caught.value.remedy == "did you mean 'Customer'?"


def test_the_place_is_that_of_the_reference() -> None:
    found = documents({"a.yaml": "x:\n  é: {$ref: '#/gone'}\n  z: 1\n"})
    root = found.document("a.yaml").root
    with pytest.raises(UnreadableError) as caught:
        found.resolve(root.child("x").child("é"), "#/gone")
    error = caught.value
    assert (error.path, error.line, error.column) == ("a.yaml", 2, 7)
    assert str(error).startswith("a.yaml:2:7: the reference '#/gone' leads nowhere")
    with pytest.raises(UnreadableError) as caught:
        found.resolve(root.child("x").child("z"), "#/gone")
    assert (caught.value.line, caught.value.column) == (3, 3)


def test_what_is_refused_says_why() -> None:
    files = Files({"a.json": "{}"}, {"link.yaml": "a symbolic link", "lib": "a submodule"})
    found = DocumentSet(files)
    for reference, says in (("link.yaml", "a symbolic link"), ("lib/x/y.yaml#/z", "lib is not read: a submodule")):
        with pytest.raises(UnreadableError, match=says):
            found.resolve(Node({}, "a.json", ""), reference)


def test_a_broken_target_tells_its_own_place() -> None:
    found = documents({"a.json": '{"$ref": "b.json"}', "b.json": "{\n1}"})
    with pytest.raises(UnreadableError) as caught:
        found.resolve(found.document("a.json").root, "b.json#/x")
    assert (caught.value.path, caught.value.line) == ("b.json", 2)


def test_answers_are_the_same_object() -> None:
    found = documents(FILES)
    origin, other = Node(None, "api/root.yaml", "/p"), Node(None, "api/root.yaml", "/q")
    assert found.resolve(origin, "#/a/b") is found.resolve(other, "#/a/b")
    assert found.resolve(origin, "#/a/b").value is found.document("api/root.yaml").value["a"]["b"]  # type: ignore[index,call-overload]


def test_nobody_pays_for_places_that_nobody_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may hold thousands of references that lead nowhere; locating one is a pass over the file."""
    text = "".join(f"k{number}: {{$ref: '#/gone{number}'}}\n" for number in range(50))
    found = documents({"a.yaml": text})
    passes: list[int] = []
    locate = DocumentSet.locate

    def counted(self: DocumentSet, keys: list[tuple[str, str]]) -> object:
        passes.append(len([key for key in keys if key not in self._places]))
        return locate(self, keys)

    monkeypatch.setattr(DocumentSet, "locate", counted)
    errors = []
    root = found.document("a.yaml").root
    for number in range(50):
        with pytest.raises(DanglingReferenceError) as caught:
            found.resolve(root.child(f"k{number}"), f"#/gone{number}")
        errors.append(caught.value)
    assert passes == []
    assert [(error.line, error.column) for error in errors] == [(n + 1, 6 if n < 10 else 7) for n in range(50)]
    assert len([size for size in passes if size]) == 4
    with pytest.raises(AttributeError):
        _ = errors[0].nothing  # type: ignore[attr-defined]


@given(json_values)
def test_every_pointer_resolves_to_its_value(value: JsonValue) -> None:
    found = documents({"a.json": json.dumps(value)})
    root = found.document("a.json").root
    for pointer in pointers(root.value):
        expected = root
        for token in pointer_tokens(pointer):
            expected = expected.child(token)
        node = found.resolve(root, f"#{quote(pointer)}")
        assert node.key == expected.key
        assert node.value is expected.value

"""What the tests of documents share: a snapshot in memory, sets of documents, values and their pointers."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from hypothesis import strategies as st

from contractguard.documents import DocumentCache, DocumentSet, Limits, read_document
from contractguard.errors import ContractguardError, UnreadableError
from contractguard.model.document import Document
from contractguard.model.snapshot import Entry
from contractguard.model.values import JsonValue, escape_token

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"


class Files:
    """A snapshot of files in memory, path → text or bytes. `asked` notes the paths of each call of `read`."""

    def __init__(self, files: Mapping[str, str | bytes], refused: Mapping[str, str] | None = None) -> None:
        self.ref, self.commit = "v1", None
        self.refused: Mapping[str, str] = refused or {}
        self.asked: list[list[str]] = []
        self._raw = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self.entries = {path: Entry(path, hashlib.sha256(raw).hexdigest(), len(raw)) for path, raw in self._raw.items()}

    def read(self, paths: Collection[str]) -> Mapping[str, bytes]:
        self.asked.append(sorted(paths))
        missing = sorted(set(paths) - self._raw.keys())
        if missing:
            raise UnreadableError("its bytes are missing", path=missing[0])
        return {path: self._raw[path] for path in paths}


def documents(files: Mapping[str, str | bytes], *, cache: DocumentCache | None = None) -> DocumentSet:
    return DocumentSet(Files(files), cache=cache)


def folder(root: Path) -> Files:
    """All regular files below a folder, those of git left out."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
    return Files(
        {name: path.read_bytes() for path in found if not (name := str(path.relative_to(root))).startswith(".git/")}
    )


def read(text: str | bytes, path: str = "x.json", limits: Limits | None = None) -> Document:
    return read_document(text.encode() if isinstance(text, str) else text, path, "blob", limits or Limits())


def value_of(text: str | bytes, path: str = "x.yaml") -> JsonValue:
    return read(text, path).value


def refusal(text: str | bytes, path: str = "x.json", limits: Limits | None = None) -> ContractguardError:
    """The error with which a text is refused."""
    try:
        document = read(text, path, limits)
    except ContractguardError as error:
        return error
    raise AssertionError(f"was read as {document.value!r:.100}")


def place(error: ContractguardError) -> tuple[int | None, int | None]:
    return error.line, error.column


def pointers(value: JsonValue, pointer: str = "") -> Iterator[str]:
    """All JSON pointers of a value, in file order."""
    yield pointer
    if isinstance(value, dict):
        for name, child in value.items():
            yield from pointers(child, f"{pointer}/{escape_token(name)}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from pointers(child, f"{pointer}/{index}")


text_values = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=12)
)
json_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)

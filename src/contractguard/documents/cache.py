"""What the two sides of a comparison share: files with equal bytes are read, looked at and parsed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.documents.reader import JSON_SUFFIXES, YAML_SUFFIXES

if TYPE_CHECKING:
    from contractguard.documents.sniffing import Sniff
    from contractguard.model.document import Document


def _promise(path: str) -> str:
    """What the name of a file promises about its syntax: equal bytes under another promise may read otherwise."""
    lower = path.lower()
    return "json" if lower.endswith(JSON_SUFFIXES) else "yaml" if lower.endswith(YAML_SUFFIXES) else ""


class DocumentCache:
    """Parsed documents by blob id and promised syntax, bytes read ahead, and what a look at bytes said, by blob id."""

    def __init__(self) -> None:
        self.sniffs: dict[str, Sniff] = {}
        self._documents: dict[tuple[str, str], Document] = {}
        self._raw: dict[str, bytes] = {}

    def document(self, blob_id: str, path: str) -> Document | None:
        """The document that these bytes are under this name, where one was parsed. Its `path` may be another one's."""
        return self._documents.get((blob_id, _promise(path)))

    def keep(self, document: Document) -> None:
        """Share a parsed document."""
        self._documents[document.blob_id, _promise(document.path)] = document

    def holds(self, blob_id: str, path: str) -> bool:
        """Whether a file needs no reading any more."""
        return blob_id in self._raw or self.document(blob_id, path) is not None

    def keep_raw(self, blob_id: str, raw: bytes) -> None:
        """Hold bytes until they are parsed."""
        self._raw[blob_id] = raw

    def take_raw(self, blob_id: str) -> bytes | None:
        """Bytes read ahead, given up: once parsed, the document holds them."""
        return self._raw.pop(blob_id, None)

"""The files of a tree or of the index, as git lists them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contractguard.errors import LimitError, UnreadableError
from contractguard.model.snapshot import Entry
from contractguard.sources.limits import MAX_ENTRIES
from contractguard.sources.reasons import (
    LINK_REASON,
    NOT_A_FILE_REASON,
    ODD_NAME_REASON,
    SUBMODULE_REASON,
    UNMERGED_REASON,
    display_name,
    is_odd,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_REASONS = {"120000": LINK_REASON, "160000": SUBMODULE_REASON}


@dataclass(frozen=True, slots=True)
class Listing:
    """Regular files by path, and what is refused with its reason."""

    entries: Mapping[str, Entry]
    refused: Mapping[str, str] = field(default_factory=dict)

    def below(self, folder: str) -> Listing:
        """The part of the listing below a folder, with paths relative to it."""
        start = f"{folder}/"
        entries = {
            path.removeprefix(start): Entry(path.removeprefix(start), entry.blob_id, entry.size)
            for path, entry in self.entries.items()
            if path.startswith(start)
        }
        refused = {path.removeprefix(start): reason for path, reason in self.refused.items() if path.startswith(start)}
        return Listing(entries, refused)


def tree_listing(output: bytes, where: str, known: dict[str, Entry]) -> Listing:
    """Read `git ls-tree -r -z --full-tree`: records `MODE TYPE ID<tab>PATH<nul>`, sorted as git sorts them.

    `known` keeps the entry of each record, so that trees which have most files in common share them. Raises `LimitError` where
    there are too many files, `UnreadableError` where the tree names one twice.
    """
    entries: dict[str, Entry] = {}
    refused: dict[str, str] = {}
    count = check_count(output, where)
    for record in _records(output):
        entry = known.get(record)
        if entry is None:
            head, _, path = record.partition("\t")
            mode, _, blob_id = head.split(" ")
            if not mode.startswith("100") or is_odd(path):
                refused[display_name(path)] = _REASONS.get(mode, ODD_NAME_REASON)
                continue
            entry = known[record] = Entry(path, blob_id)
        entries[entry.path] = entry
    if len(entries) + len(refused) != count:
        msg = f"the tree of {where} names a file twice"
        raise UnreadableError(msg, remedy="check the repository with: git fsck")
    return Listing(entries, refused)


def index_listing(output: bytes, where: str) -> Listing:
    """Read `git ls-files -s -z`: records `MODE ID STAGE<tab>PATH<nul>`. Raises `LimitError` as `tree_listing`."""
    entries: dict[str, Entry] = {}
    refused: dict[str, str] = {}
    check_count(output, where)
    for record in _records(output):
        head, _, path = record.partition("\t")
        mode, blob_id, stage = head.split(" ", 2)
        reason = reason_against(path, mode, stage)
        if reason is None:
            entries[path] = Entry(path, blob_id)
        else:
            refused[display_name(path)] = reason
    return Listing(entries, refused)


def reason_against(path: str, mode: str, stage: str = "0") -> str | None:
    """Why an entry of an index or a tree is refused, or None for a regular file."""
    if is_odd(path):
        return ODD_NAME_REASON
    if stage != "0":
        return UNMERGED_REASON
    return None if mode.startswith("100") else _REASONS.get(mode, NOT_A_FILE_REASON)


def check_count(output: bytes, where: str) -> int:
    """The number of records in a list of files. Raises `LimitError` where there are more than `MAX_ENTRIES`."""
    count = output.count(b"\0")
    if count > MAX_ENTRIES:
        msg = f"{count} files at {where} are more than the {MAX_ENTRIES} that are looked at"
        raise LimitError(msg, path=where, remedy="name a folder or a file as REF:PATH")
    return count


def _records(output: bytes) -> Iterator[str]:
    return iter(output.decode("utf-8", "surrogateescape").split("\0")[:-1])

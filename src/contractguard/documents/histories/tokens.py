"""Where a path names versions: in the whole name of a folder, in several numbered folders in a row, within a name.

Not every number is a version. What only may be one is `Likelihood.POSSIBLE`, and counts where something else says so, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

MOST_PARTS: Final = 4
FIRST_YEAR: Final = 1900
_IN_A_ROW: Final = 3

SUFFIX = re.compile(
    r"(?:\.(?:json|jsonc|yaml|yml|avsc|avro|jsonschema|schema|openapi|swagger|oas)){1,2}\Z", re.IGNORECASE
)
_SEPARATOR: Final = "._@-"
_NUMBER: Final = "[0-9]{1,9}"
_DASHED: Final = f"{_NUMBER}-{_NUMBER}-{_NUMBER}"
_DATE: Final = "(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))"
"""A month, `2024-01`, or a day without separators, `20240131`; a day with them is a dashed version."""
_PREFIX: Final = "(?:(v|ver|version|rev|revision|release)[-_.=]?)"
_LABEL: Final = (
    r"(?:[-.]?((?:rc|cr|alpha|beta|preview|pre|milestone|dev|snapshot|ea|rtm|final|ga)(?:[-.]?[0-9]{1,6})?)"
    r"|[-.]?((?:m|a|b)[0-9]{1,6}))?(?:\+[0-9a-z]+(?:[.-][0-9a-z]+){0,8})?"
)
_BARE: Final = (
    rf"{_DASHED}|{_DATE}|{_NUMBER}(?:\.{_NUMBER}){{1,3}}"
    rf"|{_NUMBER}_{_NUMBER}_{_NUMBER}(?:_{_NUMBER})?"
)
_AFTER: Final = rf"(?<![^{_SEPARATOR}])"
_BEFORE: Final = rf"(?![^{_SEPARATOR}])"

_WHOLE = re.compile(
    rf"{_PREFIX}?({_DASHED}|{_DATE}|{_NUMBER}(?:\.{_NUMBER}){{0,3}}|{_NUMBER}(?:_{_NUMBER}){{1,3}}){_LABEL}\Z",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"{_AFTER}(?:{_PREFIX}({_NUMBER}(?:[._-]{_NUMBER}){{0,3}})|()({_BARE})){_LABEL}{_BEFORE}", re.IGNORECASE
)
_CAMEL_CASE = re.compile(rf"(?<=[a-z0-9])(V)({_NUMBER}(?:[._]{_NUMBER}){{0,3}}){_BEFORE}")
_LAST_NUMBER = re.compile(rf"(?<=[{_SEPARATOR}]){_NUMBER}\Z")
_DIGITS = re.compile(rf"{_NUMBER}\Z")
_NAMED_AFTER_A_NUMBER = re.compile(r"(?:ip|uuid|guid)[._-]?\Z", re.IGNORECASE)
_LONGEST_NAME: Final = len("uuid-")
_OF_A_SUBJECT = re.compile(r"-(?:value|key)\Z")
_RELEASED: Final = ("final", "ga")
"""Labels that say that a version is the release itself, not one before it."""


class Likelihood(IntEnum):
    """How sure it is that a number in a name is a version."""

    POSSIBLE = 0
    """A number at the end of a file's name (`order-2`), a version within the name of a folder (`ghes-3.9`)."""
    PROBABLE = 1
    """A folder that is a bare number, or several in a row."""
    SURE = 2


@dataclass(frozen=True, slots=True)
class Token:
    """A version in some segments of a path: `first` to `last` (counted from 0), at `start` to `end` of the last one."""

    first: int
    last: int
    start: int
    end: int
    prefix: str
    written: str
    label: str
    numbers: tuple[int, ...]
    likelihood: Likelihood

    @property
    def is_count(self) -> bool:
        """Whether it is a bare number."""
        return not self.prefix and len(self.numbers) == 1

    @property
    def is_date(self) -> bool:
        """Whether it is a day or a month."""
        return self.numbers[0] >= FIRST_YEAR and (
            len(self.numbers) == _IN_A_ROW or ("-" in self.written and len(self.numbers) > 1)
        )


def tokens_in(segments: list[str]) -> list[Token]:
    """All versions that the segments of a path name."""
    return [*_in_folders(segments[:-1]), *_in_file(segments)]


def token_at_end(name: str) -> Token | None:
    """The version that a name ends in, such as that of a tag: `v1.2.0`, `orders-v1.2.0`; None where it ends in none."""
    whole = _WHOLE.match(name)
    if whole is not None:
        return _token(0, whole.span(), whole)
    return next((token for token in _within(0, name) if token.end == len(name)), None)


def _in_folders(folders: list[str]) -> Iterator[Token]:
    index = 0
    while index < len(folders):
        run = index
        while run < len(folders) and run - index < _IN_A_ROW and _DIGITS.match(folders[run]):
            run += 1
        if run - index > 1:
            numbers = tuple(int(folder) for folder in folders[index:run])
            written = ".".join(folders[index:run])
            end = len(folders[run - 1])
            yield Token(index, run - 1, 0, end, "", written, "", numbers, Likelihood.PROBABLE)
            index = run
            continue
        whole = _WHOLE.match(folders[index])
        if whole is None:
            yield from _within_folder(index, folders[index])
        else:
            yield _whole(index, whole, folders[:index])
        index += 1


def _whole(segment: int, match: re.Match[str], folders: list[str]) -> Token:
    """A version that is all of a name, below these folders."""
    token = _token(segment, match.span(), match)
    sure = not token.is_count or _is_registry_s(folders)
    return token if sure else replace(token, likelihood=Likelihood.PROBABLE)


def _within_folder(index: int, folder: str) -> Iterator[Token]:
    """A version in all its parts leaves little doubt (`order-1.2.0`); `ghes-3.9` and `team-v2` may be anything."""
    *_, last = [None, *_within(index, folder)]
    if last is not None:
        is_full = len(last.numbers) >= _IN_A_ROW and not last.is_date
        likelihood = Likelihood.SURE if is_full else Likelihood.POSSIBLE
        yield replace(last, likelihood=likelihood)


def _in_file(segments: list[str]) -> Iterator[Token]:
    name, segment = segments[-1], len(segments) - 1
    suffix = SUFFIX.search(name)
    stem = name[: suffix.start()] if suffix and suffix.start() else name
    whole = _WHOLE.match(stem)
    if whole is not None:
        yield _whole(segment, whole, segments[:-1])
        return
    *_, last = [None, *_within(segment, stem)]
    if last is not None:
        yield last
        return
    number = _LAST_NUMBER.search(stem)
    if number is not None:
        of_subject = _OF_A_SUBJECT.search(stem[: number.start() - 1]) is not None
        likelihood = Likelihood.SURE if of_subject else Likelihood.POSSIBLE
        yield Token(segment, segment, *number.span(), "", number.group(), "", (int(number.group()),), likelihood)


def _within(segment: int, name: str) -> Iterator[Token]:
    for match in _WITHIN.finditer(name):
        token = _token(segment, match.span(), match)
        if len(token.numbers) > 1 or not _named_after_a_number(name, token.start):
            yield token
    for match in _CAMEL_CASE.finditer(name):
        if not _named_after_a_number(name, match.start()):
            numbers = _numbers(match.group(2))
            yield Token(segment, segment, *match.span(), "v", match.group(2), "", numbers, Likelihood.SURE)


def _named_after_a_number(name: str, place: int) -> bool:
    """Whether the number at a place belongs to a name: `ip-v4`."""
    return _NAMED_AFTER_A_NUMBER.search(name, max(0, place - _LONGEST_NAME), place) is not None


def _is_registry_s(folders: list[str]) -> bool:
    """Whether what lies in these folders is a registry's: `subjects/orders/versions`, `subjects/orders`, `orders-value`."""
    parent = folders[-1] if folders else ""
    subjects = len(folders) > 1 and folders[-2] == "subjects"
    return parent == "versions" or subjects or _OF_A_SUBJECT.search(parent) is not None


def _token(segment: int, span: tuple[int, int], match: re.Match[str]) -> Token:
    *parts, label, short = match.groups()
    prefix, written = (part or "" for part in _chosen(parts))
    label = (label or short or "").lower()
    said = "" if label.startswith(_RELEASED) else label
    return Token(segment, segment, *span, "v" if prefix else "", written, said, _numbers(written), Likelihood.SURE)


def _chosen(parts: list[str | None]) -> tuple[str | None, str | None]:
    """Prefix and numbers: of the two alternatives of `_WITHIN` the one that matched."""
    prefix, written = parts[:2]
    return (prefix, written) if written is not None else (None, parts[-1])


def _numbers(written: str) -> tuple[int, ...]:
    if len(written) == len("20240131") and re.fullmatch(_DATE, written):
        return int(written[:4]), int(written[4:6]), int(written[6:])
    return tuple(int(number) for number in re.split("[._-]", written))

"""Versions in names: `schema/1-0-1`, `event/1.0.0.yaml`, `Service-v71.json`, `schema/7/4/lsst.v7_4.alert.avsc`.

A name is read as "something, in a version"; what is left when the version is taken out is the same for all versions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PLACEHOLDER: Final = "{version}"

_SUFFIX = re.compile(r"(?:\.(?:json|yaml|yml|avsc|avro|jsonschema|schema|openapi|swagger|oas)){1,2}\Z", re.IGNORECASE)
_LABEL = r"(?:[-.]?(?:rc|alpha|beta|pre|dev|snapshot)[-.]?[0-9]{0,6})?"
_NUMBER = r"[0-9]{1,9}"
_DASHED: Final = f"{_NUMBER}-{_NUMBER}-{_NUMBER}"
_WHOLE = re.compile(
    rf"(v?)({_NUMBER}(?:\.{_NUMBER}){{0,2}}|{_DASHED}|{_NUMBER}(?:_{_NUMBER}){{1,2}})({_LABEL})\Z", re.IGNORECASE
)
_WITHIN = re.compile(
    rf"(?<![^._-])(?:(v)({_NUMBER}(?:[._-]{_NUMBER}){{0,2}})"
    rf"|()({_NUMBER}\.{_NUMBER}(?:\.{_NUMBER})?|{_DASHED}|{_NUMBER}_{_NUMBER}_{_NUMBER}))({_LABEL})(?![^._-])",
    re.IGNORECASE,
)
_DIGITS = re.compile(rf"{_NUMBER}\Z")
_REGISTRY_FOLDER = re.compile(r"(?:\Aversions|-value|-key)\Z")
_FIRST_YEAR: Final = 1900
_ALL_PARTS: Final = 3


class VersionForm(StrEnum):
    """What a version in a name can be taken for."""

    EXACT = "exact"
    """`1.2.0`, `1-0-1`, `v7_4`: one version, which does not change once it is published."""
    LINE = "line"
    """`v2`, `2024-05-01`: a line of versions, whose files may be worked on in place."""
    COUNT = "count"
    """`1`, `2`: counted versions, as registries do; the number says nothing about what changed."""


@dataclass(frozen=True, slots=True)
class VersionName:
    """A name with a version in it.

    `key` is the name with the version taken out, `text` the version as schemes read it (`7.4` for `v7_4`), `numbers` and `label`
    its parts. `by_itself` says that the name leaves no doubt: what shares the key is one history whatever it holds. `in_file`
    says that the version stands in the name of the file, not of its folders alone.
    """

    key: str
    text: str
    numbers: tuple[int, ...]
    label: str
    form: VersionForm
    by_itself: bool
    in_file: bool

    @property
    def rank(self) -> tuple[tuple[int, ...], bool, str]:
        """Sorts versions, the oldest first; a release after its pre-releases."""
        return (self.numbers, not self.label, self.label)

    @property
    def is_full(self) -> bool:
        """Whether all three parts of a version are there."""
        return len(self.numbers) == _ALL_PARTS


@dataclass(frozen=True, slots=True)
class _Token:
    """A version in some segments of a path: `first` to `last` (counted from 0), at `start` to `end` of the last one."""

    first: int
    last: int
    start: int
    end: int
    prefix: str
    written: str
    label: str
    numbers: tuple[int, ...]

    @property
    def is_count(self) -> bool:
        return not self.prefix and len(self.numbers) == 1


def version_in_path(path: str) -> VersionName | None:
    """The version that a path (or the path of a URI) names, None where it names none.

    Folders count where their whole name is a version, or where several in a row are numbers (`7/4`). Of several versions the
    one with the most parts counts, of these the last; the others must agree with it to be taken out too.
    """
    segments = path.split("/")
    tokens = [*_in_folders(segments[:-1]), *_in_file(segments)]
    if not tokens:
        return None
    chosen = max(tokens, key=lambda token: (len(token.numbers), token.last, token.start))
    same = [token for token in tokens if token.numbers == chosen.numbers[: len(token.numbers)]]
    sure = (
        not chosen.is_count or _REGISTRY_FOLDER.search(segments[chosen.first - 1] if chosen.first else "") is not None
    )
    return VersionName(
        key=_without(segments, same),
        text=_text(chosen),
        numbers=chosen.numbers,
        label=chosen.label,
        form=_form(chosen),
        by_itself=sure and chosen.first == chosen.last,
        in_file=any(token.last == len(segments) - 1 for token in same),
    )


def counted(subject: str, number: int) -> VersionName:
    """The version that a registry counts for a subject."""
    return VersionName(
        f"subject {subject}", str(number), (number,), "", VersionForm.COUNT, by_itself=True, in_file=True
    )


def _in_folders(folders: list[str]) -> list[_Token]:
    tokens = []
    index = 0
    while index < len(folders):
        run = index
        while run < len(folders) and run - index < _ALL_PARTS and _DIGITS.match(folders[run]):
            run += 1
        if run - index > 1:
            numbers = tuple(int(folder) for folder in folders[index:run])
            written = ".".join(folders[index:run])
            tokens.append(_Token(index, run - 1, 0, len(folders[run - 1]), "", written, "", numbers))
            index = run
            continue
        match = _WHOLE.match(folders[index])
        if match is not None:
            tokens.append(_token(index, (0, len(folders[index])), *match.groups()))
        index += 1
    return tokens


def _in_file(segments: list[str]) -> list[_Token]:
    name = segments[-1]
    suffix = _SUFFIX.search(name)
    stem = name[: suffix.start()] if suffix and suffix.start() else name
    whole = _WHOLE.match(stem)
    if whole is not None:
        return [_token(len(segments) - 1, (0, len(stem)), *whole.groups())]
    within = [*_WITHIN.finditer(stem)]
    if not within:
        return []
    last = within[-1]
    prefix, written = last.group(1) or "", last.group(2) or last.group(4)
    return [_token(len(segments) - 1, last.span(), prefix, written, last.group(5))]


def _token(segment: int, span: tuple[int, int], prefix: str, written: str, label: str) -> _Token:
    numbers = tuple(int(number) for number in re.split("[._-]", written))
    return _Token(segment, segment, *span, prefix, written, label.lstrip("-."), numbers)


def _without(segments: list[str], tokens: list[_Token]) -> str:
    left = list(segments)
    for token in tokens:
        for index in range(token.first, token.last):
            left[index] = PLACEHOLDER
        name = left[token.last]
        left[token.last] = name[: token.start] + PLACEHOLDER + name[token.end :]
    return "/".join(left)


def _text(token: _Token) -> str:
    written = token.prefix + token.written if len(token.numbers) == 1 else token.written.replace("_", ".")
    return f"{written}-{token.label}" if token.label else written


def _form(token: _Token) -> VersionForm:
    if token.is_count:
        return VersionForm.COUNT
    is_date = len(token.numbers) == _ALL_PARTS and token.numbers[0] >= _FIRST_YEAR
    return VersionForm.LINE if is_date or len(token.numbers) == 1 else VersionForm.EXACT

"""Versions in names: `schema/1-0-1`, `event/1.0.0.yaml`, `Service-v71.json`, `schema/7/4/lsst.v7_4.alert.avsc`.

A name is read as "something, in a version"; what is left when the version is taken out is the same for all versions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from contractguard.documents.histories.tokens import Likelihood, Token, token_at_end, tokens_in

PLACEHOLDER: Final = "{version}"

_FULL: Final = 3
_DIGIT = re.compile("[0-9]")
_CHUNK = re.compile("[0-9]{1,9}|[a-z]+")

Rank = tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]


class VersionForm(StrEnum):
    """What a version in a name can be taken for."""

    EXACT = "exact"
    """`1.2.0`, `1-0-1`, `v7_4`: one version, which does not change once it is published."""
    LINE = "line"
    """`v2`, `2024-05-01`, `2024-05`: a line of versions, whose files may be worked on in place."""
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
    def rank(self) -> Rank:
        """Sorts versions, the oldest first; a release after its pre-releases, and of these `rc.10` after `rc.9` (Semantic
        Versioning 2.0.0, 11).
        """
        chunks = _CHUNK.findall(self.label)
        natural = tuple((not chunk[0].isdigit(), *_number_or_word(chunk)) for chunk in chunks)
        return (self.numbers, not self.label, natural)

    @property
    def is_full(self) -> bool:
        """Whether all three parts of a version are there."""
        return len(self.numbers) >= _FULL


def _number_or_word(chunk: str) -> tuple[int, str]:
    return (int(chunk), "") if chunk[0].isdigit() else (0, chunk)


def version_in_path(path: str) -> VersionName | None:
    """The version that a path (or the path of a URI) names, None where it names none.

    Folders count where their whole name is a version, or where several in a row are numbers (`7/4`). Of several versions the
    one with the most parts counts, of these the last; the others must agree with it to be taken out too. What merely may be a
    version (`order-2.avsc`, `ghes-3.9/api.json`) counts where there is no other.
    """
    if _DIGIT.search(path) is None:
        return None
    segments = path.split("/")
    tokens = tokens_in(segments)
    if not tokens:
        return None
    chosen = max(
        tokens,
        key=lambda token: (token.likelihood is not Likelihood.POSSIBLE, len(token.numbers), token.last, token.start),
    )
    same = [token for token in tokens if token is chosen or _agrees(token, chosen)]
    return VersionName(
        key=_without(segments, same),
        text=_text(chosen),
        numbers=chosen.numbers,
        label=chosen.label,
        form=_form(chosen),
        by_itself=chosen.likelihood is Likelihood.SURE,
        in_file=any(token.last == len(segments) - 1 for token in same),
    )


def version_of_tag(name: str) -> VersionName | None:
    """The version that the name of a tag ends in, None where it ends in none. The key is what stands before it."""
    component, _, last = name.rpartition("/")
    token = token_at_end(last)
    if token is None:
        return None
    before = f"{component}/{last[: token.start]}".strip("/-_@.")
    return VersionName(before, _text(token), token.numbers, token.label, _form(token), by_itself=True, in_file=True)


def counted(subject: str, number: int) -> VersionName:
    """The version that a registry counts for a subject."""
    return VersionName(
        f"subject {subject}", str(number), (number,), "", VersionForm.COUNT, by_itself=True, in_file=True
    )


def _agrees(token: Token, chosen: Token) -> bool:
    """Whether another version in a path is part of the one that counts: `3.9` in `ghes-3.9/ghes-3.9.json`.

    A bare number in a name that also says `v1` is no part of it: it stays where the version goes up.
    """
    guess = token.likelihood is Likelihood.POSSIBLE and token.is_count
    return not guess and token.numbers == chosen.numbers[: len(token.numbers)]


def _without(segments: list[str], tokens: list[Token]) -> str:
    left = list(segments)
    for token in tokens:
        for index in range(token.first, token.last):
            left[index] = PLACEHOLDER
        name = left[token.last]
        left[token.last] = name[: token.start] + PLACEHOLDER + name[token.end :]
    return "/".join(left)


def _text(token: Token) -> str:
    written = token.prefix + token.written if len(token.numbers) == 1 else token.written.replace("_", ".")
    return f"{written}-{token.label}" if token.label else written


def _form(token: Token) -> VersionForm:
    if token.is_count:
        return VersionForm.COUNT
    return VersionForm.LINE if token.is_date or len(token.numbers) == 1 else VersionForm.EXACT

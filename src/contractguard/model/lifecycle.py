"""Lifecycle marks that contracts carry as extensions, under the names seen in the wild (GOVERNANCE section 1).

OpenAPI and JSON Schema have `deprecated` only. When a thing goes, what replaces it, how stable it is and whom it is for are said
with extensions whose names differ. Here is which names mean what, and how the levels rank, for whoever reads or compares them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contractguard.model.places import Node

SUNSET = "x-sunset"
REPLACED_BY = "x-replaced-by"
STABILITY = "x-stability-level"
AUDIENCE = "x-audience"
DEPRECATED = "x-deprecated"
GUIDE = "x-migration-guide"
MARKS = frozenset({SUNSET, REPLACED_BY, STABILITY, AUDIENCE, DEPRECATED})
"""The canonical name of each mark with a meaning of its own, whatever its spelling in the file. A guide is documentation."""


class Stability(StrEnum):
    """How settled a thing is, the least settled first."""

    EXPERIMENTAL = "experimental"
    BETA = "beta"
    STABLE = "stable"


class Audience(StrEnum):
    """Who uses a thing, the fewest first."""

    INTERNAL = "internal"
    PARTNER = "partner"
    PUBLIC = "public"


_STABILITY_RANKS = {
    name: rank
    for rank, names in enumerate(
        (
            ("draft", "development"),
            ("experimental", "unstable"),
            ("alpha",),
            ("beta", "preview"),
            ("stable", "ga", "general-availability"),
        )
    )
    for name in names
}
_BETA_RANK, _STABLE_RANK = _STABILITY_RANKS["beta"], _STABILITY_RANKS["stable"]
_AUDIENCE_RANKS = {
    name: rank
    for rank, names in enumerate(
        (
            ("component-internal", "private"),
            ("business-unit-internal",),
            ("company-internal", "internal"),
            ("external-partner", "partner"),
            ("external-public", "public", "external"),
        )
    )
    for name in names
}
_INTERNAL_RANK, _PARTNER_RANK = _AUDIENCE_RANKS["internal"], _AUDIENCE_RANKS["partner"]
AUDIENCE_NAMES = tuple(_AUDIENCE_RANKS)
"""Every way to name an audience: those of the Zalando guidelines (rule 219), and shorter ones."""


def stability_rank(text: str) -> int | None:
    """How settled a level is, 0 for the least; None for a word that is no level. Several words may have one rank."""
    return _STABILITY_RANKS.get(_word(text))


def audience_rank(text: str) -> int | None:
    """How wide an audience is, 0 for the narrowest; None for a word that is none."""
    return _AUDIENCE_RANKS.get(_word(text))


STABLE_RANK = _STABLE_RANK
"""The rank of what says nothing of its stability: it is relied on."""
PUBLIC_RANK = _AUDIENCE_RANKS["public"]
"""The rank of what says nothing of its audience: anybody with the description may use it."""


def stability_named(text: str) -> Stability | None:
    """The stability that a word stands for: all below beta is experimental."""
    rank = stability_rank(text)
    if rank is None:
        return None
    if rank < _BETA_RANK:
        return Stability.EXPERIMENTAL
    return Stability.BETA if rank < _STABLE_RANK else Stability.STABLE


def audience_named(text: str) -> Audience | None:
    """The audience that a word stands for: all within the company is internal."""
    rank = audience_rank(text)
    if rank is None:
        return None
    if rank <= _INTERNAL_RANK:
        return Audience.INTERNAL
    return Audience.PARTNER if rank <= _PARTNER_RANK else Audience.PUBLIC


def _word(text: str) -> str:
    return text.strip().lower().replace("_", "-").replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of a mark: the way to it from the object, and what it stands for where its value is just `true`.

    `only_true` says that nothing but `true` means something there.
    """

    way: tuple[str, ...]
    stands_for: str | None = None
    only_true: bool = False

    @property
    def name(self) -> str:
        """The spelling as people write it: `x-github.removalDate`."""
        return ".".join(self.way)

    def find(self, extensions: Mapping[str, Node]) -> Node | None:
        """The node of the mark in this spelling, its value always text; None where it is not there or says something else."""
        node = extensions.get(self.way[0])
        for token in self.way[1:]:
            node = node.get(token) if node is not None else None
        if node is None:
            return None
        if node.value is True:
            return node.with_value(self.stands_for) if self.stands_for is not None else None
        return node if isinstance(node.value, str) and node.value and not self.only_true else None


@dataclass(frozen=True, slots=True, eq=False)
class ConflictingMark(Node):
    """A mark that is said several times, and not alike. Its value names all that is said: nobody takes one for the truth."""


def _flag(name: str, stands_for: str) -> Alias:
    return Alias((name,), stands_for, only_true=True)


KNOWN_ALIASES: Mapping[str, tuple[Alias, ...]] = {
    SUNSET: (
        Alias(("x-sunset",)),
        Alias(("x-deprecated-sunset",)),
        Alias(("x-github", "removalDate")),
        Alias(("x-ms-deprecation", "removalDate")),
        Alias(("x-removal-date",)),
    ),
    REPLACED_BY: (
        Alias(("x-replaced-by",)),
        Alias(("x-replacement",)),
        Alias(("x-deprecated-replacement",)),
    ),
    STABILITY: (
        Alias(("x-stability-level",)),
        Alias(("x-stability",)),
        _flag("x-unstable", "experimental"),
        _flag("x-experimental", "experimental"),
        _flag("x-beta", "beta"),
    ),
    AUDIENCE: (
        Alias(("x-audience",)),
        Alias(("x-api-audience",)),
        Alias(("x-visibility",)),
        Alias(("x-visibility", "extent")),
        _flag("x-internal", "internal"),
    ),
    DEPRECATED: (
        Alias(("x-deprecated",), "true"),
        Alias(("x-deprecatedInVersion",)),
    ),
    GUIDE: (
        Alias(("x-migration-guide",)),
        Alias(("x-deprecated-guide",)),
    ),
}
"""Canonical name → its spellings, the one that counts first where several say the same."""


@dataclass(frozen=True, slots=True)
class MarkNames:
    """The spellings under which the marks of a contract are looked for."""

    aliases: Mapping[str, tuple[Alias, ...]]

    def with_own(self, own: Mapping[str, Sequence[str]]) -> MarkNames:
        """These and further spellings, canonical name → names, which come first. `x-a.b` is also the member `b` of `x-a`.

        A mark of deprecation may be just `true`.
        """
        return MarkNames(
            {
                mark: (*(alias for name in own.get(mark, ()) for alias in _own_aliases(mark, name)), *known)
                for mark, known in self.aliases.items()
            }
        )


def _own_aliases(mark: str, name: str) -> tuple[Alias, ...]:
    stands_for = "true" if mark == DEPRECATED else None
    plain = Alias((name,), stands_for)
    return (plain, Alias(tuple(name.split(".")), stands_for)) if "." in name else (plain,)


KNOWN_NAMES = MarkNames(KNOWN_ALIASES)


def mark_node(extensions: Mapping[str, Node], mark: str) -> Node | None:
    """The node of a mark among extensions that were read into canonical names; None where there is none, or none that is text."""
    node = extensions.get(mark)
    return node if node is not None and isinstance(node.value, str) else None


def mark_text(extensions: Mapping[str, Node], mark: str) -> str | None:
    """What a mark says; None where the extensions do not have it."""
    node = mark_node(extensions, mark)
    return node.value if node is not None and isinstance(node.value, str) else None


def says_deprecated(extensions: Mapping[str, Node]) -> bool:
    """Whether an extension says what the `deprecated` keyword says."""
    text = mark_text(extensions, DEPRECATED)
    return text is not None and _word(text) != "false"

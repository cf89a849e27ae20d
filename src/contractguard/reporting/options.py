"""What a caller may choose about a rendering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MINIMUM_WIDTH = 40
"""Narrower terminals get lines of this many columns: below it, paths and payloads stop being readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """How to render. Every format takes these; one that has no use for a field ignores it."""

    width: int = 80
    """Columns of a line of text; less than `MINIMUM_WIDTH` counts as that."""
    color: bool = False
    """Whether ANSI colours may be used. Nothing is said by colour alone."""
    verbose: bool = False
    """Show compatible and info findings in full, every place of a folded finding, whole payloads and decision trails."""
    mode: Literal["diff", "check"] = "check"
    """`diff` shows facts only: no gate, no severities, no advice. `check` shows what policy made of them."""

    @property
    def judged(self) -> bool:
        """Whether what policy says is shown."""
        return self.mode == "check"

"""Logic of three values: True, False, and None for what cannot be said (Kleene's strong logic)."""

from __future__ import annotations

from contractguard.semantics.evaluation.judge import Verdict


def negated(verdict: Verdict) -> Verdict:
    """`not`."""
    return None if verdict is None else not verdict


def agreed(first: Verdict, second: Verdict) -> Verdict:
    """What holds whichever of two cases is the real one."""
    return first if first is second else None


def counted(certain: int, possible: int, *, least: int, most: int | None) -> Verdict:
    """Whether a count lies within limits, if it is at least `certain` and at most `certain + possible`."""
    if certain + possible < least or (most is not None and certain > most):
        return False
    if certain >= least and (most is None or certain + possible <= most):
        return True
    return None

"""The diff: what differs between two contracts, and what that does to the set of valid payloads and calls."""

from __future__ import annotations

from contractguard.diff.comparison import Comparison, compare
from contractguard.diff.pairing import Candidate, Counterparts, pair_contracts

__all__ = ["Candidate", "Comparison", "Counterparts", "compare", "pair_contracts"]

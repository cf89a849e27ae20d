"""Sets of strings that ECMA-262 regular expressions describe: what is in some of them and not in others."""

from contractguard.semantics.languages.matching import matches
from contractguard.semantics.languages.product import Budget
from contractguard.semantics.languages.search import Emptiness, find_string

__all__ = ["Budget", "Emptiness", "find_string", "matches"]

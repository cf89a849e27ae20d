"""The rules stage: what a change means, by the catalogue in `rules/` (DESIGN section 6).

`load_catalogue` reads rule files, `judge` applies them to a change, `load_profile` reads a profile. What serves the commands
`explain`, `rules test` and `rules new` is imported from its module: a comparison needs none of it.
"""

from __future__ import annotations

from contractguard.rules.catalogue import Catalogue, Origin, Rule
from contractguard.rules.judging import UNJUDGED_RULE, judge
from contractguard.rules.loading import load_catalogue, profile_paths, rule_paths, unread_catalogue
from contractguard.rules.profiles import load_profile

__all__ = [
    "UNJUDGED_RULE",
    "Catalogue",
    "Origin",
    "Rule",
    "judge",
    "load_catalogue",
    "load_profile",
    "profile_paths",
    "rule_paths",
    "unread_catalogue",
]

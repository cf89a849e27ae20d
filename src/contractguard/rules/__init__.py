"""The rules stage: what a change means, by the catalogue in `rules/` (DESIGN section 6).

`load_catalogue` reads rule files, `judge` applies them to a change, `load_profile` reads a profile. `check_examples` runs
the examples of rules as tests, `explain_rule` and `new_rule_template` serve the commands `explain` and `rules new`.
"""

from __future__ import annotations

from contractguard.rules.catalogue import Catalogue, Origin, Rule
from contractguard.rules.examples import Compare, ExampleFailure, check_examples, example_documents, run_example
from contractguard.rules.explaining import ExampleView, ExplainPage, ImpactLine, explain_rule
from contractguard.rules.files import Example
from contractguard.rules.judging import UNJUDGED_RULE, judge
from contractguard.rules.loading import load_catalogue, profile_paths, rule_paths
from contractguard.rules.profiles import load_profile
from contractguard.rules.scaffolding import new_rule_template

__all__ = [
    "UNJUDGED_RULE",
    "Catalogue",
    "Compare",
    "Example",
    "ExampleFailure",
    "ExampleView",
    "ExplainPage",
    "ImpactLine",
    "Origin",
    "Rule",
    "check_examples",
    "example_documents",
    "explain_rule",
    "judge",
    "load_catalogue",
    "load_profile",
    "new_rule_template",
    "profile_paths",
    "rule_paths",
    "run_example",
]

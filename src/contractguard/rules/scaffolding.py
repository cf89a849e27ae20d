"""What `rules new` writes: a rule that works as it stands, to be changed."""

from __future__ import annotations

from contractguard.errors import UsageError
from contractguard.rules.checks import KEBAB_CASE

_TEMPLATE = """\
# A rule of your own. `contractguard rules test` loads it and runs its examples.
id: {id}                         # the name of this file
title: Optional query parameter added
since: "2026-11"                 # the month in which you introduce it
status: preview                  # preview | stable | deprecated
formats: [openapi]               # openapi | jsonschema | avro
layers: [wire]                   # wire: validity | sdk: generated code | semantic: meaning
# Which changes: the kind, and if need be its effect and its facts. docs/rules/vocabulary.md of contractguard names them all.
match: {{change: parameter.added, location: query, required: false}}
impact:                          # a direction that you do not want to judge is left out
  input: {{level: risky, bump: minor, because: "Our gateway refuses query parameters that it does not know."}}
message: "register {{name}} with the gateway before {{subject}} is published"
rationale: >-
  Say why this matters to those who call you, so that a reader agrees or can object.
migration:
  consumer: Nothing.
  provider: Add {{name}} to the allow list of the gateway first.
no_mirror: Removing a parameter needs nothing from the gateway.
references: []
# Each example gives a small change and exactly the rules that must fire on it, those that are built in among them.
examples:
  - name: a parameter is added
    format: openapi
    wrap: operation              # description | operation | request-body | response | parameter
    before: {{}}
    after: {{parameters: [{{name: limit, in: query, schema: {{type: integer}}}}]}}
    expect: [optional-parameter-added, {id}]
"""


def new_rule_template(rule_id: str) -> str:
    """The text of `<rule_id>.yaml`. Raises `UsageError` where the id is not in kebab-case."""
    if not KEBAB_CASE.fullmatch(rule_id):
        raise UsageError(
            f"'{rule_id}' is not in kebab-case", remedy="write lower-case words with hyphens: gateway-allow-list"
        )
    return _TEMPLATE.format(id=rule_id)

"""The examples of rules, as the tests that they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from contractguard.errors import ContractguardError
from contractguard.model.document import ContractKind
from contractguard.model.values import JsonValue
from contractguard.rules.catalogue import Rule
from contractguard.rules.files import Example, Wrap

Compare = Callable[..., set[str]]
"""`compare(before, after, kind=…, dialect=…, compatibility=…, reading=…)` → the ids of the rules that fired. The last three
are None where the example leaves them to the defaults. Raises `ContractguardError`.
"""


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example on which other rules fired than it expects, or (`error`) that could not be compared."""

    rule: str
    example: str
    path: str
    expected: tuple[str, ...]
    found: tuple[str, ...]
    error: str | None = None

    def __str__(self) -> str:
        head = f"{self.path}: {self.rule}: {self.example}: "
        if self.error is not None:
            return head + self.error
        return f"{head}expected {_listed(self.expected)}, found {_listed(self.found)}"


def check_examples(rules: Iterable[Rule], compare: Compare) -> list[ExampleFailure]:
    """Run every example of `rules` (a catalogue, or some rules of it). An empty list means that all hold."""
    failures: list[ExampleFailure] = []
    for rule in rules:
        for example in rule.examples:
            error = None
            found: set[str] = set()
            try:
                found = run_example(example, compare)
            except ContractguardError as raised:
                error = str(raised)
            if error is not None or found != set(example.expect):
                expected = tuple(sorted(example.expect))
                failures.append(ExampleFailure(rule.id, example.name, rule.path, expected, tuple(sorted(found)), error))
    return failures


def run_example(example: Example, compare: Compare) -> set[str]:
    """The ids of the rules that fire on one example."""
    before, after = example_documents(example)
    return compare(
        before,
        after,
        kind=example.format,
        dialect=example.dialect,
        compatibility=example.compatibility,
        reading=example.reading,
    )


def example_documents(example: Example) -> tuple[JsonValue, JsonValue]:
    """The two whole contracts of an example: for OpenAPI with the small description around what it shows."""
    if example.format is not ContractKind.OPENAPI:
        return example.before, example.after
    return wrapped(example.wrap, example.before), wrapped(example.wrap, example.after)


def wrapped(wrap: Wrap, part: JsonValue) -> JsonValue:
    """A small OpenAPI 3.1 description around a part of one. What is not an object is left as it is."""
    if wrap is Wrap.DESCRIPTION:
        return _description(part)
    if wrap is Wrap.OPERATION:
        return _description({"paths": {"/things": {"post": _operation(part)}}})
    content: JsonValue = {"application/json": {"schema": part}}
    if wrap is Wrap.RESPONSE:
        answer: JsonValue = {"description": "OK", "content": content}
        return _description({"paths": {"/things": {"get": {"responses": {"200": answer}}}}})
    if wrap is Wrap.REQUEST_BODY:
        return _description({"paths": {"/things": {"post": _operation({"requestBody": {"content": content}})}}})
    parameter: JsonValue = {"name": "q", "in": "query", "schema": part}
    return _description({"paths": {"/things": {"get": _operation({"parameters": [parameter]})}}})


def _description(part: JsonValue) -> JsonValue:
    if not isinstance(part, dict):
        return part
    if "swagger" in part:
        return part
    filled: dict[str, JsonValue] = {"openapi": "3.1.0", "info": {"title": "Things", "version": "1.0.0"}, "paths": {}}
    return filled | part


def _operation(part: JsonValue) -> JsonValue:
    if not isinstance(part, dict):
        return part
    filled: dict[str, JsonValue] = {"responses": {"200": {"description": "OK"}}}
    return filled | part


def _listed(ids: tuple[str, ...]) -> str:
    return ", ".join(ids) or "nothing"

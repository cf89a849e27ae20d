"""The examples of the catalogue, run through the whole comparison."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from contractguard.engine import builtin_catalogue, example_comparison
from contractguard.model.document import ContractKind
from contractguard.rules import Rule
from contractguard.rules.examples import check_examples, run_example
from contractguard.rules.files import Example, Wrap

CATALOGUE = builtin_catalogue()
COMPARE = example_comparison(CATALOGUE)
EXAMPLES = [(rule, example) for rule in CATALOGUE for example in rule.examples]

WITHOUT_EXAMPLE = {
    # what a single pair of documents cannot show: files, versions, policies
    *("contract-added", "contract-removed", "contract-moved", "contract-base-unreadable", "contract-invalid"),
    *("duplicate-key-in-head", "duplicate-key-in-base", "policy-changed"),
    *("version-bump-too-small", "version-decreased", "version-unchanged", "version-scheme-mismatch"),
    *("version-added", "version-published-edited", "version-published-reworded"),
    # effects that the vocabulary allows and no comparison of two documents gives yet: alternatives that are certain to be
    # apart are told as any-of, and symbols that a default no longer stands for as enum values
    *("one-of-branch-added", "one-of-branch-removed"),
    *("avro-enum-default-changed", "avro-enum-default-narrowed", "avro-enum-default-widened", "avro-field-renamed"),
}


def _name(value: object) -> str:
    return value.id if isinstance(value, Rule) else ""


def _one_sided(example: Example) -> bool:
    """Whether only one direction is asked for, so that the reverse may be told under other rules or not at all."""
    return example.format is not ContractKind.OPENAPI


def test_every_rule_has_an_example_or_a_reason() -> None:
    assert {rule.id for rule in CATALOGUE if not rule.examples} == WITHOUT_EXAMPLE


@pytest.mark.parametrize("rule", CATALOGUE, ids=_name)
def test_the_examples_of_a_rule_hold(rule: Rule) -> None:
    assert [str(failure) for failure in check_examples([rule], COMPARE)] == []


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=_name)
def test_an_example_shows_its_rule(rule: Rule, example: Example) -> None:
    assert rule.id in example.expect
    assert example.format in rule.formats
    assert set(example.expect) <= CATALOGUE.ids


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=_name)
def test_swapped_examples_fire_the_mirror(rule: Rule, example: Example) -> None:
    swapped = msgspec.structs.replace(example, before=example.after, after=example.before)
    found = run_example(swapped, COMPARE)
    assert found <= CATALOGUE.ids
    if rule.mirror is not None and example.expect == (rule.id,) and not _one_sided(example):
        assert found == ({"property-ignored"} if _is_added_to_request(example, rule) else {rule.mirror})


def _is_added_to_request(example: Example, rule: Rule) -> bool:
    """Whether the way back is judged by the one rule about properties that speaks of requests alone."""
    return example.wrap is Wrap.REQUEST_BODY and rule.id in ("property-added", "required-property-added")


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=_name)
def test_identical_documents_give_nothing(rule: Rule, example: Example) -> None:
    del rule
    for document in (example.before, example.after):
        same = msgspec.structs.replace(example, before=document, after=document)
        assert run_example(same, COMPARE) == set()


def test_a_wrong_example_is_told() -> None:
    rule = CATALOGUE.rule("enum-value-removed")
    wrong = msgspec.structs.replace(rule.examples[0], expect=("enum-added",))
    (failure,) = check_examples([replace(rule, examples=(wrong,))], COMPARE)
    assert failure.found == ("enum-value-removed",)
    assert str(failure).startswith("rules/enums/enum-value-removed.yaml: enum-value-removed: ")

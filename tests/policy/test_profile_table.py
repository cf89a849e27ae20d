"""The built-in profiles: what they answer, and where the published guidelines say so."""

from __future__ import annotations

import re

import pytest
from profile_table import BEGIN, END, PAGE, PROFILES, QUESTIONS, answer, in_page, table

from contractguard.engine.catalogue import builtin_catalogue, builtin_profile
from contractguard.model.change import Direction
from contractguard.model.finding import Impact
from contractguard.model.profile import Profile

CITED = {
    "zalando": re.compile(r"\b[Rr]ules? \d{3}\b|of contractguard"),
    "google-aip-180": re.compile(r"\b[Ss]ection [A-Z]|of contractguard"),
}
BY_TEXT = {question.text: question for question in QUESTIONS}


def test_the_table_of_the_page_is_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1
    assert in_page(page) == table()


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("new enum value in a response", "warning error error error error warning"),
        ("removed enum value in a response", "info info info info info error"),
        ("new value of an open list in a response", "info info info info info info"),
        ("removed optional response property", "warning warning warning warning error error"),
        ("integer becomes number in a request", "info info info info info error"),
        ("changed default", "warning off warning warning error error"),
        ("changed operationId", "off off error error off error"),
        ("new required parameter", "error error error error error error"),
        ("new required parameter of a beta operation", "warning error warning error error warning"),
        ("new required parameter of an internal operation", "warning error warning error error error"),
        ("operation named internal for the first time", "warning off warning warning info warning"),
    ],
)
def test_the_questions_on_which_guidelines_differ(question: str, answers: str) -> None:
    """Argued from the texts; the table must not change unnoticed."""
    assert [answer(BY_TEXT[question], profile) for profile in PROFILES] == answers.split()


def _reasons(profile: Profile) -> set[str]:
    tables = (profile.overrides, profile.directed, profile.stability, profile.audience)
    return {reason for entries in tables for _, reason in entries.values()}


@pytest.mark.parametrize("name", CITED)
def test_every_entry_of_a_guideline_names_its_section(name: str) -> None:
    assert [reason for reason in sorted(_reasons(builtin_profile(name))) if not CITED[name].search(reason)] == []


@pytest.mark.parametrize("name", PROFILES)
def test_no_entry_speaks_of_what_cannot_be(name: str) -> None:
    """An impact that a rule never gives, in a direction where it never gives it, is a slip of the pen."""
    profile, catalogue = builtin_profile(name), builtin_catalogue()

    def gives(rule_id: str, impact: Impact, *directions: Direction) -> bool:
        rule = catalogue.rule(rule_id)
        stated = [rule.impact.of(direction) for direction in directions]
        return impact in {text.level for text in stated if text is not None}

    named: dict[str, set[Impact]] = {}
    for rule_id, impact in profile.overrides:
        named.setdefault(rule_id, set()).add(impact)
    single = [
        (rule_id, impact) for rule_id, impacts in named.items() if len(impacts) < len(Impact) for impact in impacts
    ]
    wrong = [entry for entry in single if not gives(*entry, *Direction)]
    assert wrong + [entry for entry in profile.directed if not gives(*entry)] == []

"""Built-in rules are read when a change may need them: what is known of them before that is what their files say."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from contractguard.documents import DocumentSet
from contractguard.engine import builtin_catalogue
from contractguard.errors import InternalError, UsageError
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.document import Document
from contractguard.model.places import Location
from contractguard.resources import catalogue_root
from contractguard.rules import Catalogue, Origin, load_catalogue, rule_paths, unread_catalogue
from contractguard.rules.scaffolding import new_rule_template
from contractguard.sources.memory import MemorySnapshot

ROOT = catalogue_root()
CONTENTS = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in ROOT.rglob("*.yaml")}


class Watched:
    """Documents that remember what was read of them."""

    def __init__(self) -> None:
        self.documents = DocumentSet(MemorySnapshot("test", CONTENTS))
        self.read: set[str] = set()

    def document(self, path: str) -> Document:
        self.read.add(path)
        return self.documents.document(path)

    def locate(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Location]:
        return self.documents.locate(keys)


def value_removed() -> Change:
    return Change(
        kind="enum.value-removed", effect=Effect.NARROWED, direction=Direction.INPUT, element="e", subject="it"
    )


def user_rules(name: str) -> Catalogue:
    snapshot = MemorySnapshot("test", {f"house/{name}.yaml": new_rule_template(name).encode()})
    return load_catalogue(DocumentSet(snapshot), [f"house/{name}.yaml"], origin=Origin.USER)


def test_nothing_is_read_for_what_a_comparison_asks_first() -> None:
    watched = Watched()
    catalogue = unread_catalogue(watched, CONTENTS)
    assert len(catalogue) == len(rule_paths(CONTENTS)) == len(catalogue.ids)
    assert "enum-value-removed" in catalogue
    assert catalogue.get("there-is-none") is None
    assert catalogue.edition == max(catalogue.editions.values())
    merged = catalogue.merged(user_rules("gateway-allow-list"))
    assert len(merged) == len(catalogue) + 1
    assert not watched.read


def test_what_is_said_of_a_rule_before_it_is_read_is_what_its_file_says() -> None:
    """By every name that a rule matches, its file is found; the edition is that of the file, and so is the id."""
    unread = unread_catalogue(Watched(), CONTENTS)
    read = load_catalogue(DocumentSet(MemorySnapshot("test", CONTENTS)), rule_paths(CONTENTS), origin="built-in")
    assert unread.editions == read.editions
    assert [rule.id for rule in unread] == [rule.id for rule in read]
    assert {family: [rule.id for rule in rules] for family, rules in unread.families().items()} == {
        family: [rule.id for rule in rules] for family, rules in read.families().items()
    }
    for rule in read:
        for kind in rule.match.kinds:
            assert kind.encode() in CONTENTS[rule.path], f"{rule.path} does not write {kind} in plain"


def test_a_change_reads_the_rules_that_may_match_it_and_those_once() -> None:
    watched = Watched()
    catalogue = unread_catalogue(watched, CONTENTS)
    assert [rule.id for rule in catalogue.matching(value_removed())] == ["enum-value-removed"]
    assert "enums/enum-value-removed.yaml" in watched.read
    assert len(watched.read) < 10
    watched.read.clear()
    catalogue.matching(value_removed())
    assert catalogue.rule("enum-value-removed") is catalogue.rule("enum-value-removed")
    catalogue.merged(user_rules("gateway-allow-list")).rule("enum-value-removed")
    assert not watched.read


def test_a_rule_of_ones_own_is_found_beside_the_built_in_ones() -> None:
    catalogue = builtin_catalogue().merged(user_rules("gateway-allow-list"))
    assert catalogue.rule("gateway-allow-list").origin is Origin.USER
    assert list(catalogue)[-1].id == "gateway-allow-list"


def test_an_id_is_not_taken_over_from_a_rule_that_is_not_read() -> None:
    watched = Watched()
    with pytest.raises(UsageError, match="'enum-value-removed' is taken by a built-in rule") as caught:
        unread_catalogue(watched, CONTENTS).merged(user_rules("enum-value-removed"))
    assert caught.value.path == "house/enum-value-removed.yaml"
    assert not watched.read


def test_a_built_in_rule_that_is_damaged_is_an_error_when_it_is_read() -> None:
    path = "enums/enum-value-removed.yaml"
    broken = {path: CONTENTS[path].replace(b"status: stable", b"status: shaky")}
    catalogue = unread_catalogue(DocumentSet(MemorySnapshot("test", broken)), broken)
    with pytest.raises(UsageError, match="shaky") as caught:
        catalogue.matching(value_removed())
    assert caught.value.path == path
    assert caught.value.line is not None


def test_a_built_in_rule_without_an_edition_is_an_installation_gone_wrong() -> None:
    with pytest.raises(InternalError, match="names no edition"):
        unread_catalogue(Watched(), {"enums/enum-value-removed.yaml": b"id: enum-value-removed\n"})

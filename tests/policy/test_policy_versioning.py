"""Declared versions against what the changes need."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from policy_makers import TextDocuments, finding

from contractguard.model.contract import Contract, DeclaredVersion
from contractguard.model.document import ContractKind
from contractguard.model.finding import Bump
from contractguard.model.places import Node
from contractguard.policy import (
    Scheme,
    declared_bump,
    declared_version,
    detect_scheme,
    next_version,
    required_bump,
    version_changes,
)

MAJOR, MINOR, PATCH, NONE = Bump.MAJOR, Bump.MINOR, Bump.PATCH, Bump.NONE


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("1.4.2", Scheme.SEMVER),
        ("v1.4.2", Scheme.SEMVER),
        ("1.0", Scheme.SEMVER),
        ("0.2-WIP", Scheme.SEMVER),
        ("2.0.0-rc.1+build.5", Scheme.SEMVER),
        ("1-0-2", Scheme.SCHEMAVER),
        ("2026-03-10", Scheme.DATE),
        ("2026-13-10", Scheme.CALVER),
        ("2024.0", Scheme.CALVER),
        ("2026-05-27.dahlia", Scheme.CALVER),
        ("2020-09-14_1.674.0", Scheme.CALVER),
        ("v1", Scheme.INTEGER),
        ("10", Scheme.INTEGER),
        ("unversioned", None),
        ("1.02.3", None),
        ("1.2.3.4", None),
        ("", None),
        ("1" * 200, None),
        ("\uff11.2.3", None),
    ],
)
def test_the_scheme_is_seen_from_the_version(text: str, scheme: Scheme | None) -> None:
    assert detect_scheme(text) == scheme


@pytest.mark.parametrize(
    ("base", "head", "bump"),
    [
        ("1.4.2", "2.0.0", MAJOR),
        ("1.4.2", "1.5.0", MINOR),
        ("1.4.2", "1.4.3", PATCH),
        ("1.4.2", "1.4.2", NONE),
        ("1.4.2+a", "1.4.2+b", NONE),
        ("2.0.0", "1.9.9", NONE),
        ("2.0.0", "2.0.0-rc.1", NONE),
        ("v1.4.2", "1.5.0", MINOR),
        ("1.0", "1.1", MINOR),
        ("1", "1.1", MINOR),
        ("1.0", "1.0.1", PATCH),
        # below 1.0.0 a minor step may break, and a patch step may add
        ("0.4.2", "0.5.0", MAJOR),
        ("0.4.2", "0.4.3", MINOR),
        ("0.4.2", "1.0.0", MAJOR),
        # a pre-release stands for the step to its release
        ("2.0.0-rc.1", "2.0.0-rc.2", MAJOR),
        ("2.0.0-rc.1", "2.0.0", MAJOR),
        ("2.1.0-rc.1", "2.1.0", MINOR),
        ("2.1.1-rc.1", "2.1.1", PATCH),
        ("2.1.1-rc.1", "2.2.0", MINOR),
        ("2.0.0-rc.1", "2.0.1", MAJOR),
        ("0.2.0-rc.1", "0.2.0", MAJOR),
        ("0.2.1-rc.1", "0.2.1", MINOR),
        ("1.9.0", "2.0.0-rc.1", MAJOR),
        ("1-0-2", "2-0-0", MAJOR),
        ("1-0-2", "1-1-0", MINOR),
        ("1-0-2", "1-0-3", MINOR),
        ("1-0-2", "1-0-1", NONE),
        ("2026-03-10", "2026-04-01", MAJOR),
        ("2026-03-10", "2026-03-10", NONE),
        ("7", "8", MAJOR),
        ("v7", "v7", NONE),
        ("2024.0", "2025.0", None),
        ("2024.0", "2024.0", NONE),
        ("2026-05-27.dahlia", "2026-05-27.iris", None),
        ("2020-09-14_1.673.1", "2020-09-14_1.674.0", None),
        ("unversioned", "1.0.0", None),
        ("1.0.0", "1-0-0", None),
        (None, "1.0.0", None),
        ("1.0.0", None, None),
        ("", "", None),
    ],
)
def test_a_step_announces_the_largest_change_it_may_hold(base: str | None, head: str | None, bump: Bump | None) -> None:
    assert declared_bump(base, head) == bump


@pytest.mark.parametrize(
    ("base", "bump", "expected"),
    [
        ("1.8.2", MAJOR, "2.0.0"),
        ("1.8.2", MINOR, "1.9.0"),
        ("1.8.2", PATCH, "1.8.3"),
        ("1.8.2", NONE, "1.8.2"),
        ("v1.8.2", MAJOR, "v2.0.0"),
        ("1.8", MAJOR, "2.0"),
        ("1.8", PATCH, "1.8.1"),
        ("0.4.2", MAJOR, "0.5.0"),
        ("0.4.2", MINOR, "0.4.3"),
        ("2.0.0-rc.1", MAJOR, "2.0.0"),
        ("2.1.0-rc.1", MAJOR, "3.0.0"),
        ("2.1.0-rc.1", MINOR, "2.1.0"),
        ("1.8.2+7", PATCH, "1.8.3"),
        ("1-2-3", MAJOR, "2-0-0"),
        ("1-2-3", PATCH, "1-2-4"),
        ("1-2-3", NONE, "1-2-3"),
        ("v3", MAJOR, "v4"),
        ("v3", MINOR, "v3"),
        ("2026-03-10", MAJOR, None),
        ("2026-03-10", NONE, "2026-03-10"),
        ("unversioned", MAJOR, None),
        (None, MAJOR, None),
    ],
)
def test_the_next_version_is_the_smallest_step_that_will_do(base: str | None, bump: Bump, expected: str | None) -> None:
    assert next_version(base, bump) == expected


SEMVER = st.builds(
    "{}{}.{}.{}{}".format,
    st.sampled_from(["", "v"]),
    *[st.integers(0, 3)] * 3,
    st.sampled_from(["", "-rc.1", "-alpha"]),
)


@given(SEMVER, st.sampled_from(Bump))
def test_the_next_version_announces_at_least_the_change_asked_for(base: str, bump: Bump) -> None:
    following = next_version(base, bump, Scheme.SEMVER)
    assert following is not None
    announced = declared_bump(base, following, Scheme.SEMVER)
    assert announced is not None
    assert announced.rank <= bump.rank


@given(SEMVER, SEMVER, st.sampled_from(Bump))
def test_a_step_and_its_reverse_are_never_both_fine(base: str, head: str, required: Bump) -> None:
    forth = {change.kind for change in version_changes(base, head, required=required)}
    back = {change.kind for change in version_changes(head, base, required=required)}
    assume(declared_bump(base, head) is not NONE or declared_bump(head, base) is not NONE)
    assert ("version.decreased" in forth) != ("version.decreased" in back)


@pytest.mark.parametrize(
    ("base", "head", "required", "scheme", "expected"),
    [
        ("1.8.2", "1.9.0", MAJOR, None, ("version.bump-too-small", {"required": "major", "declared": "minor"})),
        ("1.8.2", "1.8.3", MINOR, None, ("version.bump-too-small", {"required": "minor", "declared": "patch"})),
        ("0.4.2", "0.4.3", MAJOR, None, ("version.bump-too-small", {"required": "major", "declared": "minor"})),
        ("1-0-0", "1-1-0", MAJOR, None, ("version.bump-too-small", {"required": "major", "declared": "minor"})),
        ("1.8.2", "1.8.2", PATCH, None, ("version.unchanged", {"required": "patch"})),
        ("2024.0", "2024.0", MAJOR, None, ("version.unchanged", {"required": "major"})),
        ("10", "10", MAJOR, None, ("version.unchanged", {"required": "major"})),
        ("2.0.0", "1.9.0", NONE, None, ("version.decreased", {})),
        ("2026-03-10", "2026-03-09", NONE, None, ("version.decreased", {})),
        ("1.0.0", "two", NONE, Scheme.SEMVER, ("version.scheme-mismatch", {"scheme": "semver"})),
        ("1.0.0", "1.0.1", MAJOR, Scheme.SCHEMAVER, ("version.scheme-mismatch", {"scheme": "schemaver"})),
    ],
)
def test_what_does_not_fit_is_told(
    base: str, head: str, required: Bump, scheme: Scheme | None, expected: tuple[str, dict[str, str]]
) -> None:
    (change,) = version_changes(base, head, required=required, scheme=scheme)
    assert (change.kind, change.details) == expected
    assert (change.before, change.after) == (base, head)


@pytest.mark.parametrize(
    ("base", "head", "required", "scheme"),
    [
        ("1.8.2", "2.0.0", MAJOR, None),
        ("1.8.2", "3.0.0", PATCH, None),
        ("0.4.2", "0.5.0", MAJOR, None),
        ("1.8.2", "1.8.2", NONE, None),
        ("10", "10", MINOR, None),
        ("1-0-0", "1-0-0", PATCH, None),
        ("2026-03-10", "2026-03-11", MAJOR, None),
        # a version that is in no scheme we know accuses nobody
        ("2020-09-14_1.673.1", "2020-09-14_1.674.0", MAJOR, None),
        ("2026-05-27.dahlia", "2026-05-27.iris", MAJOR, None),
        ("unversioned", "unversioned", MAJOR, None),
        ("1.0.0", "2024-spring", MAJOR, None),
        # nor does one that is missing
        (None, "1.0.0", MAJOR, Scheme.SEMVER),
        ("1.0.0", None, MAJOR, Scheme.SEMVER),
        ("1.0.0", "", MAJOR, Scheme.SEMVER),
        ("one", "1.0.0", MAJOR, Scheme.SEMVER),
    ],
)
def test_what_fits_or_is_not_understood_is_no_finding(
    base: str | None, head: str | None, required: Bump, scheme: Scheme | None
) -> None:
    assert version_changes(base, head, required=required, scheme=scheme) == ()


def test_the_largest_bump_of_all_findings_is_required() -> None:
    assert required_bump([]) is NONE
    assert required_bump([finding(bump=PATCH), finding(bump=MINOR), finding(bump=NONE)]) is MINOR


def contract(text: str) -> Contract:
    documents = TextDocuments({"c.yaml": text})
    root = Node(documents.document("c.yaml").value, "c.yaml", "")
    own = DeclaredVersion("9.9.9", root)
    return Contract(
        path="c.yaml", kind=ContractKind.JSONSCHEMA, dialect="", root=root, documents=documents, version=own
    )


@pytest.mark.parametrize(
    ("text", "source", "version", "pointer"),
    [
        ("info: {version: 1.2.0}", None, "9.9.9", ""),
        ("info: {version: 1.2.0}", "info.version", "1.2.0", "/info/version"),
        ("self: {version: 1-0-2}", "/self/version", "1-0-2", "/self/version"),
        ("a/b: 3", "/a~1b", "3", "/a~1b"),
        ("$id: https://x.example/order/1.2.0", "$id", "1.2.0", "/$id"),
        ("$id: https://x.example/v2/order-1/1-0-2.json", "$id", "1-0-2", "/$id"),
        ("$id: https://x.example/1-0-2/order.json#", "$id", "1-0-2", "/$id"),
        ("$id: https://x.example/order.json", "$id", "https://x.example/order.json", "/$id"),
        ("info: {}", "info.version", None, None),
        ("info: {version: null}", "info.version", None, None),
        ("info: {version: [1]}", "info.version", None, None),
        ("info: {version: true}", "info.version", None, None),
        ("[1]", "info.version", None, None),
    ],
)
def test_policy_may_say_where_the_version_is(
    text: str, source: str | None, version: str | None, pointer: str | None
) -> None:
    found = declared_version(contract(text), source)
    assert (found and found.value, found and found.node.pointer) == (version, pointer)

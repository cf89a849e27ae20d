"""Reading the policy file: what it may say, and what an error says."""

from __future__ import annotations

import pytest
from policy_makers import TextDocuments

from contractguard.errors import UsageError
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Impact, Reading, Severity
from contractguard.policy import Policy, Scheme, default_policy, load_policy, load_policy_file


def load(text: str, *, ref: str | None = "origin/main", **others: str) -> Policy:
    policy = load_all({"contractguard.yaml": text, **others}, ref=ref)
    assert policy is not None
    return policy


def load_all(files: dict[str, str], *, ref: str | None = None) -> Policy | None:
    documents = TextDocuments(files)
    return load_policy(documents, ref=ref, read_bytes=documents.read_bytes)


def refused(text: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        load(text)
    return caught.value


FULL = """\
version: 1
contracts:
  - id: orders-api
    path: apis/orders/openapi.yaml
    kind: openapi
    owner: team-orders
    version: {from: info.version, scheme: semver}
    compatibility: FULL
    reading: strict
    profile: wire
  - path: ["events/*.json"]
    kind: jsonschema
    dialect: draft-07
    role: emitted
profile: sdk
edition: 2026-11
reading: strict
rules:
  overrides:
    enum-value-added: warning
    type-changed: {breaking: info}
  paths: [style/rules]
fail_on: warning
"""


def test_everything_that_is_written_is_read() -> None:
    policy = load(FULL)
    assert (policy.ref, policy.path, policy.profile, policy.edition) == (
        "origin/main",
        "contractguard.yaml",
        "sdk",
        "2026-11",
    )
    assert policy.reading is Reading.STRICT
    assert policy.fail_on is Severity.WARNING
    assert policy.rule_paths == ("style/rules",)
    assert policy.names_contracts
    orders = policy.contract_for("apis/orders/openapi.yaml")
    assert (orders.id, orders.governed, orders.owner, orders.profile) == ("orders-api", True, "team-orders", "wire")
    assert (orders.kind, orders.scheme, orders.version_from) == (ContractKind.OPENAPI, Scheme.SEMVER, "info.version")
    assert orders.mode(ContractKind.OPENAPI) is CompatibilityMode.FULL
    assert orders.reading is Reading.STRICT
    assert policy.notes == ()


def test_an_override_is_for_all_impacts_of_a_rule_or_for_those_named() -> None:
    severities = load(FULL).severities({"enum-value-added", "type-changed"})
    assert severities["type-changed", Impact.BREAKING] is Severity.INFO
    assert ("type-changed", Impact.RISKY) not in severities
    assert {severities["enum-value-added", impact] for impact in Impact} == {Severity.WARNING}


def test_an_override_of_no_rule_names_the_line_and_the_nearest_rule() -> None:
    with pytest.raises(UsageError) as caught:
        load(FULL).severities({"enum-value-add", "type-changed"})
    assert (caught.value.path, caught.value.line, caught.value.column) == ("contractguard.yaml", 20, 5)
    assert caught.value.remedy == "did you mean 'enum-value-add'?"


def test_an_override_like_no_rule_points_to_the_list() -> None:
    with pytest.raises(UsageError, match="there is no rule 'zzz'") as caught:
        load("version: 1\nrules: {overrides: {zzz: off}}\n".replace("off", "'off'")).severities({"type-changed"})
    assert caught.value.remedy == "`contractguard rules list` shows all rules"


def test_without_a_policy_there_is_none_and_the_default_applies() -> None:
    assert load_all({"api.yaml": "openapi: 3.1.0"}) is None
    assert load_all({"pyproject.toml": "[project]\nname = 'x'"}) is None
    default = default_policy()
    assert (default.ref, default.path, default.profile, default.reading) == (
        None,
        None,
        "recommended",
        Reading.DECLARED,
    )
    assert default.fail_on is None
    assert not default.names_contracts
    assert default.rule_paths == (".contractguard/rules",)


def test_a_table_in_pyproject_is_the_same_policy() -> None:
    toml = """\
[tool.contractguard]
version = 1
profile = "wire"
[[tool.contractguard.contracts]]
id = "a"
path = "a.yaml"
"""
    policy = load_all({"pyproject.toml": toml})
    same = load("version: 1\nprofile: wire\ncontracts: [{id: a, path: a.yaml}]\n")
    assert policy is not None
    assert policy.path == "pyproject.toml"
    assert policy.contract_for("a.yaml") == same.contract_for("a.yaml")
    assert policy.digest == same.digest


def test_two_policies_are_an_error() -> None:
    with pytest.raises(UsageError, match="two policies"):
        load_all({"contractguard.yaml": "version: 1", "pyproject.toml": "[tool.contractguard]\nversion = 1"})


@pytest.mark.parametrize("name", ["contractguard.yml", ".contractguard.yaml"])
def test_a_policy_under_nearly_its_name_is_not_passed_over(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_all({name: "version: 1"})
    assert caught.value.remedy == "rename it to contractguard.yaml"


def test_a_pyproject_of_others_may_be_broken_and_ours_may_not() -> None:
    assert load_all({"pyproject.toml": "= broken"}) is None
    with pytest.raises(UsageError, match="not valid TOML") as caught:
        load_all({"pyproject.toml": "[tool.contractguard]\nversion = = 1"})
    assert (caught.value.path, caught.value.line) == ("pyproject.toml", 2)


@pytest.mark.parametrize("hostile", ["x = " + "[" * 5000, "x = " + "9" * 5000, "x = '" + "a" * (1 << 20) + "'"])
def test_hostile_toml_is_wrong_configuration_and_nothing_worse(hostile: str) -> None:
    with pytest.raises(UsageError):
        load_all({"pyproject.toml": f"[tool.contractguard]\n{hostile}"})


@pytest.mark.parametrize(
    ("toml", "line", "column"),
    [
        ('[tool.contractguard]\nversion = 1\nprofil = "x"\n', 3, 1),
        ('[tool.other]\nprofil = 1\n[tool.contractguard]\nversion = 1\n\n  profil = "x"\n', 6, 3),
        ("[tool.contractguard]\nversion = 1\n[tool.contractguard.rulez]\n", 3, 2),
        (
            (
                '[tool.contractguard]\nversion = 1\n[[tool.contractguard.contracts]]\npath = "a"\n'
                '[[tool.contractguard.contracts]]\npath = "b"\nidd = "c"\n'
            ),
            7,
            1,
        ),
        ('[tool.contractguard]\nversion = 1\ncontracts = [{path = "a", idd = "c"}]\n', 3, 1),
    ],
)
def test_errors_in_pyproject_name_the_line(toml: str, line: int, column: int) -> None:
    with pytest.raises(UsageError) as caught:
        load_all({"pyproject.toml": toml})
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "remedy"),
    [
        ("- version: 1\n", 1, 1, "must be a mapping", "version: 1"),
        ("profile: wire\n", 1, 1, "does not say its version", "version: 1"),
        ("version: 2\n", 1, 1, "policy version '2' is unknown", "upgrade contractguard"),
        ("version: true\n", 1, 1, "policy version 'True' is unknown", "version: 1"),
        ("version: 1\nprofil: wire\n", 2, 1, "unknown key 'profil'", "did you mean 'profile'?"),
        ("version: 1\nzzz: wire\n", 2, 1, "unknown key 'zzz'", "allowed are approvals, contracts"),
        ("version: 1\ncontracts:\n  - path: a\n    ownr: x\n", 4, 5, "unknown key 'ownr'", "'owner'"),
        ("version: 1\nprofile: [wire]\n", 2, 1, "expected `str | null`, got `array`", None),
        ("version: 1\ncontracts:\n  - id: a\n", 3, 5, "missing required field `path`", None),
        ("version: 1\ncontracts:\n  - path: a\n    kind: openap\n", 4, 5, "unknown value 'openap'", "'openapi'"),
        ("version: 1\nfail_on: never\n", 2, 1, "unknown value 'never'", "error, info, off, warning"),
        ("version: 1\nrules: {overrides: {a: fatal}}\n", 2, 21, "unknown value 'fatal'", "allowed are"),
        ("version: 1\nrules: {overrides: {a: {bad: info}}}\n", 2, 25, "unknown value 'bad'", "breaking"),
        ("version: 1\nrules: {overrides: {a: {risky: infoo}}}\n", 2, 25, "unknown value 'infoo'", "'info'"),
        ("version: 1\nrules: {overrides: {a: 3}}\n", 2, 9, "got `int`", None),
        ("version: 1\nprofile: a\nprofile: b\n", 3, 1, "'profile' stands twice", "merge the two"),
        ("version: 1\ncontracts: [{path: /etc/a}]\n", 2, 14, "not a path in the repository", "top of the repository"),
        ("version: 1\ncontracts: [{path: ../a}]\n", 2, 14, "not a path in the repository", None),
        ("version: 1\ncontracts: [{path: []}]\n", 2, 14, "names no path", None),
        (f"version: 1\ncontracts: [{{path: '{'*a' * 17}'}}]\n", 2, 14, "wildcards", None),
        ("version: 1\ncontracts: [{path: a, id: a/b}]\n", 2, 23, "'a/b' is not an id", "letters"),
        ("version: 1\nrules: {paths: [a, ../b]}\n", 2, 20, "not a path", None),
        (
            "version: 1\ncontracts:\n  - {path: a, id: x}\n  - {path: b, id: x}\n",
            4,
            15,
            "'x' is already the id of the contract at line 3",
            "once",
        ),
        (
            "version: 1\ncontracts:\n  - {path: a, id: x}\n  - {path: a, id: y}\n",
            4,
            6,
            "'a' is already the path of the contract at line 3",
            "once",
        ),
    ],
)
def test_an_error_says_what_where_and_how_to_mend_it(
    text: str, line: int, column: int, message: str, remedy: str | None
) -> None:
    error = refused(text)
    assert message in error.message
    assert (error.path, error.line, error.column) == ("contractguard.yaml", line, column)
    assert remedy is None or remedy in (error.remedy or "")


def test_broken_yaml_is_wrong_configuration() -> None:
    error = refused("version: [1\n")
    assert (error.exit_code, error.path) == (2, "contractguard.yaml")


def test_what_this_version_does_not_do_is_said() -> None:
    policy = load(
        "version: 1\napprovals: {roles: {}}\nwaivers: {max_days: 90}\ndeprecation: {notice: {}, extensions: {sunset: [x-end]}}\n"
        "contracts:\n  - {path: a, stability: beta, docs: [d]}\n  - {path: b, stability: stable, same_change_as: [a]}\n"
        "  - {path: c, version: {scheme: registry}}\n"
    )
    assert policy.notes == (
        "`approvals` is not acted on by this version",
        "`waivers` is not acted on by this version",
        "`deprecation.notice` is not acted on by this version",
        "`contracts[].docs` is not acted on by this version",
        "`contracts[].same_change_as` is not acted on by this version",
        "version scheme registry is not acted on by this version: the scheme is taken from the version itself",
    )
    assert policy.contract_for("c").scheme is None


def test_the_digest_is_of_the_content_and_not_of_the_layout() -> None:
    one = load("version: 1\nprofile: wire\nfail_on: info\n")
    assert one.digest == load("# a remark\nfail_on: info\n\nprofile: 'wire'\nversion: 1\n").digest
    assert one.digest != load("version: 1\nprofile: wire\nfail_on: error\n").digest
    assert one.digest.startswith("sha256:")


def test_a_policy_file_can_be_named() -> None:
    policy = load_policy_file(TextDocuments({"x/other.yaml": "version: 1\nprofile: wire\n"}), "x/other.yaml")
    assert (policy.profile, policy.path, policy.ref) == ("wire", "x/other.yaml", None)
    with pytest.raises(UsageError, match="no such policy file"):
        load_policy_file(TextDocuments({}), "x/other.yaml")

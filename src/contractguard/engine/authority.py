"""By what a comparison is judged: the policy and the rules of the authority ref, and changes to them."""

from __future__ import annotations

from collections.abc import Callable

from contractguard.documents import DocumentSet
from contractguard.engine.catalogue import builtin_catalogue, with_rules_of
from contractguard.engine.request import Request
from contractguard.errors import UsageError
from contractguard.model.change import Change, Direction, Effect
from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Finding
from contractguard.model.profile import Profile
from contractguard.policy import (
    Policy,
    apply_profile,
    changed_judges,
    default_policy,
    drop_off,
    load_policy,
    load_policy_file,
    to_finding,
)
from contractguard.rules import Catalogue, judge
from contractguard.sources import ReadableSnapshot, Sides, authority_snapshot
from contractguard.sources.memory import MemorySnapshot


def policy_and_rules(request: Request, sides: Sides) -> tuple[Policy, Catalogue]:
    """The policy and the rules of the authority ref, or the file that the user named (DESIGN section 5)."""
    if request.config is not None:
        try:
            raw = request.config.read_bytes()
        except OSError as error:
            raise UsageError(
                f"the policy cannot be read: {error.strerror}",
                path=str(request.config),
                remedy="name a policy file, or leave --config out to go by the policy of the repository",
            ) from None
        documents = DocumentSet(MemorySnapshot("config", {request.config.name: raw}))
        return load_policy_file(documents, request.config.name), builtin_catalogue()
    authority = authority_snapshot(
        sides.repository, environment=request.environment, policy_from=request.policy_from, beside=sides
    )
    if authority is None:
        return default_policy(), builtin_catalogue()
    documents = DocumentSet(authority)
    policy = load_policy(documents, ref=authority.ref, read_bytes=_reader(authority)) or default_policy()
    return policy, with_rules_of(documents, policy.rule_paths)


def judge_changes(sides: Sides, policy: Policy, catalogue: Catalogue, profile: Profile) -> tuple[Finding, ...]:
    """Findings about the files that decide how changes are judged: they belong to no contract."""
    paths = changed_judges(
        sides.base.entries,
        sides.head.entries,
        read_base=_reader(sides.base),
        read_head=_reader(sides.head),
        rule_paths=policy.rule_paths,
    )
    judgements = [
        judgement
        for path in paths
        for judgement in judge(
            catalogue,
            Change(
                kind="policy.changed",
                effect=Effect.NONE,
                direction=Direction.INPUT,
                element=path,
                subject=f"'{path}'",
                details={"file": path},
            ),
            mode=CompatibilityMode.BACKWARD,
            contract_kind=ContractKind.OPENAPI,
        )
    ]
    findings = tuple(to_finding(judgement, contract_id="", base=None, head=None) for judgement in judgements)
    return drop_off(apply_profile(findings, profile))


def _reader(snapshot: ReadableSnapshot) -> Callable[[str], bytes | None]:
    def read(path: str) -> bytes | None:
        return snapshot.read([path])[path] if path in snapshot.entries else None

    return read

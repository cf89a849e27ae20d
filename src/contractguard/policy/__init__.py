"""Policy: the configuration of a repository, and the passes that turn judgements into findings and a gate.

Everything here is pure: no clock (`today` is passed in), no files, no git.
"""

from __future__ import annotations

from contractguard.model.dates import sunset_date
from contractguard.policy.findings import DEFAULT_SEVERITY, merge_causes, to_finding
from contractguard.policy.fingerprints import fingerprint
from contractguard.policy.gate import evaluate_gate
from contractguard.policy.judges import changed_judges
from contractguard.policy.loading import default_policy, load_policy, load_policy_file
from contractguard.policy.passes.edition import apply_edition
from contractguard.policy.passes.lifecycle import apply_lifecycle
from contractguard.policy.passes.off import drop_off
from contractguard.policy.passes.overrides import apply_overrides
from contractguard.policy.passes.profile import apply_profile
from contractguard.policy.passes.standing import apply_standing
from contractguard.policy.policy import ContractRule, Extensions, Override, Policy
from contractguard.policy.standing import Standing, Standings, standings
from contractguard.policy.versioning.changes import (
    VersionChange,
    declared_bump,
    detect_scheme,
    next_version,
    required_bump,
    version_changes,
)
from contractguard.policy.versioning.schemes import Scheme
from contractguard.policy.versioning.sources import declared_version

__all__ = [
    "DEFAULT_SEVERITY",
    "ContractRule",
    "Extensions",
    "Override",
    "Policy",
    "Scheme",
    "Standing",
    "Standings",
    "VersionChange",
    "apply_edition",
    "apply_lifecycle",
    "apply_overrides",
    "apply_profile",
    "apply_standing",
    "changed_judges",
    "declared_bump",
    "declared_version",
    "default_policy",
    "detect_scheme",
    "drop_off",
    "evaluate_gate",
    "fingerprint",
    "load_policy",
    "load_policy_file",
    "merge_causes",
    "next_version",
    "required_bump",
    "standings",
    "sunset_date",
    "to_finding",
    "version_changes",
]

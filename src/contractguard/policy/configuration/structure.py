"""What a policy file may say (GOVERNANCE section 1): strict structures, and the keys that belong to other versions."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from contractguard.model.document import ContractKind
from contractguard.model.finding import CompatibilityMode, Formats, Reading, Severity
from contractguard.model.lifecycle import Stability
from contractguard.model.schema import Dialect
from contractguard.policy.versioning.schemes import Scheme


class Role(StrEnum):
    """Who reads what a JSON Schema describes: the provider accepts it, or emits it."""

    ACCEPTED = "accepted"
    EMITTED = "emitted"


class AudienceName(StrEnum):
    """Who uses a contract: three groups, and the five of the Zalando guidelines (rule 219)."""

    INTERNAL = "internal"
    PARTNER = "partner"
    PUBLIC = "public"
    COMPONENT_INTERNAL = "component-internal"
    BUSINESS_UNIT_INTERNAL = "business-unit-internal"
    COMPANY_INTERNAL = "company-internal"
    EXTERNAL_PARTNER = "external-partner"
    EXTERNAL_PUBLIC = "external-public"


class _Strict(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Unknown keys are refused."""


class VersionEntry(_Strict):
    """`version` of a contract: where it is written (`info.version`, or a JSON pointer) and what its parts mean."""

    source: str | None = msgspec.field(name="from", default=None)
    scheme: Scheme | None = None


class ContractEntry(_Strict):
    """One item of `contracts`. `path` holds paths, or globs as in a .gitignore file."""

    path: str | list[str]
    id: str | None = None
    kind: ContractKind | None = None
    dialect: Dialect | None = None
    owner: str | None = None
    audience: AudienceName | None = None
    stability: Stability | None = None
    version: VersionEntry | None = None
    compatibility: CompatibilityMode | None = None
    supported: str | list[str] | None = None
    history: bool | None = None
    reading: Reading | None = None
    formats: Formats | None = None
    role: Role | None = None
    profile: str | None = None


class RulesEntry(_Strict):
    """`rules`: severities by rule id (for one impact of the rule, or for all), and folders with rules of one's own."""

    overrides: dict[str, str | dict[str, str]] = msgspec.field(default_factory=dict)
    paths: list[str] = msgspec.field(default_factory=list)


class ExtensionsEntry(_Strict):
    """`deprecation.extensions`: the names under which the contracts write what OpenAPI has no keyword for."""

    sunset: list[str] = msgspec.field(default_factory=list)
    replaced_by: list[str] = msgspec.field(default_factory=list)
    stability: list[str] = msgspec.field(default_factory=list)
    guide: list[str] = msgspec.field(default_factory=list)
    audience: list[str] = msgspec.field(default_factory=list)
    deprecated: list[str] = msgspec.field(default_factory=list)


class DeprecationEntry(_Strict):
    """`deprecation`."""

    extensions: ExtensionsEntry = msgspec.field(default_factory=ExtensionsEntry)


class PolicyEntry(_Strict):
    """The whole file."""

    version: int
    contracts: list[ContractEntry] = msgspec.field(default_factory=list)
    profile: str | None = None
    edition: str | None = None
    reading: Reading | None = None
    formats: Formats | None = None
    dialects: dict[str, str] = msgspec.field(default_factory=dict)
    histories: bool = True
    rules: RulesEntry = msgspec.field(default_factory=RulesEntry)
    deprecation: DeprecationEntry = msgspec.field(default_factory=DeprecationEntry)
    fail_on: Severity | None = None


CHILDREN: dict[type[msgspec.Struct], dict[str, type[msgspec.Struct]]] = {
    PolicyEntry: {"contracts": ContractEntry, "rules": RulesEntry, "deprecation": DeprecationEntry},
    ContractEntry: {"version": VersionEntry},
    DeprecationEntry: {"extensions": ExtensionsEntry},
}
"""Which structure lies below which key (for a list: in each of its items)."""

CHOICES: dict[str, type[StrEnum]] = {
    "kind": ContractKind,
    "dialect": Dialect,
    "audience": AudienceName,
    "stability": Stability,
    "scheme": Scheme,
    "compatibility": CompatibilityMode,
    "reading": Reading,
    "formats": Formats,
    "role": Role,
    "fail_on": Severity,
}
"""The values allowed at each key whose values are a closed list."""

NOT_ACTED_ON: dict[type[msgspec.Struct], frozenset[str]] = {
    PolicyEntry: frozenset({"entities", "approvals", "waivers", "controls", "launch_gate"}),
    ContractEntry: frozenset({"docs", "same_change_as"}),
    DeprecationEntry: frozenset({"notice", "measure_from", "require", "removal"}),
}
"""Keys that GOVERNANCE describes and this version leaves alone. They are named in the notes of the policy, never dropped in
silence."""

SCHEMES_NOT_ACTED_ON = frozenset({"path-major", "registry"})
"""Version schemes that GOVERNANCE describes and this version does not judge."""

"""What the keys of the report JSON mean, where their name does not say it: the descriptions of the published schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, str]] = {
    "Report": {
        "base": "The older side.",
        "head": "The newer side.",
        "today": "The ISO date the report was judged for; null where no rule needed a date.",
        "reading": "How schemas are read: `declared` lets open objects gain properties, `strict` is plain inclusion.",
        "policy": "The policy applied; null where none was (a plain diff).",
        "dialects": "What `$schema` URIs of the user's own stand for; no key where none are configured.",
        "verdict": "The worst verdict of all contracts.",
        "required_bump": "The largest version step that a contract needs.",
        "findings": "Findings of no single contract. Those of a contract are below it.",
        "errors": "What could not be read and belongs to no single contract.",
        "notes": "Remarks for the reader.",
        "truncated": "What was left out of this file because there was too much; null where it is complete.",
    },
    "Tool": {"edition": "The edition of the rule catalogue."},
    "SideRef": {"ref": "As the user named it.", "commit": "The commit id it resolved to; null where it is no commit."},
    "PolicyRef": {"ref": "Where it was read; null for the built-in policy.", "digest": "Identifies its content."},
    "DialectRef": {"dialect": "The dialect that schemas with this `$schema` were read in."},
    "Gate": {
        "fail_on": "The severity on which the gate fails, or worse; null or `off`: never.",
        "reasons": "Why it fails, in words.",
    },
    "Truncation": {},
    "ReportError": {
        "exit_code": "2: wrong use or configuration; 3: unreadable; 4: a limit was hit; 70: a bug of contractguard.",
        "side": "`base` or `head`; null where it is about neither.",
        "line": "1-based.",
        "column": "1-based.",
        "remedy": "How to mend it.",
    },
    "SchemaPlace": {"dialect": "The language that the schema is read in."},
    "Versions": {"base": "As the contract declares it; null where it declares none."},
    "ContractReport": {
        "path": "The file at head, or at base where the contract is gone.",
        "base_path": "The file at base, where it is another one.",
        "dialect": "As shown to people: `OpenAPI 3.1.0`, `JSON Schema draft-07`, `Avro`.",
        "mode": "Which sides must understand which.",
        "required_bump": "The version step that the findings need.",
        "declared_bump": "The step between the declared versions; null where there is none to compare.",
        "notes": "Remarks for the reader.",
        "resolution": "Of two Avro schemas, for each direction that `mode` asks for; no key for other contracts.",
    },
    "Resolution": {
        "direction": "`input`: head reads what base wrote; `output`: base reads what head wrote.",
        "incompatibilities": "Why data are not read; empty where all are.",
    },
    "Incompatibility": {
        "type": "Apache Avro's word: `NAME_MISMATCH`, `FIXED_SIZE_MISMATCH`, `MISSING_ENUM_SYMBOLS`, …",
        "pointer": "JSON Pointer in the reader's schema with every named type written out where it is used; `/` is the whole.",
    },
    "Finding": {
        "rule": "The id of the rule. Ids are stable; titles and messages are not.",
        "fingerprint": "Identifies the finding from run to run, whatever its message or lines (`fp1:…`).",
        "change": "The kind of change, such as `property.removed`.",
        "effect": "What the change does to the set of valid payloads or calls.",
        "impact": "A fact about compatibility.",
        "severity": "What policy makes of it.",
        "direction": "`input`: what the provider accepts; `output`: what it emits.",
        "element": "A stable selector of what changed: `POST /orders > request > application/json > items[] > total`.",
        "subject": "What a sentence calls it: `property 'total'`.",
        "operations": "All operations that it reaches, sorted.",
        "base": "Where it stands at base; null where it is absent there.",
        "head": "Where it stands at head; null where it is absent there.",
        "before": "The value at base; null also where there is none.",
        "after": "The value at head; null also where there is none.",
        "because": "Why the change has this impact in this direction.",
        "layers": "What it touches: `wire`, `sdk`, `semantic`.",
        "sunset": "The sunset date that base announced for what is removed, as written.",
        "trail": "How policy came to the severity, step by step.",
        "against": "The older version that stands for base in this finding; the key is there where a transitive mode found it.",
    },
    "Against": {
        "version": "As its place or its tag names it.",
        "ref": "The tag that holds it; null where it lies beside the contract.",
        "commit": "The commit of that tag; null without one.",
        "path": "Where it lies.",
    },
    "OperationUse": {
        "path": "The path template; for a webhook its name.",
        "place": "`request body`, `response`, `query parameter limit`, …",
        "status": "The status code or range of a response; empty where it does not apply.",
        "media_type": "Empty where it does not apply.",
    },
    "Location": {
        "pointer": "JSON Pointer (RFC 6901) in the file.",
        "line": "1-based, of the key or item that the pointer names.",
        "column": "1-based.",
    },
    "Evidence": {
        "payload": "The payload of a witness. There is one when the key is there: null is a payload, too.",
        "accepted_by": "`base` or `head`: the side on which the payload is valid.",
        "refused_because": "What the other side says against it.",
        "base_schema": "Where the schema of the whole payload stands at base; null without a witness, or where base has none.",
        "head_schema": "The same at head.",
        "role": "What the payload is in HTTP, for readOnly and writeOnly; null without a witness.",
        "note": "What was shown, or what stopped a proof.",
    },
    "Migration": {"consumer": "What consumers do.", "provider": "What the provider does."},
}
"""Type → key → meaning."""

"""Comparing two whole descriptions."""

from __future__ import annotations

from contractguard.diff.collector import Collector
from contractguard.diff.openapi.calls import compare_paths
from contractguard.diff.openapi.comparison import Comparison
from contractguard.diff.openapi.inheritance import compare_heirs
from contractguard.diff.openapi.lifecycle import compare_contract_marks
from contractguard.diff.openapi.matching import match_calls, match_named
from contractguard.diff.openapi.metadata import compare_metadata, compare_unused_components
from contractguard.diff.openapi.operations import compare_webhooks
from contractguard.diff.openapi.security_schemes import compare_security_schemes, renamed_schemes
from contractguard.diff.openapi.servers import compare_root_servers
from contractguard.diff.payloads import Payloads
from contractguard.diff.unchanged import Unchanged
from contractguard.model.contract import OpenApiContract


def compare(
    base: OpenApiContract, head: OpenApiContract, collector: Collector, payloads: Payloads, unchanged: Unchanged
) -> None:
    """Give every structural change from `base` to `head` to `collector`, and every pair of schemas to `payloads`.

    Call `payloads.changes_into(collector)` afterwards. Raises `UnreadableError` for a schema that cannot be read, `LimitError`
    for too many of them.
    """
    comparison = Comparison(
        base=base,
        head=head,
        collector=collector,
        payloads=payloads,
        unchanged=unchanged,
        operations=match_calls(base.api.operations, head.api.operations),
        webhooks=match_named(base.api.webhooks, head.api.webhooks),
        scheme_names=renamed_schemes(base.api, head.api),
    )
    compare_root_servers(comparison)
    compare_security_schemes(comparison)
    compare_paths(comparison)
    compare_webhooks(comparison)
    compare_heirs(comparison)
    compare_metadata(comparison)
    compare_contract_marks(comparison)
    compare_unused_components(comparison)

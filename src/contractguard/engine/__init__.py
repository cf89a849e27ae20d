"""The way of the data, end to end: the only package that knows all stages.

`run` makes a report from a request; `exit_code` tells how a command ends with it. The rest serves commands about rules.
"""

from __future__ import annotations

from contractguard.engine.catalogue import (
    builtin_catalogue,
    catalogue_with_user_rules,
    example_comparison,
)
from contractguard.engine.request import Request
from contractguard.engine.run import compare_snapshots, exit_code, run
from contractguard.policy.configuration.dialects import own_dialect
from contractguard.policy.supported import Supported, read_supported

__all__ = [
    "Request",
    "Supported",
    "builtin_catalogue",
    "catalogue_with_user_rules",
    "compare_snapshots",
    "example_comparison",
    "exit_code",
    "own_dialect",
    "read_supported",
    "run",
]

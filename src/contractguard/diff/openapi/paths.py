"""Path templates: which operations of both sides are the same one (OpenAPI 3.2, section 4.8.2 "Path Templating Matching").

Templated paths "with the same hierarchy but different templated names MUST NOT exist as they are identical", so names of
path parameters do not tell operations apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from contractguard.diff.openapi.comparison import OperationPair
from contractguard.model.openapi import Operation

_EXPRESSION = re.compile(r"\{([^{}]*)\}")


def without_names(path: str) -> str:
    """A path template with the names of its parameters taken out: `/orders/{}`."""
    return _EXPRESSION.sub("{}", path)


def parameter_names(path: str) -> list[str]:
    """The names of the parameters of a path template, by position."""
    return _EXPRESSION.findall(path)


def renamed(base_path: str, head_path: str) -> Mapping[str, str]:
    """New name → old name of each path parameter that is called something else at the same position."""
    if base_path == head_path:
        return {}
    pairs = zip(parameter_names(base_path), parameter_names(head_path), strict=False)
    return {new: old for old, new in pairs if new != old}


def match_operations(
    base: Sequence[Operation], head: Sequence[Operation], *, templated: bool = True
) -> tuple[OperationPair, ...]:
    """Pairs of the same operation, in the order of base; then those that only head has.

    Equal paths match first, then (where paths are templates) those that differ in names of parameters only.
    """
    free = {(operation.method, operation.path): operation for operation in head}
    partners: dict[int, Operation] = {}
    for operation in base:
        partner = free.pop((operation.method, operation.path), None)
        if partner is not None:
            partners[id(operation)] = partner
    if templated:
        by_shape: dict[tuple[str, str], list[Operation]] = defaultdict(list)
        for operation in free.values():
            by_shape[operation.method, without_names(operation.path)].append(operation)
        for operation in base:
            candidates = by_shape.get((operation.method, without_names(operation.path)))
            if id(operation) not in partners and candidates:
                partner = candidates.pop(0)
                partners[id(operation)] = partner
                del free[partner.method, partner.path]
    pairs = ((operation, partners.get(id(operation))) for operation in base)
    return (*pairs, *((None, operation) for operation in free.values()))

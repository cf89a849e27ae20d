"""Path templates: their names, and how far two of them agree (OpenAPI 3.2, section 4.8.2 "Path Templating Matching").

Templated paths "with the same hierarchy but different templated names MUST NOT exist as they are identical", so names of
path parameters do not tell operations apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from contractguard.model.openapi import Operation, ParameterLocation

_EXPRESSION = re.compile(r"\{([^{}]*)\}")
_ANYTHING = "{}"


def without_names(path: str) -> str:
    """A path template with the names of its parameters taken out: `/orders/{}`."""
    return _EXPRESSION.sub(_ANYTHING, path)


def parameter_names(path: str) -> list[str]:
    """The names of the parameters of a path template, by position."""
    return _EXPRESSION.findall(path)


def renamed(base_path: str, head_path: str) -> Mapping[str, str]:
    """New name → old name of each path parameter that is called something else at the same position.

    Where the paths differ in more than names, positions count in the part at the end that both have.
    """
    if base_path == head_path:
        return {}
    old_front, new_front = fronts(base_path, head_path)
    if without_names(old_front) == without_names(new_front):
        old_front = new_front = ""
    return renamed_by_position(base_path[len(old_front) :], head_path[len(new_front) :])


def renamed_by_position(base: str, head: str) -> Mapping[str, str]:
    """New name → old name of each expression of a template that is called something else, counted from the start."""
    pairs = zip(parameter_names(base), parameter_names(head), strict=False)
    return {new: old for old, new in pairs if new != old}


def fits(pattern: str, text: str) -> bool:
    """Whether a text is one that a template without names stands for, where `{}` is anything."""
    if _ANYTHING not in pattern:
        return pattern == text
    first, *middle, last = pattern.split(_ANYTHING)
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    place, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True


def fronts(base_path: str, head_path: str) -> tuple[str, str]:
    """What stands before the segments at the end that two path templates have in common, names left aside.

    `/v1/orders/{id}` and `/api/v2/orders/{key}` differ in `/v1` and `/api/v2`.
    """
    old, new = base_path.split("/"), head_path.split("/")
    common = 0
    for one, other in zip(reversed(old[1:]), reversed(new[1:]), strict=False):
        if without_names(one) != without_names(other):
            break
        common += 1
    return "/".join(old[: len(old) - common]), "/".join(new[: len(new) - common])


def with_shared_path_parameters(base: Operation, head: Operation) -> tuple[Operation, Operation]:
    """Two operations of paths that differ, without the path parameters that only one of the paths has.

    That a part of the path came or went is told of the path; its parameters come and go with it.
    """
    old, new = (parameter_names(front) for front in fronts(base.path, head.path))
    return without_path_parameters(base, set(old) - set(new)), without_path_parameters(head, set(new) - set(old))


def without_path_parameters(operation: Operation, names: set[str]) -> Operation:
    """An operation without some of its path parameters."""
    keys = {(ParameterLocation.PATH, name) for name in names}
    if not keys & operation.parameters.keys():
        return operation
    kept = {key: parameter for key, parameter in operation.parameters.items() if key not in keys}
    return replace(operation, parameters=kept)

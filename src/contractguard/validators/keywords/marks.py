"""Which names a request or a response need not carry, because their schema is readOnly or writeOnly.

OpenAPI 3.0.4, Schema Object, readOnly: "If the property has readOnly set to true and is in the required list, the required will
take effect on the response only"; Swagger 2.0 has readOnly alone. A mark may stand in a schema that a property refers to, and
the property in another branch of the `allOf` that requires it, so all schemas that hold at one object are looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from contractguard.model.payload import Role
from contractguard.validators.outcomes import Errors, Loose, Validator, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = {Role.REQUEST: "readOnly", Role.RESPONSE: "writeOnly"}
_DEEPEST = 64
"""References and branches followed in place to find a mark."""


class Marks:
    """The schemas that hold at the object being looked at. One for each check at a time."""

    def __init__(self, known: frozenset[str], work: Work) -> None:
        self._known = known
        self._work = work
        self._enclosing: list[tuple[Loose, Validator, Loose]] = []

    def clear(self) -> None:
        """Forget what a check that broke off left behind."""
        self._enclosing.clear()

    def remembering(self, keyword: Callable[..., Errors]) -> Callable[..., Errors]:
        """A keyword that applies other schemas to the same value: while it runs, its schema counts for their `required`."""

        def check(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:
            if self._work.role not in _MARKS or not isinstance(instance, dict):
                return keyword(validator, value, instance, schema)
            self._enclosing.append((instance, validator, schema))
            try:
                return iter(list(keyword(validator, value, instance, schema)))
            finally:
                self._enclosing.pop()

        return check

    def excused(self, validator: Validator, instance: Loose, schema: Loose, role: Role) -> frozenset[str]:
        """The names that `required` of `schema` does not ask for in a payload of this role."""
        mark = _MARKS.get(role)
        if mark is None or mark not in self._known:
            return frozenset()
        found = set(_marked_names(validator, schema, mark, _DEEPEST))
        for enclosed, outer, outer_schema in reversed(self._enclosing):
            if enclosed is not instance:
                break
            found.update(_marked_names(outer, outer_schema, mark, _DEEPEST))
        return frozenset(found)


def _marked_names(validator: Validator, schema: Loose, mark: str, depth: int) -> Iterator[str]:
    for inner_validator, inner in _holding(validator, schema, depth):
        properties = inner.get("properties")
        for name, child in properties.items() if isinstance(properties, dict) else ():
            if any(part.get(mark) is True for _, part in _holding(inner_validator, child, depth)):
                yield name


def _holding(validator: Validator, schema: Loose, depth: int) -> Iterator[tuple[Validator, Loose]]:
    """The schema objects that all hold where `schema` does: itself, what it refers to, the branches of its `allOf`."""
    stack, met = [(validator, schema, depth)], set()
    while stack:
        within, part, left = stack.pop()
        if not isinstance(part, dict) or left == 0 or id(part) in met:
            continue
        met.add(id(part))
        told = dict(within.applicable(part))
        yield within, told
        if isinstance(told.get("$ref"), str):
            target = within.target(told["$ref"])
            if target is not None:
                stack.append((target, target.schema, left - 1))
        branches = told.get("allOf")
        stack.extend((within, branch, left - 1) for branch in (branches if isinstance(branches, list) else ()))

"""`unevaluatedProperties` and `unevaluatedItems`: what no other keyword in force at the same value has looked at.

2020-12 core, 11; 2019-09 core, 9.3.1.3 and 9.3.2.4. The library matches names with `re` and, for 2019-09, takes the keywords of
`additionalProperties` for property names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from contractguard.validators.keywords.arrays import item_schemas
from contractguard.validators.outcomes import Errors, Loose, Validator, refused, undecided, verdict
from contractguard.validators.patterns import found_in


@dataclass(slots=True)
class _Seen:
    """Names or positions that were looked at for sure, and those that may have been."""

    surely: set[Loose] = field(default_factory=set)
    perhaps: set[Loose] = field(default_factory=set)

    def add(self, found: set[Loose], *, sure: bool = True) -> None:
        (self.surely if sure else self.perhaps).update(found)

    def join(self, other: _Seen, *, sure: bool) -> None:
        self.add(other.surely, sure=sure)
        self.perhaps |= other.perhaps


_Local = Callable[[Validator, Loose, Loose, _Seen], None]


def unevaluated_properties(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:
    """`unevaluatedProperties`."""
    if validator.is_type(instance, "object"):
        seen = _looked_at(validator, instance, schema, _names_at, is_root=True)
        yield from _rest(validator, value, instance, seen)


def unevaluated_items(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:
    """`unevaluatedItems`."""
    if validator.is_type(instance, "array"):
        seen = _looked_at(validator, instance, schema, _positions_at, is_root=True)
        yield from _rest(validator, value, instance, seen)


def _rest(validator: Validator, value: Loose, instance: Loose, seen: _Seen) -> Errors:
    is_object = isinstance(instance, dict)
    what = "properties" if is_object else "items"
    for key in instance if is_object else range(len(instance)):
        if key in seen.surely:
            continue
        valid = verdict(validator.descend(instance[key], value))
        if valid:
            continue
        if valid is None or key in seen.perhaps:
            yield undecided(f"whether {{}} is left over for unevaluated {what} cannot be told", key)
        elif value is False:
            yield refused(f"Unevaluated {what} are not allowed ({{}} was unexpected)", key)
        else:
            yield from validator.descend(instance[key], value, path=key)


def _looked_at(validator: Validator, instance: Loose, schema: Loose, local: _Local, *, is_root: bool = False) -> _Seen:
    """What `schema`, which holds or may hold at `instance`, looks at; at the root without its own unevaluated keywords."""
    seen = _Seen()
    if not isinstance(schema, dict):
        return seen
    validator.enter()
    for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
        if keyword in schema and keyword in validator.VALIDATORS:
            target = validator.target(schema[keyword], keyword)
            if target is not None:
                seen.join(_looked_at(target, instance, target.schema, local), sure=True)
    local(validator, instance, schema, seen)
    if not is_root and ("unevaluatedProperties" if isinstance(instance, dict) else "unevaluatedItems") in schema:
        seen.add(_all_keys(instance))
    for branch, sure in _branches(validator, instance, schema):
        seen.join(_looked_at(validator.inside(branch), instance, branch, local), sure=sure)
    return seen


def _all_keys(instance: Loose) -> set[Loose]:
    return set(instance) if isinstance(instance, dict) else set(range(len(instance)))


def _branches(validator: Validator, instance: Loose, schema: Loose) -> list[tuple[Loose, bool]]:
    """The schemas applied in place that hold, and those that may hold (with False)."""
    candidates = [
        branch
        for keyword in ("allOf", "anyOf", "oneOf")
        for branch in (schema[keyword] if isinstance(schema.get(keyword), list) else ())
    ]
    for keyword in ("dependentSchemas", "dependencies"):
        dependent = schema.get(keyword)
        if isinstance(dependent, dict) and isinstance(instance, dict):
            candidates += [inner for name, inner in dependent.items() if name in instance and isinstance(inner, dict)]
    if "if" in schema:
        holds = verdict(validator.descend(instance, schema["if"]))
        candidates += [schema["if"]] if holds is not False else []
        candidates += [schema["then"]] if holds is not False and "then" in schema else []
        candidates += [schema["else"]] if holds is not True and "else" in schema else []
        if holds is None:
            return [(branch, False) for branch in candidates]
    verdicts = [(branch, verdict(validator.descend(instance, branch))) for branch in candidates]
    return [(branch, valid is True) for branch, valid in verdicts if valid is not False]


def _names_at(validator: Validator, instance: Loose, schema: Loose, seen: _Seen) -> None:  # noqa: ARG001  (one of two)
    if "additionalProperties" in schema:
        seen.add(set(instance))
    properties = schema.get("properties")
    if isinstance(properties, dict):
        seen.add(set(instance) & properties.keys())
    patterns = schema.get("patternProperties")
    for expression in patterns if isinstance(patterns, dict) else ():
        for name in instance:
            matched = found_in(expression, name)
            if matched is not False:
                seen.add({name}, sure=matched is True)


def _positions_at(validator: Validator, instance: Loose, schema: Loose, seen: _Seen) -> None:
    everything = set(range(len(instance)))
    is_tuple_in_items = isinstance(schema.get("items"), list)
    if ("items" in schema and not is_tuple_in_items) or (is_tuple_in_items and "additionalItems" in schema):
        seen.add(everything)
    seen.add(set(range(len(item_schemas(schema)))))
    # Items that `contains` finds count as looked at since 2020-12 only (2020-12 core, 11.2; 2019-09 core, 9.3.1.3).
    if "contains" in schema and "prefixItems" in validator.VALIDATORS:
        for index, item in enumerate(instance):
            valid = verdict(validator.descend(item, schema["contains"]))
            if valid is not False:
                seen.add({index}, sure=valid is True)

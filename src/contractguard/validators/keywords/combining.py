"""Keywords that ask whether other schemas hold, with a third answer where nobody can tell."""

from __future__ import annotations

from contractguard.validators.outcomes import Errors, Loose, Validator, refused, undecided, verdict


def any_of(validator: Validator, branches: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001  (as the library calls it)
    """`anyOf`. A `discriminator` beside it is an annotation."""
    unsure = False
    for branch in branches:
        valid = verdict(validator.descend(instance, branch))
        if valid:
            return
        unsure = unsure or valid is None
    if unsure:
        yield undecided("whether a branch of anyOf holds cannot be told")
    else:
        yield refused("{} is not valid under any of the given schemas", instance)


def one_of(validator: Validator, branches: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001
    """`oneOf`."""
    verdicts = []
    for branch in branches:
        verdicts.append(verdict(validator.descend(instance, branch)))
        if verdicts.count(True) > 1:
            numbers = " and ".join(f"/oneOf/{index}" for index, valid in enumerate(verdicts) if valid)
            yield refused(f"{{}} is valid under more than one of the given schemas ({numbers})", instance)
            return
    if None in verdicts:
        yield undecided("how many branches of oneOf hold cannot be told")
    elif True not in verdicts:
        yield refused("{} is not valid under any of the given schemas", instance)


def not_(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:  # noqa: ARG001
    """`not`."""
    valid = verdict(validator.descend(instance, value))
    if valid is None:
        yield undecided("whether the schema of not holds cannot be told")
    elif valid:
        yield refused("{} should not be valid under {}", instance, value)


def if_(validator: Validator, value: Loose, instance: Loose, schema: Loose) -> Errors:
    """`if` with `then` and `else`."""
    branches = {True: schema.get("then", True), False: schema.get("else", True)}
    holds = verdict(validator.descend(instance, value))
    if holds is not None:
        yield from validator.descend(instance, branches[holds], schema_path="then" if holds else "else")
        return
    verdicts = [verdict(validator.descend(instance, branch)) for branch in branches.values()]
    if verdicts == [False, False]:
        yield refused("{} is valid under neither then nor else", instance)
    elif verdicts != [True, True]:
        yield undecided("whether the schema of if holds cannot be told")

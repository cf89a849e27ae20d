"""What a keyword can say of a value: nothing against it, an error, or that nobody can tell; and the budget of a check.

Errors that mean "nobody can tell" travel among the errors of the library, marked, and count as neither valid nor invalid: a
`not` around a pattern that RE2 refuses must not turn ignorance into an answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from jsonschema.exceptions import ValidationError

from contractguard.model.payload import Role

Validator: TypeAlias = Any
"""A validator of the library, made by `classes.py`: its own types say nothing of the hooks that keywords use."""

Loose: TypeAlias = Any
"""A value of a schema or a payload: the shapes are checked before a keyword sees them."""


class UndecidedError(Exception):
    """The cause of an error that stands for "nobody can tell"."""


class KeywordError(ValidationError):
    """What a keyword says against a value: `message` has a `{}` for each of `values`.

    Few errors are ever read, and a value may be large, so the sentence is put together where somebody reads it (`reasons.py`).
    """

    def __init__(self, message: str, values: tuple[Loose, ...], cause: Exception | None = None) -> None:
        super().__init__(message, cause=cause)
        self.values = values


Errors: TypeAlias = Iterator[KeywordError]


class UncheckableError(Exception):
    """The check as a whole has to stop: the budget is spent, or what should be a schema is none."""


def refused(message: str, *values: Loose) -> KeywordError:
    """An error that says why a value is not valid; a `{}` in the message for each of `values`."""
    return KeywordError(message, values)


def undecided(message: str, *values: Loose) -> KeywordError:
    """An error that says that a keyword cannot be judged; a `{}` in the message for each of `values`."""
    return KeywordError(message, values, cause=UndecidedError())


def is_undecided(error: KeywordError) -> bool:
    """Whether an error only says that a keyword cannot be judged."""
    return isinstance(error.cause, UndecidedError)


def verdict(errors: Iterable[KeywordError]) -> bool | None:
    """True without errors, False with one that counts, None where all that there is cannot be judged."""
    valid: bool | None = True
    for error in errors:
        if not is_undecided(error):
            return False
        valid = None
    return valid


TOO_DEEP = "the payload nests too deep to be checked, or the schema refers to itself in place"

_SPARE_FRAMES = 100
"""What the library needs below a schema. Its maps, written in Rust, panic where Python's recursion limit is hit inside of them,
and no `except Exception` catches that, so the limit must not be hit at all."""


@dataclass(slots=True)
class Work:
    """The state of one check: what the payload is in HTTP, and how many steps are left."""

    role: Role = Role.NEITHER
    steps_left: int = 0

    def spend(self, steps: int) -> None:
        """Take steps off the budget. Raises `UncheckableError` where it is spent."""
        self.steps_left -= steps
        if self.steps_left < 0:
            raise UncheckableError("the check takes too many steps")

    def owe(self, steps: int) -> None:
        """Take steps off the budget for work that is done: its answer counts, the next step may be too many."""
        self.steps_left -= steps

    def enter(self) -> None:
        """Go one schema deeper: a step. Raises `UncheckableError` where the stack has little room left."""
        self.spend(1)
        try:
            sys._getframe(max(0, sys.getrecursionlimit() - _SPARE_FRAMES))  # noqa: SLF001  (the only way to ask at no cost)
        except ValueError:  # there are fewer frames
            return
        raise UncheckableError(TOO_DEEP)

"""Errors that contractguard raises, one class for each exit code of the command line."""

from __future__ import annotations


class ContractguardError(Exception):
    """Anything that contractguard refuses or fails at.

    `message` says what is wrong, `path`, `line` and `column` (1-based) say where, `remedy` says how to mend it.
    `exit_code` is what the command line exits with; where several errors meet, the one ranked first in
    `EXIT_CODE_RANK` wins.
    """

    exit_code = 70

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.remedy = remedy

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{where}: {self.message}" if where else self.message


class UsageError(ContractguardError):
    """Wrong use or wrong configuration: an option, a policy file, a rule file."""

    exit_code = 2


class UnreadableError(ContractguardError):
    """A contract or the git history could not be read, resolved or understood."""

    exit_code = 3


class LimitError(ContractguardError):
    """A limit on size, depth or work was hit. The place that was too large is in `path` and `message`."""

    exit_code = 4


class InternalError(ContractguardError):
    """A bug of contractguard itself."""

    exit_code = 70


EXIT_CODE_RANK = (70, 2, 3, 4, 1, 0)
"""Exit codes, the most important first (DESIGN, law 9)."""

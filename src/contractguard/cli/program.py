"""The program around the commands: from the arguments of a process to its exit code, whatever happens on the way."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from typing import TYPE_CHECKING

import click

from contractguard.cli import messages
from contractguard.cli.application import PROGRAM, application
from contractguard.cli.streams import abandon_standard_output
from contractguard.errors import ContractguardError, InternalError, LimitError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
"""128 + SIGINT: what a shell reports for a command that ^C ended."""
NOBODY_READS = 141
"""128 + SIGPIPE: what a shell reports for a command whose reader went away."""


def main() -> None:
    """The console script. Exits with the codes of `docs/commands.md`."""
    # A comparison builds large trees that live until the process ends. The collector would walk them again and again and
    # find nothing. It is global to a process, so only the process that is ours does without it.
    gc.disable()
    code = run(sys.argv[1:])
    gc.freeze()  # the collection at interpreter shutdown has nothing left to walk
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:  # noqa: PLR0911  # one for each way to end
    """Run one command and return its exit code. Errors are written to standard error; none is raised."""
    stream = sys.stdout
    try:
        # Commands return their exit code; `--help` and the like leave through click's own Exit, which becomes a code too.
        code = application.main(list(arguments), prog_name=PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return UsageError.exit_code
    except ContractguardError as error:
        messages.show_error(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except MemoryError:
        messages.show_error(LimitError("out of memory", remedy="compare fewer contracts at once, with --contract"))
        return LimitError.exit_code
    except SystemExit as exit_:
        if sys.stdout is not stream:  # click has put a wrapper there: it met a reader that went away, and left with 1
            sys.stdout = stream
            abandon_standard_output()
            return NOBODY_READS
        return exit_.code if isinstance(exit_.code, int) else UsageError.exit_code
    except Exception as error:  # noqa: BLE001  # a bug of ours is reported as one, not as a failed gate
        _show_bug(error, verbose=_wants_traceback(arguments))
        return InternalError.exit_code
    return code if isinstance(code, int) else 0


def _wants_traceback(arguments: Sequence[str]) -> bool:
    """Read without click, because it may be click's parsing that failed."""
    return "--verbose" in arguments or "-v" in arguments or bool(os.environ.get("CONTRACTGUARD_VERBOSE"))


def _show_bug(error: Exception, *, verbose: bool) -> None:
    if verbose:
        messages.show_lines("".join(traceback.format_exception(error)))
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    remedy = "please report it" if verbose else "please report it with the traceback that --verbose shows"
    messages.show_error(InternalError(f"internal error: {what}: this is a bug of contractguard", remedy=remedy))

"""The command line. click is used here and nowhere else; whatever is heavy is imported when a command needs it."""

from __future__ import annotations

from contractguard.cli.program import main

__all__ = ["main"]

"""`python -m contractguard`: the command line without its console script."""

from __future__ import annotations

from contractguard.cli import main

if __name__ == "__main__":
    main()

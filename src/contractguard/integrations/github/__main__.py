"""`python -m contractguard.integrations.github`."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

from contractguard.integrations.github.action import run_action

if __name__ == "__main__":
    sys.exit(run_action(os.environ, sys.stdout, today=datetime.now(UTC).date()))

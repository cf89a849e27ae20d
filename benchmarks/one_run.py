"""Runs one program with its output dropped and prints what it cost as JSON: `python -S -E one_run.py PROGRAM ARGUMENT…`.

A process of its own for each measurement: the peak memory that the system gives for a child counts what its parent held when the
child started, so that a parent which has read a large report would lend its size to all later children. This one holds little.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run, wait, and print seconds, processor seconds, peak memory in the unit of `ru_maxrss`, and the exit code."""
    start = time.perf_counter()
    nothing = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=nothing)
    _, status, usage = os.wait4(process, 0)
    cost = {
        "seconds": time.perf_counter() - start,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss,
        "exit_code": os.waitstatus_to_exitcode(status),
    }
    print(json.dumps(cost))


if __name__ == "__main__":
    main()

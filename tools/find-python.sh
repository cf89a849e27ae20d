#!/bin/sh
# Print the Python to make virtual environments with: the one given, else the first on the PATH that is 3.11 or newer.
# Exit 1 with the reason where there is none that can make one.
set -eu

usable() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_environments() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

found=
for python in ${1:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if usable "$python"; then
        found=$python
        if can_make_environments "$python"; then
            echo "$python"
            exit 0
        fi
    fi
done

if [ -n "$found" ]; then
    echo "error: $found has no venv module" >&2
    echo "  help: install it (on Debian and Ubuntu: apt-get install python3-venv)" >&2
elif [ -n "${1:-}" ]; then
    echo "error: $1 is not a Python of 3.11 or newer" >&2
    echo "  help: give another one: make PYTHON=/path/to/python3" >&2
else
    echo "error: contractguard needs Python 3.11 or newer, and there is none on the PATH" >&2
    echo "  help: install one, or say where it is: make PYTHON=/path/to/python3" >&2
fi
exit 1

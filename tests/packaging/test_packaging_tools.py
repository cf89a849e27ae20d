"""The scripts around the Makefile say what is wrong where something is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.source


def find_python(*arguments: str, path: str = os.defpath) -> subprocess.CompletedProcess[str]:
    script = ["/bin/sh", str(ROOT / "tools" / "find-python.sh"), *arguments]
    return subprocess.run(script, env={"PATH": path}, capture_output=True, text=True, check=False)


def test_the_python_named_is_taken() -> None:
    done = find_python(sys.executable)
    assert done.stdout.strip() == sys.executable


def test_a_python_on_the_path_is_found(tmp_path: Path) -> None:
    (tmp_path / "python3.11").symlink_to(sys.executable)
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")  # one that is too old, say
    (tmp_path / "python3").chmod(0o755)
    assert find_python(path=str(tmp_path)).stdout.strip() == "python3.11"


def test_no_python_is_an_error_that_says_what_is_needed(tmp_path: Path) -> None:
    done = find_python(path=str(tmp_path))
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_a_python_that_does_not_do_is_named(tmp_path: Path) -> None:
    done = find_python(str(tmp_path / "python2"))
    assert done.returncode == 1
    assert f"{tmp_path}/python2" in done.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(
    ("python", "environment"),
    [([], ".venv"), ([f"PYTHON={sys.executable}"], f".venv-{sys.version_info[0]}.{sys.version_info[1]}")],
)
def test_each_python_has_an_environment_of_its_own(python: list[str], environment: str) -> None:
    """So that trying another Python neither reuses the environment at hand nor spoils it."""
    clean = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "PYTHON"}}
    done = subprocess.run(
        ["make", "--dry-run", "--always-make", "test-source", "test-wheel", *python],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{environment}/bin/python -m pytest" in done.stdout
    assert f"{environment.replace('.venv', '.venv-wheel')}/bin/python -P -m pytest" in done.stdout
    assert f"{environment}/bin/python -m compileall -q src" in done.stdout

"""What is installed carries all that it needs, wherever it runs from."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import distribution, entry_points
from pathlib import Path

import pytest

import contractguard
from contractguard.resources import catalogue_root

PACKAGE = Path(contractguard.__file__).resolve().parent
SOURCE = Path(__file__).resolve().parents[2] / "src"
ON_WHEEL = os.environ.get("CONTRACTGUARD_TESTED") == "wheel"


def test_what_is_tested_is_what_is_meant() -> None:
    assert PACKAGE.is_relative_to(SOURCE) is not ON_WHEEL
    if ON_WHEEL:
        assert str(SOURCE) not in sys.path


def test_the_catalogue_comes_with_it() -> None:
    root = catalogue_root()
    assert root.is_relative_to(PACKAGE) is ON_WHEEL
    assert list((root / "profiles").glob("*.yaml"))
    assert list(root.glob("*/*.yaml"))


def test_type_checkers_are_told() -> None:
    assert (PACKAGE / "py.typed").exists()


def test_the_console_script_is_the_command_line() -> None:
    (script,) = entry_points(group="console_scripts", name="contractguard")
    assert script.value == "contractguard.cli:main"


def test_the_licence_is_part_of_what_is_published() -> None:
    metadata = distribution("contractguard").metadata
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata.get_all("License-File") == ["LICENSE"]


@pytest.mark.parametrize("start", [["-m", "contractguard"], ["-P", "-m", "contractguard"]])
def test_it_starts_anywhere(tmp_path: Path, start: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, *start, "version"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith(f"contractguard {distribution('contractguard').version} ")

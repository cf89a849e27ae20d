"""The sessions in `console` blocks of the pages: what is run, what it prints.

They run in the repository of the demonstration, beside the files that pages show: a block that opens with `yaml NAME.yaml` or
`json NAME.json` is such a file. `python tests/docs/docs_sessions.py` writes what is printed now into the pages.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
CONSOLE = re.compile(r"(?<=^```console\n)(?P<code>.*?)(?=^```)", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^```(?:json|yaml) (?P<name>[\w-]+\.(?:json|yaml))\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
REST = "…"
"""As the last line of what is printed: the rest is not shown."""


def example_repository(folder: Path) -> None:
    """Make the repository of the demonstration, with the files that the pages show in its working tree."""
    script = "import sys; from pathlib import Path; from build_history import build_history; "
    script += "build_history(Path(sys.argv[1]), Path(sys.argv[2]))"
    history = ROOT / "fixtures" / "histories" / "orders"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "demo")}
    subprocess.run([sys.executable, "-c", script, history, folder], env=environment, check=True)
    for name, text in files_of_the_pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def files_of_the_pages() -> dict[str, str]:
    """Name → text of the files that the pages show. A name stands for one text. Raises `ValueError`."""
    files: dict[str, str] = {}
    for page in PAGES:
        for match in FILE.finditer(page.read_text(encoding="utf-8")):
            if files.setdefault(match["name"], match["text"]) != match["text"]:
                raise ValueError(f"{match['name']} is shown with two texts")
    return files


def contractguard(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "contractguard", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def session(code: str, folder: Path) -> str:
    """The content of a `console` block with what its commands print now."""
    parts = []
    for step in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
        command, _, shown = step.partition("\n")
        program, *arguments = shlex.split(command)
        if program != "contractguard":
            raise ValueError(command)
        printed = contractguard(folder, *arguments).stdout.splitlines()
        lines = shown.splitlines()
        if lines and lines[-1] == REST:
            printed = [*printed[: max(len(lines) - 1, 1)], REST]
        parts.append("\n".join([f"$ {command}", *printed]))
    return "\n".join(parts) + "\n"


def main() -> None:
    """Write what is printed now into the pages."""
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder) / "orders"
        example_repository(repository)
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            page.write_text(CONSOLE.sub(lambda match: session(match["code"], repository), text), encoding="utf-8")


if __name__ == "__main__":
    main()

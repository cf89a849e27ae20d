"""The shape of the source tree: small modules, stages apart from one another, nothing heavy before it is needed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

import contractguard

PACKAGE = Path(contractguard.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 450
STAGES = {
    "sources",
    "documents",
    "formats",
    "diff",
    "rules",
    "policy",
    "governance",
    "publishing",
    "reporting",
    "validators",
}
BELOW = {"model", "errors", "resources"}
ALSO = {"diff": {"semantics"}, "cli": {"engine", "reporting", "rules"}, "integrations": {"engine", "reporting"}}
HEAVY = {
    "deepdiff",
    "fastavro",
    "git",
    "jinja2",
    "jiter",
    "jsonschema",
    "jsonschema_path",
    "jsonschema_rs",
    "msgspec",
    "openapi_schema_validator",
    "openapi_spec_validator",
    "pathspec",
    "re2",
    "referencing",
    "rich",
    "ryaml",
    "semver",
    "yaml",
}


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def imported(module: Path) -> set[str]:
    """The parts of contractguard that a module imports, anywhere in it: `diff`, `model`, …"""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{name_of(module)} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("contractguard.")}
    return found


def test_modules_are_small() -> None:
    lines = {name_of(module): module.read_bytes().count(b"\n") for module in MODULES}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}, "split it by idea"


def test_every_module_says_what_it_is_for() -> None:
    trees = {name_of(module): ast.parse(module.read_bytes()) for module in MODULES}
    assert [name for name, tree in trees.items() if tree.body and not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("stage", sorted(STAGES | {"semantics", "model", "cli", "integrations"}))
def test_a_stage_imports_no_other(stage: str) -> None:
    allowed = {stage} | ALSO.get(stage, set()) | (set() if stage == "model" else BELOW)
    for module in (PACKAGE / stage).rglob("*.py"):
        too_much = imported(module) - allowed
        assert not too_much, f"{name_of(module)} imports {sorted(too_much)}"


def test_click_is_used_in_the_command_line_only() -> None:
    for module in MODULES:
        uses = "import click" in module.read_text(encoding="utf-8")
        assert not uses or "cli" in module.parts, name_of(module)


def test_nothing_is_printed() -> None:
    """A library has no standard output: what is said is returned, and the command line writes it."""
    for module in MODULES:
        calls = [node.func for node in ast.walk(ast.parse(module.read_bytes())) if isinstance(node, ast.Call)]
        assert not any(isinstance(called, ast.Name) and called.id == "print" for called in calls), name_of(module)


def loaded_by(program: str) -> set[str]:
    """The top-level packages in `sys.modules` after a program has run in an interpreter of its own."""
    script = (
        f"{program}\nimport sys\nsys.stderr.write(' '.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["diff", "-h"], ["rules", "--help"], ["version"]]
)
def test_help_imports_click_and_the_standard_library_only(arguments: list[str]) -> None:
    loaded = loaded_by(f"from contractguard.cli.program import run\nassert run({arguments!r}) == 0")
    assert not loaded & HEAVY
    ours = {"contractguard", "click"}
    unknown = loaded - ours - sys.stdlib_module_names - loaded_by("pass")
    assert not unknown


def test_importing_the_library_imports_nothing_heavy() -> None:
    assert not loaded_by("import contractguard\ndir(contractguard)") & HEAVY


def required_packages() -> dict[str, set[str]]:
    """The distributions that we require, each with the packages that it installs."""
    required = {
        re.split(r"[^\w-]", line)[0].lower() for line in requires("contractguard") or [] if "extra ==" not in line
    }
    found: dict[str, set[str]] = {name: set() for name in required}
    for package, distributions in packages_distributions().items():
        for name in {name.lower().replace("_", "-") for name in distributions} & required:
            found[name].add(package)
    return found


def test_every_dependency_is_known_to_be_heavy_or_is_click() -> None:
    """So that the list above does not miss one that is added."""
    packages = {package for packages in required_packages().values() for package in packages if package[0] != "_"}
    assert packages - {"click"} <= HEAVY


SET_BY_THE_OWNER = {"deepdiff", "fastavro", "jsonschema", "openapi-spec-validator"}
"""Part of the installation from the first version on (docs/dependencies.md), whether or not a stage calls them yet."""


def test_every_dependency_is_used() -> None:
    used: set[str] = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_bytes())):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                used.add(node.module.split(".")[0])
    unused = {name for name, packages in required_packages().items() if not packages & used}
    assert unused <= SET_BY_THE_OWNER

"""The pages of `docs/rules/`, written from the catalogue: `python -m contractguard.rules.pages docs/rules`."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from contractguard.model.document import Document, Syntax
from contractguard.model.places import Location
from contractguard.model.values import JsonValue
from contractguard.model.vocabulary import KINDS
from contractguard.resources import catalogue_root
from contractguard.rules.catalogue import Catalogue, Origin, Rule
from contractguard.rules.explaining import ExampleView, ExplainPage, explain_rule
from contractguard.rules.loading import load_catalogue, rule_paths

_NOTICE = "<!-- Written from the catalogue by `python -m contractguard.rules.pages docs/rules`. Do not edit. -->\n"


class CatalogueFiles:
    """The files of the installed catalogue, read without positions. They are ours: for a user's files use `Documents`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def paths(self) -> list[str]:
        """All files, relative to the root."""
        return [path.relative_to(self._root).as_posix() for path in self._root.rglob("*") if path.is_file()]

    def document(self, path: str) -> Document:
        """The parsed file."""
        raw = (self._root / path).read_bytes()
        return Document(path, "", Syntax.YAML, raw, _parsed(raw))

    def locate(self, keys: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Location]:
        """The start of the file for every key: the catalogue is checked, with positions, by its tests."""
        return {(path, pointer): Location(path, pointer, 1, 1) for path, pointer in keys}


def _parsed(raw: bytes) -> JsonValue:
    """Our own YAML, by the core schema of YAML 1.2 (10.3.2): `no` and dates are texts."""
    import yaml  # noqa: PLC0415 (only this script reads and writes YAML by itself)

    class Core(yaml.SafeLoader):
        """Plain values only."""

    Core.yaml_implicit_resolvers = {}
    for tag, pattern, first in _CORE:
        Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
    value: JsonValue = yaml.load(raw, Core)  # noqa: S506 (the catalogue is ours, and the loader builds plain values only)
    return value


_CORE = (
    ("null", r"(?:~|null|Null|NULL|)\Z", "~nN\0"),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)\Z", "tTfF"),
    ("int", r"(?:[-+]?(?:0|[1-9][0-9]*))\Z", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z", "-+.0123456789"),
)
"""Tag, pattern and first letters of the plain scalars that are no texts."""


def installed_catalogue() -> Catalogue:
    """The built-in rules."""
    files = CatalogueFiles(catalogue_root())
    return load_catalogue(files, rule_paths(files.paths()), origin=Origin.BUILT_IN)


def rule_pages(catalogue: Catalogue) -> dict[str, str]:
    """File name → Markdown: an index, a page for each family, and the vocabulary of changes."""
    pages = {"README.md": _index(catalogue), "vocabulary.md": _vocabulary(catalogue)}
    for family, rules in catalogue.families().items():
        pages[f"{family}.md"] = _family(family, rules, catalogue)
    return pages


def main(arguments: list[str]) -> int:
    """Write the pages into the folder named; pages of families that are gone are removed."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    pages = rule_pages(installed_catalogue())
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


def _index(catalogue: Catalogue) -> str:
    lines = [
        _NOTICE,
        "# Rules",
        "",
        f"Edition {catalogue.edition}: {len(catalogue)} rules. Every change that the comparison can find is judged by exactly",
        "one of them; [vocabulary.md](vocabulary.md) lists the changes. *input* is what the provider accepts, *output* what it",
        "emits.",
        "",
    ]
    for family, rules in catalogue.families().items():
        lines += [
            f"## [{family}]({family}.md)",
            "",
            "| rule | what it says | input | output | layers |",
            "|---|---|---|---|---|",
        ]
        for rule in rules:
            page = explain_rule(rule)
            levels = {str(line.direction): str(line.level) for line in page.impacts}
            cells = (
                f"[`{rule.id}`]({family}.md#{rule.id})",
                _cell(rule.title),
                levels.get("input", "-"),
                levels.get("output", "-"),
                ", ".join(page.layers),
            )
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return _joined(lines)


def _family(family: str, rules: tuple[Rule, ...], catalogue: Catalogue) -> str:
    lines = [_NOTICE, f"# Rules: {family}", "", "[All rules](README.md)", ""]
    for rule in rules:
        lines += _rule(explain_rule(rule), catalogue)
    return _joined(lines)


def _rule(page: ExplainPage, catalogue: Catalogue) -> list[str]:
    lines = [f'<a id="{page.id}"></a>', f"## {page.id}", "", f"**{_text(page.title)}**", ""]
    lines += [
        f"Since {page.since}, {page.status}. Formats: {', '.join(page.formats)}. Layers: {', '.join(page.layers)}.",
        "",
    ]
    lines += [
        "Fires on:",
        "",
        *(f"- `{when.partition(': ')[0]}`: {_text(when.partition(': ')[2])}" for when in page.when),
        "",
    ]
    lines += ["| direction | impact | bump | because |", "|---|---|---|---|"]
    lines += [f"| {one.direction} | {one.level} | {one.bump} | {_cell(one.because)} |" for one in page.impacts]
    lines += ["", f"Message: “{_text(page.message)}”", "", _text(page.rationale), ""]
    lines += [f"- Consumer: {_text(page.consumer)}", f"- Provider: {_text(page.provider)}", ""]
    lines += [f"Reverse: {_mirror(page, catalogue)}", ""]
    if page.references:
        lines += ["References:", "", *(f"- {_text(reference)}" for reference in page.references), ""]
    for example in page.examples:
        lines += _example(example)
    return lines


def _mirror(page: ExplainPage, catalogue: Catalogue) -> str:
    if page.mirror is None:
        return f"none. {_text(page.no_mirror or '')}".rstrip()
    return f"[`{page.mirror}`]({catalogue.rule(page.mirror).family}.md#{page.mirror})"


def _example(example: ExampleView) -> list[str]:
    where = ", ".join(part for part in (example.format, example.part, example.setting) if part)
    expected = ", ".join(f"`{rule}`" for rule in example.expect)
    return [
        f"Example: {_text(example.name)} ({where}) fires {expected}",
        "",
        "```yaml",
        "# before",
        _yaml(example.before),
        "# after",
        _yaml(example.after),
        "```",
        "",
    ]


def _vocabulary(catalogue: Catalogue) -> str:
    lines = [
        _NOTICE,
        "# Vocabulary of changes",
        "",
        "What `match` in a rule may name, and the placeholders beside `{before}`, `{after}`, `{subject}` and `{element}`.",
        "",
        "| change | what it is | effects | facts | placeholders | judged by |",
        "|---|---|---|---|---|---|",
    ]
    judges: dict[str, list[Rule]] = {}
    for rule in catalogue:
        for kind in rule.match.kinds:
            judges.setdefault(kind, []).append(rule)
    for name, about in KINDS.items():
        facts = "; ".join(
            f"{fact}: {', '.join(str(v).lower() for v in values)}" for fact, values in about.facts.items()
        )
        words = {fact for fact, values in about.facts.items() if all(isinstance(value, str) for value in values)}
        placeholders = ", ".join(f"`{{{one}}}`" for one in sorted(about.details | words))
        rules = ", ".join(f"[`{rule.id}`]({rule.family}.md#{rule.id})" for rule in judges.get(name, ()))
        effects = ", ".join(str(effect) for effect in about.effects)
        lines.append(f"| `{name}` | {_cell(about.about)} | {effects} | {facts} | {placeholders} | {rules} |")
    return _joined([*lines, ""])


def _yaml(value: JsonValue) -> str:
    import yaml  # noqa: PLC0415 (only these pages write YAML)

    text: str = yaml.safe_dump(value, sort_keys=False, default_flow_style=None, width=110, allow_unicode=True)
    return text.removesuffix("...\n").rstrip()


def _text(text: str) -> str:
    """Text on one line, with what Markdown would take for HTML escaped."""
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|")


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

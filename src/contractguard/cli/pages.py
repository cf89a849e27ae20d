"""Text about rules: the page of one, the list of many, the vocabulary they match on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from contractguard.reporting.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from contractguard.model.values import JsonValue
    from contractguard.reporting.options import RenderOptions
    from contractguard.rules.catalogue import Rule
    from contractguard.rules.examples import ExampleFailure
    from contractguard.rules.explaining import ExampleView, ExplainPage

_LABEL = 12


def rule_page(page: ExplainPage, options: RenderOptions) -> str:
    """Everything about a rule: what it sees, what that means in each direction, why, what to do, and its examples."""
    canvas = Canvas(options)
    canvas.write(page.title, label=f"{page.id}: ", label_style="strong", style="strong")
    facts = [f"{page.origin} rule", f"family {page.family or '-'}", f"since {page.since}", page.status]
    canvas.write(
        " · ".join([*facts, f"layers {', '.join(page.layers)}", f"formats {', '.join(page.formats)}"]), style="dim"
    )
    _section(canvas, "What it sees")
    for line in page.when:
        canvas.write(line.replace(".,", ";"), indent=2, label="- ")
    _section(canvas, "What it means")
    for impact in page.impacts:
        canvas.write(
            f"{impact.level}, bump {impact.bump}: {_template(impact.because)}",
            indent=2,
            label=str(impact.direction),
            label_width=_LABEL,
        )
    canvas.write(_template(page.message), indent=2, label="message", label_width=_LABEL)
    _section(canvas, "Why")
    canvas.write(" ".join(page.rationale.split()), indent=2)
    _section(canvas, "What to do")
    canvas.write(_template(page.consumer), indent=2, label="consumer", label_width=_LABEL)
    canvas.write(_template(page.provider), indent=2, label="provider", label_width=_LABEL)
    if page.examples:
        _section(canvas, "Examples")
        for example in page.examples:
            _example(canvas, example)
    _mirror(canvas, page)
    if page.references:
        _section(canvas, "References")
        for reference in page.references:
            canvas.write(reference, indent=2)
    return canvas.text()


def rule_list(rules: Iterable[Rule], options: RenderOptions) -> str:
    """A line for each rule, by family, with its impact in both directions."""
    listed = sorted(rules, key=lambda rule: (rule.family, rule.id))
    canvas = Canvas(options)
    family = None
    for rule in listed:
        if rule.family != family:
            canvas.blank()
            canvas.write(rule.family or "(no family)", style="strong")
            family = rule.family
        levels = [
            f"{direction} {text.level}"
            for direction, text in (("input", rule.impact.input), ("output", rule.impact.output))
            if text is not None
        ]
        canvas.write(rule.id, indent=2, right=", ".join(levels))
        canvas.write(rule.title, indent=6, style="dim")
    canvas.blank()
    canvas.write(f"{len(listed)} rules · more about one: contractguard explain RULE", style="dim")
    return canvas.text()


def rule_list_json(rules: Iterable[Rule]) -> str:
    """The same for programs: an array of objects, one a line."""
    entries = [
        {
            "id": rule.id,
            "title": rule.title,
            "family": rule.family,
            "origin": str(rule.origin),
            "since": rule.since,
            "status": str(rule.status),
            "layers": [str(layer) for layer in rule.layers],
            "formats": [str(kind) for kind in rule.formats],
            "changes": list(rule.match.kinds),
            "impact": {
                direction: {"level": str(text.level), "bump": str(text.bump)}
                for direction, text in (("input", rule.impact.input), ("output", rule.impact.output))
                if text is not None
            },
        }
        for rule in sorted(rules, key=lambda rule: (rule.family, rule.id))
    ]
    return "[" + ",".join("\n" + json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]\n"


def vocabulary_page(options: RenderOptions) -> str:
    """Every kind of change that a rule can match, with its effects, its facts and the words for messages."""
    from contractguard.model.vocabulary import COMMON_DETAILS, KINDS  # noqa: PLC0415  # only this page needs it

    canvas = Canvas(options)
    for name, kind in KINDS.items():
        canvas.write(kind.about, label=f"{name}: ", label_style="strong")
        canvas.write(" or ".join(kind.effects), indent=2, label="effect", label_width=_LABEL)
        for fact, domain in kind.facts.items():
            words = " or ".join(str(value).lower() if isinstance(value, bool) else value for value in domain)
            canvas.write(words, indent=2, label=fact, label_width=_LABEL)
        if kind.details:
            canvas.write(", ".join(sorted(kind.details)), indent=2, label="details", label_width=_LABEL)
    canvas.blank()
    canvas.write(f"every message may also use {', '.join(sorted(COMMON_DETAILS))}", style="dim")
    return canvas.text()


def example_failures(failures: Iterable[ExampleFailure], options: RenderOptions) -> str:
    """Each example that does not hold: what was expected, and what fired."""
    canvas = Canvas(options)
    for failure in failures:
        canvas.write(f"{failure.rule}: {failure.example}", label="✗ ", label_style="bad", style="strong")
        canvas.write(failure.path, indent=2, label="file", label_width=_LABEL)
        canvas.write(", ".join(failure.expected) or "nothing", indent=2, label="expected", label_width=_LABEL)
        if failure.error is None:
            canvas.write(", ".join(failure.found) or "nothing", indent=2, label="fired", label_width=_LABEL)
        else:
            canvas.write(failure.error, indent=2, label="error", label_width=_LABEL)
    return canvas.text()


def _section(canvas: Canvas, title: str) -> None:
    canvas.blank()
    canvas.write(title, style="strong")


def _example(canvas: Canvas, example: ExampleView) -> None:
    where = ", ".join(part for part in (example.format, example.part, example.setting) if part)
    canvas.write(f"{example.name} ({where})", indent=2, label="- ")
    canvas.write(_short(example.before), indent=4, label="before", label_width=_LABEL - 2)
    canvas.write(_short(example.after), indent=4, label="after", label_width=_LABEL - 2)
    canvas.write(", ".join(example.expect) or "nothing", indent=4, label="fires", label_width=_LABEL - 2)


def _mirror(canvas: Canvas, page: ExplainPage) -> None:
    if page.mirror is None and page.no_mirror is None:
        return
    _section(canvas, "The reverse change")
    canvas.write(page.mirror or page.no_mirror or "", indent=2)


def _template(text: str) -> str:
    """A sentence of a rule: its placeholders as written, without the brackets around what may be left out."""
    return " ".join(text.replace("[[", "").replace("]]", "").split())


def _short(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False)

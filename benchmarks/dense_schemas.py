"""Time and memory for contracts that are dense in references: 600 schemas of 12 properties, with and without a cycle.

    python benchmarks/dense_schemas.py [--schemas N] [--only TEXT]... [--keep FOLDER] [--peer-limit SECONDS]

Two shapes are built, always the same: `acyclic`, where schemas refer to later ones only, and `cyclic`, where references lead
from every schema to every other one. Each is compared with what follows: the same text; the same in another order of keys;
with one bound of one schema tightened; with a property removed from 30 schemas; with every third schema changed. Each comparison
is a whole run of the command line in a process of its own. Where oasdiff is installed (benchmarks/peers.sh) it runs on the same
files, for `--peer-limit` seconds at most, and the last column says how long we take in relation to it; 0 leaves it out.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measuring import Cost, installed_peer, ours, run

Document = dict[str, Any]
SCHEMAS = 600
PROPERTIES = 12
LEAVES = 2
HEADINGS = (
    "contract",
    "change",
    "verdict",
    "seconds",
    "CPU s",
    "peak MiB",
    "exit",
    "oasdiff s",
    "oasdiff MiB",
    "ratio",
)
_SEED = 20261123


def main() -> None:
    """Build, compare and print a row for each shape and change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schemas", type=int, default=SCHEMAS)
    parser.add_argument("--only", action="append", default=[], help="rows with that text in contract or change")
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--peer-limit", type=float, default=100)
    options = parser.parse_args()
    peer = installed_peer() if options.peer_limit else None
    print(f"{options.schemas} schemas of {PROPERTIES} properties, {PROPERTIES - LEAVES} of them references")
    print(f"| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for shape, cyclic in (("acyclic", False), ("cyclic", True)):
            document = dense(options.schemas, cyclic=cyclic)
            for name, change in CHANGES.items():
                if not options.only or any(text in f"{shape} {name}" for text in options.only):
                    base = _written(folder / f"{shape}-base.json", document)
                    head = _written(folder / f"{shape}-{name.replace(' ', '-')}.json", change(copy.deepcopy(document)))
                    theirs = run([peer, "changelog", base, head], limit=options.peer_limit) if peer else None
                    print(_row(f"{shape} | {name}", base, head, theirs), flush=True)


def dense(count: int, *, cyclic: bool) -> Document:
    """An OpenAPI document whose schemas refer to each other: to any, or to later ones only. The first is sent and accepted."""
    chance = random.Random(_SEED)  # noqa: S311  (repeatable, and nothing secret)
    schemas = {_name(number): _schema(number, count, chance, cyclic=cyclic) for number in range(count)}
    body = {"content": {"application/json": {"schema": _reference(0)}}}
    operation = {"operationId": "exchange", "requestBody": body, "responses": {"200": {"description": "done", **body}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Dense", "version": "1.0.0"},
        "paths": {"/things": {"post": operation}},
        "components": {"schemas": schemas},
    }


def _schema(number: int, count: int, chance: random.Random, *, cyclic: bool) -> Document:
    properties: Document = {
        "label": {"type": "string", "maxLength": 40},
        "amount": {"type": "integer", "minimum": 0, "maximum": 1000},
    }
    for place in range(PROPERTIES - LEAVES):
        properties[f"p{place:02}"] = _link(number, count, place, chance, cyclic=cyclic)
    return {"type": "object", "properties": properties, "required": ["label"]}


def _link(number: int, count: int, place: int, chance: random.Random, *, cyclic: bool) -> Document:
    """A reference, every third in an array. In a cycle the first leads to the next schema, so that all hang together."""
    if cyclic:
        target = (number + 1) % count if place == 0 else chance.randrange(count)
    elif number + 1 < count:
        target = number + 1 if place == 0 else chance.randrange(number + 1, count)
    else:
        return {"type": "string"}
    return {"type": "array", "items": _reference(target)} if place % 3 == 2 else _reference(target)  # noqa: PLR2004


def _name(number: int) -> str:
    return f"S{number:03}"


def _reference(number: int) -> Document:
    return {"$ref": f"#/components/schemas/{_name(number)}"}


def _schemas_of(document: Document) -> list[Document]:
    return list(document["components"]["schemas"].values())


def _reordered(value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    if isinstance(value, dict):
        return {key: _reordered(value[key]) for key in reversed(value)}
    return [_reordered(item) for item in value] if isinstance(value, list) else value


def _tightened(document: Document) -> Document:
    """The deepest schema has a leaf with a tighter bound."""
    _schemas_of(document)[-1]["properties"]["amount"]["maximum"] = 999
    return document


def _removed(document: Document) -> Document:
    """30 schemas, evenly spread, lose a property."""
    schemas = _schemas_of(document)
    for schema in schemas[:: max(1, len(schemas) // 30)][:30]:
        del schema["properties"]["p05"]
    return document


def _much_changed(document: Document) -> Document:
    """Every third schema changes: a bound loosened, a bound tightened, or another name required, in turn."""
    for turn, schema in enumerate(_schemas_of(document)[::3]):
        if turn % 3 == 0:
            schema["properties"]["label"]["maxLength"] = 50
        elif turn % 3 == 1:
            schema["properties"]["amount"]["minimum"] = 1
        else:
            schema["required"].append("amount")
    return document


CHANGES: dict[str, Callable[[Document], Document]] = {
    "same text": lambda document: document,
    "other order of keys": _reordered,
    "one bound tightened": _tightened,
    "30 properties removed": _removed,
    "every third changed": _much_changed,
}


def _written(file: Path, document: Document) -> str:
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def _row(title: str, base: str, head: str, theirs: Cost | None) -> str:
    report = Path(head).with_suffix(".report.json")
    report.unlink(missing_ok=True)
    cost = run(ours(base, head, report))
    verdict = json.loads(report.read_bytes())["verdict"] if report.is_file() else cost.complaint[:60]
    figures = [f"{cost.seconds:.2f}", f"{cost.cpu_seconds:.2f}", f"{cost.peak_mib:.0f}", str(cost.exit_code)]
    return f"| {' | '.join([title, verdict, *figures, *_compared(cost, theirs)])} |"


def _compared(cost: Cost, theirs: Cost | None) -> list[str]:
    if theirs is None:
        return ["", "", ""]
    if theirs.exit_code < 0:
        return [f"over {theirs.seconds:.0f}", "", f"below {cost.seconds / theirs.seconds:.2f}"]
    if theirs.exit_code:
        return [f"failed: {theirs.exit_code}", "", ""]
    return [f"{theirs.seconds:.2f}", f"{theirs.peak_mib:.0f}", f"{cost.seconds / theirs.seconds:.2f}"]


if __name__ == "__main__":
    main()

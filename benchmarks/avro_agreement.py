"""Holds our answers about Avro schemas against those of Apache Avro for Java (`SchemaCompatibility`), on random pairs.

    python benchmarks/avro_agreement.py [--pairs N] [--seed N] [--file PATH]... [--show N]

`peers.sh` installs Apache Avro; without it there is nothing to compare, and it says so. The pairs are made by `avro_schemas.py`:
half of them are two schemas that have nothing to do with each other but their few names, half are a schema and what becomes of it
by some random steps; of one in eight something is broken, to see which schemas are refused. With `--file`, the pairs of a file
are taken instead: lines `{"reader": …, "writer": …}`, or a list of the same in YAML, such as `fixtures/avro/resolution.yaml`. For
each pair it is compared

- whether both read both schemas;
- whether the reader reads all data of the writer;
- type, place and message of each reason why not, in their order;
- whether the changes that a report would list agree with that answer, whichever of the two is base (this is about us alone).

Printed are the counts, the known differences (`KNOWN`) with their counts, and the first pairs that differ otherwise, made as
small as they get. Exits with 1 where there are any.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

from avro_schemas import broken, evolved, model, written
from contractguard.diff.avro import compare, incompatibilities
from contractguard.diff.collector import Collector
from contractguard.documents import DocumentSet
from contractguard.errors import ContractguardError
from contractguard.formats import avro
from contractguard.formats.avro.validity import faults
from contractguard.model.change import Direction, Effect
from contractguard.model.contract import AvroContract
from contractguard.sources.memory import MemorySnapshot
from measuring import ROOT

JAVA = ROOT / ".cache" / "avro-java"
_SHOWN = 60
_BREAKS = {
    Direction.INPUT: (Effect.NARROWED, Effect.INCOMPARABLE),
    Direction.OUTPUT: (Effect.WIDENED, Effect.INCOMPARABLE),
}
_STEPS_OF_SHRINKING = 2_000


class Pair(NamedTuple):
    """Two schemas, as `json.loads` returns them."""

    reader: Any
    writer: Any


@dataclass(frozen=True)
class Answer:
    """What one side says of a pair: the schemas that it refuses, else why the reader does not read the writer's data.

    `failed` is why there is no answer although both schemas were read.
    """

    refused: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str, str], ...] = ()
    failed: str = ""
    note: str = ""


class Apache:
    """Apache Avro, in a process of its own that answers line by line."""

    def __init__(self) -> None:
        command = ["java", "-cp", f"{JAVA / 'lib'}/*:{JAVA / 'classes'}", "Compatibility"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def answer(self, pair: Pair) -> Answer:
        """What it says of a pair."""
        assert self._process.stdin is not None  # noqa: S101  (pipes, as asked for)
        assert self._process.stdout is not None  # noqa: S101
        question = {"reader": json.dumps(pair.reader), "writer": json.dumps(pair.writer)}
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        error = told.get("error", "")
        if "refused" in told:
            return Answer(refused=tuple(told["refused"]), note=error)
        reasons = tuple((each["type"], each["location"], each["message"]) for each in told.get("incompatibilities", ()))
        return Answer(reasons=reasons, failed=error)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None  # noqa: S101
        self._process.stdin.close()
        self._process.wait()


def ours(pair: Pair) -> Answer:
    """What we say of a pair. Raises nothing: whatever is raised is a failure."""
    try:
        contracts = [_read(schema) for schema in pair]
        refused = tuple(side for side, read in zip(Pair._fields, contracts, strict=True) if isinstance(read, str))
        notes = [[read] if isinstance(read, str) else [fault.message for fault in faults(read)] for read in contracts]
        note = "; ".join(message for told in notes for message in told)
        reader, writer = contracts
        if isinstance(reader, str) or isinstance(writer, str):
            return Answer(refused=refused, note=note)
        reasons = tuple((each.type, each.pointer, each.message) for each in incompatibilities(reader, writer))
        return Answer(reasons=reasons, failed=_inconsistency(reader, writer, unread=bool(reasons)), note=note)
    except Exception as error:  # noqa: BLE001  (a crash is an answer to be counted, whatever it is)
        return Answer(failed=f"{type(error).__name__}: {error}")


def _read(schema: object) -> AvroContract | str:
    """The contract of a schema, or why it is refused."""
    text = json.dumps(schema, ensure_ascii=False).encode("utf-8", "surrogatepass")
    documents = DocumentSet(MemorySnapshot("memory", {"schema.avsc": text}))
    try:
        return avro.read(documents, "schema.avsc", find_type=documents.avro_finder("schema.avsc"))
    except ContractguardError as error:
        return error.message


def _inconsistency(reader: AvroContract, writer: AvroContract, *, unread: bool) -> str:
    """What is wrong where changes do not say what resolution says; each side is base once."""
    for base, head, direction in ((writer, reader, Direction.INPUT), (reader, writer, Direction.OUTPUT)):
        collector = Collector()
        compare(base, head, collector)
        changes = [change for change in collector.changes() if change.direction is direction]
        breaking = [change.kind for change in changes if change.effect in _BREAKS[direction]]
        if bool(breaking) is not unread:
            return f"resolution says {'breaking' if unread else 'fine'}, the changes {sorted(set(breaking))}"
    return ""


class Known(NamedTuple):
    """A difference that is meant to be, and why."""

    name: str
    why: str
    covers: Callable[[Pair, Answer, Answer], bool]


def _is_told(_pair: Pair, own: Answer, other: Answer) -> bool:
    return bool(own.note) and set(own.refused) < set(other.refused)


def _is_of_no_value(_pair: Pair, own: Answer, other: Answer) -> bool:
    return "counts as none" in own.note and not other.refused


def _is_named_from_afar(pair: Pair, _own: Answer, _other: Answer) -> bool:
    """Whether a type of the null namespace is named, or has a namesake, where another namespace is."""
    return any(_far_names(schema) for schema in pair)


def _far_names(schema: Any) -> bool:  # noqa: ANN401  (any JSON value)
    names = set(avro.defined_names(schema))
    waiting: list[tuple[Any, str]] = [(schema, "")]
    while waiting:
        value, space = waiting.pop()
        if isinstance(value, str) and space and value in names:
            return True
        if isinstance(value, list):
            waiting += [(item, space) for item in value]
        elif isinstance(value, dict):
            name, own = value.get("name"), value.get("namespace", space)
            if isinstance(name, str) and isinstance(own, str):
                space = name.rpartition(".")[0] or ("" if "." in name else own)
            waiting += [(value.get(part), space) for part in ("type", "items", "values")]
            waiting += [(each.get("type"), space) for each in value.get("fields") or () if isinstance(each, dict)]
    return False


KNOWN = (
    Known(
        "a field finds several",
        "SchemaCompatibility throws where a field finds several fields of the writer, and where its alias is its own name; a"
        ' field takes the one of its own name where the others have readers of their own, else it is unreadable ("Aliases")',
        lambda _pair, _own, other: "matches multiple fields" in other.failed,
    ),
    Known(
        "told as invalid",
        "what the specification forbids is read where one can tell what it means, and told as contract-invalid",
        _is_told,
    ),
    Known(
        "a default that is no value",
        'counts as none ("Records": the table of field default values; "Enums"); Apache Avro takes any text for an enum, bytes'
        " or fixed, and fails when it reads with it",
        _is_of_no_value,
    ),
    Known(
        "a default of a type that is not finished",
        "Apache Avro checks a default before the record around it, or one that comes later, is known, and refuses what it sees",
        lambda _pair, _own, other: "fields not set yet" in other.note or "unresolved schema" in other.note,
    ),
    Known(
        "a name from the null namespace",
        "Apache Avro takes a simple name for one of the null namespace before that of its own is known, and refuses it while it"
        ' is not ("Names": the namespace of the enclosing definition counts)',
        _is_named_from_afar,
    ),
    Known(
        "a type by its name in an object",
        'Apache Avro refuses {"type": "Name"} ("Schema Declaration" allows it)',
        lambda _pair, _own, other: "MUST be a primitive type or one of" in other.note,
    ),
    Known(
        "a type that fails inside of itself",
        "SchemaCompatibility takes a pair for readable while it looks into it, and remembers what it concluded from that"
        ' ("Schema Resolution" has no such exception)',
        lambda _pair, own, other: bool(own.reasons) and not other.reasons and not other.failed and not other.refused,
    ),
)


def difference(pair: Pair, own: Answer, other: Answer) -> str:
    """The class of a disagreement; empty where there is none."""
    if own.failed:
        return f"we fail: {own.failed[:_SHOWN]}"
    if not other.failed and (own.refused, own.reasons) == (other.refused, other.reasons):
        return ""
    for known in KNOWN:
        if known.covers(pair, own, other):
            return f"known: {known.name}"
    if own.refused != other.refused:
        ours_more = len(own.refused) > len(other.refused)
        return f"we refuse: {own.note[:_SHOWN]}" if ours_more else f"Apache Avro refuses: {other.note[:_SHOWN]}"
    if other.failed:
        return f"Apache Avro fails: {other.failed[:_SHOWN]}"
    return "verdict" if bool(own.reasons) is not bool(other.reasons) else "reasons"


def random_pairs(seed: int, count: int) -> Iterator[Pair]:
    """So many pairs, the same for the same seed."""
    for number in range(count):
        random = Random(f"{seed}-{number}")  # noqa: S311  (no secret)
        before = model(random)
        after = model(random) if number % 2 else evolved(random, before, random.randrange(1, 6))
        sides = [written(before), written(after)]
        random.shuffle(sides)
        if number % 8 == 0:
            sides[0] = broken(random, sides[0])
        yield Pair(*sides)


def _pairs_of_file(path: Path) -> Iterator[Pair]:
    text = path.read_text(encoding="utf-8")
    rows = yaml.safe_load(text) if path.suffix == ".yaml" else [json.loads(line) for line in text.splitlines()]
    for row in rows:
        yield Pair(row["reader"], row["writer"])


def smaller(pair: Pair, wrong: Callable[[Pair], bool]) -> Pair:
    """A pair that is as wrong, with all taken out that can be taken out."""
    left = _STEPS_OF_SHRINKING
    found: Pair | None = pair
    while found is not None and left > 0:
        pair, found = found, None
        for candidate in _shrunken_pairs(pair):
            left -= 1
            if left <= 0 or wrong(candidate):
                found = candidate if left > 0 else None
                break
    return pair


def _shrunken_pairs(pair: Pair) -> Iterator[Pair]:
    yield from (Pair(reader, pair.writer) for reader in _shrunken(pair.reader))
    yield from (Pair(pair.reader, writer) for writer in _shrunken(pair.writer))


def _shrunken(value: Any) -> Iterator[Any]:  # noqa: ANN401  (any JSON value)
    """The values that have one thing less, and what stands inside."""
    if isinstance(value, dict):
        yield from ({name: item for name, item in value.items() if name != key} for key in value)
        yield from (value[key] for key in ("items", "values") if key in value)
        yield from (each["type"] for each in value.get("fields") or () if isinstance(each, dict) and "type" in each)
        yield from ({**value, key: each} for key, item in value.items() for each in _shrunken(item))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield item
            yield [*value[:index], *value[index + 1 :]]
            yield from ([*value[:index], each, *value[index + 1 :]] for each in _shrunken(item))


def _print(counts: Counter[str], examples: dict[str, list[Pair]], apache: Apache) -> None:
    total = counts.total()
    known = sum(count for name, count in counts.items() if name.startswith("known: "))
    print(
        f"{total} pairs: {counts['']} agree, {known} differ as they are meant to, {total - known - counts['']} otherwise"
    )
    for each in KNOWN:
        if count := counts[f"known: {each.name}"]:
            print(f"  {count:6} {each.name}: {each.why}")
    for name, pairs in examples.items():
        print(f"\n{counts[name]} times: {name}")
        for pair in pairs:
            small = smaller(pair, partial(_differs_so, name, apache))
            print(f"  reader {json.dumps(small.reader)}\n  writer {json.dumps(small.writer)}")
            print(f"    we say {ours(small)}\n    Apache Avro says {apache.answer(small)}")


def _differs_so(name: str, apache: Apache, pair: Pair) -> bool:
    return difference(pair, ours(pair), apache.answer(pair)) == name


def main() -> None:
    """Compare, and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", action="append", type=Path, default=[])
    parser.add_argument("--show", type=int, default=2, help="how many pairs are shown of each disagreement")
    options = parser.parse_args()
    if shutil.which("java") is None or not (JAVA / "classes" / "Compatibility.class").is_file():
        sys.exit(
            "SKIPPED: Apache Avro for Java is not installed; benchmarks/peers.sh installs it where there are a JDK and Maven"
        )
    files = [pair for file in options.file for pair in _pairs_of_file(file)]
    apache = Apache()
    counts: Counter[str] = Counter()
    examples: dict[str, list[Pair]] = {}
    for pair in files or random_pairs(options.seed, options.pairs):
        name = difference(pair, ours(pair), apache.answer(pair))
        counts[name] += 1
        if name and not name.startswith("known: ") and len(examples.setdefault(name, [])) < options.show:
            examples[name].append(pair)
    _print(counts, examples, apache)
    apache.close()
    sys.exit(1 if examples else 0)


if __name__ == "__main__":
    main()

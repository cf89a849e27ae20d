"""Random Avro schemas, random steps by which they evolve, and ways to break them. Everything follows from a `random.Random`.

A schema is made as a `Model`: named types in a table, and types that refer to them by number, so that a step may rename a type
without looking for its uses. `written` writes it out as JSON, each named type where it is first met.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeAlias

Kind: TypeAlias = Any
"""The name of a primitive; an object with `type` (a primitive with a logical type, an array, a map); a list of branches; or a
number, which is that of a named type."""

PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")
NAMES = ("A", "B", "C", "D")
NAMESPACES = ("", "n", "m.k")
FIELDS = ("f", "g", "h", "i")
SYMBOLS = ("X", "Y", "Z")
_LOGICAL = (
    {"type": "int", "logicalType": "date"},
    {"type": "long", "logicalType": "timestamp-millis"},
    {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 9},
    {"type": "string", "logicalType": "uuid"},
    {"type": "string", "logicalType": "date"},
)
_NEIGHBOURS = {
    "int": ("long", "float", "double"),
    "long": ("float", "int"),
    "float": ("double",),
    "double": ("float",),
    "string": ("bytes",),
    "bytes": ("string",),
}
_VALUES: dict[str, Any] = {
    "null": None,
    "boolean": True,
    "bytes": "b",
    "string": "s",
    "float": 1.5,
    "double": 2.5,
    "array": [],
    "map": {},
}
_JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    5,
    1.5,
    "",
    "A",
    "n.B",
    "int",
    "é",
    "a-b",
    "1a",
    "n..B",
    "NaN",
    [],
    {},
    ["A"],
    {"type": "string"},
)
_DEEPEST = 4


@dataclass
class Model:
    """A schema with its named types in a table."""

    root: Kind = "null"
    named: list[dict[str, Any]] = field(default_factory=list)
    unfinished: set[int] = field(default_factory=set)
    """The records whose fields are being made."""


def model(random: Random) -> Model:
    """A random schema."""
    made = Model()
    made.root = _kind(random, made, 0)
    return made


def evolved(random: Random, before: Model, steps: int) -> Model:
    """The schema after some random steps."""
    after = copy.deepcopy(before)
    for _ in range(steps):
        _step(random, after)
    return after


def broken(random: Random, schema: Any) -> Any:  # noqa: ANN401  (any JSON value)
    """The JSON of a schema with one thing in it taken out, put in, or replaced by something that is out of place."""
    holder = {"": copy.deepcopy(schema)}
    places = [
        (each, key) for each in _containers(holder) for key in (each if isinstance(each, dict) else range(len(each)))
    ]
    chosen, key = random.choice(places)
    action = random.choice(("junk", "junk", "gone", "wrapped", "twice"))
    if action == "junk":
        chosen[key] = copy.deepcopy(random.choice(_JUNK))
    elif action == "gone" and chosen is not holder:
        del chosen[key]
    elif action == "wrapped":
        chosen[key] = {"type": chosen[key]}
    elif isinstance(chosen, list):
        chosen.insert(0, copy.deepcopy(chosen[key]))
    elif isinstance(chosen[key], dict):
        more = random.choice(("namespace", "aliases", "default", "order", "logicalType", "doc", "size", "symbols"))
        chosen[key][more] = copy.deepcopy(random.choice(_JUNK))
    return holder[""]


def _containers(value: Any) -> Iterator[Any]:  # noqa: ANN401
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _containers(item)


def _chance(random: Random, share: float) -> bool:
    return random.random() < share


def _kind(random: Random, made: Model, depth: int) -> Kind:
    if depth >= _DEEPEST or _chance(random, 0.4 if depth else 0.1):
        return random.choice(PRIMITIVES) if _chance(random, 0.9) else dict(random.choice(_LOGICAL))
    if made.named and _chance(random, 0.2):
        return random.randrange(len(made.named))
    maker = random.choices((_named, _array, _map, _union), (5, 1, 1, 3))[0]
    return maker(random, made, depth + 1)


def _array(random: Random, made: Model, depth: int) -> Kind:
    return {"type": "array", "items": _kind(random, made, depth)}


def _map(random: Random, made: Model, depth: int) -> Kind:
    return {"type": "map", "values": _kind(random, made, depth)}


def _union(random: Random, made: Model, depth: int) -> Kind:
    return [_kind(random, made, depth) for _ in range(random.randrange(5))]


def _named(random: Random, made: Model, depth: int) -> Kind:
    number = len(made.named)
    kind = random.choices(("record", "error", "enum", "fixed"), (9, 1, 5, 4))[0]
    definition: dict[str, Any] = {"type": kind, "name": random.choice(NAMES), "namespace": random.choice(NAMESPACES)}
    made.named.append(definition)
    if _chance(random, 0.3):
        definition["aliases"] = _aliases(random)
    if kind == "fixed":
        definition["size"] = random.randrange(1, 3)
    elif kind == "enum":
        _give_symbols(random, definition, 0)
    else:
        definition["fields"] = []
        made.unfinished.add(number)
        for name in random.sample(FIELDS, random.randrange(4)):
            definition["fields"].append(_field(random, made, name, depth))
        made.unfinished.remove(number)
    return number


def _aliases(random: Random) -> list[str]:
    return [random.choice(("", "", "n.", "m.k.")) + random.choice(NAMES) for _ in range(random.choice((1, 1, 2)))]


def _give_symbols(random: Random, enum: dict[str, Any], least: int) -> None:
    enum["symbols"] = random.sample(SYMBOLS, random.randrange(least, 4))
    enum.pop("default", None)
    if enum["symbols"] and _chance(random, 0.4):
        enum["default"] = random.choice(enum["symbols"])


def _field(random: Random, made: Model, name: str, depth: int) -> dict[str, Any]:
    found = {"name": name, "type": _kind(random, made, depth)}
    if _chance(random, 0.4):
        _give_default(random, made, found)
    if _chance(random, 0.2):
        found["aliases"] = random.sample(FIELDS, random.choice((1, 1, 2)))
    return found


def _give_default(random: Random, made: Model, of: dict[str, Any]) -> None:
    """Give a field a default, where its type has a value."""
    values = list(_values(random, made, of["type"], ()))
    if values:
        of["default"] = random.choice(values)


def _values(random: Random, made: Model, kind: Kind, inside: tuple[int, ...]) -> Iterator[Any]:
    """Some values of a type; of a union one of each branch."""
    if isinstance(kind, list):
        for branch in kind:
            yield from _values(random, made, branch, inside)
    elif not isinstance(kind, int):
        yield _VALUES.get(kind if isinstance(kind, str) else kind["type"], 7)
    elif "size" in made.named[kind]:
        yield "b" * made.named[kind]["size"]
    elif "symbols" in made.named[kind]:
        yield from made.named[kind]["symbols"]
    elif kind not in inside and kind not in made.unfinished:
        fields = made.named[kind]["fields"]
        values = {each["name"]: list(_values(random, made, each["type"], (*inside, kind))) for each in fields}
        if all(values.values()):
            yield {name: random.choice(each) for name, each in values.items()}


def _step(random: Random, after: Model) -> None:
    """One change, somewhere; now and then it finds nothing to do."""
    if after.named and _chance(random, 0.6):
        _change_named(random, after, random.choice(after.named))
        return
    holder, key = random.choice(list(_holders(after)))
    kind = _other_kind(random, after, holder[key])
    holder[key] = kind
    if holder is not vars(after) and isinstance(holder, dict) and holder.pop("default", None) is not None:
        _give_default(random, after, holder)


def _holders(after: Model) -> Iterator[tuple[Any, Any]]:
    """All places at which a type stands: what holds it, and the key."""
    waiting: list[tuple[Any, Any]] = [(vars(after), "root")]
    waiting += [(each, "type") for named in after.named for each in named.get("fields", ())]
    while waiting:
        holder, key = waiting.pop()
        yield holder, key
        kind = holder[key]
        if isinstance(kind, list):
            waiting += [(kind, index) for index in range(len(kind))]
        elif isinstance(kind, dict):
            waiting += [(kind, part) for part in ("items", "values") if part in kind]


def _other_kind(random: Random, after: Model, kind: Kind) -> Kind:
    if isinstance(kind, str) and kind in _NEIGHBOURS and _chance(random, 0.5):
        return random.choice(_NEIGHBOURS[kind])
    if isinstance(kind, list) and _chance(random, 0.6):
        return _other_branches(random, after, kind)
    if _chance(random, 0.6):
        return random.choice(([kind], ["null", kind], [kind, "null"], [kind, random.choice(PRIMITIVES)]))
    return _kind(random, after, _DEEPEST - 1)


def _other_branches(random: Random, after: Model, branches: list[Kind]) -> list[Kind]:
    changed = list(branches)
    if changed and _chance(random, 0.4):
        changed.pop(random.randrange(len(changed)))
    elif _chance(random, 0.4):
        random.shuffle(changed)
    else:
        changed.insert(random.randrange(len(changed) + 1), _kind(random, after, _DEEPEST - 1))
    return changed


def _change_named(random: Random, after: Model, definition: dict[str, Any]) -> None:
    if _chance(random, 0.25):
        old = _joined(definition)
        definition |= {"name": random.choice(NAMES), "namespace": random.choice(NAMESPACES)}
        if _chance(random, 0.6):
            definition["aliases"] = [random.choice((old, old, old.rpartition(".")[2]))]
    elif _chance(random, 0.05):
        definition["aliases"] = _aliases(random)
    elif "fields" in definition:
        _change_fields(random, after, definition["fields"])
    elif "symbols" in definition:
        _give_symbols(random, definition, 1)
    else:
        definition["size"] = random.randrange(1, 3)


def _change_fields(random: Random, after: Model, fields: list[dict[str, Any]]) -> None:
    spare = [name for name in FIELDS if name not in {each["name"] for each in fields}]
    step = random.choices(("add", "remove", "rename", "default", "cross", "shuffle"), (7, 3, 5, 2, 1, 2))[0]
    if spare and (step == "add" or not fields):
        fields.insert(random.randrange(len(fields) + 1), _field(random, after, random.choice(spare), _DEEPEST - 1))
        return
    chosen = random.choice(fields) if fields else {}
    if step == "remove" and fields:
        fields.remove(chosen)
    elif step == "rename" and fields and spare:
        old, chosen["name"] = chosen["name"], random.choice(spare)
        if _chance(random, 0.7):
            chosen["aliases"] = [old]
    elif step == "default" and fields:
        if chosen.pop("default", None) is None:
            _give_default(random, after, chosen)
    elif step == "cross" and len(fields) > 1:
        one, other = random.sample(fields, 2)
        one["aliases"], other["aliases"] = [other["name"]], [one["name"]]
    else:
        random.shuffle(fields)


def _joined(definition: dict[str, Any]) -> str:
    return ".".join(part for part in (definition["namespace"], definition["name"]) if part)


def written(made: Model) -> Any:  # noqa: ANN401  (a schema is any JSON value)
    """The schema as JSON. Names that two types have are told apart, and branches that are alike are left out."""
    return _Writing(made).kind(made.root, "")


class _Writing:
    def __init__(self, made: Model) -> None:
        self._named = made.named
        self._names: dict[int, str] = {}
        self._defined: set[int] = set()

    def _fullname(self, number: int) -> str:
        if number not in self._names:
            name = _joined(self._named[number])
            while name in self._names.values():
                name += "2"
            self._names[number] = name
        return self._names[number]

    def kind(self, kind: Kind, namespace: str) -> Any:  # noqa: ANN401
        """A type where the enclosing namespace is `namespace`."""
        if isinstance(kind, list):
            return self._union(kind, namespace)
        if isinstance(kind, dict):
            parts = {key: self.kind(kind[key], namespace) for key in ("items", "values") if key in kind}
            return {**kind, **parts}
        return self._use(kind, namespace) if isinstance(kind, int) else kind

    def _union(self, branches: list[Kind], namespace: str) -> list[Any]:
        different = {self._identity(branch): branch for branch in reversed(self._flat(branches))}
        return [self.kind(branch, namespace) for branch in reversed(different.values())]

    def _identity(self, branch: Kind) -> str:
        if isinstance(branch, int):
            return self._fullname(branch)
        return branch if isinstance(branch, str) else str(branch["type"])

    def _flat(self, branches: list[Kind]) -> list[Kind]:
        return [part for each in branches for part in (self._flat(each) if isinstance(each, list) else [each])]

    def _use(self, number: int, namespace: str) -> Any:  # noqa: ANN401
        name = self._fullname(number)
        space, _, simple = name.rpartition(".")
        if number in self._defined:
            # A name of the null namespace cannot be told from within another, so something else stands there.
            return "string" if namespace and not space else simple if space == namespace else name
        self._defined.add(number)
        definition = {**self._named[number], "name": simple, "namespace": space}
        if number % 2 and space:
            definition["name"] = name
            del definition["namespace"]
        elif space == namespace:
            del definition["namespace"]
        if "fields" in definition:
            definition["fields"] = [{**each, "type": self.kind(each["type"], space)} for each in definition["fields"]]
        return definition

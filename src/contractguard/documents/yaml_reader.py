"""YAML text to values, over the events of libyaml: no recursion, every step counted.

YAML 1.2 core schema (1.2.2, chapter 10) with the merge key `<<` of YAML 1.1 on top, which contracts in the wild use. Keys are
text as written (`200`, `true`, `1.10`). Aliases share one object. A tag that the core schema does not know keeps its place
as an object of one member, `!Sub x` → `{"!Sub": "x"}` (as tools that hold YAML as JSON do), so that a change of tag is not lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from contractguard.documents.limits import Limits, too_deep, too_many_digits, too_many_repeats, too_many_values
from contractguard.documents.text import Lines
from contractguard.documents.yaml_events import CORE, MERGE_KEY, TYPE_TAGS, Event, custom_tag, is_merge, yaml_events
from contractguard.documents.yaml_scalars import NotFiniteError, TooLongError, plain_value
from contractguard.errors import UnreadableError
from contractguard.model.document import DuplicateKey
from contractguard.model.values import MAX_DEPTH, JsonValue

_WORD_STARTS: Final = frozenset("abcdeghijklmopqrsuvwxyzABCDEGHIJKLMOPQRSUVWXYZ/$#_(<")
"""A plain scalar that begins so is a string: no number, boolean or null does."""

_TYPES: Final[dict[str, tuple[type, ...]]] = {
    CORE + "null": (type(None),),
    CORE + "bool": (bool,),
    CORE + "int": (int,),
    CORE + "float": (int, float),
}


def read_yaml(text: str, path: str, limits: Limits) -> tuple[JsonValue, tuple[DuplicateKey, ...]]:
    """The value of the only document in a YAML text, and the keys that stand twice in an object.

    Raises `UnreadableError` for what is not YAML, holds several documents, numbers that JSON cannot hold, keys that are no
    scalars, or aliases that lead back to themselves; `LimitError` for what goes beyond `limits` or `MAX_DEPTH`.
    """
    builder = _Builder(text, path, limits)
    with yaml_events(text, path) as events:
        builder.build(events)
    return builder.result, tuple(builder.duplicates)


@dataclass(slots=True)
class _Anchored:
    """What an anchor stands for. `weight` counts values as if aliases were written out; `text` is that of a scalar."""

    value: JsonValue = None
    weight: int = 1
    height: int = 0
    text: str | None = None
    finished: bool = True


class _Frame:
    """A collection that is being read: `members` of an object, or `items` of an array."""

    __slots__ = ("anchor", "height", "items", "key", "members", "merges", "start", "tag")

    def __init__(self, *, is_mapping: bool, anchor: str | None, tag: str | None, start: int) -> None:
        self.members: dict[str, JsonValue] | None = {} if is_mapping else None
        self.items: list[JsonValue] = []
        self.key: str | None = None
        self.merges: list[JsonValue] | None = None
        self.anchor = anchor
        self.tag = tag
        self.start = start
        self.height = 0


class _Builder:
    """Builds the value of one document."""

    def __init__(self, text: str, path: str, limits: Limits) -> None:
        self.result: JsonValue = None
        self.duplicates: list[DuplicateKey] = []
        self._path = path
        self._limits = limits
        self._lines = Lines(text)
        self._frames: list[_Frame] = []
        self._depth = 0
        self._anchors: dict[str, _Anchored] = {}
        self._weight = 0
        self._repeated = 0
        self._documents = 0

    def build(self, events: Iterator[Event]) -> None:
        handlers = {
            "MappingStartEvent": self._start,
            "SequenceStartEvent": self._start,
            "MappingEndEvent": self._end,
            "SequenceEndEvent": self._end,
            "AliasEvent": self._alias,
            "DocumentStartEvent": self._document,
        }
        for event in events:
            name = event.__class__.__name__
            if name == "ScalarEvent":
                self._scalar(event)
            elif name in handlers:
                handlers[name](event)

    def _document(self, event: Event) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._error(
                event,
                "the file holds more than one YAML document",
                "keep one contract in a file; move the others to their own",
            )

    def _scalar(self, event: Event) -> None:
        self._count(event)
        text: str = event.value
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.members is not None and frame.key is None:
            if event.anchor is not None:
                self._anchors[event.anchor] = _Anchored(self._scalar_value(event), text=text)
            self._key(frame, text, event, merges=text == MERGE_KEY and is_merge(event))
            return
        height = 0
        if event.tag is None and (not event.implicit[0] or text[:1] in _WORD_STARTS):
            value: JsonValue = text
        else:
            value = self._scalar_value(event)
            tag = custom_tag(event, scalar=True)
            if tag is not None:
                self._check_depth(event, self._depth + 1)
                value, height = {tag: value}, 1
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, 1 + height, height, text)
        self._attach(frame, value, height)

    def _scalar_value(self, event: Event) -> JsonValue:
        """What a scalar stands for. A tag that is not of the core schema leaves the text."""
        tag, text = event.tag, event.value
        try:
            if tag not in TYPE_TAGS:
                plain = tag is None and event.implicit[0]
                return plain_value(text) if plain else str(text)
            value = plain_value(text)
            if tag == CORE + "float" and type(value) is int:
                value = plain_value(f"{text}.0" if text.lstrip("+-").isdigit() else f"{value}.0")
        except NotFiniteError:
            raise self._error(
                event, f"{text[:40]!r} is a number that JSON cannot hold", "write it in quotes, as a string"
            ) from None
        except TooLongError:
            raise too_many_digits(self._path, *self._where(event)) from None
        if not isinstance(value, _TYPES[tag]) or (isinstance(value, bool) and tag != CORE + "bool"):
            name = tag.removeprefix(CORE)
            raise self._error(
                event, f"{text[:40]!r} is no value of type {name}", f"remove the tag !!{name}, or mend the value"
            )
        return value

    def _key(self, frame: _Frame, text: str, event: Event, *, merges: bool) -> None:
        """Note the key of the member that follows."""
        frame.key = text
        if text == MERGE_KEY and (MERGE_KEY in (frame.members or ()) if merges else frame.merges is not None):
            raise self._error(event, 'a quoted "<<" stands beside the merge key <<', "rename the quoted key")
        if merges and frame.merges is None:
            frame.merges = []
        elif merges or text in (frame.members or ()):
            self.duplicates.append(DuplicateKey(text, *self._where(event)))

    def _start(self, event: Event) -> None:
        self._count(event)
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.members is not None and frame.key is None:
            raise self._no_scalar_key(event)
        tag = custom_tag(event, scalar=False)
        is_mapping = event.__class__.__name__ == "MappingStartEvent"
        self._frames.append(_Frame(is_mapping=is_mapping, anchor=event.anchor, tag=tag, start=self._weight))
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(finished=False)
        self._depth += 1 if tag is None else 2
        self._check_depth(event, self._depth)

    def _end(self, event: Event) -> None:
        frame = self._frames.pop()
        value: JsonValue = frame.items if frame.members is None else frame.members
        if frame.merges:
            value = self._merged(frame, event)
        height = frame.height + 1
        self._depth -= 1
        if frame.tag is not None:
            value, height = {frame.tag: value}, height + 1
            self._depth -= 1
        if frame.anchor is not None:
            self._anchors[frame.anchor] = _Anchored(value, self._weight - frame.start + 1, height)
        self._attach(self._frames[-1] if self._frames else None, value, height)

    def _merged(self, frame: _Frame, event: Event) -> dict[str, JsonValue]:
        """The members with what `<<` brings in: keys of the mapping itself win, then earlier sources.

        The steps are counted already: each source was counted where it is written or named by an alias.
        """
        own: dict[str, JsonValue] = frame.members or {}
        merged: dict[str, JsonValue] = {}
        for given in frame.merges or ():
            for source in given if isinstance(given, list) else [given]:
                if not isinstance(source, dict):
                    raise self._error(
                        event, "a merge key << in the mapping that ends here names no mapping", "merge mappings only"
                    )
                for key, value in source.items():
                    merged.setdefault(key, value)
        return merged | own

    def _alias(self, event: Event) -> None:
        self._count(event)
        name = event.anchor
        anchored = self._anchors.get(name)
        if anchored is None:
            raise self._error(event, f"the alias *{name} names no anchor above it", f"define &{name} first")
        if not anchored.finished:
            raise self._error(
                event, f"the alias *{name} lies inside of what it names", "use $ref for a structure that holds itself"
            )
        self._weight += anchored.weight
        self._repeated += anchored.weight
        if self._repeated > self._limits.max_repeated:
            raise too_many_repeats(self._path, self._limits.max_repeated, *self._where(event))
        self._check_depth(event, self._depth + anchored.height)
        frame = self._frames[-1]
        if frame.members is None or frame.key is not None:
            self._attach(frame, anchored.value, anchored.height)
        elif anchored.text is None:
            raise self._no_scalar_key(event)
        else:
            self._key(frame, anchored.text, event, merges=False)

    def _attach(self, frame: _Frame | None, value: JsonValue, height: int) -> None:
        """Put a finished value where it belongs."""
        if frame is None:
            self.result = value
            return
        frame.height = max(frame.height, height)
        if frame.members is None:
            frame.items.append(value)
        elif frame.merges is not None and frame.key == MERGE_KEY:
            frame.merges.append(value)
            frame.key = None
        else:
            frame.members[frame.key] = value  # type: ignore[index]  # a key was read before
            frame.key = None

    def _count(self, event: Event) -> None:
        self._weight += 1
        if self._weight - self._repeated > self._limits.max_nodes:
            raise too_many_values(self._path, self._limits.max_nodes, *self._where(event))

    def _check_depth(self, event: Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_deep(self._path, MAX_DEPTH, *self._where(event))

    def _where(self, event: Event) -> tuple[int, int]:
        return self._lines.position(event.start_mark.index)

    def _error(self, event: Event, message: str, remedy: str) -> UnreadableError:
        line, column = self._where(event)
        return UnreadableError(message, path=self._path, line=line, column=column, remedy=remedy)

    def _no_scalar_key(self, event: Event) -> UnreadableError:
        return self._error(event, "a key is an object or an array", "write a key that is a string")

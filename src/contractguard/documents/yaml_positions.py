"""Finding pointers in YAML text, over the events of libyaml. Aliases and merge keys lead to where things are written."""

from __future__ import annotations

from collections.abc import Iterator

from contractguard.documents.wanted import Wanted
from contractguard.documents.yaml_events import MERGE_KEY, Event, custom_tag, is_merge, yaml_events

_STARTS = frozenset({"MappingStartEvent", "SequenceStartEvent"})
_ENDS = frozenset({"MappingEndEvent", "SequenceEndEvent"})
_NOT_NODES = frozenset({"StreamStartEvent", "DocumentStartEvent", "DocumentEndEvent", "StreamEndEvent"})


class _AllFound(Exception):  # noqa: N818 - it is no error
    """Nothing is left to look for."""


class _Place:
    """A node of the file: where its members (or items, by index as text) stand, and what they are."""

    __slots__ = ("_flat", "members", "merges", "text")

    def __init__(self, text: str | None = None) -> None:
        self.members: dict[str, tuple[int, _Place]] = {}
        self.merges: list[_Place] = []
        self.text = text
        self._flat: dict[str, tuple[int, _Place]] | None = None

    def all_members(self) -> dict[str, tuple[int, _Place]]:
        """The members with those that merge keys bring in: its own win, then earlier sources."""
        if not self.merges:
            return self.members
        if self._flat is None:
            flat: dict[str, tuple[int, _Place]] = {}
            for source in self.merges:
                for key, member in source.all_members().items():
                    flat.setdefault(key, member)
            self._flat = flat | self.members
        return self._flat


def find_in_yaml(text: str, path: str, wanted: Wanted, *, has_duplicates: bool) -> None:
    """Note the offsets of `wanted` in a text that was read as YAML before, so that it is known to be in order."""
    with yaml_events(text, path) as events:
        finder = _Finder(events, left=-1 if has_duplicates else wanted.size())
        try:
            wanted.offset, root = finder.read(wanted)
        except _AllFound as found:
            wanted.offset, root = finder.start, found.args[0]
    _spread(root, wanted)


def _spread(root: _Place, wanted: Wanted) -> None:
    """Carry the places found over to what is wanted."""
    stack = [(root, wanted)]
    while stack:
        place, node = stack.pop()
        members = place.all_members()
        for token, child in node.children.items():
            member = members.get(token)
            if member is not None:
                child.offset = member[0]
                stack.append((member[1], child))


class _Finder:
    """Builds the places that are wanted, and all below an anchor, since an alias further down may lead to any of them."""

    def __init__(self, events: Iterator[Event], *, left: int) -> None:
        self.start = 0
        self._events = events
        self._left = left
        self._root = _Place()
        self._anchors: dict[str, _Place] = {}

    def read(self, wanted: Wanted) -> tuple[int, _Place]:
        """Offset and place of the root. Raises `_AllFound` with the place as soon as the rest of the file says nothing new."""
        for event in self._events:
            if event.__class__.__name__ not in _NOT_NODES:
                self.start = event.start_mark.index
                self._count()
                return self.start, self._node(event, wanted, self._root, everything=False)
        return 0, self._root

    def _count(self) -> None:
        self._left -= 1
        if not self._left:
            raise _AllFound(self._root)

    def _node(self, event: Event, wanted: Wanted | None, place: _Place, *, everything: bool) -> _Place:
        """The place of the node that begins with `event`, filled into `place` except where it is an alias."""
        name = event.__class__.__name__
        if name == "AliasEvent":
            return self._anchors.get(event.anchor, place)
        tag = custom_tag(event, scalar=name == "ScalarEvent")
        outer = place
        if tag is not None:
            place = _Place()
            outer.members[tag] = (event.start_mark.index, place)
            wanted = self._member(wanted, tag)
        if event.anchor is not None:
            everything = True
            self._anchors[event.anchor] = outer
        if name == "ScalarEvent":
            outer.text = event.value
        elif everything or (wanted is not None and wanted.children):
            if name == "MappingStartEvent":
                self._members(wanted, place, everything=everything)
            else:
                self._items(wanted, place, everything=everything)
        else:
            self._skip()
        return outer

    def _member(self, wanted: Wanted | None, token: str) -> Wanted | None:
        child = None if wanted is None else wanted.children.get(token)
        if child is not None:
            self._count()
        return child

    def _members(self, wanted: Wanted | None, place: _Place, *, everything: bool) -> None:
        for event in self._events:
            name = event.__class__.__name__
            if name == "MappingEndEvent":
                return
            key = self._key(event)
            if key == MERGE_KEY and name == "ScalarEvent" and is_merge(event):
                self._merge(wanted, place, everything=everything)
                continue
            asked = wanted is not None and key in wanted.children
            if not asked and not everything:
                self._pass(next(self._events))
                continue
            inner = _Place()
            place.members[key] = (event.start_mark.index, inner)
            child = self._member(wanted, key)
            place.members[key] = (
                event.start_mark.index,
                self._node(next(self._events), child, inner, everything=everything),
            )

    def _key(self, event: Event) -> str:
        if event.__class__.__name__ == "AliasEvent":
            anchored = self._anchors.get(event.anchor)
            return (anchored.text if anchored else None) or ""
        if event.anchor is not None:
            self._anchors[event.anchor] = _Place(event.value)
        key: str = event.value
        return key

    def _merge(self, wanted: Wanted | None, place: _Place, *, everything: bool) -> None:
        """Read what a merge key brings in: a mapping or a sequence of mappings. It ends no search, own keys may still win."""
        event = next(self._events)
        left, self._left = self._left, -1
        if event.__class__.__name__ == "SequenceStartEvent":
            if event.anchor is not None:
                self._anchors[event.anchor] = _Place()
            for index, item in enumerate(iter(lambda: next(self._events), None)):
                if item.__class__.__name__ == "SequenceEndEvent":
                    break
                source = self._node(item, wanted, _Place(), everything=everything or event.anchor is not None)
                if event.anchor is not None:
                    self._anchors[event.anchor].members[str(index)] = (item.start_mark.index, source)
                place.merges.append(source)
        else:
            source = self._node(event, wanted, _Place(), everything=everything)
            place.merges.append(source)
        self._left = left

    def _items(self, wanted: Wanted | None, place: _Place, *, everything: bool) -> None:
        index = -1
        for event in self._events:
            if event.__class__.__name__ == "SequenceEndEvent":
                return
            index += 1
            token = str(index)
            asked = wanted is not None and token in wanted.children
            if not asked and not everything:
                self._pass(event)
                continue
            inner = _Place()
            place.members[token] = (event.start_mark.index, inner)
            child = self._member(wanted, token)
            place.members[token] = (event.start_mark.index, self._node(event, child, inner, everything=everything))

    def _pass(self, event: Event) -> None:
        """Walk over a node that nobody asked for."""
        name = event.__class__.__name__
        if name == "AliasEvent" or (name == "ScalarEvent" and event.anchor is None):
            return
        if event.anchor is not None:
            self._node(event, None, _Place(), everything=True)
        else:
            self._skip()

    def _skip(self) -> None:
        """Walk to the end of the collection that has just begun, noting what anchors name."""
        depth = 1
        for event in self._events:
            name = event.__class__.__name__
            if name in _ENDS:
                depth -= 1
                if not depth:
                    return
            elif name != "AliasEvent" and event.anchor is not None:
                self._node(event, None, _Place(), everything=True)
            elif name in _STARTS:
                depth += 1

"""Which files belong together: the graph of references between files, its roots, and what each root reaches."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias
from urllib.parse import unquote, urljoin, urlsplit

from contractguard.documents.file_references import Reference
from contractguard.documents.references import is_inside, target_path

Edges: TypeAlias = Mapping[str, Mapping[str, bool]]
"""File → the files that it refers to → whether it refers to the whole of them somewhere."""


def targets_of(
    path: str,
    references: Iterable[Reference],
    identifier: str | None,
    exists: Callable[[str], bool],
    named: Callable[[str], Sequence[tuple[str, bool]]],
) -> dict[str, bool]:
    """The files that the file at `path` refers to, as `Edges` says, sorted; itself left out.

    `named` tells which files have a schema that calls itself by a URI, the likeliest first, and whether the schema is the whole
    file; it counts where no path leads to a file.
    """
    found: dict[str, bool] = {}
    for reference in references:
        targets = [(target, True) for target in _candidates(path, reference.target, identifier) if exists(target)]
        for target, is_file in targets or named(_uri(identifier, reference.target))[:1]:
            if target != path:
                found[target] = found.get(target, False) or (is_file and reference.whole)
    return dict(sorted(found.items()))


def _uri(identifier: str | None, reference: str) -> str:
    try:
        return urljoin(identifier or "", reference)
    except ValueError:  # such as a broken IPv6 address
        return reference


def _candidates(path: str, reference: str, identifier: str | None) -> list[str]:
    """Where a reference may lead: relative to the file, or as the `$id` of the file and the reference lie to each other
    (JSON Schema 2020-12 core, 8.2.1).
    """
    plain = target_path(path, reference)
    found = [plain] if plain else []
    if identifier:
        try:
            base, target = urlsplit(identifier), urlsplit(urljoin(identifier, reference))
        except ValueError:  # such as a broken IPv6 address
            return found
        if target.netloc == base.netloc and target.path:
            relative = posixpath.relpath(unquote(target.path), posixpath.dirname(base.path) or "/")
            other = posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))
            found += [other] if is_inside(other) else []
    return found


def reach(path: str, edges: Edges) -> frozenset[str]:
    """The file itself and every file that it leads to."""
    met, stack = {path}, [path]
    while stack:
        fresh = [target for target in edges.get(stack.pop(), ()) if target not in met]
        met.update(fresh)
        stack.extend(fresh)
    return frozenset(met)


def roots(paths: Iterable[str], edges: Edges) -> set[str]:
    """Those of `paths` that no other of them leads to; of a circle of references, the first by name."""
    chosen = set(paths)
    circles = _Circles(edges)
    for path in sorted(chosen):
        circles.add(path)
    groups = circles.groups
    group_of = {path: number for number, group in enumerate(groups) for path in group}
    reached = {
        group_of[target] for path in group_of for target in edges.get(path, ()) if group_of[target] != group_of[path]
    }
    found: set[str] = set()
    for number, group in enumerate(groups):
        members = chosen.intersection(group)
        if members and number not in reached:
            found.add(min(members))
    return found


class _Circles:
    """Finds the strongly connected components of a graph (Tarjan's algorithm, without recursion)."""

    def __init__(self, edges: Edges) -> None:
        self.groups: list[list[str]] = []
        self._edges = edges
        self._order: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._open: dict[str, None] = {}
        self._stack: list[tuple[str, Iterator[str]]] = []

    def add(self, start: str) -> None:
        """Find the components of all that `start` leads to and that was not met before."""
        if start not in self._order:
            self._enter(start)
        while self._stack:
            node, targets = self._stack[-1]
            target = next(targets, None)
            if target is None:
                self._leave(node)
            elif target not in self._order:
                self._enter(target)
            elif target in self._open:
                self._low[node] = min(self._low[node], self._order[target])

    def _enter(self, node: str) -> None:
        self._order[node] = self._low[node] = len(self._order)
        self._open[node] = None
        self._stack.append((node, iter(self._edges.get(node, ()))))

    def _leave(self, node: str) -> None:
        self._stack.pop()
        if self._stack:
            above = self._stack[-1][0]
            self._low[above] = min(self._low[above], self._low[node])
        if self._low[node] == self._order[node]:
            group: list[str] = []
            while not group or group[-1] != node:
                group.append(self._open.popitem()[0])
            self.groups.append(group)

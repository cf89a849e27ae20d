"""Base URLs as sets of places: what makes no difference is taken out, and variables are filled in (OpenAPI 3.2, section 4.6).

`https://API.example.com:443/v1/` is `https://api.example.com/v1`; a variable of which the values are listed stands for one URL
a value, any other for whatever callers put in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from contractguard.diff.openapi.paths import fits, parameter_names, without_names
from contractguard.diff.openapi.urls import plain_escapes, without_default_port
from contractguard.model.openapi import Operation, Server, ServerVariable

_UNSAID = ""
"""The pointer of a server that nothing in the file names: it lies at the root of the document."""
_MOST_URLS = 256
"""URLs that the listed values of one server stand for; beyond that its variables count as free."""
_NO_PREFIX = frozenset({""})
_MOST_PREFIXES = 64
"""Paths of base URLs that operations are looked up below; where there are more, their own paths tell them apart."""
_SCHEME = re.compile(r"[^/?#]*:")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_ANYTHING = "{}"


@dataclass(frozen=True, slots=True)
class BaseUrl:
    """A base URL without what makes no difference (RFC 3986, section 6.2). Empty parts are not said; `{}` is any text.

    A part that is not said is taken from where the description is served, which nobody can see here. `path` has no slash at
    its end.
    """

    scheme: str
    authority: str
    path: str

    def covers(self, other: BaseUrl) -> bool:
        """Whether a call to `other` is one to this."""
        return (
            (self.scheme == other.scheme or not self.scheme or not other.scheme or fits(self.scheme, other.scheme))
            and fits(self.authority, other.authority)
            and fits(self.path, other.path)
        )


def is_named(server: Server) -> bool:
    """Whether the description names this base URL, instead of leaving it to the default `/`."""
    return server.node.pointer != _UNSAID


def parsed(url: str) -> BaseUrl:
    """The normal form of a base URL."""
    url = without_names(url)
    head, separator, rest = url.partition("//")
    if not separator or (head and not _SCHEME.fullmatch(head)):
        starts_with_host = url.startswith(_ANYTHING)
        authority, _, path = url.partition("/") if starts_with_host else ("", "", url)
        path = f"/{path}" if starts_with_host and path else path
        return BaseUrl("", authority, _path(path))
    authority, slash, path = rest.partition("/")
    scheme = head.lower()
    return BaseUrl(scheme, without_default_port(scheme.removesuffix(":"), authority.lower()), _path(slash + path))


def expanded(server: Server) -> tuple[BaseUrl, ...]:
    """The base URLs that a server stands for, one for each choice of listed values; with all variables free where they are too
    many (`is_too_large`).
    """
    if is_too_large(server):
        return (parsed(server.url),)
    names = _names(server)
    choices = product(*(_choices(server.variables.get(name), name) for name in names))
    return tuple(
        dict.fromkeys(parsed(_filled(server.url, dict(zip(names, values, strict=True)))) for values in choices)
    )


def is_too_large(server: Server) -> bool:
    """Whether the values listed for the variables of a server stand for more base URLs than are looked at."""
    return prod(len(_choices(server.variables.get(name), name)) for name in _names(server)) > _MOST_URLS


class Offer:
    """The base URLs that a list of servers stands for, to be looked up in."""

    def __init__(self, servers: Sequence[Server]) -> None:
        self._written: dict[tuple[str, str], list[tuple[str, Server]]] = defaultdict(list)
        self._exact: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.urls = tuple(dict.fromkeys(url for server in servers for url in expanded(server)))
        """All of them, in the order of the list."""
        for server in servers:
            url = parsed(server.url)
            self._written[url.authority, url.path].append((url.scheme, server))
        for url in self.urls:
            self._exact[url.authority, url.path].add(url.scheme)
        truly_open = (url for server in servers if not is_too_large(server) for url in expanded(server))
        self._open = [url for url in truly_open if _ANYTHING in url.scheme + url.authority + url.path][:_MOST_URLS]

        self.placeless = [server for server in servers if not any(url.authority for url in expanded(server))]
        """The servers that name no host."""

    @property
    def paths(self) -> frozenset[str]:
        """The paths of the base URLs."""
        return frozenset(url.path for url in self.urls)

    def covers(self, url: BaseUrl) -> bool:
        """Whether calls to a base URL are calls to one of these."""
        schemes = self._exact.get((url.authority, url.path), ())
        if url.scheme in schemes or (schemes and "" in (url.scheme, *schemes)):
            return True
        return any(one.covers(url) for one in self._open)

    def written_alike(self, server: Server) -> Server | None:
        """The server of the list that has the same base URL, however its variables are called; the one in the same words first.

        A URL without scheme takes the one with which the description is served, which nobody can see here.
        """
        url = parsed(server.url)
        written = self._written.get((url.authority, url.path), ())
        alike = [other for scheme, other in written if scheme == url.scheme or "" in (scheme, url.scheme)]
        return next((other for other in alike if other.url == server.url), alike[0] if alike else None)


class Offers:
    """What each list of servers stands for, worked out once. The lists must live as long as this."""

    def __init__(self) -> None:
        self._known: dict[int, Offer] = {}

    def of(self, servers: tuple[Server, ...]) -> Offer:
        """The base URLs of a list."""
        known = self._known.get(id(servers))
        if known is None:
            known = self._known[id(servers)] = Offer(servers)
        return known

    def prefixes(self, servers: tuple[Server, ...]) -> frozenset[str]:
        """The paths of the base URLs of a list, below which operations are looked up; none where they are too many."""
        paths = self.of(servers).paths
        return paths if 0 < len(paths) <= _MOST_PREFIXES else _NO_PREFIX

    def full_paths(self, operation: Operation) -> frozenset[str]:
        """The paths at which an operation is called, those of its base URLs included."""
        path = without_names(operation.path)
        return frozenset(prefix + path for prefix in self.prefixes(operation.servers))


def _filled(url: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: values[found[1]], url)


def _names(server: Server) -> list[str]:
    return list(dict.fromkeys(parameter_names(server.url)))


def _choices(variable: ServerVariable | None, name: str) -> tuple[str, ...]:
    return (f"{{{name}}}",) if variable is None or not variable.values else tuple(variable.values)


def _path(path: str) -> str:
    return plain_escapes(path.rstrip("/"))

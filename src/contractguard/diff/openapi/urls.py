"""URLs that name the same resource though they are written otherwise (RFC 3986, sections 6.2.2 and 6.2.3)."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_PARTS = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)((?:\?[^#]*)?(?:#.*)?)", re.DOTALL)
"""Scheme, authority, path, query with fragment (appendix B)."""
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def normal_url(url: str) -> str:
    """A URL in normal form: case of scheme and host, default port, percent-encoding, dot segments, the empty path.

    A slash at the end of a path that is not empty, and the case of a path, stay: they may name something else.
    """
    found = _PARTS.fullmatch(url)
    if found is None:
        return url
    scheme, authority, path, rest = found.groups()
    scheme = scheme and scheme.lower()
    prefix = f"{scheme}:" if scheme else ""
    if authority is not None:
        user, at, host = authority.rpartition("@")
        prefix += f"//{user}{at}{without_default_port(scheme or '', plain_escapes(host).lower())}"
        path = path or "/"
    return prefix + plain_escapes(_without_dots(path) if prefix else path) + plain_escapes(rest)


def without_default_port(scheme: str, host: str) -> str:
    """A host without the port that its scheme has anyway; an empty port is none."""
    return host.removesuffix(_DEFAULT_PORTS.get(scheme, "\n")).removesuffix(":")


def plain_escapes(text: str) -> str:
    """Percent-encoded octets as section 6.2.2 wants them: decoded where they need not be encoded, else in upper case."""
    return _ESCAPE.sub(_plain_escape, text)


def _plain_escape(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if _UNRESERVED.fullmatch(letter) else found[0].upper()


def _without_dots(path: str) -> str:
    """Section 5.2.4: `/a/./b/../c` is `/a/c`. Only paths from a root have their dots taken out."""
    if not path.startswith("/"):
        return path
    segments = plain_escapes(path).split("/")[1:]
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    is_folder = segments[-1] in {".", ".."}
    return "/" + "/".join([*kept, ""] if is_folder and kept else kept)

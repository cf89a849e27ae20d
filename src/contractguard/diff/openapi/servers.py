"""Base URLs (OpenAPI 3.2, section 4.5; Swagger 2.0: `schemes`, `host`, `basePath`)."""

from __future__ import annotations

from collections.abc import Sequence

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.members import compare_members, same_members
from contractguard.diff.openapi.paths import without_names
from contractguard.diff.openapi.server_variables import compare_variables, same_variables
from contractguard.model.change import Direction, Effect
from contractguard.model.openapi import Operation, Server
from contractguard.model.values import UNSET

_UNSAID = ""
"""The pointer of a server that nothing in the file names: it lies at the root of the document."""


def compare_root_servers(comparison: Comparison) -> None:
    """Compare the base URLs of the whole description, which reach the operations that name none of their own.

    Where all operations name their own, those of the description are part of no call.
    """
    base, head = comparison.base.api.servers, comparison.head.api.servers
    uses = comparison.uses_where(lambda old, new: old.servers is base and new.servers is head)
    spot = Spot(direction=Direction.INPUT, element="servers", subject="the contract", uses=uses)
    is_used = bool(uses) or not any(old and new for old, new in comparison.operations)
    if is_used:
        compare_servers(comparison, spot, base, head)
    elif not _same_lists(base, head):
        before, after = (contract.root.get("servers") for contract in (comparison.base, comparison.head))
        comparison.add(
            "metadata.changed",
            Effect.NONE,
            spot,
            base=before,
            head=after,
            before=UNSET if before is None else before.value,
            after=UNSET if after is None else after.value,
            details={"keyword": "servers"},
        )


def compare_servers(comparison: Comparison, spot: Spot, base: Sequence[Server], head: Sequence[Server]) -> None:
    """Compare the base URLs of a spot. Base URLs that differ in case, in a slash at the end or in names only are the same.

    Where base names none, calls go to wherever the description is served: naming the place is not a move.
    """
    for old in base:
        new = _same_url(old, head)
        here = _server_spot(spot, old)
        if new is not None:
            compare_variables(comparison, here, old, new)
            compare_members(comparison, here, old, new)
        elif old.node.pointer != _UNSAID:
            comparison.add("server.removed", Effect.NARROWED, here, base=old.node, before=old.url)
    for new in head:
        if _same_url(new, base) is None and new.node.pointer != _UNSAID:
            comparison.add("server.added", Effect.WIDENED, _server_spot(spot, new), head=new.node, after=new.url)


def compare_own_servers(comparison: Comparison, spot: Spot, base: Operation, head: Operation) -> None:
    """Compare the base URLs of two operations, unless both have those of the whole description, which are compared there."""
    if base.servers is not comparison.base.api.servers or head.servers is not comparison.head.api.servers:
        compare_servers(comparison, spot, base.servers, head.servers)


def same_servers(comparison: Comparison, base: Operation, head: Operation) -> bool:
    """Whether `compare_own_servers` would find nothing."""
    if base.servers is comparison.base.api.servers and head.servers is comparison.head.api.servers:
        return True
    return _same_lists(base.servers, head.servers)


def _same_lists(base: Sequence[Server], head: Sequence[Server]) -> bool:
    return len(base) == len(head) and all(
        old.url == new.url and same_members(old, new) and same_variables(old, new)
        for old, new in zip(base, head, strict=True)
    )


def _server_spot(spot: Spot, server: Server) -> Spot:
    return spot.below(f"server {server.url}", f"base URL {server.url}")


def _same_url(server: Server, among: Sequence[Server]) -> Server | None:
    url = _plain(server.url)
    alike = [other for other in among if _is_same(url, _plain(other.url))]
    return next((other for other in alike if other.url == server.url), alike[0] if alike else None)


def _plain(url: str) -> tuple[str, str]:
    """Scheme (empty where none is said) and the rest of a base URL, without what makes no difference.

    That is case of scheme and host (RFC 3986, 6.2.2.1), a slash at the end, and how variables are called.
    """
    scheme, separator, rest = without_names(url).partition("//")
    if not separator:
        return ("", scheme.rstrip("/"))
    host, slash, path = rest.partition("/")
    return (scheme.lower(), f"//{host.lower()}{slash}{path}".rstrip("/"))


def _is_same(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """A URL without scheme takes the one with which the description is served, which nobody can see here."""
    return a[1] == b[1] and (a[0] == b[0] or "" in (a[0], b[0]))

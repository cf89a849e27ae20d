"""Base URLs (OpenAPI 3.2, section 4.5; Swagger 2.0: `schemes`, `host`, `basePath`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from contractguard.diff.openapi.base_urls import Offer, expanded, is_named, is_too_large, parsed
from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.members import compare_members, same_members
from contractguard.diff.openapi.paths import fronts, without_names
from contractguard.diff.openapi.server_variables import compare_variables, same_variables
from contractguard.model.change import Direction, Effect, OperationUse
from contractguard.model.openapi import Operation, Server
from contractguard.model.values import UNSET


def compare_root_servers(comparison: Comparison) -> None:
    """Compare the base URLs of the whole description, which reach the operations that name none of their own.

    Operations of which a part of the path went into the base URL, or came out of it, are compared with that part in place.
    Where all operations name their own, those of the description are part of no call.
    """
    base, head = comparison.base.api.servers, comparison.head.api.servers
    groups: dict[tuple[str, str], list[OperationUse]] = defaultdict(list)
    for old, new in (*comparison.operations, *comparison.webhooks):
        if old is not None and new is not None and old.servers is base and new.servers is head:
            groups[fronts_in_urls(comparison, old, new)].append(OperationUse(new.method, new.path))
    spot = Spot(direction=Direction.INPUT, element="servers", subject="the contract")
    for (front, now), uses in groups.items():
        here = replace(spot, uses=tuple(uses))
        compare_servers(comparison, here, _with_path(base, front), _with_path(head, now))
    if groups:
        return
    if not any(old and new for old, new in comparison.operations):
        compare_servers(comparison, spot, base, head)
    elif not same_lists(base, head):
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
    """Compare the base URLs of a spot.

    Base URLs that differ in case, in a slash at the end or in names only are the same. One that is written otherwise is not
    gone as long as others stand for the same URLs.
    """
    before, after = Offer(base), Offer(head)
    lost: list[Server] = []
    unclear: list[tuple[Server, Server]] = []
    for old in base:
        new = after.written_alike(old)
        if new is not None:
            here = _server_spot(spot, old)
            compare_variables(comparison, here, old, new, changed=_changed(old, new, before, after))
            compare_members(comparison, here, old, new)
            continue
        is_lost, new = _became(old, head, after)
        lost += [old] if is_lost else []
        unclear += [(old, new)] if new is not None else []
    successors = {id(new) for _, new in unclear}
    gained = [
        new
        for new in head
        if is_named(new)
        and id(new) not in successors
        and before.written_alike(new) is None
        and not all(before.covers(url) for url in expanded(new))
    ]
    for old, new in unclear:
        _add_both(comparison, "server.place-unclear", Effect.NONE, spot, (old, new))
    _tell_lost_and_gained(comparison, spot, lost, gained)


def _tell_lost_and_gained(comparison: Comparison, spot: Spot, lost: Sequence[Server], gained: Sequence[Server]) -> None:
    moved = _moved(lost, gained)
    by_paths: dict[tuple[str, str], list[tuple[Server, Server]]] = defaultdict(list)
    for old, new in moved:
        by_paths[parsed(old.url).path or "/", parsed(new.url).path or "/"].append((old, new))
    for (before, after), pairs in by_paths.items():
        old, new = pairs[0]
        if len(pairs) == 1:
            _add_both(comparison, "server.moved", Effect.INCOMPARABLE, spot, (old, new))
            continue
        # The same path of several base URLs, as the base path of Swagger 2.0 is: one cause.
        here = spot.below(f"base path {before}", f"base path {before}")
        kind, effect = "server.moved", Effect.INCOMPARABLE
        comparison.add(kind, effect, here, base=old.node, head=new.node, before=before, after=after)
    taken = {id(server) for pair in moved for server in pair}
    for old in lost:
        if id(old) not in taken:
            comparison.add("server.removed", Effect.NARROWED, _server_spot(spot, old), base=old.node, before=old.url)
    for new in gained:
        if id(new) not in taken:
            comparison.add("server.added", Effect.WIDENED, _server_spot(spot, new), head=new.node, after=new.url)


def _moved(lost: Sequence[Server], gained: Sequence[Server]) -> list[tuple[Server, Server]]:
    """Base URLs that are gone with those that came in their place: on the same host, where no other is in question."""
    by_host: dict[tuple[str, str], tuple[list[Server], list[Server]]] = defaultdict(lambda: ([], []))
    for side, servers in enumerate((lost, gained)):
        for server in servers:
            url = parsed(server.url)
            by_host[url.scheme, url.authority][side].append(server)
    pairs = [(old[0], new[0]) for old, new in by_host.values() if len(old) == len(new) == 1]
    if not pairs and len(lost) == len(gained) == 1 and parsed(lost[0].url).authority == parsed(gained[0].url).authority:
        return [(lost[0], gained[0])]
    return pairs


def fronts_in_urls(comparison: Comparison, base: Operation, head: Operation) -> tuple[str, str]:
    """The parts of two paths that belong to the base URLs: what stands before the segments that both have.

    They do where the whole URL has the same path, and where the base URLs differ, too, so that one move is told once. Empty
    where the paths differ in names only, and where the paths alone tell the move.
    """
    if without_names(base.path) == without_names(head.path):
        return ("", "")
    front, now = fronts(base.path, head.path)
    offers = comparison.offers
    if offers.full_paths(base) & offers.full_paths(head):
        return front, now
    is_same_place = set(offers.of(base.servers).urls) == set(offers.of(head.servers).urls)
    return ("", "") if is_same_place or front == base.path else (front, now)


def compare_own_servers(comparison: Comparison, spot: Spot, outer: Spot, base: Operation, head: Operation) -> None:
    """Compare the base URLs of two operations, unless both have those of the whole description, which are compared there.

    `outer` is the spot of the path item, which may be what names them. A callback goes to the URL that its expression gives
    (OpenAPI 3.2, section 4.18.2); a base URL stands before it only where that is a path.
    """
    if spot.use_prefix and not head.path.startswith("/"):
        _compare_unused(comparison, spot, base, head)
    elif base.servers is not comparison.base.api.servers or head.servers is not comparison.head.api.servers:
        front, now = fronts_in_urls(comparison, base, head)
        here = spot if _has_own(base) or _has_own(head) else outer
        compare_servers(comparison, here, _with_path(base.servers, front), _with_path(head.servers, now))


def _compare_unused(comparison: Comparison, spot: Spot, base: Operation, head: Operation) -> None:
    if not same_lists(base.servers, head.servers):
        before, after = (operation.node.get("servers") for operation in (base, head))
        comparison.add(
            "metadata.changed",
            Effect.NONE,
            replace(spot, direction=Direction.INPUT),
            base=before or base.node,
            head=after or head.node,
            before=[server.url for server in base.servers],
            after=[server.url for server in head.servers],
            details={"keyword": "servers"},
        )


def same_servers(comparison: Comparison, base: Operation, head: Operation) -> bool:
    """Whether `compare_own_servers` would find nothing, for operations of one path."""
    if base.servers is comparison.base.api.servers and head.servers is comparison.head.api.servers:
        return True
    return same_lists(base.servers, head.servers)


def same_lists(base: Sequence[Server], head: Sequence[Server]) -> bool:
    """Whether two lists of base URLs say the same, documentation included."""
    return len(base) == len(head) and all(
        old.url == new.url and same_members(old, new) and same_variables(old, new)
        for old, new in zip(base, head, strict=True)
    )


def _became(old: Server, head: Sequence[Server], after: Offer) -> tuple[bool, Server | None]:
    """What became of a base URL that head does not list: whether it is lost, and the one of head that may be the same or not.

    Where no host is said, calls go to where the description is served, which nobody can see here: to name the place is not a
    move, and to name it no longer may be one.
    """
    lost = [url for url in expanded(old) if not after.covers(url)]
    paths = {url.path for url in lost}
    has_place = any(url.authority for url in lost)
    if not has_place and paths <= after.paths:
        return False, None
    if not is_named(old):
        return False, head[0]
    if has_place and paths <= frozenset(url.path for server in after.placeless for url in expanded(server)):
        return False, after.placeless[0]
    return True, None


def _changed(old: Server, new: Server, before: Offer, after: Offer) -> tuple[bool, bool]:
    """Whether some base URL that a server stands for is lost, and some gained: other servers of the lists may have them."""
    if is_too_large(old) or is_too_large(new):
        return True, True
    is_lost = not all(after.covers(url) for url in expanded(old))
    return is_lost, not all(before.covers(url) for url in expanded(new))


def _add_both(comparison: Comparison, kind: str, effect: Effect, spot: Spot, pair: tuple[Server, Server]) -> None:
    """Record what became of a base URL that has a successor."""
    old, new = pair
    place = new.node if is_named(new) else None
    here = _server_spot(spot, old)
    comparison.add(kind, effect, here, base=old.node, head=place, before=old.url, after=new.url)


def _with_path(servers: Sequence[Server], path: str) -> Sequence[Server]:
    return [replace(server, url=server.url.rstrip("/") + path) for server in servers] if path else servers


def _has_own(operation: Operation) -> bool:
    """Whether an operation names base URLs itself, instead of having those of its path item or of the description."""
    own = f"{operation.node.pointer}/"
    return any(server.node.pointer.startswith(own) for server in operation.servers)


def _server_spot(spot: Spot, server: Server) -> Spot:
    return spot.below(f"server {server.url}", f"base URL {server.url}")

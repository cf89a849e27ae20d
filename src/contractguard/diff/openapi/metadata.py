"""What describes the whole contract: `info`, tags, and shared definitions that nothing uses."""

from __future__ import annotations

import re

from contractguard.diff.openapi.comparison import Comparison, Spot
from contractguard.diff.openapi.lifecycle import is_contract_mark
from contractguard.diff.openapi.members import compare_members, differing
from contractguard.model.change import Direction, Effect
from contractguard.model.contract import OpenApiContract
from contractguard.model.places import Node
from contractguard.model.values import UNSET, unescape_token

_CONTRACT = Spot(direction=Direction.INPUT, element="contract", subject="the contract")
_DOCUMENTATION = frozenset({"description", "summary"})
_VERSION = "version"
"""`info.version` is judged together with the changes that it is the version of, not as one of them."""
_COMPARED_BY_NAME = frozenset({"securitySchemes", "securityDefinitions"})
_GROUPS_2 = ("definitions", "parameters", "responses")
_MENTION = re.compile(rb"#/((?:components/)?[A-Za-z]+/[^\"'\s,}\]#/]+)")


def compare_metadata(comparison: Comparison) -> None:
    """Compare what stands around the operations."""
    base, head = comparison.base.api, comparison.head.api
    _compare_info(comparison)
    for name, old, new in differing(_tags(base.tags), _tags(head.tags)):
        _add(
            comparison,
            "metadata.changed",
            _CONTRACT.below(f"tag {name}", f"tag '{name}'"),
            name="tags",
            base=old,
            head=new,
        )
    compare_members(comparison, _CONTRACT, base, head)


def compare_unused_components(comparison: Comparison) -> None:
    """Tell of shared definitions that differ and that nothing on either side refers to: nothing else speaks of them.

    A definition counts as used where its name is referred to anywhere in the files that were read, be it by another unused one.
    Between Swagger 2.0 and OpenAPI 3 all of them stand elsewhere and refer to each other by other names, so that a difference in
    what is written says nothing.
    """
    if _is_swagger(comparison.base) is not _is_swagger(comparison.head):
        return
    changed = [
        (f"{group}/{name}", old, new)
        for group, before, after in _groups(comparison)
        for name, old, new in differing(before, after)
    ]
    if not changed:
        return
    used = _mentioned(comparison.base) | _mentioned(comparison.head)
    for component, old, new in changed:
        if component not in used:
            here = Spot(
                direction=Direction.INPUT,
                element=component,
                subject=f"shared definition '{component.rpartition('/')[2]}'",
            )
            comparison.add("component.unused-changed", Effect.NONE, here, base=old, head=new)


def _compare_info(comparison: Comparison) -> None:
    base, head = comparison.base.api.info, comparison.head.api.info
    before = {} if base is None else dict(base.members())
    after = {} if head is None else dict(head.members())
    for name, old, new in differing(before, after):
        if name == _VERSION or is_contract_mark(comparison, old) or is_contract_mark(comparison, new):
            continue
        kind = "documentation.changed" if name in _DOCUMENTATION else "metadata.changed"
        kind = "extension.changed" if name.startswith("x-") else kind
        _add(comparison, kind, _CONTRACT.below(f"info {name}", "the contract"), name=name, base=old, head=new)


def _add(comparison: Comparison, kind: str, spot: Spot, *, name: str, base: Node | None, head: Node | None) -> None:
    comparison.add(
        kind,
        Effect.NONE,
        spot,
        base=base,
        head=head,
        before=UNSET if base is None else base.value,
        after=UNSET if head is None else head.value,
        details={"keyword": name},
    )


def _tags(node: Node | None) -> dict[str, Node]:
    """The declared tags by name. What is no object with a name counts by its position."""
    if node is None:
        return {}
    result: dict[str, Node] = {}
    for index, item in enumerate(node.items()):
        name = item.get("name")
        text = name.value if name is not None and isinstance(name.value, str) else f"[{index}]"
        result.setdefault(text, item)
    return result


def _groups(comparison: Comparison) -> list[tuple[str, dict[str, Node], dict[str, Node]]]:
    """Each group of shared definitions with its members on both sides."""
    base, head = _members_of(comparison.base), _members_of(comparison.head)
    names = [*base, *(name for name in head if name not in base)]
    return [(name, base.get(name, {}), head.get(name, {})) for name in names]


def _is_swagger(contract: OpenApiContract) -> bool:
    return contract.api.specification.startswith("2.")


def _members_of(contract: OpenApiContract) -> dict[str, dict[str, Node]]:
    components = contract.api.components
    if components is not None:
        found = {f"components/{name}": group for name, group in components.members() if not name.startswith("x-")}
    else:
        found = {name: group for name in _GROUPS_2 if (group := contract.root.get(name)) is not None}
    return {
        name: dict(group.members()) for name, group in found.items() if name.rpartition("/")[2] not in _COMPARED_BY_NAME
    }


def _mentioned(contract: OpenApiContract) -> set[str]:
    """The shared definitions that a reference in some file names, found in the text: one quick pass instead of a walk."""
    return {
        unescape_token(found.decode("utf-8", "replace").replace("\\/", "/"))
        for path in contract.documents.read_paths()
        for found in _MENTION.findall(contract.documents.document(path).raw.replace(rb"\/", b"/"))
    }

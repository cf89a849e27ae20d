"""Lists of known values that leave room for others: `x-extensible-enum` (Zalando guidelines, rule 112), and its spellings.

No value is invalid because it is not listed, so no change here has an effect on what is valid. Readers must be ready for values
that they do not know. A list that has all values possible today says of a value that is taken off it that it is possible no more.
"""

from __future__ import annotations

from contractguard.diff.schema.pair import Pair
from contractguard.model.change import Effect
from contractguard.model.places import Node
from contractguard.model.schema import OpenEnum
from contractguard.model.values import canonical


def compare_open_lists(pair: Pair) -> None:
    """Compare the open lists of two schemas, neither of which has a closed one."""
    base, head = pair.base.open_enum, pair.head.open_enum
    if base is not None and head is not None:
        compare_unlisted(pair, base, head)
        _compare_listed(pair, base, head)
    elif head is not None:
        pair.change("open-enum.added", Effect.NONE, "open_enum", after=[item.value for item in head.values])
    elif base is not None:
        pair.change("open-enum.removed", Effect.NONE, "open_enum", before=[item.value for item in base.values])


def compare_unlisted(pair: Pair, base: OpenEnum, head: OpenEnum) -> None:
    """Tell of the values that head's list does not have any more."""
    old, new = _by_text(base), _by_text(head)
    remaining = ", ".join(text for text in new if text in old)
    for text, item in old.items():
        if text not in new:
            pair.change(
                "open-enum.value-removed",
                Effect.NONE,
                before=item.value,
                base=item,
                head=pair.head.origin("open_enum"),
                facts={"complete": base.complete and head.complete},
                details={"remaining": remaining},
            )


def _compare_listed(pair: Pair, base: OpenEnum, head: OpenEnum) -> None:
    old = _by_text(base)
    for text, item in _by_text(head).items():
        if text not in old:
            place = pair.base.origin("open_enum")
            pair.change("open-enum.value-added", Effect.NONE, after=item.value, base=place, head=item)


def _by_text(listed: OpenEnum) -> dict[str, Node]:
    return {canonical(item.value): item for item in listed.values}

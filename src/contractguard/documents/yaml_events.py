"""The events of libyaml, with its errors told in our way. libyaml is asked for events only: it recurses nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

from contractguard.documents.text import Lines
from contractguard.errors import UnreadableError

Event: TypeAlias = Any
"""An event of PyYAML. Its classes differ in their fields and its stubs do not say which, so the type is open."""

CORE: Final = "tag:yaml.org,2002:"
STRING_TAGS: Final = frozenset({"!", CORE + "str", CORE + "binary", CORE + "timestamp", CORE + "value", CORE + "merge"})
TYPE_TAGS: Final = frozenset({CORE + "null", CORE + "bool", CORE + "int", CORE + "float"})
COLLECTION_TAGS: Final = frozenset({"!", *(CORE + name for name in ("map", "seq", "set", "omap", "pairs"))})
MERGE_KEY: Final = "<<"
_OLD_BREAKS: Final = "\x85\u2028\u2029"
_PRIVATE_USE: Final = range(0xE000, 0xF900)


@contextmanager
def yaml_events(text: str, path: str) -> Iterator[Iterator[Event]]:
    """An iterator over the events of a YAML stream. Raises `UnreadableError` with the position for what is not YAML."""
    import yaml  # noqa: PLC0415 - 15 ms that a repository of JSON contracts need not pay

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    replaced = _replaced_breaks(text)
    try:
        parser = loader(text.translate(replaced) if replaced else text)
        try:
            events = iter(parser.get_event, None)
            yield _with_breaks_restored(events, replaced) if replaced else events
        finally:
            parser.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = Lines(text).position(mark.index) if mark else (None, None)
        raise UnreadableError(
            f"not valid YAML: {', '.join(part for part in (error.problem, error.context) if part)}",
            path=path,
            line=line,
            column=column,
            remedy="mend the YAML here: look at indentation and quotes of this line and of the one above",
        ) from None
    except yaml.reader.ReaderError as error:
        raise _unprintable(text, path, error.reason) from None


def _replaced_breaks(text: str) -> dict[int, int]:
    """What stands in for the characters that libyaml takes for line breaks and YAML 1.2 does not (1.2.2, 5.4).

    Each is replaced by a character for private use that the text does not hold. Empty for nearly all texts, and for those that
    hold every such character.
    """
    present = [char for char in _OLD_BREAKS if char in text]
    if not present:
        return {}
    held = set(text)
    free = (code for code in _PRIVATE_USE if chr(code) not in held)
    return {ord(char): code for char, code in zip(present, free, strict=False)}


def _with_breaks_restored(events: Iterator[Event], replaced: dict[int, int]) -> Iterator[Event]:
    restored = {new: old for old, new in replaced.items()}
    for event in events:
        if event.__class__.__name__ == "ScalarEvent":
            event.value = event.value.translate(restored)
        yield event


def _unprintable(text: str, path: str, reason: str) -> UnreadableError:
    """The error for the first character that no YAML file may hold (YAML 1.2.2, 5.1)."""
    offset = next((at for at, char in enumerate(text) if is_unprintable(char)), 0)
    line, column = Lines(text).position(offset)
    return UnreadableError(
        f"not valid YAML: {reason} (U+{ord(text[offset : offset + 1] or ' '):04X})",
        path=path,
        line=line,
        column=column,
        remedy='remove the character, or write it as an escape in double quotes, such as "\\x07"',
    )


def is_unprintable(char: str) -> bool:
    """Whether a character is outside `c-printable` of YAML 1.2.2."""
    code = ord(char)
    if code < 0x20:  # noqa: PLR2004 - the C0 controls
        return char not in "\t\n\r"
    return (0x7F <= code < 0xA0 and char != "\x85") or 0xFFFE <= code <= 0xFFFF  # noqa: PLR2004 - the specification's ranges


def is_merge(event: Event) -> bool:
    """Whether a scalar event is the merge key: `<<` written plain, or tagged so."""
    return event.value == MERGE_KEY and bool((event.tag is None and event.implicit[0]) or event.tag == CORE + "merge")


def custom_tag(event: Event, *, scalar: bool) -> str | None:
    """The tag of a node where the core schema does not know it, else None."""
    tag: str | None = event.tag
    if tag is None or tag in COLLECTION_TAGS or (scalar and (tag in STRING_TAGS or tag in TYPE_TAGS)):
        return None
    return tag

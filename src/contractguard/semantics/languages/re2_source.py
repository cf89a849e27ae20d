r"""Writes a regular expression in the syntax of RE2, whose `.`, `\s` and escapes are not those of ECMA-262."""

from __future__ import annotations

from contractguard.semantics.languages.charsets import LAST, Ranges
from contractguard.semantics.languages.syntax import UNBOUNDED, Assertion, Chars, Choice, Edge, Node, Repeat, Sequence

_MOST_REPEATS = 1000
"""RE2 takes no larger count, but several in a row: `a{1500}` as `a{1000}a{500}`."""

_MOST_PIECES = 10

_EDGES = {Edge.START: r"\A", Edge.END: r"\z", Edge.WORD: r"\b", Edge.NOT_WORD: r"\B"}


def re2_source(node: Node) -> str:
    """`node`, which has no look-around, for RE2. Counts beyond what RE2 takes are left for it to refuse."""
    written: list[str] = []
    waiting: list[Node | str] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            written.append(part)
        elif isinstance(part, Chars):
            written.append(_class(part.ranges))
        elif isinstance(part, Assertion):
            written.append(_EDGES[part.edge])
        elif isinstance(part, Sequence):
            waiting.extend(reversed(part.items))
        elif isinstance(part, Choice):
            written.append("(?:")
            waiting.append(")")
            for index, option in enumerate(reversed(part.options)):
                waiting.extend(["|", option] if index else [option])
        elif isinstance(part, Repeat):
            for counts in _counts(part):
                waiting.extend([")" + counts, part.item, "(?:"])
    return "".join(written)


def _counts(part: Repeat) -> list[str]:
    """The quantifiers of one part written several times in a row."""
    if part.least > _MOST_REPEATS * _MOST_PIECES or _MOST_REPEATS * _MOST_PIECES < part.most < UNBOUNDED:
        return [f"{{{_MOST_REPEATS * _MOST_PIECES + 1}}}"]  # for RE2 to refuse
    counts = [f"{{{_MOST_REPEATS}}}"] * (part.least // _MOST_REPEATS)
    least = part.least % _MOST_REPEATS
    if part.most == UNBOUNDED:
        return [*counts, f"{{{least},}}"]
    optional = part.most - part.least
    counts += [f"{{0,{_MOST_REPEATS}}}"] * (optional // _MOST_REPEATS)
    return [*counts, f"{{{least}}}", f"{{0,{optional % _MOST_REPEATS}}}"]


def _class(ranges: Ranges) -> str:
    if not ranges:
        return rf"[^\x{{0}}-\x{{{LAST:x}}}]"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return rf"\x{{{ranges[0][0]:x}}}"
    return "[" + "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in ranges) + "]"

r"""Reads a regular expression of ECMA-262 (section 22.2.1, `u` mode) into its parts, without recursion.

Where `u` mode has a syntax error but annex B and all validators agree on a meaning (`\-` outside a class, a lone `}`,
`[\w-.]`), that meaning is taken. Whatever else is not ECMA-262, or is read differently elsewhere, is not understood.
"""

from __future__ import annotations

from contractguard.semantics.languages.charsets import LAST, Ranges, complement, ranges_of
from contractguard.semantics.languages.classes import DOT, ESCAPES, unicode_property
from contractguard.semantics.languages.syntax import (
    UNBOUNDED,
    Assertion,
    Chars,
    Edge,
    Look,
    Node,
    choice,
    repeat,
    sequence,
)

MOST_CHARACTERS = 20_000
_MOST_DIGITS = 9
_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
_HEX = frozenset("0123456789abcdefABCDEF")
_GROUPS = {"(?:": None, "(?=": (False, False), "(?!": (False, True), "(?<=": (True, False), "(?<!": (True, True)}
"""How a group opens → None, or (behind, negative) of a look-around."""


class NotUnderstoodError(ValueError):
    """The pattern is not an ECMA-262 regular expression, or one whose meaning we do not model."""


class _Group:
    """A group that is still open: its finished options, and the items of the one at hand."""

    __slots__ = ("items", "look", "options", "repeatable")

    def __init__(self, look: tuple[bool, bool] | None = None) -> None:
        self.options: list[Node] = []
        self.items: list[Node] = []
        self.look = look
        self.repeatable = False  # whether a quantifier may stand here

    def add(self, node: Node, *, repeatable: bool = True) -> None:
        self.items.append(node)
        self.repeatable = repeatable

    def next_option(self) -> None:
        self.options.append(sequence(self.items))
        self.items = []
        self.repeatable = False

    def closed(self) -> Node:
        self.next_option()
        node = choice(self.options) if len(self.options) > 1 else self.options[0]
        return Look(node, behind=self.look[0], negative=self.look[1]) if self.look else node


class _Parser:
    """One pass from left to right; `position` is the next character to read."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.position = 0
        self.open = [_Group()]

    def parse(self) -> Node:
        plain = {
            "^": Assertion(Edge.START),
            "$": Assertion(Edge.END),
        }
        while self.position < len(self.pattern):
            char = self.pattern[self.position]
            group = self.open[-1]
            if char in plain:
                self.position += 1
                group.add(plain[char], repeatable=False)
            elif char == "(":
                self._open_group()
            elif char == ")":
                self._close_group()
            elif char == "|":
                self.position += 1
                group.next_option()
            elif char in "*+?" or (char == "{" and self._is_count()):
                self._quantify(group)
            else:
                self._single(group, char)
        if len(self.open) > 1:
            raise NotUnderstoodError("a group is not closed")
        return self.open[0].closed()

    def _single(self, group: _Group, char: str) -> None:
        """A character, a class or an escape."""
        self.position += 1
        if char == ".":
            group.add(Chars(DOT))
        elif char == "[":
            group.add(Chars(self._class()))
        elif char == "\\" and self._peek() in ("b", "B"):
            group.add(Assertion(Edge.WORD if self._next() == "b" else Edge.NOT_WORD), repeatable=False)
        elif char == "\\":
            escaped = self._escape()
            group.add(Chars(((escaped, escaped),) if isinstance(escaped, int) else escaped))
        else:
            group.add(Chars(((ord(char), ord(char)),)))

    def _open_group(self) -> None:
        look = None
        if self.pattern.startswith("(?", self.position):
            opening = next((text for text in _GROUPS if self.pattern.startswith(text, self.position)), None)
            if opening:
                look = _GROUPS[opening]
                self.position += len(opening)
            else:
                self._skip_group_name()
        else:
            self.position += 1
        self.open.append(_Group(look))

    def _skip_group_name(self) -> None:
        """`(?<name>`, and `(?P<name>` as other dialects write it."""
        start = self.position + (4 if self.pattern.startswith("(?P<", self.position) else 3)
        end = self.pattern.find(">", start)
        name = self.pattern[start:end] if end > 0 else ""
        if self.pattern[self.position + 2 : start] not in ("<", "P<") or not name.replace("$", "_").isidentifier():
            raise NotUnderstoodError("a group opens in a way that ECMA-262 does not have")
        self.position = end + 1

    def _close_group(self) -> None:
        if len(self.open) == 1:
            raise NotUnderstoodError("a group is closed that was not opened")
        self.position += 1
        group = self.open.pop()
        self.open[-1].add(group.closed(), repeatable=group.look is None)

    def _is_count(self) -> bool:
        """Whether the brace at hand begins a quantifier; else it stands for itself."""
        end = self.pattern.find("}", self.position, self.position + 2 * _MOST_DIGITS + 4)
        least, comma, most = self.pattern[self.position + 1 : max(end, 0)].partition(",")
        if comma and not least and (not most or _is_number(most)):
            raise NotUnderstoodError("{,n} is a quantifier for some and plain text for others")
        return _is_number(least) and (not most or _is_number(most))

    def _quantify(self, group: _Group) -> None:
        if not group.repeatable:
            raise NotUnderstoodError("there is nothing to repeat")
        char = self._next()
        if char == "{":
            end = self.pattern.index("}", self.position)
            low, comma, high = self.pattern[self.position : end].partition(",")
            least, most = int(low), int(high) if high else UNBOUNDED if comma else int(low)
            self.position = end + 1
        else:
            least, most = {"*": (0, UNBOUNDED), "+": (1, UNBOUNDED), "?": (0, 1)}[char]
        if least > most:
            raise NotUnderstoodError("the counts are out of order")
        if self._peek() == "?":  # lazy: the same strings match
            self.position += 1
        group.items[-1] = repeat(group.items[-1], least, most)
        group.repeatable = False

    def _class(self) -> Ranges:
        """What stands between square brackets; the opening one is read."""
        negated = self._peek() == "^"
        self.position += negated
        pairs: list[tuple[int, int]] = []
        while (first := self._class_atom()) is not None:
            following = self.pattern[self.position + 1 : self.position + 2]
            if isinstance(first, int) and self._peek() == "-" and following not in ("]", ""):
                dash = self.position
                self.position += 1
                last = self._class_atom()
                if isinstance(last, int):
                    if first > last:
                        raise NotUnderstoodError("a range of characters is out of order")
                    pairs.append((first, last))
                    continue
                self.position = dash
            pairs.extend(((first, first),) if isinstance(first, int) else first)
        ranges = ranges_of(pairs)
        return complement(ranges) if negated else ranges

    def _class_atom(self) -> int | Ranges | None:
        """A character or a set inside a class; None where the class ends."""
        char = self._next()
        if char == "]":
            return None
        if char == "[" and self._peek() in (":", ".", "="):
            raise NotUnderstoodError("a POSIX class is one for some and plain text for others")
        if char != "\\":
            return ord(char)
        if self._peek() == "b":
            self.position += 1
            return 0x08
        return self._escape()

    def _escape(self) -> int | Ranges:
        """What a backslash and the text after it stand for: one character, or a set."""
        char = self._next()
        if char in ESCAPES:
            return ESCAPES[char]
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char in ("p", "P"):
            return self._property(negated=char == "P")
        return self._escaped_character(char)

    def _escaped_character(self, char: str) -> int:
        if char == "x":
            return self._hex(2)
        if char == "u":
            return self._unicode_escape()
        if char == "c" and self._peek().isascii() and self._peek().isalpha():
            return ord(self._next()) % 32
        if char == "0" and not self._peek().isdigit():
            return 0
        if char.isascii() and char.isalnum():
            raise NotUnderstoodError("a back reference, or an escape that ECMA-262 does not have")
        return ord(char)

    def _property(self, *, negated: bool) -> Ranges:
        end = self.pattern.find("}", self.position)
        found = unicode_property(self.pattern[self.position + 1 : end]) if self._peek() == "{" and end > 0 else None
        if found is None:
            raise NotUnderstoodError("an unknown property of characters")
        self.position = end + 1
        return complement(found) if negated else found

    def _unicode_escape(self) -> int:
        r"""`\\uXXXX`, `\\u{X…}`, and two of the former for one character beyond the basic plane."""
        if self._peek() == "{":
            end = self.pattern.find("}", self.position)
            digits = self.pattern[self.position + 1 : end] if end > 0 else ""
            if not digits or len(digits) > _MOST_DIGITS or not _HEX.issuperset(digits) or int(digits, 16) > LAST:
                raise NotUnderstoodError("an incomplete escape")
            self.position = end + 1
            return int(digits, 16)
        point = self._hex(4)
        if 0xD800 <= point <= 0xDBFF and self.pattern.startswith("\\u", self.position):  # noqa: PLR2004  (lead surrogates)
            after_lead = self.position
            self.position += 2
            trail = self._hex(4) if self._peek() != "{" else 0
            if 0xDC00 <= trail <= 0xDFFF:  # noqa: PLR2004  (trail surrogates)
                return 0x10000 + ((point - 0xD800) << 10) + trail - 0xDC00
            self.position = after_lead
        return point

    def _hex(self, length: int) -> int:
        digits = self.pattern[self.position : self.position + length]
        if len(digits) < length or not _HEX.issuperset(digits):
            raise NotUnderstoodError("an incomplete escape")
        self.position += length
        return int(digits, 16)

    def _peek(self) -> str:
        return self.pattern[self.position : self.position + 1]

    def _next(self) -> str:
        char = self._peek()
        if not char:
            raise NotUnderstoodError("the pattern ends too early")
        self.position += 1
        return char


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def parse(pattern: str) -> Node:
    """The parts of `pattern`.

    Raises NotUnderstoodError for what is not ECMA-262, for back references, and for more than MOST_CHARACTERS characters.
    """
    if len(pattern) > MOST_CHARACTERS:
        raise NotUnderstoodError("the pattern is too long")
    return _Parser(pattern).parse()

"""The named classes of characters of ECMA-262 regular expressions: section 22.2.2.9 (CharacterClassEscape), `u` mode."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from contractguard.semantics.languages.charsets import EVERY, Ranges, complement, ranges_of

DIGIT: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
LINE_TERMINATOR: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
SPACE: Ranges = (
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F),
    (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
)  # fmt: skip
DOT = complement(LINE_TERMINATOR)

ESCAPES: dict[str, Ranges] = {
    "d": DIGIT, "D": complement(DIGIT), "w": WORD, "W": complement(WORD), "s": SPACE, "S": complement(SPACE),
}  # fmt: skip

_LONG_NAMES = {
    "Letter": "L", "Cased_Letter": "LC", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt",
    "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Combining_Mark": "M", "Nonspacing_Mark": "Mn",
    "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl",
    "Other_Number": "No", "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd",
    "Open_Punctuation": "Ps", "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf",
    "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk",
    "Other_Symbol": "So", "Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp",
    "Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
}  # fmt: skip
_GROUPS = {"LC": ("Lu", "Ll", "Lt")}
_PRIVATE_PLANES = ((0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))
_DENSE_END, _TAGS, _TAGS_END = 0x33480, 0xE0000, 0xE0200
"""Planes 0 to 3 and the tags are looked up one by one; all else that is assigned is for private use."""


@cache
def _categories() -> dict[str, list[tuple[int, int]]]:
    """Two-letter general category → its stretches, in the Unicode version that Python has."""
    found: dict[str, list[tuple[int, int]]] = {}
    category = unicodedata.category
    for first, end in ((0, _DENSE_END), (_TAGS, _TAGS_END)):
        start, current = first, category(chr(first))
        for point, name in enumerate(map(category, map(chr, range(first, end))), first):
            if name != current:
                found.setdefault(current, []).append((start, point - 1))
                start, current = point, name
        found.setdefault(current, []).append((start, end - 1))
    found.setdefault("Co", []).extend(_PRIVATE_PLANES)
    assigned = ranges_of(pair for name, pairs in found.items() if name != "Cn" for pair in pairs)
    found["Cn"] = list(complement(assigned))
    return found


@lru_cache(maxsize=128)
def unicode_property(name: str) -> Ranges | None:
    r"""The characters of `\\p{name}`: a general category (section 22.2.2.9, table 68), `Any`, `ASCII` or `Assigned`.

    None for every other property, which the standard library of Python does not know.
    """
    if name == "Any":
        return EVERY
    if name == "ASCII":
        return ((0, 0x7F),)
    if name == "Assigned":
        return complement(ranges_of(_categories()["Cn"]))
    prefix, equals, value = name.partition("=")
    if equals:
        if prefix not in {"gc", "General_Category"}:
            return None
        name = value
    name = _LONG_NAMES.get(name, name)
    known = _categories()
    wanted = _GROUPS.get(name) or (
        (name,) if name in known else [key for key in known if len(name) == 1 and key[0] == name]
    )
    return ranges_of(pair for key in wanted for pair in known[key]) if wanted else None

"""The named classes and escapes of ECMA-262, character by character (section 22.2.2.9 and 22.2.1)."""

from __future__ import annotations

import string

import pytest

from contractguard.semantics.languages import Emptiness, find_string

_BLANKS = [9, 10, 11, 12, 13, 32, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF]
_CLASSES = {
    "s": _BLANKS,
    "w": [ord(letter) for letter in string.ascii_letters + string.digits + "_"],
    "d": [ord(digit) for digit in string.digits],
    "v": [0x0B],
    "f": [0x0C],
    "t": [0x09],
    "n": [0x0A],
    "r": [0x0D],
}


def _listed(codes: list[int]) -> str:
    return "".join(f"\\u{code:04x}" for code in codes)


@pytest.mark.parametrize("name", _CLASSES)
def test_a_class_has_its_characters_and_no_others(name: str) -> None:
    by_name, by_characters = f"^\\{name}$", f"^[{_listed(_CLASSES[name])}]$"
    assert find_string(matching=[by_name], avoiding=[by_characters]) is Emptiness.EMPTY
    assert find_string(matching=[by_characters], avoiding=[by_name]) is Emptiness.EMPTY


@pytest.mark.parametrize("name", "swd")
def test_a_class_in_upper_case_has_all_others(name: str) -> None:
    others, by_characters = f"^\\{name.upper()}$", f"^[^{_listed(_CLASSES[name])}]$"
    assert find_string(matching=[others], avoiding=[by_characters]) is Emptiness.EMPTY
    assert find_string(matching=[by_characters], avoiding=[others]) is Emptiness.EMPTY


def test_a_dot_is_everything_but_an_end_of_line() -> None:
    by_characters = f"^[^{_listed([0x0A, 0x0D, 0x2028, 0x2029])}]$"
    assert find_string(matching=["^.$"], avoiding=[by_characters]) is Emptiness.EMPTY
    assert find_string(matching=[by_characters], avoiding=["^.$"]) is Emptiness.EMPTY

"""The public names: what users import does not change unnoticed."""

from __future__ import annotations

from pathlib import Path

import contractguard

NAMES = Path(__file__).with_name("public_api.txt")


def test_the_public_names_are_those_agreed() -> None:
    agreed = NAMES.read_text(encoding="utf-8").split()
    assert sorted(contractguard.__all__) == agreed, (
        "a name was added or lost: change public_api.txt and CHANGELOG.md with it"
    )


def test_every_public_name_is_there() -> None:
    for name in contractguard.__all__:
        assert getattr(contractguard, name) is not None


def test_every_public_function_and_class_is_documented() -> None:
    for name in contractguard.__all__:
        value = getattr(contractguard, name)
        if callable(value):
            assert value.__doc__, name


def test_the_package_is_typed() -> None:
    assert Path(contractguard.__file__).with_name("py.typed").exists()

"""From parsed content to checked structures, with errors that say where and what was meant."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import msgspec

from contractguard.policy.configuration.structure import (
    CHILDREN,
    CHOICES,
    NOT_ACTED_ON,
    SCHEMES_NOT_ACTED_ON,
    PolicyEntry,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from contractguard.errors import UsageError
    from contractguard.model.values import JsonValue
    from contractguard.policy.configuration.sources import Keys, PolicySource

_UNDERSTOOD_VERSION = 1

_Struct = type[msgspec.Struct]

_PLACE = re.compile(r"(.*?)(?: - at `\$(.*)`)?", re.DOTALL)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


def check(source: PolicySource) -> tuple[PolicyEntry, tuple[str, ...]]:
    """The policy as structures, and notes on what this version does not act on. Raises `UsageError` with its place."""
    content = source.content
    if not isinstance(content, dict):
        raise source.error((), "a policy must be a mapping", "begin with `version: 1`")
    _check_version(source, content)
    notes: dict[str, None] = {}
    kept = _known(source, content, PolicyEntry, (), notes)
    try:
        return msgspec.convert(kept, PolicyEntry), tuple(notes)
    except msgspec.ValidationError as error:
        raise _located(source, str(error)) from error


def meant(word: str, known: Collection[str]) -> str:
    """A remedy for a misspelt word: the nearest known one, else all of them."""
    near = difflib.get_close_matches(word[:80], sorted(known), n=1)
    return f"did you mean {near[0]!r}?" if near else f"allowed are {', '.join(sorted(known))}"


def _check_version(source: PolicySource, content: Mapping[str, JsonValue]) -> None:
    if "version" not in content:
        raise source.error((), "the policy does not say its version", "add `version: 1`")
    version = content["version"]
    if version != _UNDERSTOOD_VERSION or isinstance(version, bool | float):
        raise source.error(
            ("version",),
            f"policy version {str(version)[:20]!r} is unknown",
            "write `version: 1`, or upgrade contractguard if the policy was written for a newer one",
        )


def _known(source: PolicySource, value: JsonValue, struct: _Struct, keys: Keys, notes: dict[str, None]) -> JsonValue:
    """`value` without the keys that are known but not acted on, which are noted. Raises for unknown keys."""
    if isinstance(value, list):
        return [_known(source, item, struct, (*keys, index), notes) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    fields = {field.encode_name for field in msgspec.structs.fields(struct)}
    later = NOT_ACTED_ON.get(struct, frozenset())
    kept: dict[str, JsonValue] = {}
    for key, item in value.items():
        here = (*keys, key)
        if key in later:
            notes[f"`{_path(here)}` is not acted on by this version"] = None
        elif key not in fields:
            raise source.error(here, f"unknown key {key[:80]!r}", meant(key, fields | later))
        elif key == "scheme" and isinstance(item, str) and item in SCHEMES_NOT_ACTED_ON:
            notes[
                f"version scheme {item} is not acted on by this version: the scheme is taken from the version itself"
            ] = None
        else:
            child = CHILDREN.get(struct, {}).get(key)
            kept[key] = _known(source, item, child, here, notes) if child else item
    return kept


def _path(keys: Keys) -> str:
    """`contracts[].docs`: the same for all items, so that one note speaks for all."""
    return "".join("[]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def _located(source: PolicySource, text: str) -> UsageError:
    """An error of msgspec ("Expected `str`, got `int` - at `$.contracts[0].id`") with its place in the file.

    Inside a mapping of free names msgspec says `[...]`; then the mapping is the place.
    """
    match = _PLACE.fullmatch(text)
    message, place = (match[1], match[2] or "") if match else (text, "")
    keys = tuple(name or int(index) for name, index in _STEP.findall(place.partition("[...]")[0]))
    choices = CHOICES.get(str(keys[-1])) if keys else None
    if choices is not None and message.startswith("Invalid enum value"):
        value = _at(source.content, keys)
        return source.error(keys, f"unknown value {str(value)[:80]!r}", meant(str(value), list(choices)))
    return source.error(keys, f"{message[:1].lower()}{message[1:]}")


def _at(content: JsonValue, keys: Keys) -> JsonValue:
    for key in keys:
        if isinstance(content, dict) and isinstance(key, str):
            content = content.get(key)
        elif isinstance(content, list) and isinstance(key, int):
            content = content[key]
    return content

"""Where the policy is written: contractguard.yaml, or `[tool.contractguard]` of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from contractguard.errors import UnreadableError, UsageError
from contractguard.model.values import JsonValue, escape_token
from contractguard.policy.configuration.toml_places import TomlPlaces

if TYPE_CHECKING:
    from contractguard.model.document import Documents

POLICY_FILE = "contractguard.yaml"
PYPROJECT = "pyproject.toml"

_MISNAMED = ("contractguard.yml", ".contractguard.yaml", ".contractguard.yml", "contractguard.json")
_TABLE = ("tool", "contractguard")
_MAX_TOML_BYTES = 1 << 20
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")

Keys = tuple[str | int, ...]
"""A way into the content of a policy: names of members and indices of items."""

Locate = Callable[[Keys], tuple[int | None, int | None]]
"""Line and column (1-based) of what lies at some keys, or of the nearest thing around it."""


@dataclass(frozen=True, slots=True)
class PolicySource:
    """The content of a policy file, as parsed, and how to point at a part of it."""

    path: str
    content: JsonValue
    locate: Locate

    def error(self, keys: Keys, message: str, remedy: str | None = None) -> UsageError:
        """An error about the part at `keys`."""
        line, column = self.locate(keys)
        return UsageError(message, path=self.path, line=line, column=column, remedy=remedy)


def find_policy(documents: Documents, read_bytes: Callable[[str], bytes | None]) -> PolicySource | None:
    """The policy of a snapshot, or None where it has none.

    `read_bytes` gives the bytes of a file, None where there is none. Raises `UsageError` for two policies, for a file whose
    name is nearly right, and for TOML that cannot be read; what `documents` raises for YAML passes through.
    """
    raw = read_bytes(PYPROJECT)
    section = None if raw is None else pyproject_section(raw)
    if documents.exists(POLICY_FILE):
        if section is not None:
            raise UsageError(
                f"two policies: {POLICY_FILE} and [tool.contractguard] in {PYPROJECT}",
                path=PYPROJECT,
                remedy="keep one of them",
            )
        return _yaml_source(documents, POLICY_FILE)
    for name in _MISNAMED:
        if documents.exists(name):
            raise UsageError(
                "a policy file under this name is not read", path=name, remedy=f"rename it to {POLICY_FILE}"
            )
    if raw is None or section is None:
        return None
    return PolicySource(PYPROJECT, section, TomlPlaces(raw.decode("utf-8"), _TABLE).locate)


def given_policy(documents: Documents, path: str) -> PolicySource:
    """The policy in one YAML file that the user named. Raises `UsageError` where there is no such file."""
    if not documents.exists(path):
        raise UsageError("there is no such policy file", path=path)
    return _yaml_source(documents, path)


def pyproject_section(raw: bytes) -> JsonValue | None:
    """`[tool.contractguard]` of pyproject.toml as JSON values, None where it has none.

    Raises `UsageError` where a file that mentions contractguard cannot be read. One that does not mention it is nobody's
    policy, whatever else is wrong with it.
    """
    if b"contractguard" not in raw:
        return None
    if len(raw) > _MAX_TOML_BYTES:
        raise UsageError(
            f"larger than {_MAX_TOML_BYTES} bytes", path=PYPROJECT, remedy=f"move the policy to {POLICY_FILE}"
        )
    try:
        content: object = tomllib.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        # ValueError covers TOMLDecodeError, bytes that are not UTF-8, and integers too long for Python.
        raise _toml_error(error) from error
    for name in _TABLE:
        content = content.get(name) if isinstance(content, dict) else None
    return None if content is None else _json(content)


def _toml_error(error: Exception) -> UsageError:
    place = _TOML_PLACE.search(str(error))
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    message = "nested too deeply" if isinstance(error, RecursionError) else _TOML_PLACE.sub("", str(error)).strip()
    return UsageError(f"not valid TOML: {message}", path=PYPROJECT, line=line, column=column)


def _json(value: object) -> JsonValue:
    """TOML's values as JSON values; its dates and times as text."""
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) else None


def _yaml_source(documents: Documents, path: str) -> PolicySource:
    """The policy in a YAML file. What is wrong with its YAML is wrong configuration, not an unreadable contract."""
    try:
        document = documents.document(path)
    except UnreadableError as error:
        raise UsageError(
            error.message, path=error.path or path, line=error.line, column=error.column, remedy=error.remedy
        ) from error
    for duplicate in document.duplicates:
        raise UsageError(
            f"the key {duplicate.key[:80]!r} stands twice",
            path=path,
            line=duplicate.line,
            column=duplicate.column,
            remedy="merge the two: only the last one would count",
        )
    return PolicySource(path, document.value, _yaml_places(documents, path))


def _yaml_places(documents: Documents, path: str) -> Locate:
    def locate(keys: Sequence[str | int]) -> tuple[int | None, int | None]:
        pointer = "".join(f"/{escape_token(str(key))}" for key in keys)
        location = documents.locate([(path, pointer)]).get((path, pointer))
        return (location.line, location.column) if location else (None, None)

    return locate

"""The report as JSON (DESIGN section 7), and back. What one writes, the other reads without loss."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from contractguard.errors import LimitError, UsageError
from contractguard.model.report import Report
from contractguard.reporting.codec import decode, encode
from contractguard.reporting.values import json_text

if TYPE_CHECKING:
    from contractguard.model.values import JsonValue
    from contractguard.reporting.options import RenderOptions

SCHEMA_VERSION = "1"


def render(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 - JSON has no looks to choose
    """The report as JSON text: two spaces of indentation, keys in the order of the types, a newline at the end.

    It is the same whatever the options. Text is not ASCII-escaped, except characters that hide, reorder or command.
    """
    return f"{json_text(encode(report), indent=2)}\n"


def load_report(raw: bytes) -> Report:
    """The report that these bytes of report JSON hold.

    Raises `UsageError` with line and column where they are no JSON, and with the place within the report
    (`report.contracts[0].findings[2].impact`) where they are no report; `LimitError` where they nest too deep.
    """
    data = _parsed(raw)
    version = data.get("schema_version", SCHEMA_VERSION) if isinstance(data, dict) else SCHEMA_VERSION
    if version != SCHEMA_VERSION:
        message = (
            f"the report is of schema version {json_text(version)}, this contractguard reads version {SCHEMA_VERSION}"
        )
        raise UsageError(message, remedy="use the contractguard that wrote it")
    report: Report = decode(Report, data)
    return report


def _parsed(raw: bytes) -> JsonValue:
    remedy = "give the file that `--format json` wrote"
    try:
        value: JsonValue = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_unique, parse_float=_finite, parse_constant=_no_constant
        )
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg}"
        raise UsageError(message, line=error.lineno, column=error.colno, remedy=remedy) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"not UTF-8: byte {error.start} cannot be decoded", remedy=remedy) from error
    except RecursionError as error:
        raise LimitError("the report nests too deep to be read", remedy=remedy) from error
    except ValueError as error:
        raise UsageError(f"not a report: {error}", remedy=remedy) from error
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in value if keys.count(key) > 1)
        raise ValueError(f"the key {json_text(twice)} stands twice in one object")
    return value


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"the number {text[:40]} is too large")
    return number


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is not a JSON number")

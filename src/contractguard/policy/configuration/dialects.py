"""`dialects` of the policy: which dialect a `$schema` of one's own stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from contractguard.model.dialects import NAMEABLE, fixed_dialect, plain_uri
from contractguard.model.schema import Dialect
from contractguard.policy.configuration.sources import PolicySource

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_SHOWN: Final = 80


def read_dialects(source: PolicySource, written: Mapping[str, str]) -> dict[str, Dialect]:
    """URI → dialect, as written. Raises `UsageError` with its place for what is no URI or no dialect, or contradicts another."""
    found: dict[str, Dialect] = {}
    seen: dict[str, Dialect] = {}
    for uri, name in written.items():
        try:
            found[uri] = dialect = own_dialect(uri, name)
        except ValueError as error:
            message, remedy = error.args
            raise source.error(("dialects", uri), message, remedy) from None
        if seen.setdefault(plain_uri(uri), dialect) is not dialect:
            other = "two URIs that differ in `http` and `https` or in their end only are one and the same"
            raise source.error(("dialects", uri), f"{uri[:_SHOWN]!r} stands for two dialects", other)
    return found


def own_dialect(uri: str, name: str) -> Dialect:
    """The dialect `name`, which a user gives to a URI. Raises `ValueError` with what is wrong, and what to write."""
    if not _URI.fullmatch(uri):
        raise ValueError(
            f"{uri[:_SHOWN]!r} is not a URI",
            "write it as `$schema` has it, with its scheme: https://example.com/our-dialect",
        )
    if name not in NAMEABLE:
        raise ValueError(f"{name[:_SHOWN]!r} is not a dialect", f"allowed are {', '.join(NAMEABLE)}")
    dialect = Dialect(name)
    fixed = fixed_dialect(uri)
    if fixed is not None and fixed is not dialect:
        raise ValueError(
            f"{uri[:_SHOWN]!r} is the name of {fixed}, and stands for nothing else",
            "leave it out, and give the schemas the `$schema` of the dialect that they are written in",
        )
    return dialect

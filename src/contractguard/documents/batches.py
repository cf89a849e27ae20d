"""Reading many files of a snapshot at once, where each has bytes or an error of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from contractguard.errors import ContractguardError
from contractguard.model.snapshot import Snapshot


def read_each(
    snapshot: Snapshot, paths: Collection[str]
) -> tuple[Mapping[str, bytes], Mapping[str, ContractguardError]]:
    """Bytes of these files, and for each that cannot be read the error, from a snapshot that can tell them apart or not."""
    if not paths:
        return {}, {}
    own = getattr(snapshot, "read_each", None)
    if own is not None:
        contents, errors = own(paths)
        return contents, errors
    found: dict[str, bytes] = {}
    failed: dict[str, ContractguardError] = {}
    try:
        found.update(snapshot.read(paths))
    except ContractguardError:
        for path in paths:
            try:
                found.update(snapshot.read([path]))
            except ContractguardError as error:
                failed[path] = error
    return found, failed

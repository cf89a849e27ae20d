"""The validator that confirms payloads: implements `PayloadChecker` (`model/payload.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from contractguard.errors import ContractguardError
from contractguard.model.document import Documents
from contractguard.model.payload import Checked, Role
from contractguard.model.places import Conjunction, Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue

if TYPE_CHECKING:
    from contractguard.validators.classes import Classes
    from contractguard.validators.outcomes import Errors, KeywordError


class PayloadValidator:
    """Checks payloads against schemas of one snapshot as they are written, with the `jsonschema` library.

    What it builds is kept between checks, so use one for a side. Not for use by several threads at once.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._classes: dict[tuple[str, Dialect], Classes] = {}

    def check(
        self, schema: Node, payload: JsonValue, *, dialect: Dialect, role: Role, near: Sequence[str] = ()
    ) -> Checked:
        """Whether the payload is valid under the schema at `schema`, read in `dialect`; raises nothing.

        `valid` is None, with the reason, where nobody can say: a pattern that RE2 does not take, a reference that leads out of
        the snapshot or nowhere, a keyword whose value means nothing, a schema that refers to itself in place, too many
        steps. A payload that is refused whatever these would say is refused, for the reason nearest to where `near` leads.
        """
        if isinstance(schema, Conjunction):
            parts = [self.check(part, payload, dialect=dialect, role=role, near=near) for part in schema.parts]
            return min(parts, key=lambda checked: _WORST_FIRST.index(checked.valid))
        from contractguard.validators.outcomes import TOO_DEEP, UncheckableError  # noqa: PLC0415  (imports jsonschema)
        from contractguard.validators.reasons import reason  # noqa: PLC0415

        try:
            return self._checked(self._classes_of(schema.path, dialect).errors(schema, payload, dialect, role), near)
        except UncheckableError as error:
            return Checked(None, reason(str(error)))
        except RecursionError:
            return Checked(None, TOO_DEEP)
        except ContractguardError as error:
            return Checked(None, reason(str(error)))
        except Exception as error:  # noqa: BLE001  (a hostile schema can make the library raise anything; no answer then)
            return Checked(None, reason(f"the validator cannot read this schema: {type(error).__name__}: {error}"))

    def _checked(self, errors: Errors, near: Sequence[str]) -> Checked:
        from contractguard.validators.outcomes import is_undecided  # noqa: PLC0415  (imports jsonschema)
        from contractguard.validators.reasons import nearness, reason  # noqa: PLC0415

        doubt: KeywordError | None = None
        nearest: tuple[int, KeywordError | None] = (-1, None)
        try:
            for error in islice(errors, _MOST_ERRORS):
                if is_undecided(error):
                    doubt = doubt or error
                    continue
                nearest = max(nearest, (nearness(error.path, error.values, near), error), key=itemgetter(0))
                if nearest[0] >= len(near):
                    break
        except Exception:
            if nearest[1] is None:
                raise  # otherwise the payload is refused, whatever the rest of the check would say
        found = nearest[1] or doubt
        if found is None:
            return Checked(valid=True)
        return Checked(False if found is nearest[1] else None, reason(found.message, found.path, found.values))

    def _classes_of(self, path: str, dialect: Dialect) -> Classes:
        """Those for a file alone: what other files embed under a name must not change what the name means here."""
        known = self._classes.get((path, dialect))
        if known is None:
            from contractguard.validators.classes import Classes  # noqa: PLC0415  (imports jsonschema)
            from contractguard.validators.references import SnapshotReferences  # noqa: PLC0415

            known = self._classes[path, dialect] = Classes(
                SnapshotReferences(self._documents, dialect), self._documents.dialects
            )
        return known


_MOST_ERRORS = 200
"""How many errors are looked at for the one that is nearest."""

_WORST_FIRST = (False, None, True)

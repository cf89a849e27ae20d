"""The validator that confirms payloads: implements `PayloadChecker` (`model/payload.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractguard.errors import ContractguardError
from contractguard.model.document import Documents
from contractguard.model.payload import Checked, Role
from contractguard.model.places import Conjunction, Node
from contractguard.model.schema import Dialect
from contractguard.model.values import JsonValue

if TYPE_CHECKING:
    from contractguard.validators.classes import Classes


class PayloadValidator:
    """Checks payloads against schemas of one snapshot as they are written, with the `jsonschema` library.

    What it builds is kept between checks, so use one for a side. Not for use by several threads at once.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._classes: dict[Dialect, Classes] = {}

    def check(self, schema: Node, payload: JsonValue, *, dialect: Dialect, role: Role) -> Checked:
        """Whether the payload is valid under the schema at `schema`, read in `dialect`; raises nothing.

        `valid` is None, with the reason, where nobody can say: a pattern that RE2 does not take, a reference that leads out of
        the snapshot or nowhere, a keyword whose value means nothing, a schema that refers to itself in place, too many
        steps. A payload that is refused whatever these would say is refused.
        """
        if isinstance(schema, Conjunction):
            parts = [self.check(part, payload, dialect=dialect, role=role) for part in schema.parts]
            return min(parts, key=lambda checked: _WORST_FIRST.index(checked.valid))
        from contractguard.validators.outcomes import TOO_DEEP, UncheckableError  # noqa: PLC0415  (imports jsonschema)
        from contractguard.validators.reasons import reason  # noqa: PLC0415

        try:
            return self._checked(schema, payload, dialect, role)
        except UncheckableError as error:
            return Checked(None, reason(str(error)))
        except RecursionError:
            return Checked(None, TOO_DEEP)
        except ContractguardError as error:
            return Checked(None, reason(str(error)))
        except Exception as error:  # noqa: BLE001  (a hostile schema can make the library raise anything; no answer then)
            return Checked(None, reason(f"the validator cannot read this schema: {type(error).__name__}: {error}"))

    def _checked(self, schema: Node, payload: JsonValue, dialect: Dialect, role: Role) -> Checked:
        from contractguard.validators.outcomes import is_undecided  # noqa: PLC0415  (imports jsonschema)
        from contractguard.validators.reasons import reason  # noqa: PLC0415

        doubt: Checked | None = None
        for error in self._classes_of(dialect).errors(schema, payload, dialect, role):
            why = reason(error.message, error.path, error.values)
            if not is_undecided(error):
                return Checked(valid=False, reason=why)
            doubt = doubt or Checked(None, why)
        return doubt or Checked(valid=True)

    def _classes_of(self, dialect: Dialect) -> Classes:
        known = self._classes.get(dialect)
        if known is None:
            from contractguard.validators.classes import Classes  # noqa: PLC0415  (imports jsonschema)
            from contractguard.validators.references import SnapshotReferences  # noqa: PLC0415

            known = self._classes[dialect] = Classes(SnapshotReferences(self._documents, dialect))
        return known


_WORST_FIRST = (False, None, True)

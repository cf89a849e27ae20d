"""Whether a JSON value is valid under a schema in normal form, in three values: yes, no, cannot be said."""

from contractguard.semantics.evaluation.evaluator import Evaluator

__all__ = ["Evaluator"]

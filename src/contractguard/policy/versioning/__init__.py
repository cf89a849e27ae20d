"""Versions that contracts give themselves, and the step that their changes need (GOVERNANCE section 3)."""

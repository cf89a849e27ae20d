"""Versions of one contract beyond base and head: those that lie side by side, and those that tags keep."""

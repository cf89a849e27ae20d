"""Comparing two schemas in normal form, facet by facet: what changed, and what that does to the set of valid payloads."""

"""Literal credentials: which are facts, which are nobody's."""

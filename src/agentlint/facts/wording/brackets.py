"""Where the brackets open and close that stand around a place of a code sample."""

from __future__ import annotations

from agentlint.text import Pattern

BRACKET = Pattern(r"[()\[\]{}]")
_OPENING = "([{"
_NEAR = 60
"""Where most brackets open; a list of all within reach would take longer than what it is looked in for."""


def opening_bracket(text: str, end: int, reach: int) -> int:
    """Where the innermost bracket opens that is still open at `end`, -1 if it is out of reach."""
    near = _innermost(text, end - min(reach, _NEAR), end)
    return near if near >= 0 else _innermost(text, end - reach, end)


def _innermost(text: str, start: int, end: int) -> int:
    closed = 0
    for bracket in reversed(list(BRACKET.finditer(text, max(0, start), end))):
        closed += -1 if bracket[0] in _OPENING else 1
        if closed < 0:
            return bracket.start()
    return -1


def closing_bracket(text: str, start: int, reach: int) -> int:
    """Where the bracket closes that is open at `start`, or else where the reach ends."""
    last = min(len(text), start + reach)
    opened = 0
    for bracket in BRACKET.finditer(text, start, last):
        opened += 1 if bracket[0] in _OPENING else -1
        if opened < 0:
            return bracket.start()
    return last

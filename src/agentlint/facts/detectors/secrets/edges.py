"""Where a value begins and ends in running text: remains of escapes before it, cuts after it."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"[nrtbf]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}")
_HEX_PAIR = re.compile(r"[0-9a-fA-F]{2}")
_COLOUR = re.compile(r"\d{1,3}m")
_ELLIPSES = ("..", "…", "•", "·")


def after_escape(text: str, start: int) -> int:
    """Where a word really begins whose first characters end an escape (`\\n`, `%3D`, a colour) or are
    dashes."""
    before = text[start - 1 : start]
    if before == "\\":
        escape = _ESCAPE.match(text, start)
        start = escape.end() if escape else start
    elif before == "%":
        pair = _HEX_PAIR.match(text, start)
        start = pair.end() if pair else start
    elif text.endswith("\x1b[", 0, start):
        colour = _COLOUR.match(text, start)
        start = colour.end() if colour else start
    while text[start : start + 1] in ("-", "_"):
        start += 1
    return start


def is_cut_short(text: str, start: int, end: int) -> bool:
    """Whether an ellipsis or a mask stands where the value `text[start:end]` should go on.

    Asterisks that also stand before the value are Markdown emphasis.
    """
    if text.startswith(_ELLIPSES, end):
        return True
    return text.startswith("*", end) and not text.endswith("*", 0, start)

"""The edges of a value in running text: remains of escapes before it, cuts and brackets around it."""

from __future__ import annotations

from agentlint.facts.detectors.secrets.patterns import ascii_pattern

# What may end in the first characters of a word, by what stands before them.
_REMAINS = (
    ("\\", ascii_pattern(r"[nrtbf]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}")),
    ("%", ascii_pattern(r"[0-9a-fA-F]{2}")),
    ("\x1b[", ascii_pattern(r"\d{1,3}m")),
)
_ELLIPSES = ("..", "…", "•", "·")
# The rest of a regular expression: sk-ant-api03-[\w-]{93}AA
_CLASS = ascii_pattern(r"\[[^\]\n]{1,60}\](?:\{\d|\+)")


def after_escape(text: str, start: int) -> int:
    """Where a word really begins if its first characters are dashes or the end of an escape."""
    for before, shape in _REMAINS:
        if text.endswith(before, 0, start):
            remains = shape.match(text, start)
            start = remains.end() if remains else start
            break
    while text[start : start + 1] in ("-", "_"):
        start += 1
    return start


def is_stand_in(text: str, start: int, end: int) -> bool:
    """Whether what stands around `text[start:end]` says that it is cut short or to be replaced."""
    return _is_cut_short(text, start, end) or _is_slot(text, start, end)


def _is_cut_short(text: str, start: int, end: int) -> bool:
    """An ellipsis, a mask or a class of characters follows; asterisks that also stand before are
    Markdown emphasis."""
    if text.startswith(_ELLIPSES, end) or _CLASS.match(text, end):
        return True
    return text.startswith("*", end) and not text.endswith("*", 0, start)


def _is_slot(text: str, start: int, end: int) -> bool:
    """It is all that stands in the brackets of a slot: `<x>`, `${x}`, `{{ x }}`."""
    before, after = text[max(0, start - 4) : start], text[end : end + 4]
    return (
        (before.endswith("<") and after.startswith(">"))
        or (before.endswith("${") and after.startswith("}"))
        or (before.rstrip(" ").endswith("{{") and after.lstrip(" ").startswith("}}"))
    )

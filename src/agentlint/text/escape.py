"""Making a string safe on its way out; every reporter sends file text through here."""

from __future__ import annotations

import re

from agentlint.text.pattern import Pattern

# C0 and C1 controls, DEL, zero-width and bidirectional controls, line and paragraph separators, the
# byte order mark, interlinear marks, fillers that show nothing, tag characters, the supplementary
# variation selectors and lone surrogates: whatever can move a cursor, hide text, reorder a line or
# break an encoder.
_UNSAFE = Pattern(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
_BREAKS = Pattern(r"[\t\n]")


def printable(text: str) -> str:
    """`text` with every invisible or controlling code point spelled out; tabs and newlines stay."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(_spell, text)


def one_line(text: str) -> str:
    """`printable` text that cannot start a line of its own: tabs and newlines are spelled out too."""
    return _BREAKS.sub(_spell, printable(text))


def _spell(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"

"""`primaryLocationLineHash`, by which GitHub code scanning knows an alert again when lines move.

A rolling 64-bit hash of base 37 over a window of 100 UTF-16 code units that begins at each line;
spaces and tabs are left out, CR and CRLF count as LF, and the end of the text as 65535. The number
after the colon counts equal hashes. Algorithm and vectors: github/codeql-action, src/fingerprints.ts.
"""

from __future__ import annotations

from collections import Counter

_WINDOW = 100
_BASE = 37
_MASK = (1 << 64) - 1
_END = 65535


def line_hashes(text: str) -> list[str]:
    """The hash of each line of `text`, in order; an empty text has one line."""
    units = _units(text)
    seen: Counter[int] = Counter()
    hashes: list[str] = []
    for value in _windows(units):
        seen[value] += 1
        hashes.append(f"{value:x}:{seen[value]}")
    return hashes


def _units(text: str) -> list[int]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    encoded = plain.encode("utf-16-le", "surrogatepass")
    return [*memoryview(encoded).cast("H"), _END]


def _windows(units: list[int]) -> list[int]:
    """The hash of the window that begins at each line, in order of lines."""
    starts = [0, *(index + 1 for index, unit in enumerate(units[:-1]) if unit == 10)]
    padded = [*units, *([0] * _WINDOW)]
    return [_hash(padded[start : start + _WINDOW]) for start in starts]


def _hash(window: list[int]) -> int:
    value = 0
    for unit in window:
        value = (value * _BASE + unit) & _MASK
    return value

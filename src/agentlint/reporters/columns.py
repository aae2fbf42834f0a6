"""Text in columns, as wide as a terminal shows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_GAP = "  "


def width(text: str) -> int:
    """Columns on a terminal: wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def cropped(text: str, most: int) -> str:
    """`text`, cut to `most` columns with a mark where something is left out."""
    if width(text) <= most:
        return text
    kept, used = "", 1
    for character in text:
        used += width(character)
        if used > most:
            break
        kept += character
    return kept + "…"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines whose cells stand below each other; every row has as many cells."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (most - width(cell)) for cell, most in zip(row, widths, strict=True))
        yield _GAP.join(cells).rstrip()

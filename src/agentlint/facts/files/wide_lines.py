"""Lines of UTF-16 in a text of another encoding, as PowerShell appends them (`>>`)."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.text import Region, Span

_NUL = "\0"
# Every second byte of ASCII in UTF-16 is NUL, and a line end that was converted leaves one less.
_LETTERS_TO_A_NUL = 3


def narrowed(region: Region) -> Region:
    """The text of a file's bytes as its reader sees it: without the NULs between the letters of a line. One
    that stands alone ends what is before it, as in a dump of an environment."""
    return Region.join(_pieces(region)) if _NUL in region.text else region


def _pieces(region: Region) -> Iterator[tuple[str, Span]]:
    at = 0
    for line in region.text.split("\n"):
        end = min(at + len(line) + 1, len(region.text))
        if line.count(_NUL) * _LETTERS_TO_A_NUL < len(line):
            yield region.text[at:end], region.span(at, end)
        else:
            yield from _letters(region, at, end)
        at = end


def _letters(region: Region, at: int, end: int) -> Iterator[tuple[str, Span]]:
    for part in region.text[at:end].split(_NUL):
        yield part, region.span(at, at + len(part))
        at += len(part) + 1

"""The lines of a finding with the span underlined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agentlint.reporters.columns import width
from agentlint.reporters.safe import safe
from agentlint.text import SourceFile, Span

MAX_WIDTH = 120
_TAB = "    "


class FrameLine(NamedTuple):
    """`underlines` tells the line of marks from the line of text above it."""

    gutter: str
    text: str
    underlines: bool = False


def frame(source: SourceFile, span: Span) -> Iterator[FrameLine]:
    """The first line of `span` with marks under the part of it that the span covers.

    Text goes out escaped and with secrets masked, so a mark may cover more than the span did.
    """
    line = source.position(span.start).line
    whole = source.line_span(line)
    text = whole.cut(source.text)
    start = span.start - whole.start
    end = max(start + 1, min(span.end, whole.end) - whole.start)
    number = str(line)
    margin = " " * len(number)
    before, marked, after = _cropped(*_shown(text, start, end))
    yield FrameLine(f"{margin} |", "")
    yield FrameLine(f"{number} |", f"{before}{marked}{after}".rstrip())
    yield FrameLine(f"{margin} |", " " * width(before) + "^" * max(1, width(marked)), True)


def _shown(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The line in three parts, each safe to print.

    A secret may lie across the cuts, so the whole line is made safe too: where the parts do not add
    up to it, the line is shown as the safe whole and marked throughout.
    """
    parts = [text[:start], text[start:end], text[end:]]
    safe_parts = [safe(part.replace("\t", _TAB)) for part in parts]
    whole = safe(text.replace("\t", _TAB))
    if "".join(safe_parts) == whole:
        return safe_parts[0], safe_parts[1], safe_parts[2]
    indent = len(whole) - len(whole.lstrip())
    return whole[:indent], whole[indent:], ""


def _cropped(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """The parts cut to a screen's width, the marked part kept in sight."""
    if len(marked) > MAX_WIDTH:
        marked = marked[: MAX_WIDTH - 1] + "…"
    room = MAX_WIDTH - len(marked)
    if len(before) > room // 2 and len(before) + len(after) > room:
        keep = max(room // 2, room - len(after))
        if len(before) > keep:
            before = "…" + before[len(before) - keep :]
    left = MAX_WIDTH - len(before) - len(marked)
    if len(after) > left:
        after = after[: max(0, left)] + "…"
    return before, marked, after

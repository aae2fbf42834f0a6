"""The lines of a finding with the span underlined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agentlint.facts.detectors.redaction import masks, redacted_part
from agentlint.facts.secret import SecretCandidate
from agentlint.reporters.columns import width
from agentlint.reporters.masking import masked, widened
from agentlint.text import Pattern, SourceFile, Span, one_line

MAX_WIDTH = 120
_REACH = 4 * MAX_WIDTH
"""Characters on each side of a span that may still be shown once the line is cut to its width."""
_CELL = 2048
_MAX_WORD = 4096
_WORD = Pattern(rf"[^\s\"'`,;|<>(){{}}\[\]]{{0,{_MAX_WORD}}}")
"""What may be the rest of a credential."""
_TAB = "    "


class FrameLine(NamedTuple):
    """`underlines` tells the line of marks from the line of text above it."""

    gutter: str
    text: str
    underlines: bool = False


def frame(
    source: SourceFile, span: Span, secrets: Sequence[SecretCandidate] = ()
) -> Iterator[FrameLine]:
    """The first line of `span` with marks under the part of it that the span covers.

    Text goes out escaped and with secrets masked, so a mark may cover more than the span did.
    """
    line = source.position(span.start).line
    whole = source.line_span(line)
    mark = widened(Span(span.start, max(span.start + 1, span.end)), secrets)
    start, end = max(whole.start, mark.start), min(mark.end, whole.end)
    whole = _near(Span(start, end), whole, source.text, secrets)
    cuts = (Span(whole.start, start), Span(start, end), Span(end, whole.end))
    left, middle, right = (masked(cut.cut(source.text), cut.start, secrets) for cut in cuts)
    number = str(line)
    margin = " " * len(number)
    text, start, end = left + middle + right, len(left), len(left) + len(middle)
    before, marked, after = _cropped(*_shown(text, start, end))
    yield FrameLine(f"{margin} |", "")
    yield FrameLine(f"{number} |", f"{before}{marked}{after}".rstrip())
    yield FrameLine(f"{margin} |", " " * width(before) + "^" * max(1, width(marked)), True)


def _near(mark: Span, line: Span, text: str, secrets: Sequence[SecretCandidate]) -> Span:
    """The part of a long line around `mark` that is looked at; it cuts no word and no secret in two.

    Findings that stand close together share it, so that many on one line cost what they show, and not
    the whole line each time.
    """

    def edge(cell: int) -> int:
        at = min(line.end, line.start + max(0, cell) * _CELL)
        word = _WORD.match(text, at, line.end) if line.start < at < line.end else None
        return word.end() if word else at

    first = (mark.start - line.start - _REACH - _MAX_WORD) // _CELL
    last = (mark.end - line.start + _REACH) // _CELL + 1
    near = widened(Span(edge(first), edge(last)), secrets)
    return Span(max(line.start, near.start), min(line.end, near.end))


def _shown(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The line in three parts, each safe to print and none longer than is shown of it.

    Where a secret lies across a cut, the cut moves to its edge. Only what is near the span is made
    ready, so that many findings on one long line cost no more than they show.
    """
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    for mask in masks(text):
        if mask.start < start < mask.end:
            start = mask.start
        if mask.start < end < mask.end:
            end = mask.end
        if mask.start < first < mask.end:
            first = mask.start
        if mask.start < last < mask.end:
            last = mask.end
    return (
        _safe_part(text, min(first, start), start),
        _safe_part(text, start, end),
        _safe_part(text, end, max(last, end)),
    )


def _safe_part(text: str, start: int, end: int) -> str:
    return one_line(redacted_part(text, start, end).replace("\t", _TAB))


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

"""Text that stands inside other text: a fence, front matter, a ConfigMap block, a JSON string.

A region is the embedded text as its own parser should see it (indent, quote marks and escapes
removed) together with the runs that lead every offset back to the file. Regions nest: a region cut
from a region still answers in offsets of the file, so no reader ever adds offsets by hand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct

from agentlint.text.span import Span


class Run(Struct, frozen=True, gc=False):
    """`text[start:end]` of a region comes from `[origin, origin_end)` of the file.

    A run of equal lengths is verbatim. One of unequal lengths is an escape (`\\n` in a JSON string)
    or a fold, and has no inner positions: whatever touches it takes in the whole of its origin.
    """

    start: int
    end: int
    origin: int
    origin_end: int

    @property
    def verbatim(self) -> bool:
        return self.end - self.start == self.origin_end - self.origin


class Region(Struct, frozen=True, gc=False):
    """Embedded text and where each part of it stands in the file.

    `runs` are in order, do not overlap and cover `text`; an empty text has one empty run. `exact` is
    False where the place of a part is only known to the line: such spans are fit for reporting and
    never for editing.
    """

    text: str
    runs: tuple[Run, ...]
    exact: bool = True

    @classmethod
    def whole(cls, text: str) -> Region:
        """The region that is the entire file."""
        return cls(text, (Run(0, len(text), 0, len(text)),))

    @classmethod
    def join(cls, pieces: Iterable[tuple[str, Span]], *, at: int = 0, exact: bool = True) -> Region:
        """Build a region from pieces of text, each with the span of the file that it came from.

        `at` is the file offset of a region that turns out to be empty.
        """
        texts: list[str] = []
        runs: list[Run] = []
        length = 0
        for text, span in pieces:
            if not text:
                continue
            run = Run(length, length + len(text), span.start, span.end)
            last = runs[-1] if runs else None
            if last and last.verbatim and run.verbatim and last.origin_end == run.origin:
                runs[-1] = Run(last.start, run.end, last.origin, run.origin_end)
            else:
                runs.append(run)
            texts.append(text)
            length = run.end
        return cls("".join(texts), tuple(runs) or (Run(0, 0, at, at),), exact)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The file's span for `text[start:end]`; offsets are code points of this region's text."""
        end = len(self.text) if end is None else end
        first = self.runs[0] if len(self.runs) == 1 else self._run_at(start)
        verbatim = first.verbatim
        origin = first.origin + (start - first.start if verbatim else 0)
        if end <= start:
            return Span(origin, origin)
        if verbatim and end <= first.end:
            return Span(origin, origin + end - start)
        last = self._run_at(end - 1)
        origin_end = last.origin + end - last.start if last.verbatim else last.origin_end
        return Span(origin, max(origin, origin_end))

    def cut(self, start: int, end: int) -> Region:
        """The part `text[start:end]` as a region of its own."""
        first = 0 if len(self.runs) == 1 else self._index_at(start)
        run = self.runs[first]
        if run.verbatim and run.start <= start and end <= run.end:
            origin = run.origin + start - run.start
            only = Run(0, end - start, origin, origin + end - start)
            return Region(self.text[start:end], (only,), self.exact)
        pieces: list[Run] = []
        for index in range(first, len(self.runs)):
            run = self.runs[index]
            if run.start >= end:
                break
            low, high = max(run.start, start), min(run.end, end)
            if low >= high:
                continue
            if run.verbatim:
                origin = run.origin + low - run.start
                pieces.append(Run(low - start, high - start, origin, origin + high - low))
            else:
                pieces.append(Run(low - start, high - start, run.origin, run.origin_end))
        if not pieces:
            at = self.span(start, start).start
            pieces.append(Run(0, 0, at, at))
        return Region(self.text[start:end], tuple(pieces), self.exact)

    def _index_at(self, offset: int) -> int:
        if len(self.runs) == 1:
            return 0
        return max(0, bisect_right(self.runs, offset, key=_run_start) - 1)

    def _run_at(self, offset: int) -> Run:
        return self.runs[self._index_at(offset)]


def _run_start(run: Run) -> int:
    return run.start

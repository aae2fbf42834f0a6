"""The comments of a Python program, which its tree leaves out: every `#` that stands in no string."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from agentlint.documents.python_parser import PARSER_ERRORS, QUOTES
from agentlint.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentlint.text import Region

_COMMENT = Pattern(r"#[^\r\n]{0,262144}")


class Comments:
    """Those of a text, once all strings are told that a `#` may stand in."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._strings: list[tuple[int, int]] = []

    def add_string(self, start: int, end: int) -> None:
        """A literal, or several in a row that are one string, by its offsets in the text."""
        self._strings += self._pieces(start, end)

    def found(self) -> Iterator[Region]:
        """Every `#` outside a string, with the rest of its line."""
        strings = sorted(self._strings)
        starts = [start for start, _ in strings]
        at = 0
        while comment := _COMMENT.search(self._region.text, at):
            before = bisect_right(starts, comment.start()) - 1
            inside = before >= 0 and comment.start() < strings[before][1]
            if not inside:
                yield self._region.cut(comment.start(), comment.end())
            at = strings[before][1] if inside else comment.end()

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a string between the comments that stand in it: one may be joined of several
        literals, each on a line of its own."""
        text = self._region.text
        quotes = QUOTES.match(text, start, end)
        is_one = quotes and text.find(quotes[1], quotes.end(), end) == end - len(quotes[1])
        if not is_one and "#" in (joined := text[start:end]) and "\n" in joined:
            for comment, comment_end in _comments_between(joined):
                yield start, end - len(joined) + comment
                start = end - len(joined) + comment_end
        yield start, end


def _comments_between(joined: str) -> list[tuple[int, int]]:
    """Where comments stand between the literals that are one string."""
    import io
    import tokenize

    starts = [0, *accumulate(len(line) for line in io.StringIO(joined))]
    found: list[tuple[int, int]] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(f"(\n{joined})").readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                start = starts[line - 2] + column
                found.append((start, start + len(token.string)))
    except (tokenize.TokenError, *PARSER_ERRORS):
        return []  # as though all of it were text
    return found

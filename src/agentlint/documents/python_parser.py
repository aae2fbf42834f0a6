"""The standard library's parser of Python, kept from what hurts it; nothing is run.

It reads the grammar of the interpreter that agentlint runs on, so a file in a newer one is a problem
and no more. What hurts it was measured: a dotted name of n parts after `import` costs n² bytes
(2.5 GB for 100 kB), and an f-string of n parts n² steps (7 s for 260 kB), so those are counted first.
Below the limits here no text takes the parser two seconds or 250 MB.
"""

from __future__ import annotations

import ast
import sys
import warnings
from bisect import bisect_left
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from agentlint.documents.limits import limit_problem, size_problem
from agentlint.text import Pattern, line_starts

if TYPE_CHECKING:
    from agentlint.documents.nodes import Problem
    from agentlint.text import Region

_MAX_IMPORT_DOTS = 500
_MAX_BRACES = 30_000
"""Braces in a text with f-strings: before Python 3.12, each is looked for anew in the whole string."""
NOT_PYTHON = (
    "not valid in Python {}.{}, which agentlint runs on: if a newer Python reads it, run agentlint on that"
).format(*sys.version_info)
PARSER_ERRORS = (
    MemoryError,
    RecursionError,
    ValueError,
    SyntaxError,
    OverflowError,
)
# f-strings, and t-strings where the interpreter knows them.
FORMATTED = tuple(
    kind for name in ("JoinedStr", "TemplateStr") if (kind := getattr(ast, name, None))
)
# The prefix of a literal, and its quotes.
QUOTES = Pattern(r"[A-Za-z]{0,3}(\"\"\"|'''|\"|')")
# Whatever can stand in a dotted name after `import`, or between two of them, up to the line's end.
# Begun with the word itself, which a search passes over fastest.
_IMPORTS = tuple(
    Pattern(rf"{word}(?<!\w{word})\b(?:[^\n\r#'\"()=;:\\]|\\\r?\n|\\\r){{1,262144}}")
    for word in ("import", "from")
)
_FORMATTED_STRING = Pattern(r"[fFtT][rR]?[\"']")


def module_of(region: Region) -> ast.Module | None:
    """The parser's own tree, None for a text that is not read."""
    if limit_reached(region):
        return None
    try:
        return tree(region.text)
    except PARSER_ERRORS:
        return None


def tree(text: str) -> ast.Module:
    """The tree of a text within the limits; raises one of `PARSER_ERRORS` for what is no Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def limit_reached(region: Region) -> Problem | None:
    """Why a text is not given to the parser, or None."""
    return size_problem(region) or _import_problem(region) or _brace_problem(region)


def _brace_problem(region: Region) -> Problem | None:
    if region.text.count("{") > _MAX_BRACES and _FORMATTED_STRING.search(region.text):
        what = f"more than {_MAX_BRACES:,} braces in a text with f-strings"
        return limit_problem(what, region.span(0, 0))
    return None


def _import_problem(region: Region) -> Problem | None:
    for match in chain.from_iterable(word.finditer(region.text) for word in _IMPORTS):
        if match[0].count(".") > _MAX_IMPORT_DOTS:
            where = region.span(match.start(), match.start())
            return limit_problem(f"more than {_MAX_IMPORT_DOTS} dots in one import", where)
    return None


class AstPlaces:
    """From the parser's lines and UTF-8 bytes to code points of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = line_starts(text)
        self._is_ascii = text.isascii()
        self._bytes_before: dict[int, list[int]] = {}

    def offsets(self, node: ast.AST) -> tuple[int, int]:
        """Where a node begins and ends; of a few, such as a `case`, the parser tells no place."""
        place: Any = node
        try:
            line, start = place.lineno, place.col_offset
            end_line, end = place.end_lineno, place.end_col_offset
        except AttributeError:
            return 0, 0
        if not self._is_ascii:
            start, end = self._characters(line, start), self._characters(end_line, end)
        starts = self._starts
        return starts[line - 1] + start, starts[end_line - 1] + end

    def offset_of_line(self, line: int) -> int:
        """Where a line begins; the end of the text for the line behind its last one."""
        return self._starts[line - 1] if line <= len(self._starts) else len(self._text)

    def _characters(self, line: int, column: int) -> int:
        """How many code points of a line take its first `column` bytes."""
        sizes = self._bytes_before.get(line)
        if sizes is None:
            end = self._starts[line] if line < len(self._starts) else len(self._text)
            text = self._text[self._starts[line - 1] : end]
            sizes = [] if text.isascii() else [0, *accumulate(len(c.encode()) for c in text)]
            self._bytes_before[line] = sizes
        return bisect_left(sizes, column) if sizes else column

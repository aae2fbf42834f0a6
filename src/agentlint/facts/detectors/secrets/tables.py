"""The columns of Markdown tables whose heads name credentials, or IDs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.joints import Link
from agentlint.facts.detectors.secrets.match import Verdict
from agentlint.facts.detectors.secrets.named import judge_named
from agentlint.facts.detectors.secrets.names import credential_name, split_words
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.vocabulary import words

T = TypeVar("T")

_DASHES = r"[ \t]{0,40}:?-{2,200}:?[ \t]{0,40}"
_RULE = ascii_pattern(rf"[ \t>]{{0,20}}\|?(?:{_DASHES}\|){{1,40}}(?:{_DASHES})?\r?")
_RULE_MARKS = (b"-|", b"- |", b":|", b": |")
_MARKS = " \t\r*`_\"'"
_LONGEST_LINE = 2_000
_WORD = ascii_pattern(r"[\w-]{8,200}")


class MarkdownTable(Struct, frozen=True):
    """The cells of the head of a table, where the lines of its body begin, and where they end at the
    latest: at the head of the next table."""

    text: str
    heads: Sequence[tuple[int, int]]
    body: int
    end: int


def tables_of(hay: Haystack) -> Iterator[MarkdownTable]:
    """Every Markdown table of a text, in order, as the rule below its head tells it."""
    text = hay.text
    begun = [(_line_around(text, start - 1), end + 1) for start, end in _rules(hay)]
    ends = [start for (start, _), _ in begun[1:]]
    for (head, body), end in zip(begun, (*ends, len(text)), strict=False):
        yield MarkdownTable(text, _cells(text, *head), body, end)


def _rules(hay: Haystack) -> Iterator[tuple[int, int]]:
    """The lines that may part the head of a table from its body."""
    text, done = hay.text, 0
    for at in sorted(place for mark in _RULE_MARKS for place in hay.places(mark)):
        if at < done:
            continue
        start, end = _line_around(text, at)
        if start >= max(1, done) and _RULE.fullmatch(text[start:end]):
            done = end
            yield start, end


def find_in_tables(tables: Iterable[MarkdownTable]) -> Iterator[Verdict]:
    """Literal secrets in the cells below a head such as `API key`."""
    for table in tables:
        for name, low, high in _cells_below(table, credential_name):
            found = judge_named(table.text[low:high], name, Link.LAID_OUT)
            if found:
                yield found.moved(low)


def find_identifiers_in_tables(tables: Iterable[MarkdownTable]) -> Iterator[Verdict]:
    """What stands below a head such as `ID` or `Commit`: no secret, whatever the cell before it names."""
    for table in tables:
        for _, low, high in _cells_below(table, _names_identifier):
            if _WORD.fullmatch(table.text, low, high):
                yield Verdict(low, high)


@lru_cache(maxsize=1024)
def _names_identifier(head: str) -> bool:
    """Whether `head` is `Run` or `Commit`, or ends in `ID` as `Workflow ID` does."""
    last = split_words(head)[-1:]
    names = words("names", "identifiers" if len(head.split()) > 1 else "identified")
    return not names.isdisjoint(last) and credential_name(head) is None


def _cells_below(
    table: MarkdownTable, meaning: Callable[[str], T | None]
) -> Iterator[tuple[T, int, int]]:
    """The cells of the columns of whose head `meaning` says something, with what it says."""
    said = [(at, meaning(table.text[low:high])) for at, (low, high) in enumerate(table.heads)]
    columns = {column: what for column, what in said if what}
    for row in _rows(table) if columns else ():
        cells = _cells(table.text, *row)
        for column, what in columns.items():
            if column < len(cells):
                yield (what, *cells[column])


def _line_around(text: str, at: int) -> tuple[int, int]:
    """The line that holds `at`, without its line feed; no more than a table's line can have of it."""
    start = text.rfind("\n", max(0, at - _LONGEST_LINE), at) + 1
    end = text.find("\n", at, at + _LONGEST_LINE)
    return start, end if end >= 0 else min(len(text), at + _LONGEST_LINE)


def _rows(table: MarkdownTable) -> Iterator[tuple[int, int]]:
    """The lines of a table's body: a line without a second cell ends it."""
    start = table.body
    while start < table.end:
        start, end = _line_around(table.text, start)
        if table.text.count("|", start, end) == 0:
            return
        yield start, end
        start = end + 1


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cells of a table's line stand, without the blanks and marks around them."""
    cells: list[tuple[int, int]] = []
    row = text[start:end].rstrip(" \t\r").rstrip("|")
    at = start + len(row) - len(row.lstrip(" \t>"))
    for piece in text[at : start + len(row)].removeprefix("|").split("|"):
        at = text.find(piece, at)
        low = at + len(piece) - len(piece.lstrip(_MARKS))
        cells.append((low, max(low, at + len(piece.rstrip(_MARKS)))))
        at += len(piece)
    return cells

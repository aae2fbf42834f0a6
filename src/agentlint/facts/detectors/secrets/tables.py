"""Secrets in the columns of Markdown tables whose head names a credential."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.joints import Link
from agentlint.facts.detectors.secrets.match import Verdict
from agentlint.facts.detectors.secrets.named import judge_named
from agentlint.facts.detectors.secrets.names import CredentialName, credential_name
from agentlint.facts.detectors.secrets.patterns import compiled

_DASHES = r"[ \t]{0,40}:?-{2,200}:?[ \t]{0,40}"
_RULE = rf"[ \t>]{{0,20}}\|?(?:{_DASHES}\|){{1,40}}(?:{_DASHES})?\r?"
_RULE_MARKS = (b"-|", b"- |", b":|", b": |")
_MARKS = " \t\r*`_\"'"
_LONGEST_LINE = 2_000


def find_in_tables(hay: Haystack) -> Iterator[Verdict]:
    """Literal secrets in the cells below a head such as `API key`."""
    text, done = hay.text, 0
    for at in sorted(place for mark in _RULE_MARKS for place in hay.places(mark)):
        start, end = _line_around(text, at)
        if start < max(1, done) or not compiled(_RULE).fullmatch(text[start:end]):
            continue
        done = end
        columns = _credential_columns(text, *_line_around(text, start - 1))
        if columns:
            rows = list(_rows_from(text, end + 1))
            done = rows[-1][1] if rows else end
            yield from _judged_rows(text, rows, columns)


def _line_around(text: str, at: int) -> tuple[int, int]:
    """The line that holds `at`, without its line feed; no more than a table's line can have of it."""
    start = text.rfind("\n", max(0, at - _LONGEST_LINE), at) + 1
    end = text.find("\n", at, at + _LONGEST_LINE)
    return start, end if end >= 0 else min(len(text), at + _LONGEST_LINE)


def _credential_columns(text: str, start: int, end: int) -> dict[int, CredentialName]:
    heads = (text[low:high] for low, high in _cells(text, start, end))
    named = enumerate(credential_name(head) for head in heads)
    return {column: name for column, name in named if name and not name.may_be_result}


def _rows_from(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines of a table's body: a line without a second cell ends it."""
    while start < len(text):
        start, end = _line_around(text, start)
        if text.count("|", start, end) == 0:
            return
        yield start, end
        start = end + 1


def _judged_rows(
    text: str, rows: list[tuple[int, int]], columns: dict[int, CredentialName]
) -> Iterator[Verdict]:
    for start, end in rows:
        cells = _cells(text, start, end)
        for column, name in columns.items():
            low, high = cells[column] if column < len(cells) else (start, start)
            found = judge_named(text[low:high], name, Link.LAID_OUT)
            if found:
                yield found.moved(low)


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

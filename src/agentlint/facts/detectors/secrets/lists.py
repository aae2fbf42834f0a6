"""A list of texts as JSON, written as one value: `API_KEYS='["...", "..."]'`."""

from __future__ import annotations

from agentlint.facts.detectors.secrets.patterns import ascii_pattern

_TEXT = r"\"[^\"\\\r\n]{1,4000}\""
_LIST = ascii_pattern(
    rf"\s{{0,20}}\[(?:\s{{0,20}}{_TEXT}\s{{0,20}}(?:,|(?=\]))){{1,500}}\]\s{{0,20}}"
)
_LONGEST_INDENT = 21
_IN_QUOTES = ascii_pattern(_TEXT)


def texts_of_list(value: str) -> list[tuple[int, int]]:
    """Where in `value` the texts of the list stand that it is; none where it is anything else."""
    if "[" not in value[:_LONGEST_INDENT] or not _LIST.fullmatch(value):
        return []
    return [(text.start() + 1, text.end() - 1) for text in _IN_QUOTES.finditer(value)]

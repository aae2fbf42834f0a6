"""The `[[token]]` rows of `rules/data/secrets.toml`, found by the characters that a token begins with."""

import re
from collections.abc import Callable, Iterable
from functools import cache

from msgspec import Struct

from agentlint.facts.detectors.secrets.patterns import compiled
from agentlint.findings import Confidence
from agentlint.knowledge.data import typed_rows

_KEY_LENGTH = 3
_PUNCTUATION = frozenset("-_.")


class TokenRow(Struct, frozen=True, rename={"kind": "id"}):
    """One row; the head of the table says what its columns mean."""

    kind: str
    provider: str
    shape: str
    prefixes: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    infix: str = ""
    before: str = ""
    checksum: str = ""
    random: bool = True
    reserved: bool = False
    public_near: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH

    @property
    def pattern(self) -> re.Pattern[str]:
        return compiled(self.shape)

    @property
    def is_separated(self) -> bool:
        """Whether the prefix has punctuation, which no base64 text has."""
        return not self.prefixes or not _PUNCTUATION.isdisjoint(self.prefixes[0])


@cache
def rows_by_start() -> dict[str, tuple[TokenRow, ...]]:
    """Rows under the first three characters of their prefixes, longer prefixes first."""
    return _indexed(lambda row: row.prefixes, _first_characters)


@cache
def rows_by_lead() -> dict[str, tuple[TokenRow, ...]]:
    """Rows under the last three characters of what their tokens stand after."""
    return _indexed(lambda row: row.after, lambda lead: (lead[-_KEY_LENGTH:],))


@cache
def rows_with_infix() -> tuple[TokenRow, ...]:
    return tuple(row for row in _token_rows() if row.infix)


@cache
def rows_with_public_keys() -> tuple[TokenRow, ...]:
    return tuple(row for row in _token_rows() if row.public_near)


@cache
def _token_rows() -> tuple[TokenRow, ...]:
    return typed_rows("secrets", "token", TokenRow)


def _first_characters(prefix: str) -> Iterable[str]:
    """The first three characters; a prefix of two stands under all that can follow it."""
    if len(prefix) >= _KEY_LENGTH:
        return (prefix[:_KEY_LENGTH],)
    return (prefix + chr(code) for code in range(33, 127))


def _indexed(
    marks: Callable[[TokenRow], tuple[str, ...]], keys: Callable[[str], Iterable[str]]
) -> dict[str, tuple[TokenRow, ...]]:
    marked = [(mark, row) for row in _token_rows() for mark in marks(row)]
    index: dict[str, dict[TokenRow, None]] = {}
    for mark, row in sorted(marked, key=lambda pair: -len(pair[0])):
        for key in keys(mark):
            index.setdefault(key, {})[row] = None
    return {key: tuple(listed) for key, listed in index.items()}

"""Tokens that tell by their own shape: one pass over the text, value first.

Every run of token characters is looked up by its first characters; only a known prefix leads to a
regular expression, which is matched once, at that place. The rows are in `rules/data/secrets.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from agentlint.facts.detectors.secrets.match import SecretMatch, Tier, Verdict
from agentlint.facts.detectors.secrets.placeholders import is_filler
from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness
from agentlint.findings import Confidence
from agentlint.knowledge.data import Row, rows
from agentlint.knowledge.token_checksums import checksum_holds

_RUN = re.compile(r"[A-Za-z0-9_-]{16,4096}")
_ESCAPE = re.compile(r"(?:[nrtbf]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})")
_HEX_PAIR = re.compile(r"[0-9a-fA-F]{2}")
_IN_BASE64 = re.compile(r"[A-Za-z0-9+/]{2}[+/]\Z")
_PUNCTUATED = re.compile(r"[-_.]")
_LONGEST_BEFORE = 40
_SHORTEST_WITH_INFIX = 40


def find_tokens(text: str) -> Iterator[Verdict]:
    """Verdicts on everything in `text` that fits a row, in order, without overlaps."""
    index = _index()
    done = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        if start < done:
            continue
        start = after_escape(text, start)
        found = index.at(text, start, end)
        if found is None:
            continue
        yield found
        done = found.end


def after_escape(text: str, start: int) -> int:
    """Where the token begins if the run's first characters end an escape (`\\n`, `%3D`) or are dashes."""
    before = text[start - 1 : start]
    if before == "\\":
        escape = _ESCAPE.match(text, start)
        start = escape.end() if escape else start
    elif before == "%":
        pair = _HEX_PAIR.match(text, start)
        start = pair.end() if pair else start
    while text[start : start + 1] in ("-", "_"):
        start += 1
    return start


@dataclass(frozen=True, slots=True)
class _TokenRow:
    kind: str
    provider: str
    prefixes: tuple[str, ...]
    after: tuple[str, ...]
    infix: str
    before: str
    shape: str
    checksum: str
    random: bool
    reserved: bool
    confidence: Confidence

    @property
    def separated(self) -> bool:
        """Whether the prefix has punctuation, which no base64 text has."""
        return not self.prefixes or _PUNCTUATED.search(self.prefixes[0]) is not None


@dataclass(frozen=True, slots=True)
class _Index:
    """Rows by the first two or three characters of the run, and by the three before it."""

    by_start: dict[str, tuple[_TokenRow, ...]]
    by_lead: dict[str, tuple[_TokenRow, ...]]
    by_infix: tuple[_TokenRow, ...]

    def at(self, text: str, start: int, end: int) -> Verdict | None:
        for row in self.by_start.get(text[start : start + 3], ()):
            if text.startswith(row.prefixes, start):
                verdict = _judged(row, text, start, start, end)
                if verdict:
                    return verdict
        for row in self.by_lead.get(text[max(0, start - 3) : start], ()):
            lead = next((lead for lead in row.after if text.endswith(lead, 0, start)), None)
            verdict = _judged(row, text, start - len(lead), start, end) if lead else None
            if verdict:
                return verdict
        return self._by_infix(text, start, end) if end - start >= _SHORTEST_WITH_INFIX else None

    def _by_infix(self, text: str, start: int, end: int) -> Verdict | None:
        for row in self.by_infix:
            if text.find(row.infix, start, end) >= 0:
                found = _compiled(row.shape).search(text, start, end)
                if found:
                    return _judged(row, text, found.start(), found.start(), end)
        return None


@cache
def _index() -> _Index:
    token_rows = [_row(row) for row in rows("secrets", "token")]
    by_start: dict[str, list[tuple[int, _TokenRow]]] = {}
    by_lead: dict[str, list[tuple[int, _TokenRow]]] = {}
    for row in token_rows:
        for prefix in row.prefixes:
            for key in _keys(prefix):
                by_start.setdefault(key, []).append((len(prefix), row))
        for lead in row.after:
            by_lead.setdefault(lead[-3:], []).append((len(lead), row))
    return _Index(
        _longest_first(by_start), _longest_first(by_lead), tuple(r for r in token_rows if r.infix)
    )


def _keys(prefix: str) -> list[str]:
    """The first three characters; a prefix of two stands under all that can follow it."""
    if len(prefix) >= 3:
        return [prefix[:3]]
    return [prefix + chr(code) for code in range(33, 127)]


def _longest_first(
    entries: dict[str, list[tuple[int, _TokenRow]]],
) -> dict[str, tuple[_TokenRow, ...]]:
    ordered: dict[str, tuple[_TokenRow, ...]] = {}
    for key, listed in entries.items():
        by_length = sorted(listed, key=lambda entry: -entry[0])
        ordered[key] = tuple(dict.fromkeys(row for _, row in by_length))
    return ordered


def _row(row: Row) -> _TokenRow:
    return _TokenRow(
        kind=row["id"],
        provider=row["provider"],
        prefixes=tuple(row.get("prefixes", ())),
        after=tuple(row.get("after", ())),
        infix=row.get("infix", ""),
        before=row.get("before", ""),
        shape=row["shape"],
        checksum=row.get("checksum", ""),
        random=row.get("random", True),
        reserved=row.get("reserved", False),
        confidence=Confidence(row.get("confidence", "high")),
    )


@cache
def _compiled(shape: str) -> re.Pattern[str]:
    return re.compile(shape, re.ASCII)


def _judged(row: _TokenRow, text: str, start: int, body: int, run_end: int) -> Verdict | None:
    """The verdict of `row` on the text at `start`, whose random part follows `body`; None: another's."""
    found = _compiled(row.shape).match(text, start)
    if not found or _goes_on(text, found.end()):
        return Verdict(start, run_end, None) if row.reserved else None
    if row.before and not _stands_after(row, text, start):
        return None
    end = found.end()
    token = found.group()
    prefix = next((len(p) for p in row.prefixes if token.startswith(p)), body - start)
    if not _is_genuine(row, text, start, end, token[prefix:]):
        return Verdict(start, end, None)
    match = SecretMatch(start, end, row.kind, row.provider, Tier.TOKEN, row.confidence)
    return Verdict(start, end, match)


def _goes_on(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return following.isascii() and following.isalnum()


def _stands_after(row: _TokenRow, text: str, start: int) -> bool:
    pattern = _compiled(rf"(?:{row.before})\Z")
    return pattern.search(text, max(0, start - _LONGEST_BEFORE), start) is not None


def _is_genuine(row: _TokenRow, text: str, start: int, end: int, body: str) -> bool:
    if row.checksum:
        return checksum_holds(row.checksum, text[start:end]) and not is_filler(body)
    if is_cut_short(text, start, end) or (not row.separated and _in_base64(text, start)):
        return False
    return (not row.random or randomness(body) > RANDOM) and not is_filler(body)


def is_cut_short(text: str, start: int, end: int) -> bool:
    """Whether an ellipsis or a mask stands where the value `text[start:end]` should go on.

    Asterisks that also stand before the value are Markdown emphasis.
    """
    following = text[end : end + 3]
    if following.startswith(("...", "…", "•", "..")):
        return True
    return following.startswith("*") and text[start - 1 : start] != "*"


def _in_base64(text: str, start: int) -> bool:
    return _IN_BASE64.search(text, max(0, start - 3), start) is not None

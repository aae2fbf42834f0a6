"""Tokens that tell by their own shape: one pass over the text, value first.

Every run of token characters is looked up by its first characters; only a known prefix leads to a
regular expression, which is matched once, at that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.facts.detectors.secrets.edges import after_escape, is_stand_in
from agentlint.facts.detectors.secrets.encoded import is_encoded_prose
from agentlint.facts.detectors.secrets.haystack import TOKEN_CHARACTERS, Haystack
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern, compiled
from agentlint.facts.detectors.secrets.placeholders import is_filler, is_published
from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness
from agentlint.facts.detectors.secrets.token_rows import (
    TokenRow,
    rows_by_lead,
    rows_by_start,
    rows_with_infix,
    rows_with_public_keys,
)
from agentlint.knowledge.token_checksums import checksum_holds

_SHORTEST_RUN = 16
_SHORTEST_WITH_INFIX = 40
_LONGEST_BEFORE = 40
_VARIED = 8
"""So many different characters, a digit among them, are no filler."""
_WORDED = 0.0
"""Of what was drawn hardly anything reads like this by chance, whatever its check digits say."""
_NEIGHBOURHOOD = 300
_IN_BASE64 = ascii_pattern(r"[A-Za-z0-9+/]{2}[+/]\Z")


def find_tokens(hay: Haystack) -> Iterator[Verdict]:
    """Verdicts on everything that fits a row, in order, without overlaps."""
    done = 0
    for start, end in hay.runs(TOKEN_CHARACTERS, _SHORTEST_RUN):
        if start >= done:
            verdict = _at(hay.text, after_escape(hay.text, start), end)
            if verdict:
                yield verdict
                done = verdict.end


def public_keys(text: str) -> frozenset[str]:
    """The keys in `text` that are meant to be public, as what stands near each of them tells."""
    return frozenset(
        found.group()
        for row in rows_with_public_keys()
        if any(mark in text for mark in row.public_near)
        for found in row.pattern.finditer(text)
        if _is_public_here(row, text, *found.span())
    )


def token_shapes(hay: Haystack) -> Iterator[Verdict]:
    """Whatever fits a row with a prefix, also where it is made up or a checksum fails.

    A mask may be wide of the mark where a finding may not. Filler such as `xxxx` is left as it is.
    """
    for start, _ in hay.runs(TOKEN_CHARACTERS, _SHORTEST_RUN):
        for row in rows_by_start().get(hay.text[start : start + 3], ()):
            found = row.pattern.match(hay.text, start)
            if found and _is_varied(hay.text[start + 3 : found.end()]):
                yield Verdict.secret(
                    start, found.end(), row.kind, Tier.TOKEN, row.confidence, row.provider
                )
                break


def _at(text: str, start: int, end: int) -> Verdict | None:
    """The verdict on the run `text[start:end]` of the first row that it fits."""
    for row in rows_by_start().get(text[start : start + 3], ()):
        if text.startswith(row.prefixes, start):
            prefix = next(prefix for prefix in row.prefixes if text.startswith(prefix, start))
            verdict = _judged(row, text, start, start + len(prefix), end)
            if verdict:
                return verdict
    for row in rows_by_lead().get(text[max(0, start - 3) : start], ()):
        lead = next((lead for lead in row.after if text.endswith(lead, 0, start)), None)
        verdict = _judged(row, text, start - len(lead), start, end) if lead else None
        if verdict:
            return verdict
    return _around_infix(text, start, end) if end - start >= _SHORTEST_WITH_INFIX else None


def _around_infix(text: str, start: int, end: int) -> Verdict | None:
    for row in rows_with_infix():
        if text.find(row.infix, start, end) >= 0:
            found = row.pattern.search(text, start, end)
            if found:
                return _judged(row, text, found.start(), found.start(), end)
    return None


def _judged(row: TokenRow, text: str, start: int, body: int, run_end: int) -> Verdict | None:
    """The verdict of `row` on the token at `start` with its random part at `body`.

    None leaves the run to other rows and detectors.
    """
    found = row.pattern.match(text, start)
    if not found or _goes_on(text, found.end()):
        return Verdict(start, run_end) if row.reserved else None
    if row.before:
        before = _match_before(row.before, text, start)
        if not before:
            return None
        start = before.start()
    end = found.end()
    if not _is_genuine(row, text, start, body, end):
        return Verdict(start, end)
    return Verdict.secret(start, end, row.kind, Tier.TOKEN, row.confidence, row.provider)


def _is_varied(text: str) -> bool:
    return len(set(text)) >= _VARIED and any(map(str.isdigit, text))


def _goes_on(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return following.isascii() and following.isalnum()


def _match_before(shape: str, text: str, start: int) -> re.Match[str] | None:
    """What `shape` matches right before `start`."""
    return compiled(rf"(?:{shape})\Z").search(text, max(0, start - _LONGEST_BEFORE), start)


def _is_genuine(row: TokenRow, text: str, start: int, body: int, end: int) -> bool:
    random_part = text[body:end]
    if row.checksum and not checksum_holds(row.checksum, text[start:end]):
        return False
    if is_stand_in(text, start, end) or (not row.is_separated and _in_base64(text, start)):
        return False
    if row.random and randomness(random_part) <= (_WORDED if row.checksum else RANDOM):
        return False
    return not (
        is_filler(random_part)
        or is_encoded_prose(random_part)
        or is_published(text[start:end])
        or _is_public_here(row, text, start, end)
    )


def _in_base64(text: str, start: int) -> bool:
    return _IN_BASE64.search(text, max(0, start - 3), start) is not None


def _is_public_here(row: TokenRow, text: str, start: int, end: int) -> bool:
    """Whether what stands near says that this kind of key is meant to be public there."""
    around = (max(0, start - _NEIGHBOURHOOD), end + _NEIGHBOURHOOD)
    return any(text.find(mark, *around) >= 0 for mark in row.public_near)

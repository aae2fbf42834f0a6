"""Which credentials their own sentence calls revoked: of two in a line, the other one may be in use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from agentlint.facts.secret import SecretCandidate
from agentlint.text import Pattern

# "`sk-...` → revoked", "(rotated on 2026-03-01)"; one that "must be" or "is rotated weekly" is in use.
_REVOKED = Pattern(
    r"(?:→|[-=]>|[:;|(\[#—–-]|\b(?:is|are|was|were|been|now|already|got))[\s*_`]{0,8}(?:(?:now|already)\s)?"
    r"(?:revoked|rotated|expired|invalidated|deactivated)\b"
    r"(?!\s{1,3}(?:every|each|by|daily|weekly|monthly|quarterly|yearly|regularly|automatically)\b)",
    re.IGNORECASE,
)
# "The old one was revoked, use `sk-...`": what is told after the word is another key.
_ANOTHER = Pattern(
    r"\b(?:new|newer|current|live|active|replacement|instead|(?<!not )(?<!never )(?<!n't )use)\b",
    re.IGNORECASE,
)
_SENTENCE_END = Pattern(r"[.!?;](?=\s)|[。！？；]")
# A sentence that goes on about what the one before it names.
_GOES_ON = Pattern(
    r"[\s*_`\"'”’)\]]{0,8}(?:[(\[—–→-]|(?:it|this|that|they|these|both|all)\b)", re.IGNORECASE
)
_CLAUSE_END = Pattern(r"[,|，、]|\b(?:and|but|while|whereas)\b", re.IGNORECASE)
# What stands between the items of an enumeration, which share what is said of them.
_ENUMERATES = Pattern(r"[^\w\n.!?;|()]{0,12}(?:(?:and|or)[^\w\n.!?;|()]{1,12})?", re.IGNORECASE)
_LONGEST_LINE = 1_000


def with_revocations(text: str, secrets: Sequence[SecretCandidate]) -> list[SecretCandidate]:
    """The secrets of a file, given in order, each told as void if the text around it says so."""
    judged: list[SecretCandidate] = []
    groups = list(_enumerated(text, secrets))
    for at, group in enumerate(groups):
        start, end = group[0].span.start, group[-1].span.end
        least = groups[at - 1][-1].span.end if at else 0
        most = groups[at + 1][0].span.start if at + 1 < len(groups) else len(text) + 1
        is_revoked = _is_revoked(_before(text, least, start), _after(text, end, most))
        judged += (replace(secret, said_void=is_revoked) for secret in group)
    return judged


def _enumerated(text: str, secrets: Sequence[SecretCandidate]) -> Iterator[list[SecretCandidate]]:
    """The secrets in groups of those that stand in one enumeration."""
    group: list[SecretCandidate] = []
    for secret in secrets:
        if group and not _ENUMERATES.fullmatch(text, group[-1].span.end, secret.span.start):
            yield group
            group = []
        group.append(secret)
    if group:
        yield group


def _is_revoked(before: str, after: str) -> bool:
    found = _REVOKED.search(before + " " + after)
    return found is not None and not _ANOTHER.search(before, found.end())


def _before(text: str, least: int, start: int) -> str:
    """What leads to a secret in its own sentence; behind another secret, in its own clause."""
    line = text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
    low = max(line, least, start - _LONGEST_LINE)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, low, start)]
    if not ends and low == least and least:
        ends = [found.end() for found in _CLAUSE_END.finditer(text, low, start)] or [start]
    return text[ends[-1] if ends else low : start]


def _after(text: str, end: int, most: int) -> str:
    """What follows a secret in its own sentence, and in one that goes on about it; before another
    secret, in its own clause."""
    line = text.find("\n", end, end + _LONGEST_LINE)
    high = min(most, line if line >= 0 else min(end + _LONGEST_LINE, len(text)))
    at = end
    for found in _SENTENCE_END.finditer(text, end, high):
        at = found.end()
        if not _GOES_ON.match(text, at, high):
            return text[end:at]
    if high == most and at == end:
        ends = [found.start() for found in _CLAUSE_END.finditer(text, end, high)]
        high = ends[-1] if ends else high
    return text[end:high]

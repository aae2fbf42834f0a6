"""Where the value that follows a name ends, and whether one can stand there at all."""

from __future__ import annotations

import re

from agentlint.facts.detectors.secrets.joints import IS
from agentlint.facts.detectors.secrets.patterns import ascii_pattern

# ASCII only: whatever else may stand around a value, it is no part of it.
# `=` only ends one, as padding: in the middle it is the next name's.
LONGEST_BARE = 2_000
"""Characters of a value without quotation marks."""
_BARE_SHAPE = (
    rf"(?:[\w!#$*+./:?@^~\x00-\x08\x0e-\x1f\x7f-]|%(?!3[Dd]|26)){{1,{LONGEST_BARE}}}={{0,2}}"
)
# Tokens of Laravel Sanctum begin with the number of their row in a database, `3|`, and are no digest.
# https://laravel.com/docs/sanctum#issuing-api-tokens
NUMBERED = r"(?:\d{1,9}\|(?=[A-Za-z0-9]{40,64}(?![A-Za-z0-9]))(?![0-9a-f]{40}))"
_BARE = ascii_pattern(_BARE_SHAPE)
_BARE_OR_NUMBERED = ascii_pattern(rf"{NUMBERED}?{_BARE_SHAPE}")
# Begun with what is rare in prose, which a search passes over fastest.
_DIGIT_OR_MIXED_CASE = ascii_pattern(r"[\dA-Z](?:(?<=\d)|(?<=[a-z].))")
# No `!`: more passwords end in one than sentences about them.
_SENTENCE_END = ".,:;?"
_LONGEST_VALUE = 4_000
# `value` is the key, use `value` as the password for it
_BEFORE = ascii_pattern(
    rf"[\"'`](?P<value>[^\s\"'`]{{8,200}})[\"'`][ \t]{{1,4}}{IS}[ \t]{{1,4}}"
    r"(?:[\w-]{1,20}[ \t]{1,4}){0,4}\Z"
)
_LONGEST_BEFORE = 320
_NEAR = 120


def may_hold_value(text: str, start: int, end: int) -> bool:
    """Whether a random literal can stand in `text[start:end]`: ordinary prose has nothing like one."""
    return _DIGIT_OR_MIXED_CASE.search(text, start, end) is not None


def is_unbroken(text: str, start: int, end: int) -> bool:
    """Whether nothing in `text[start:end]` would end a value without quotation marks."""
    return start >= end or _BARE.fullmatch(text, start, end) is not None


def value_span(text: str, opening: re.Match[str]) -> tuple[int, int]:
    """The value that follows: up to the quotation mark that closes it, else up to a delimiter.

    That of a default within the quotes (`"${KEY:-value}"`) ends with the brace before the mark.
    """
    start, quote = opening.end(), opening["quote"]
    if quote:
        end = text.find(quote, start, start + _LONGEST_VALUE)
        if end >= 0:
            is_default = text.find("${", opening.end("quote"), start) >= 0
            brace = text.find("}", start, end) if is_default else -1
            return start, (end if brace < 0 else brace)
    is_cell = text.endswith("|", 0, opening.start())
    bare = (_BARE if is_cell else _BARE_OR_NUMBERED).match(text, start)
    end = bare.end() if bare else start
    while end > start and text[end - 1] in _SENTENCE_END:
        end -= 1
    return start, end


def value_before(text: str, start: int) -> tuple[int, int] | None:
    """The quoted value that a sentence gives before it names it."""
    if not may_hold_value(text, max(0, start - _NEAR), start):
        return None
    found = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    return found.span("value") if found else None

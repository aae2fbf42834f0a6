"""Passwords and signing keys of nothing but ordinary words: what says that it is to be changed, and what
anybody would think of. Both work as they stand."""

from __future__ import annotations

from functools import cache

from agentlint.facts.detectors.secrets.names import split_words
from agentlint.facts.detectors.secrets.placeholders import is_dummy, parts_of
from agentlint.facts.detectors.secrets.slots import common_words
from agentlint.facts.detectors.secrets.vocabulary import words

_LONGEST = 80
_MOST_DIGITS = 4
_FEWEST_WORDS = 2


def is_to_be_changed(value: str) -> bool:
    """Whether `value` asks for another in its place: `change-in-production`, `sk-please-replace-me`."""
    plain = value[:_LONGEST].lower()
    asks = words("weak", "to_change")
    return not asks.isdisjoint(split_words(value[:_LONGEST])) or any(
        asked in plain for asked in words("weak", "to_change_within")
    )


def is_plain_words(value: str) -> bool:
    """Whether `value` is two or more words that anybody puts where a password goes, with or without
    separators and with at most a year or a counter: `rootpassword`, `masterKey`, `secure_password1`.

    One of a stage (`test_password`) may be no lock of anything else.
    """
    if len(value) > _LONGEST or not value.isascii() or is_dummy(value):
        return False
    if sum(map(str.isdigit, value)) > _MOST_DIGITS:
        return False
    if not words("placeholders", "stages").isdisjoint(parts_of(value.lower())):
        return False
    counts = [_fewest_words(word) for word in split_words(value)]
    return 0 not in counts and sum(counts) >= _FEWEST_WORDS


def _fewest_words(word: str) -> int:
    """How many common words `word` is made of at least, 0 where it is not made of them."""
    fewest = [0] + [0] * len(word)
    for end in range(1, len(word) + 1):
        before = (
            fewest[start] + 1
            for start in range(max(0, end - _longest_word()), end)
            if (start == 0 or fewest[start]) and word[start:end] in _parts()
        )
        fewest[end] = min(before, default=0)
    return fewest[-1]


@cache
def _parts() -> frozenset[str]:
    """Words of one or two letters stand in too many others."""
    listed = common_words() | words("weak", "values") | words("weak", "of_password")
    stages = words("placeholders", "stages")
    return frozenset(word for word in listed if word.isalpha() and len(word) > 2) - stages | {"db"}


@cache
def _longest_word() -> int:
    return max(map(len, _parts()))

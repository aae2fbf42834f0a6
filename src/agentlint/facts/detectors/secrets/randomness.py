"""Whether a string was drawn at random or put together from words, judged pair by pair.

The table, how it was trained and what it measures are in `rules/data/randomness.toml`, which
`bench/train_bigrams.py` writes. The usual test, Shannon entropy, takes most worded values
for random; its figure stands there too.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from agentlint.knowledge.data import table

SYMBOLS = 28
RANDOM = 0.2
"""Bits a pair from which a string counts as random; see the figures in the table."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGIT, _OTHER = 26, 27
_CODES = bytes(
    _LETTERS.index(chr(byte).lower())
    if chr(byte).lower() in _LETTERS
    else _DIGIT
    if chr(byte) in "0123456789"
    else _OTHER
    for byte in range(256)
)
_LONGEST_JUDGED = 400
_BITS = 1 / 32


def symbols(text: str) -> bytes:
    """`text` as symbol codes: 0-25 a letter in either case, 26 a digit, 27 anything else."""
    return text[:_LONGEST_JUDGED].encode("latin-1", "replace").translate(_CODES)


class Judge:
    """Scores strings by a 28 x 28 table of log-likelihood ratios (1/32 bit around 128)."""

    __slots__ = ("_weights",)

    def __init__(self, weights: bytes) -> None:
        self._weights = [weight - 128 for weight in weights]

    def score(self, text: str) -> float:
        """Mean bits a pair that speak for a random string; 0.0 where no pair says anything.

        Pairs with a separator and pairs of digits are as common in words as in random strings and
        are not counted.
        """
        codes = symbols(text)
        total = counted = 0
        weights = self._weights
        for a, b in pairwise(codes):
            if a < _OTHER > b and a + b < 2 * _DIGIT:
                total += weights[a * SYMBOLS + b]
                counted += 1
        return total * _BITS / counted if counted else 0.0


@cache
def _judge() -> Judge:
    import base64
    import zlib

    return Judge(zlib.decompress(base64.b85decode(table("randomness")["bigrams"])))


@lru_cache(16)
def randomness(text: str) -> float:
    """`Judge.score` by the shipped table; `RANDOM` and more reads as drawn at random. One value is
    judged several times in a row."""
    return _judge().score(text)

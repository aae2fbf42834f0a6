"""Values that only look like secrets: slots to fill in, masks, filler, samples from documentation."""

from __future__ import annotations

import hashlib
import re

from agentlint.facts.detectors.secrets.vocabulary import documentation_keys, words

_LONGEST_JUDGED = 200
_SEPARATORS = re.compile(r"[^A-Za-z0-9]+")
_BRACKETED = re.compile(
    r"<[^<>]{0,200}>|\[[^\[\]]{0,200}\]|\{[^{}]{0,200}\}|«[^«»]{0,200}»|\([^()]{0,200}\)"
)
_BRACKETS_INSIDE = re.compile(
    r"<[A-Za-z][\w .-]{0,60}>|\{[A-Za-z][\w .-]{0,60}\}|\[[A-Za-z][\w .-]{0,60}\]"
)
_ELISION = re.compile(r"\.{3}|…|\*{3}|•{2}|·{3}|_{4}|-{4}|\?{3}|#{4}")
_REGEX = re.compile(r"\[[^\]]{1,60}\](?:\{\d{1,4}(?:,\d{0,4})?\}|[+*])|\\[dws][+*{]|\.[*+]\)?|\(\?")
_WORDED = re.compile(
    r"(?:[a-z]{1,24}|[A-Z]{1,24}|[A-Z][a-z]{1,24}|\d{1,4})(?:[-_. /](?:[a-z]{1,24}|[A-Z]{1,24}|[A-Z][a-z]{1,24}|\d{1,4})){2,40}"
)
_LEET = str.maketrans("@4031$57!", "aaoeissti")
# Places in counting order; other characters lie so far apart that no two of them are neighbours.
_COUNTING = bytes(
    "0123456789abcdefghijklmnopqrstuvwxyz".find(chr(byte).lower()) + 1 or 100 + byte % 26 * 4
    for byte in range(256)
)
_STRETCHES = (b"\x00", b"\x01", b"\x02")


def is_placeholder(value: str) -> bool:
    """Whether `value` stands for one still to be filled in, or is masked, filler or a known sample."""
    text = value.strip()
    if not text or text.lower() in words("placeholders", "whole") or _BRACKETED.fullmatch(text):
        return True
    return is_filler(text) or _has_short_filler_word(text) or is_worded(text)


def is_dummy(value: str) -> bool:
    """Whether `value` is what people write where a client insists on a key that nobody reads."""
    return value.strip().lower() in words("dummies", "values")


def is_filler(text: str) -> bool:
    """The part of `is_placeholder` that holds for the random part of a provider's token as well."""
    return (
        has_filler_word(text)
        or is_degenerate(text)
        or is_degenerate(_main_piece(text))
        or _is_elided(text)
        or is_documentation_key(text)
    )


def _main_piece(text: str) -> str:
    """The part between separators that is most of `text`: `abc123def` of `sk_abc123def`."""
    longest = max(_SEPARATORS.split(text), key=len)
    return longest if len(longest) > len(text) / 2 else text


def has_filler_word(text: str) -> bool:
    """Whether a word that nobody's random generator writes stands anywhere in `text`."""
    lowered = text.lower()
    return any(word in lowered for word in words("placeholders", "anywhere"))


def _is_elided(text: str) -> bool:
    """Whether part of `text` is left out, still to be filled in, or a pattern."""
    if text.replace("-", "").replace("_", "").isalnum():
        return False
    return bool(_ELISION.search(text) or _BRACKETS_INSIDE.search(text) or _REGEX.search(text))


def _has_short_filler_word(text: str) -> bool:
    pieces = (piece.rstrip("0123456789").lower() for piece in _SEPARATORS.split(text))
    return not words("placeholders", "pieces").isdisjoint(pieces)


def is_worded(text: str) -> bool:
    """Whether `text` is three or more words or short numbers with separators, in any language."""
    return not text.isascii() or _WORDED.fullmatch(text) is not None


def unmasked_leet(text: str) -> str:
    """`text` in lower case with the usual digits and signs read as the letters they stand for."""
    return text.lower().translate(_LEET)


def is_documentation_key(text: str) -> bool:
    """Whether `text` is a sample that its vendor publishes; only hashes of those are kept."""
    plain = text.removeprefix("0x")
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest() in documentation_keys()


def is_degenerate(text: str) -> bool:
    """Whether `text` is made of few characters, long runs, a period or a count upwards or downwards."""
    body = text[:_LONGEST_JUDGED].lower()
    size = len(body)
    if len(set(body)) <= (2 if size < 8 else min(5, size // 3)):
        return True
    return size >= 8 and (_repeats(body) or _counts(body))


def _repeats(body: str) -> bool:
    """Whether much of `body` has stood in it before; four random characters hardly ever come twice."""
    windows = len(body) - 3
    return len({body[at : at + 4] for at in range(windows)}) <= 0.65 * windows


def _counts(body: str) -> bool:
    """Whether `body` counts for a stretch, or for the most part in steps of one, two or three characters."""
    codes = body.encode("latin-1", "replace").translate(_COUNTING)
    longest = 8 if len(body) > 100 else 6
    neighbours = bytes(map(_step, codes, codes[1:]))
    if any(step * (longest - 1) in neighbours for step in _STRETCHES):
        return True
    if body.isdigit():
        return False
    return any(
        sum(map(_is_near, codes, codes[lag:])) > share * (len(body) - lag)
        for lag, share in ((1, 0.5), (2, 0.7), (3, 0.7))
    )


def _step(a: int, b: int) -> int:
    """0 one down, 1 the same, 2 one up (9 is followed by 0, z by a), 3 anything else."""
    if -1 <= b - a <= 1:
        return b - a + 1
    return 2 if (a, b) in ((10, 1), (36, 11)) else 3


def _is_near(a: int, b: int) -> bool:
    return -1 <= b - a <= 1

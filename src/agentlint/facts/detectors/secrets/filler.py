"""Strings that nobody's random generator gives: repeated, counted up or down, of hardly any letters."""

from __future__ import annotations

_LONGEST_JUDGED = 200
_SHORTEST_PATTERN = 6
_SHORTEST_UNIT = 16
_STRETCH = 5
"""Steps of one kind in a row that hardly any random text has."""
_LONG_STRETCH = 7
# Places in counting order; other characters lie so far apart that no two of them are neighbours.
_PLACES = bytes(
    "0123456789abcdefghijklmnopqrstuvwxyz".find(chr(byte).lower()) + 1 or 100 + byte % 26 * 4
    for byte in range(256)
)
_DOWN, _SAME, _UP, _ELSEWHERE = range(4)


def is_degenerate(text: str) -> bool:
    """Whether `text` has few characters, long runs, a period, or counts upwards or downwards."""
    body = _unit(text[:_LONGEST_JUDGED].lower())
    size = len(body)
    if size < _SHORTEST_PATTERN:
        return len(set(body)) <= 2
    if len(set(body)) <= min(5, size // 3) or _repeats(body) or _counts(body):
        return True
    letters = "".join(filter(str.isalpha, body))
    return _counts_for_a_stretch(letters, _LONG_STRETCH)  # ab12cd34ef56gh78


def _unit(body: str) -> str:
    """What `body` is a repetition of, if that is long enough to be random by itself, else `body`."""
    period = (body + body).find(body, 1)
    return body[:period] if period >= _SHORTEST_UNIT else body


def _repeats(body: str) -> bool:
    """Whether much of `body` has stood in it before; four random characters hardly ever come twice."""
    windows = len(body) - 3
    return len({body[at : at + 4] for at in range(windows)}) <= 0.65 * windows


def _counts(body: str) -> bool:
    """Whether `body` counts for a stretch, or mostly, in steps of one, two or three characters."""
    if _counts_for_a_stretch(body, _LONG_STRETCH if len(body) > 100 else _STRETCH):
        return True
    places = _places_in_order(body)
    return not body.isdigit() and any(
        sum(-1 <= b - a <= 1 for a, b in zip(places, places[lag:], strict=False))
        > share * (len(body) - lag)
        for lag, share in ((1, 0.55), (2, 0.6), (3, 0.6))
    )


def _counts_for_a_stretch(body: str, stretch: int) -> bool:
    places = _places_in_order(body)
    steps = bytes(map(_step, places, places[1:]))
    return any(bytes((step,)) * stretch in steps for step in (_DOWN, _SAME, _UP))


def _places_in_order(body: str) -> bytes:
    return body.encode("latin-1", "replace").translate(_PLACES)


def _step(a: int, b: int) -> int:
    """How `b` follows `a` when counting; 9 is followed by 0, and z by a."""
    if -1 <= b - a <= 1:
        return b - a + _SAME
    return _UP if (a, b) in ((10, 1), (36, 11)) else _ELSEWHERE

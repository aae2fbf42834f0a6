"""Where in a text key-like names stand, and how they are worded there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain

from agentlint.facts.detectors.secrets.edges import after_escape
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.names import PARAMETER_MARKS
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness
from agentlint.facts.detectors.secrets.vocabulary import words

# What most key-like names hold in lower case: cheap to look for, judged as a word afterwards.
_STEMS = (b"key", b"token", b"secret", b"pass", b"pwd", b"cred", b"auth", b"jwt", b"_pat", b"-pat")
_LISTS = ("password", "secret", "key")
# A shorter one is a part of too many other words.
_SHORTEST_FOREIGN = 4
_ASCII = bytes(range(128))
_IN_NAMES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-")
_LONGEST_BEFORE, _LONGEST_AFTER = 60, 40
_LONGEST_WORDS = 42
_WORD_END = ascii_pattern(r"[_./-]")
# Of random words of this length nine in ten are over it, and no name that anybody gives is.
_SHORTEST_DRAWN, _DRAWN = 24, 4 * RANDOM
# `passe` alone is what tests do.
_MOT_DE_PASSE = "motdepasse"
_VALUE = " value"
# Told backwards, from the name: a search from the front would begin anew at every letter.
_WORDS_BEFORE = ascii_pattern(r"(?:[ \t][A-Za-z0-9]{2,20}){1,2}")


def name_spans(hay: Haystack) -> list[tuple[int, int, str]]:
    """Start, end and wording of whatever may be a key-like name, in order."""
    text, spans = hay.text, {}
    for start, end in _stem_spans(hay):
        first, last = _whole_name(text, start, end)
        if last - first < _SHORTEST_DRAWN or not _is_drawn(text, first, start, last):
            spans[first, _with_value(text, last)] = _spoken(text, first, last)
    return [(start, end, spoken) for (start, end), spoken in sorted(spans.items())]


def _stem_spans(hay: Haystack) -> Iterator[tuple[int, int]]:
    foreign = not hay.text.isascii()
    for stem in _STEMS + foreign_stems() if foreign else _STEMS:
        for at in hay.places(stem):
            yield at, at + len(stem)
    for word in _words_beyond_ascii(hay.text) if foreign else ():
        at = hay.text.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = hay.text.find(word, at + 1)


@cache
def foreign_stems() -> tuple[bytes, ...]:
    """Words of other languages in ASCII, looked for where a text is not all English: its letters tell."""
    return tuple(
        word.encode()
        for word in _without_stem()
        if word.isascii() and len(word) >= _SHORTEST_FOREIGN
    )


@cache
def stems_beyond_ascii() -> tuple[str, ...]:
    """Words with letters outside ASCII, in the cases that they are written in."""
    cased = (
        (word, word.capitalize(), word.upper()) for word in _without_stem() if not word.isascii()
    )
    return tuple(dict.fromkeys(chain.from_iterable(cased)))


def _without_stem() -> list[str]:
    listed = sorted(frozenset().union(*(words("names", name) for name in _LISTS)))
    return [word for word in listed if not any(stem in word.encode() for stem in _STEMS)]


def _words_beyond_ascii(text: str) -> Iterator[str]:
    """Those whose letters outside ASCII stand in `text`, one behind the other: most texts have none."""
    letters = _beyond_ascii(text)
    return (word for word in stems_beyond_ascii() if _beyond_ascii(word) in letters)


def _beyond_ascii(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII)


def _whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    lowest, highest = max(0, start - _LONGEST_BEFORE), min(len(text), end + _LONGEST_AFTER)
    while start > lowest and text[start - 1] in _IN_NAMES:
        start -= 1
    while end < highest and text[end] in _IN_NAMES:
        end += 1
    while end > start and text[end - 1] in ".-/":
        end -= 1
    return after_escape(text, start), end


def _with_value(text: str, end: int) -> int:
    """The end of a name that ends at `end`, or of the word `value` behind it: `client secret value`."""
    behind = end + len(_VALUE)
    is_value = text[end:behind].lower() == _VALUE and not text[behind : behind + 1].isalnum()
    return behind if is_value else end


def _is_drawn(text: str, first: int, stem: int, last: int) -> bool:
    """Whether the stem of a name stands in a word of base64, such as `x9nKJwtE9vQ...`."""
    before = _WORD_END.split(text[first:stem])[-1]
    word = before + _WORD_END.split(text[stem:last])[0]
    return len(word) >= _SHORTEST_DRAWN and randomness(word) > _DRAWN


def _spoken(text: str, start: int, end: int) -> str:
    """The name with the words before it where it is one plain word: `public key`, `Exa API key`.

    An option keeps its dashes and a query parameter its mark: both say that the name is about the very
    value that follows.
    """
    name = text[start:end]
    if text.endswith(PARAMETER_MARKS, 0, start):
        mark = next(mark for mark in PARAMETER_MARKS if text.endswith(mark, 0, start))
        return mark + name
    if not name.isalpha() or name[1:] not in (name[1:].lower(), name[1:].upper()):
        return name
    backwards = text[max(0, start - _LONGEST_WORDS) : start][::-1]
    before = _WORDS_BEFORE.match(backwards)
    spoken = text[start - before.end() : end] if before else name
    return _MOT_DE_PASSE if spoken.lower() == "mot de passe" else spoken

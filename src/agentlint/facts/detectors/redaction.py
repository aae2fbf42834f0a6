"""Masking secrets in whatever is about to be shown; the only place that does it.

A mask may be wide of the mark where a finding may not: what only looks like a credential once the
path, the file's suffix or the word in front of it is taken off is masked as well, and so is a token
of a known shape that is made up.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from agentlint.facts.detectors.secrets import find_secrets, find_token_shapes
from agentlint.knowledge.data import rows
from agentlint.knowledge.secret_shapes import TABLE
from agentlint.text import Pattern, compile_pattern

_SUFFIX = Pattern(r"\.(?=[a-z]{2,12}(?![\w-]))")
_SHORT = 80
_TELLING = 4
"""Characters of a prefix that is hardly part of another word."""
_WEB_TOKEN = "eyJ"  # noqa: S105 - how every one of them begins


class Mask(Struct, frozen=True):
    """`text[start:end]` looks like a credential, and `label` is shown in its place."""

    start: int
    end: int
    label: str


def redact(text: str) -> str:
    """`text` with every literal that looks like a credential replaced by its kind and length."""
    return redacted_part(text, 0, len(text))


def redacted_part(text: str, start: int, end: int) -> str:
    """The part `text[start:end]`, masked as it is in the whole; it may cut no mask in two."""
    parts: list[str] = []
    at = start
    for mask in masks(text):
        if at <= mask.start and mask.end <= end:
            parts += [text[at : mask.start], mask.label]
            at = mask.end
    return "".join((*parts, text[at:end])) if parts else text[start:end]


def is_masked(value: str) -> bool:
    """Whether something of a value is masked."""
    return _is_short_masked(value) if len(value) <= _SHORT else bool(masks(value))


@lru_cache(maxsize=4096)
def _is_short_masked(value: str) -> bool:
    """The same few values stand in most configs."""
    return bool(masks(value))


@lru_cache(maxsize=64)
def masks(text: str) -> tuple[Mask, ...]:
    """What is masked in a text, in order and without overlaps."""
    kept: list[Mask] = []
    found = {
        Mask(secret.start, secret.end, f"[{secret.kind}, {secret.length} characters]")
        for seen in dict.fromkeys((text, *_loosened(text)))
        for secret in (*find_secrets(seen), *find_token_shapes(seen))
    }
    for mask in sorted(found, key=lambda mask: (mask.start, -mask.end)):
        if kept and mask.start < kept[-1].end:
            last = kept.pop()
            mask = Mask(last.start, max(last.end, mask.end), last.label)  # noqa: PLW2901
        kept.append(mask)
    return tuple(kept)


def _loosened(text: str) -> tuple[str, ...]:
    """The text with blanks in place of what may join a credential to its neighbours."""
    begins = any(prefix in text for prefix in _telling_prefixes())
    apart = (_glue().sub(" ", text) if begins else text).replace("/", " ")
    return _SUFFIX.sub(" ", apart), apart.replace(".", " ")


@cache
def _telling_prefixes() -> tuple[str, ...]:
    """What only a credential begins with."""
    known = {prefix for row in rows(TABLE, "token") for prefix in row.get("prefixes", ())}
    return (_WEB_TOKEN, *sorted(prefix for prefix in known if len(prefix) >= _TELLING))


@cache
def _glue() -> re.Pattern[str]:
    """A character of a word right before something that only a credential begins with."""
    web_token, *others = _telling_prefixes()
    # Told apart by their first letter: a third of the time that trying each of them takes.
    by_letter = (
        f"{re.escape(letter)}(?:{'|'.join(re.escape(prefix[1:]) for prefix in group)})"
        for letter, group in groupby(others, key=itemgetter(0))
    )
    # The parts of a web token begin alike, each after a dot.
    return compile_pattern(rf"[\w.-](?={'|'.join(by_letter)})|[\w-](?={web_token})")

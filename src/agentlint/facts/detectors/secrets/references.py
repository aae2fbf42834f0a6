"""The spellings by which a config refers to a value elsewhere, from `rules/data/references.toml`."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from agentlint.facts.detectors.secrets.patterns import AUTH_SCHEME, compiled
from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness
from agentlint.knowledge.data import Row, rows

_LONGEST = 8_200
_INSIDE = r"\$\{\w|\{\{|\$\(\w|<%[=\s\w]|%\(\w{1,40}\)[a-z]|#\{\w|\$[A-Z][A-Z0-9_]{3}"


class ReferenceKind(Struct, frozen=True):
    """One spelling. `target` is what it points at: env, secret, file, command, template, code or
    ciphertext; `dialect` is who reads it; `spelling` shows how to write one, with `{name}` to fill in.
    """

    id: str
    dialect: str
    target: str
    spelling: str


MIXED = ReferenceKind("mixed-template", "template", "template", "")


def is_reference(value: str) -> ReferenceKind | None:
    """The spelling that the whole of `value` is, or None.

    An auth scheme before the reference (`Bearer ${TOKEN}`) does not count; a text with a reference
    somewhere inside is `MIXED`. A default inside one (`${X:-literal}`) is for the caller to judge.
    """
    text = value.strip()[:_LONGEST]
    scheme = compiled(AUTH_SCHEME).match(text)
    if scheme:
        text = text[scheme.end() :]
    if not text:
        return None
    for kind, begins, shape in _by_first_character().get(text[0], ()) + _unanchored():
        if not text.startswith(begins) or not compiled(shape).fullmatch(text):
            continue
        # `settings.KEY` and `f8d7s6.x3k9` have one shape; only the words tell code from a token.
        if kind.target != "code" or randomness(text) < RANDOM:
            return kind
    return MIXED if compiled(_INSIDE).search(text) else None


_Entry = tuple[ReferenceKind, tuple[str, ...], str]


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        (_kind(row), tuple(row["begins"]), row["shape"]) for row in rows("references", "reference")
    )


def _kind(row: Row) -> ReferenceKind:
    return ReferenceKind(row["id"], row["dialect"], row["target"], row["spelling"])


@cache
def _by_first_character() -> dict[str, tuple[_Entry, ...]]:
    index: dict[str, tuple[_Entry, ...]] = {}
    for entry in _entries():
        for first in sorted({text[0] for text in entry[1]}):
            index[first] = (*index.get(first, ()), entry)
    return index


@cache
def _unanchored() -> tuple[_Entry, ...]:
    return tuple((kind, ("",), shape) for kind, begins, shape in _entries() if not begins)

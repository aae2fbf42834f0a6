"""What a quoted scalar of YAML spells, piece by piece: its escapes, doubled quotes and line breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentlint.documents.pieces import character, paired
from agentlint.documents.yaml_blocks import (
    ANY,
    BREAK,
    BREAKS,
    DOCUMENT_MARK,
    SOME,
    fold,
    joined,
)
from agentlint.text import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from agentlint.documents.pieces import Piece

MARK_IN_QUOTES = Pattern(BREAK + DOCUMENT_MARK.pattern)
"""The mark of a document on a line of its own, where no quotes may go on."""


def _words(ends: str) -> str:
    """Words and the blanks between them, as far as a character of `ends` or the end of the line."""
    word = rf"[^{ends} \t{BREAKS}]{SOME}+"
    return rf"{word}(?:[ \t]{SOME}+{word}){ANY}+"


_WORDS_IN_SINGLE, _WORDS_IN_DOUBLE = _words("'"), _words(r"\\")
_FOLD = rf"[ \t]{ANY}(?:{BREAK}[ \t]{ANY}){SOME}+"
_SINGLE_PART = Pattern(rf"(?P<fold>{_FOLD})|(?P<quote>'')|{_WORDS_IN_SINGLE}|[ \t]{SOME}")
_DOUBLE_PART = Pattern(
    rf"(?P<fold>{_FOLD})|\\(?P<joint>{BREAK}[ \t]{ANY}(?:{BREAK}[ \t]{ANY}){ANY}+)"
    r"|\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8}))"
    rf"|\\(?P<short>.)|{_WORDS_IN_DOUBLE}|[ \t]{SOME}"
)
# YAML 1.2, 5.7 (https://yaml.org/spec/1.2.2/#57-escaped-characters).
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def unquoted(text: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of the scalar `text[start:end]`, which includes its quotes.

    Raises ValueError for an escape that YAML does not know.
    """
    spell = _double_quoted if text[start] == '"' else _single_quoted
    return spell(text, start + 1, end - 1)


def _single_quoted(text: str, start: int, end: int) -> Iterator[Piece]:
    for part in _SINGLE_PART.finditer(text, start, end):
        if part["fold"]:
            yield from fold(text, part.start(), part.end())
        else:
            yield "'" if part["quote"] else part[0], part.start(), part.end()


def _double_quoted(text: str, start: int, end: int) -> Iterator[Piece]:
    for part in _DOUBLE_PART.finditer(text, start, end):
        if part["fold"]:
            yield from fold(text, part.start(), part.end())
        elif part["joint"]:
            yield from joined(text, part.start("joint"), part.end())
        else:
            yield _unescape(part), part.start(), part.end()


def _unescape(part: re.Match[str]) -> str:
    if part["high"]:
        return paired(int(part["high"], 16), int(part["low"], 16))
    if code := part["x"] or part["u"] or part["U"]:
        return character(int(code, 16))
    if short := part["short"]:
        known = _ESCAPES.get(short)
        if known is None:
            raise ValueError("unknown escape")
        return known
    return part[0]

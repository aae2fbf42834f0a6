"""YAML in brackets, `[a, "b"]` and `{a: b}`, on one line or several, without ruamel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentlint.documents.limits import MAX_DEPTH
from agentlint.documents.nodes import ScalarKind
from agentlint.documents.pieces import Piece, gather
from agentlint.documents.yaml_blocks import ANY, SOME
from agentlint.documents.yaml_quotes import MARK_IN_QUOTES, unquoted
from agentlint.text import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from agentlint.documents.yaml_tree import TreeBuilder


def _quoted(no_break: str, any_character: str) -> str:
    double = rf'"[^"\\{no_break}]{ANY}+ (?:\\{any_character} [^"\\{no_break}]{ANY}+){ANY}+"'
    return rf"{double} | '[^'{no_break}]{ANY}+ (?:''[^'{no_break}]{ANY}+){ANY}+'"


QUOTED = _quoted(r"\r\n", r"[^\r\n]")
"""A scalar in quotes that ends on its line, for expressions with `(?x)`."""
QUOTED_LINES = _quoted("", r"[\s\S]")
"""A scalar in quotes that may go on over several lines."""
NAME = r"[A-Za-z0-9_-]{1,80}+"
"""What anchors are called nearly always."""


def _word(ends: str) -> str:
    return rf"(?:[^ :\r\n{ends}]{SOME}+ | :(?![ \r\n{ends}]|\Z)){SOME}+"


def _more_words(ends: str) -> str:
    return rf"(?:[ ]{SOME}+(?!\#){_word(ends)}){ANY}+"


def words(ends: str = "") -> str:
    """Words of a plain scalar on one line, none with a character of `ends`; for `(?x)`."""
    return _word(ends) + _more_words(ends)


def plain(ends: str = "") -> str:
    """A plain scalar on one line that begins with nothing that could mean more; as `words`."""
    first = rf"""(?:[^ \r\n?:,\[\]{{}}\#&*!|>'"%@`-] | -(?![ \r\n{ends}]|\Z))"""
    return rf"{first} (?:{_word(ends)})?+ {_more_words(ends)}"


_PLAIN = plain(r",\[\]{}")
_KEY = Pattern(rf"(?x) (?P<key>{QUOTED} | {_PLAIN}) [ ]{ANY}+ :(?=[ \r\n])")
_VALUE = Pattern(rf"(?x) {QUOTED_LINES} | \*{NAME} | {_PLAIN}")
_GAP = Pattern(rf"(?x) (?:[ \r\n]{SOME}+ | (?<=[ \n])\#[^\r\n]{ANY}+){ANY}+")
_COMMENT = Pattern(rf"\#[^\r\n]{ANY}+")
_CLOSING = {"[": "]", "{": "}"}
_LONGEST_KEY = 1000
"""Code points; YAML ends its search for the colon after 1,024."""


class OtherStyleError(Exception):
    """Raised where a text says what only a whole parser knows, or stands where it may not."""


def take_key(tree: TreeBuilder, start: int, end: int) -> None:
    """A key, with its quotes if it has any, as the next part of `tree`."""
    if end - start > _LONGEST_KEY:
        raise OtherStyleError
    take_scalar(tree, start, end)


def take_scalar(tree: TreeBuilder, start: int, end: int, anchor: str | None = None) -> None:
    """A scalar, with its quotes if it has any, or an alias as the next part of `tree`."""
    text = tree.region.text
    if text[start] == "*":
        if anchor is not None:
            raise OtherStyleError
        tree.alias(text[start + 1 : end], start, end)
    elif text[start] in "\"'":
        _take_quoted(tree, start, end, anchor)
    elif tree.region.exact:
        tree.scalar(None, tree.region.cut(start, end), start, end, anchor)
    else:
        take_plain(tree, [(text[start:end], start, end)], anchor)


def take_plain(tree: TreeBuilder, pieces: Sequence[Piece], anchor: str | None = None) -> None:
    """A scalar without quotes as the next part of `tree`."""
    start, end = pieces[0][1], pieces[-1][2]
    tree.scalar(None, gather(tree.region, pieces, start), start, end, anchor)


def _take_quoted(tree: TreeBuilder, start: int, end: int, anchor: str | None) -> None:
    inside = tree.region.text[start + 1 : end - 1]
    pieces: Sequence[Piece] = [(inside, start + 1, end - 1)] if inside else []
    if MARK_IN_QUOTES.search(inside):
        raise OtherStyleError
    if "\\" in inside or "''" in inside or "\n" in inside:
        try:
            pieces = tuple(unquoted(tree.region.text, start, end))
        except ValueError as error:
            raise OtherStyleError from error
    tree.scalar(ScalarKind.STRING, gather(tree.region, pieces, start), start, end, anchor)


def take_brackets(
    tree: TreeBuilder,
    at: int,
    depth: int,
    comments: list[tuple[int, int]],
    anchor: tuple[str, int] | None = None,
) -> int:
    """The collection that opens at `at` as the next part of `tree`; the offset after it.

    `depth` is the number of collections around it, and `anchor` the name and the place of its own.
    """
    return _BracketReader(tree, at, depth, comments).read(anchor)


class _BracketReader:
    def __init__(
        self, tree: TreeBuilder, at: int, depth: int, comments: list[tuple[int, int]]
    ) -> None:
        self._tree = tree
        self._text = tree.region.text
        self._at = at
        self._depth = depth
        self._comments = comments
        self._closing: list[str] = []

    def read(self, anchor: tuple[str, int] | None) -> int:
        name, start = anchor or (None, self._at)
        self._open(start, name)
        has_member = False  # since the last bracket that opens, or comma
        while self._closing:
            self._pass_gap()
            sign = self._text[self._at : self._at + 1]
            if sign == self._closing[-1]:
                self._closing.pop()
                self._at += 1
                self._tree.close(self._at)
                has_member = True
            elif has_member:
                if sign != ",":
                    raise OtherStyleError
                self._at += 1
                has_member = False
            else:
                has_member = self._take_member()
        return self._at

    def _take_member(self) -> bool:
        """Read a member, or as far as the bracket that opens it; whether it is complete."""
        if self._closing[-1] == "}":
            key = self._passed(_KEY.match(self._text, self._at))
            take_key(self._tree, *key.span("key"))
            self._pass_gap()
        if self._text[self._at : self._at + 1] in _CLOSING:
            self._open(self._at)
            return False
        value = self._passed(_VALUE.match(self._text, self._at))
        take_scalar(self._tree, *value.span())
        return True

    def _open(self, start: int, anchor: str | None = None) -> None:
        sign = self._text[self._at]
        if self._depth + len(self._closing) >= MAX_DEPTH:
            raise OtherStyleError
        self._closing.append(_CLOSING[sign])
        self._tree.open(start, is_mapping=sign == "{", anchor=anchor)
        self._at += 1

    def _passed(self, match: re.Match[str] | None) -> re.Match[str]:
        if match is None:
            raise OtherStyleError
        self._at = match.end()
        return match

    def _pass_gap(self) -> None:
        gap = self._passed(_GAP.match(self._text, self._at))
        comments = _COMMENT.finditer(self._text, *gap.span())
        self._comments.extend(comment.span() for comment in comments)
        if self._text[self._at - 1] == "\n" and self._text[self._at : self._at + 1] not in "]}":
            raise OtherStyleError  # it may be the mark of a document

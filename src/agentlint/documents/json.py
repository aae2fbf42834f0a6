"""JSON into nodes, comments and trailing commas allowed: the JSON of editors and tools.

An own scanner, because no reader at hand keeps positions and takes comments. It walks the text once
with a stack of open collections, so depth costs no recursion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from agentlint.documents.limits import (
    MAX_JSON_CHARACTERS,
    MAX_JSON_DEPTH,
    LimitReachedError,
    StoppedError,
    SyntaxFoundError,
    size_problem,
    stop_problem,
)
from agentlint.documents.nodes import (
    DataDocument,
    DuplicateKey,
    Entry,
    Mapping,
    Node,
    Problem,
    Scalar,
    ScalarKind,
    Sequence,
)
from agentlint.documents.pieces import Cursor, Piece, character, gather, paired
from agentlint.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentlint.text import Region

_ANY = f"{{0,{MAX_JSON_CHARACTERS}}}"
_BLANK = Pattern(rf"[ \t\r\n\ufeff]{_ANY}")
_LINE_COMMENT = Pattern(rf"//[^\r\n]{_ANY}")
_STRING = Pattern(rf'"[^"\\\x00-\x1f]{_ANY}(?:\\[^\x00-\x1f][^"\\\x00-\x1f]{_ANY}){_ANY}"')
_NUMBER = Pattern(
    r"-?(?:0|[1-9][0-9]{0,9999})(?P<float>(?:\.[0-9]{1,9999})?(?:[eE][-+]?[0-9]{1,99})?)"
)
_WORD = Pattern(r"true|false|null")
_WORD_KINDS = {"true": ScalarKind.BOOLEAN, "false": ScalarKind.BOOLEAN, "null": ScalarKind.NULL}
_AFTER_VALUE = Pattern(r"[\w.+-]")
_STRING_PART = Pattern(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    rf"|\\u(?P<code>[0-9a-fA-F]{{4}})|\\(?P<short>.)|[^\\]{{1,{MAX_JSON_CHARACTERS}}}"
)
_SHORT = {
    '"': '"',
    "\\": "\\",
    "/": "/",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
}


def parse(region: Region) -> DataDocument:
    """One root, or none and a problem; comments and trailing commas are no problem."""
    too_large = size_problem(
        region, max_characters=MAX_JSON_CHARACTERS, max_lines=MAX_JSON_CHARACTERS
    )
    if too_large:
        return DataDocument("json", region, problems=(too_large,))
    reader = _Reader(region)
    roots: tuple[Node, ...] = ()
    problems: tuple[Problem, ...] = ()
    try:
        roots = reader.read()
    except StoppedError as stopped:
        problems = (stop_problem(stopped, "JSON", region),)
    return DataDocument(
        "json", region, roots, tuple(reader.comments), tuple(reader.duplicates), problems
    )


class _Open(Struct):
    """A collection that is being read; `key` is set between a key and its value."""

    start: int
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    key: Scalar | None = None
    seen: dict[str, Scalar] = field(default_factory=dict)


class _Reader(Cursor):
    def __init__(self, region: Region) -> None:
        super().__init__(region)
        self.duplicates: list[DuplicateKey] = []
        self._stack: list[_Open] = []

    def read(self) -> tuple[Node, ...]:
        self._skip()
        if self._at == len(self._text):
            return ()
        done = self._value()
        while self._stack:
            done = self._step(done)
        self._skip()
        if self._at < len(self._text) or done is None:
            raise SyntaxFoundError("text after the value", self._at)
        return (done,)

    def _step(self, done: Node | None) -> Node | None:
        """Store a finished value, then read up to the next one or to the end of its collection."""
        around = self._stack[-1]
        if done is not None:
            self._store(around, done)
        self._skip()
        closing = "}" if around.is_mapping else "]"
        if done is not None and not self._text.startswith(closing, self._at):
            self._expect(",", "a comma or closing bracket is missing")
            self._skip()
        if self._text.startswith(closing, self._at):
            self._at += 1
            return self._close(self._stack.pop())
        if around.is_mapping:
            self._key(around)
        return self._value()

    def _key(self, around: _Open) -> None:
        if not self._text.startswith('"', self._at):
            raise SyntaxFoundError("a key in double quotes is missing", self._at)
        self._count()
        around.key = self._string()
        self._skip()
        self._expect(":", "a colon is missing after a key")
        self._skip()

    def _store(self, around: _Open, value: Node) -> None:
        if not around.is_mapping:
            around.items.append(value)
        elif around.key is not None:
            first = around.seen.setdefault(around.key.text, around.key)
            if first is not around.key:
                self.duplicates.append(DuplicateKey(first, around.key))
            around.entries.append(Entry(around.key, value))

    def _close(self, closed: _Open) -> Node:
        span = self._region.span(closed.start, self._at)
        if closed.is_mapping:
            return Mapping(tuple(closed.entries), span)
        return Sequence(tuple(closed.items), span)

    def _value(self) -> Node | None:
        """A scalar, or None when a collection begins here and is now the last on the stack."""
        self._count()
        match self._text[self._at : self._at + 1]:
            case '"':
                return self._string()
            case "{" | "[" as bracket:
                if len(self._stack) >= MAX_JSON_DEPTH:
                    raise LimitReachedError(f"nested deeper than {MAX_JSON_DEPTH} levels", self._at)
                self._stack.append(_Open(self._at, bracket == "{"))
                self._at += 1
                return None
        return self._word_or_number()

    def _word_or_number(self) -> Scalar:
        if word := _WORD.match(self._text, self._at):
            kind = _WORD_KINDS[word[0]]
        elif word := _NUMBER.match(self._text, self._at):
            kind = ScalarKind.FLOAT if word["float"] else ScalarKind.INTEGER
        if word is None or _AFTER_VALUE.match(self._text, word.end()):
            raise SyntaxFoundError("a value is missing or not one of JSON", self._at)
        region = self._region.cut(self._at, word.end())
        self._at = word.end()
        return Scalar(kind, region, region.span())

    def _string(self) -> Scalar:
        string = _STRING.match(self._text, self._at)
        if string is None:
            raise SyntaxFoundError("a string is not closed on its line", self._at)
        start, self._at = string.span()
        if "\\" in string[0]:
            pieces = list(unescaped(self._text, start + 1, self._at - 1))
            region = gather(self._region, pieces, start + 1)
        else:
            region = self._region.cut(start + 1, self._at - 1)
        return Scalar(ScalarKind.STRING, region, self._region.span(start, self._at))

    def _skip(self) -> None:
        """Past blanks and comments."""
        while True:
            blank = _BLANK.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            start = self._at
            if comment := _LINE_COMMENT.match(self._text, start):
                self._at = comment.end()
            elif self._text.startswith("/*", start):
                closing = self._text.find("*/", start + 2)
                if closing < 0:
                    raise SyntaxFoundError("a comment is not closed", start)
                self._at = closing + 2
            else:
                return
            self.comments.append(self._region.cut(start, self._at))


def unescaped(text: str, start: int, end: int) -> Iterator[Piece]:
    """What a string says whose content, between its quotes, is `text[start:end]`."""
    for part in _STRING_PART.finditer(text, start, end):
        if part["high"]:
            said = paired(int(part["high"], 16), int(part["low"], 16))
        elif part["code"]:
            said = character(int(part["code"], 16))
        elif part["short"]:
            if part["short"] not in _SHORT:
                raise SyntaxFoundError("an escape that JSON does not know", part.start())
            said = _SHORT[part["short"]]
        else:
            said = part[0]
        yield said, part.start(), part.end()

"""TOML into nodes, read twice: here for the places, by tomllib for the verdict.

No TOML library keeps positions. tomlkit keeps the text of every part, but to learn where a part
stands one must subclass its parser and read private attributes, and it costs forty milliseconds to
import and twice as long to parse as both passes here. Our reader is small because it need not
judge: it stops at what it cannot read, and whatever it accepts tomllib accepts or refuses after it,
dates, numbers and keys given twice included. tests/documents/test_toml.py holds the two trees
against each other. Our pass also comes first because it counts depth, which tomllib does not.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

from agentlint.documents.limits import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    PARSER_ERRORS,
    LimitReachedError,
    StoppedError,
    SyntaxFoundError,
    size_problem,
    stop_problem,
    syntax_problem,
)
from agentlint.documents.nodes import (
    DataDocument,
    Entry,
    Mapping,
    Node,
    Problem,
    Scalar,
    ScalarKind,
    Sequence,
)
from agentlint.documents.pieces import Cursor, Piece, character, gather
from agentlint.text import Pattern, Span, compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentlint.text import Region

_ANY = f"{{0,{MAX_CHARACTERS}}}"
_BLANKS = Pattern(rf"[ \t]{_ANY}")
_BLANKS_AND_BREAKS = Pattern(rf"[ \t\r\n]{_ANY}")
_COMMENT = Pattern(rf"#[^\r\n]{_ANY}")
_LINE_END = Pattern(r"\r\n|\n|\Z")
_BARE_KEY = Pattern(rf"[A-Za-z0-9_-]{{1,{MAX_CHARACTERS}}}")
_STRINGS = tuple(
    compile_pattern(pattern, re.DOTALL)
    for pattern in (
        rf'"""(?:\r?\n)?(?P<multi_basic>(?:[^"\\]{_ANY}+(?:\\.|"(?!""))?+){_ANY}+"{{0,2}})"""',
        rf"'''(?:\r?\n)?(?P<multi_literal>(?:[^']{_ANY}+(?:'(?!''))?+){_ANY}+'{{0,2}})'''",
        rf'"(?!"")(?P<basic>[^"\\\r\n]{_ANY}(?:\\[^\r\n][^"\\\r\n]{_ANY}){_ANY})"',
        rf"'(?!'')(?P<literal>[^'\r\n]{_ANY})'",
    )
)
_PART = Pattern(
    r"\\u(?P<u>[0-9a-fA-F]{4})|\\U(?P<U>[0-9a-fA-F]{8})"
    rf"|(?P<joint>\\[ \t]{_ANY}\r?\n[ \t\r\n]{_ANY})|(?P<crlf>\r\n)|\\(?P<short>.)"
    rf"|[^\\\r]{{1,{MAX_CHARACTERS}}}|\r",
    re.DOTALL,
)
_CRLF = Pattern(r"\r\n")
_SHORT = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_WORD = Pattern(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[^\s,\]}#]{1,99}"
    rf"|[^\s,\]}}#=\[{{\"']{{1,{MAX_CHARACTERS}}}"
)
_KINDS = tuple(
    (kind, compile_pattern(pattern))
    for kind, pattern in (
        (ScalarKind.BOOLEAN, r"true|false"),
        (ScalarKind.DATE, r"[0-9]{4}-[0-9]{2}-[0-9]{2}.{0,99}|[0-9]{2}:[0-9]{2}.{0,99}"),
        (ScalarKind.INTEGER, rf"[-+]?[0-9_]{_ANY}|0[xob][0-9a-fA-F_]{_ANY}"),
    )
)

# Faults that only tomllib sees, by a fragment of its words, which may quote the file.
_REASONS = (
    ("twice", "a table is declared twice"),
    ("overwrite", "a key is given twice"),
    ("immutable", "a table is extended that may not be"),
    ("Duplicate inline", "a key is given twice"),
    ("Invalid date", "a date that does not exist"),
)
_PLACE = Pattern(r"\(at line (\d{1,9}), column (\d{1,9})\)")


def parse(region: Region) -> DataDocument:
    """One root, a mapping; it is there too when only tomllib objects, as to a key given twice."""
    too_large = size_problem(region)
    if too_large:
        return DataDocument("toml", region, problems=(too_large,))
    reader = _Reader(region)
    roots: tuple[Node, ...] = ()
    problems: tuple[Problem, ...] = ()
    try:
        roots = (reader.read(),)
        problems = tuple(_verdict(region))
    except StoppedError as stopped:
        problems = (stop_problem(stopped, "TOML", region),)
    return DataDocument("toml", region, roots, tuple(reader.comments), problems=problems)


def _verdict(region: Region) -> Iterator[Problem]:
    try:
        tomllib.loads(region.text)
    except PARSER_ERRORS as error:
        said = str(error)
        reasons = (words for fragment, words in _REASONS if fragment in said)
        reason = next(reasons, "a value or key that TOML does not know")
        at = _offset(region.text, said)
        yield syntax_problem(f"not valid TOML: {reason}", region.span(at, at))


def _offset(text: str, said: str) -> int:
    place = _PLACE.search(said)
    if place is None:
        return len(text) if "end of document" in said else 0
    at = 0
    for _ in range(int(place[1]) - 1):
        at = text.find("\n", at) + 1
    return min(at + int(place[2]) - 1, len(text))


class _Table(Struct):
    """A table that later lines may still add to; `start` and `end` are offsets of the text."""

    start: int
    end: int
    slots: list[_Slot] = field(default_factory=list)
    by_name: dict[str, _Slot] = field(default_factory=dict)

    def add(self, key: _Key, value: _Value) -> None:
        slot = _Slot(key, value)
        self.slots.append(slot)
        self.by_name[key.scalar.text] = slot


class _TableArray(Struct):
    tables: list[_Table]


class _Key(Struct):
    scalar: Scalar
    start: int
    end: int


_Value: TypeAlias = "Node | _Table | _TableArray"


class _Slot(Struct):
    key: _Key
    value: _Value


class _Reader(Cursor):
    def __init__(self, region: Region) -> None:
        super().__init__(region)
        self._root = _Table(0, len(self._text))
        self._table = self._root
        self._depth = 0  # of the table that lines add to

    def read(self) -> Mapping:
        while True:
            self._skip(_BLANKS_AND_BREAKS)
            if self._at == len(self._text):
                return self._frozen(self._root)
            if self._text[self._at] == "[":
                self._header()
            else:
                self._assignment(self._table, self._depth)
            self._finish_line()

    # Statements.

    def _header(self) -> None:
        start = self._at
        brackets = "[[" if self._text.startswith("[[", start) else "["
        self._at += len(brackets)
        keys = self._keys(0)
        self._expect("]" * len(brackets), "a table header is not closed")
        around = self._descend(self._root, keys[:-1], start)
        self._table = self._open(around, keys[-1], start, in_array=len(brackets) == 2)
        self._depth = len(keys)

    def _open(self, around: _Table, key: _Key, start: int, *, in_array: bool) -> _Table:
        """The table that a header opens, new unless an earlier header implied it."""
        slot = around.by_name.get(key.scalar.text)
        table = _Table(start, self._at)
        if slot is None:
            around.add(key, _TableArray([table]) if in_array else table)
        elif in_array and isinstance(slot.value, _TableArray):
            slot.value.tables.append(table)
        elif not in_array and isinstance(slot.value, _Table):
            slot.value.end = self._at
            return slot.value
        else:  # tomllib will object
            around.add(key, table)
        return table

    def _assignment(self, table: _Table, depth: int) -> None:
        start = self._at
        keys = self._keys(depth)
        self._expect("=", "an equals sign is missing after a key")
        self._skip_blanks()
        value = self._value(depth + len(keys))
        self._descend(table, keys[:-1], start).add(keys[-1], value)

    def _descend(self, table: _Table, keys: list[_Key], start: int) -> _Table:
        for key in keys:
            slot = table.by_name.get(key.scalar.text)
            match slot.value if slot else None:
                case _Table() as inner:
                    table = inner
                case _TableArray(tables=tables):
                    table = tables[-1]
                case _:
                    inner = _Table(start, self._at)
                    table.add(key, inner)
                    table = inner
        return table

    def _keys(self, depth: int) -> list[_Key]:
        keys: list[_Key] = []
        while True:
            self._skip_blanks()
            keys.append(self._key())
            if depth + len(keys) > MAX_DEPTH:
                raise self._too_deep()
            self._skip_blanks()
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _key(self) -> _Key:
        self._count()
        start = self._at
        if bare := _BARE_KEY.match(self._text, start):
            self._at = bare.end()
            region = self._region.cut(start, self._at)
            return _Key(Scalar(ScalarKind.STRING, region, region.span()), start, self._at)
        if not self._text.startswith(('"', "'"), start):
            raise SyntaxFoundError("a key is missing", start)
        return _Key(self._string(), start, self._at)

    # Values.

    def _value(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._too_deep()
        self._count()
        match self._text[self._at : self._at + 1]:
            case '"' | "'":
                return self._string()
            case "[":
                return self._array(depth)
            case "{":
                return self._inline_table(depth)
        word = _WORD.match(self._text, self._at)
        if word is None:
            raise SyntaxFoundError("a value is missing", self._at)
        region = self._region.cut(self._at, word.end())
        self._at = word.end()
        return Scalar(_kind(word[0]), region, region.span())

    def _array(self, depth: int) -> Sequence:
        start = self._at
        self._at += 1
        items: list[Node] = []
        while True:
            self._skip(_BLANKS_AND_BREAKS)
            if self._text.startswith("]", self._at):
                self._at += 1
                return Sequence(tuple(items), self._region.span(start, self._at))
            items.append(self._value(depth + 1))
            self._skip(_BLANKS_AND_BREAKS)
            if not self._text.startswith("]", self._at):
                self._expect(",", "an array is not closed, or a comma is missing")

    def _inline_table(self, depth: int) -> Mapping:
        table = _Table(self._at, self._at)
        self._at += 1
        self._skip_blanks()
        while not self._text.startswith("}", self._at):
            self._assignment(table, depth + 1)
            self._skip_blanks()
            if not self._text.startswith("}", self._at):
                self._expect(",", "an inline table is not closed, or a comma is missing")
                self._skip_blanks()
        self._at += 1
        table.end = self._at
        return self._frozen(table)

    def _string(self) -> Scalar:
        start = self._at
        match = next((found for one in _STRINGS if (found := one.match(self._text, start))), None)
        if match is None or match.lastgroup is None:
            raise SyntaxFoundError("a string is not closed", start)
        self._at = match.end()
        inside = match.span(match.lastgroup)
        if "basic" in match.lastgroup:
            pieces = list(_unescape(self._text, *inside))
        else:
            pieces = list(_plain_lines(self._text, *inside))
        region = gather(self._region, pieces, inside[0])
        return Scalar(ScalarKind.STRING, region, self._region.span(start, self._at))

    # Trees.

    def _frozen(self, table: _Table) -> Mapping:
        entries = tuple(Entry(slot.key.scalar, self._node(slot.value)) for slot in table.slots)
        whole = self._region.span(table.start, table.end)
        ends = (entry.value.span.end for entry in entries)
        return Mapping(entries, Span(whole.start, max([whole.end, *ends])))

    def _node(self, value: _Value) -> Node:
        match value:
            case _Table():
                return self._frozen(value)
            case _TableArray(tables=tables):
                items = tuple(self._frozen(table) for table in tables)
                return Sequence(items, Span(items[0].span.start, items[-1].span.end))
        return value

    # Small steps.

    def _skip(self, blanks: Pattern) -> None:
        """Past blanks and comments."""
        while True:
            blank = blanks.match(self._text, self._at)
            self._at = blank.end() if blank else self._at
            comment = _COMMENT.match(self._text, self._at)
            if comment is None:
                return
            self.comments.append(self._region.cut(*comment.span()))
            self._at = comment.end()

    def _skip_blanks(self) -> None:
        blank = _BLANKS.match(self._text, self._at)
        self._at = blank.end() if blank else self._at

    def _finish_line(self) -> None:
        self._skip(_BLANKS)
        end = _LINE_END.match(self._text, self._at)
        if end is None:
            raise SyntaxFoundError("text after a value or header", self._at)
        self._at = end.end()

    def _too_deep(self) -> LimitReachedError:
        return LimitReachedError(f"nested deeper than {MAX_DEPTH} levels", self._at)


def _kind(word: str) -> ScalarKind:
    kinds = (kind for kind, pattern in _KINDS if pattern.fullmatch(word))
    return next(kinds, ScalarKind.FLOAT)


def _plain_lines(text: str, start: int, end: int) -> Iterator[Piece]:
    """Literal text, in which only a CRLF is not what it seems."""
    for crlf in _CRLF.finditer(text, start, end):
        yield text[start : crlf.start()], start, crlf.start()
        yield "\n", crlf.start(), crlf.end()
        start = crlf.end()
    yield text[start:end], start, end


def _unescape(text: str, start: int, end: int) -> Iterator[Piece]:
    for part in _PART.finditer(text, start, end):
        said = part[0]
        if code := part["u"] or part["U"]:
            said = _character(int(code, 16), part.start())
        elif part["joint"]:
            continue
        elif part["crlf"]:
            said = "\n"
        elif part["short"]:
            if part["short"] not in _SHORT:
                raise SyntaxFoundError("an escape that TOML does not know", part.start())
            said = _SHORT[part["short"]]
        yield said, part.start(), part.end()


def _character(code: int, at: int) -> str:
    try:
        return character(code)
    except (ValueError, OverflowError):
        raise SyntaxFoundError("an escape beyond Unicode", at) from None

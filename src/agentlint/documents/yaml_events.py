"""ruamel.yaml's event stream with the place of every character of every scalar.

ruamel keeps the grammar: tokens, indentation, flow and block structure. What is ours is everything
that touches text: blanks, comments and the four kinds of scalar, because ruamel joins, folds and
unescapes them and forgets where each character came from. Scanning them a line at a time instead of
a character at a time also makes it read faster than it does by itself. A contract test holds this
scanner against ruamel's own.

Three differences are meant, all towards YAML 1.2. Tabs may separate tokens and words, though still
not indent. A block scalar may begin with an empty line shorter than its indentation. A document may
end right after the indicator of a block scalar.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec import Struct
from ruamel.yaml.docinfo import DocInfo
from ruamel.yaml.error import FileMark
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner, ScannerError
from ruamel.yaml.tokens import ScalarToken

from agentlint.documents.limits import MAX_DEPTH, LimitReachedError
from agentlint.documents.pieces import Piece
from agentlint.documents.yaml_blocks import (
    ANY,
    BREAK,
    BREAKS,
    DOCUMENT_MARK,
    SOME,
    block_indent,
    block_text,
    fold,
)
from agentlint.documents.yaml_quotes import MARK_IN_QUOTES, unquoted
from agentlint.text import compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_END = r"\x00" + BREAKS
_REST_OF_BLANK_LINE = compile_pattern(rf"[ \t]{ANY}+(#[^{_END}]{ANY}+)?(?:({BREAK})|(?=\x00))")
_SPACES = compile_pattern(rf" {ANY}")
_BLANKS = compile_pattern(rf"[ \t]{ANY}")


def _plain(characters: str) -> re.Pattern[str]:
    """Words of a plain scalar on one line: a colon within a word, a # not at the start of one."""
    word = rf"(?:[^{characters} \t:{_END}]{SOME}+|:(?![ \t{_END}])){SOME}+"
    return compile_pattern(rf"{word}(?:[ \t]{SOME}+(?!#){word}){ANY}")


_PLAIN_IN_BLOCK = _plain("")
_PLAIN_IN_FLOW = _plain(r",\[\]{}")
_LINES_BETWEEN = compile_pattern(rf"[ \t]{ANY}(?:{BREAK} {ANY}){SOME}+")
_SINGLE_QUOTED = compile_pattern(rf"'[^'\x00]{ANY}(?:''[^'\x00]{ANY}){ANY}'")
_DOUBLE_QUOTED = compile_pattern(rf'"[^"\\\x00]{ANY}(?:\\[^\x00][^"\\\x00]{ANY}){ANY}"')
_SKIPPED = frozenset(" \t#\n\r\x85\u2028\u2029")


class ScalarText(Struct, frozen=True):
    """What a scalar event carries as its value: the token's place and the pieces of its text.

    `start` and `end` take in quotes or a block indicator; `tag` is where the last tag before it is.
    """

    pieces: tuple[Piece, ...]
    start: int
    end: int
    tag: int


class EventReader(Reader, Scanner, Parser):
    """The events of one YAML text, by `get_event`; `comments` fills up as they are read.

    Raises YAMLError at the first fault, LimitReachedError where collections nest too deep, and on
    some texts any of `limits.PARSER_ERRORS`.
    """

    processing_version = (1, 2)
    comment_handling = None
    reader: Any = None
    scanner: Any = None
    resolver: Any = None

    def __init__(self, text: str) -> None:
        self.comments: list[tuple[int, int]] = []
        self.doc_infos = [DocInfo()]
        self.reader = self.scanner = self.resolver = self
        self._filled = False
        self._tag = 0
        Reader.__init__(self, text, loader=self)
        Scanner.__init__(self, loader=self)
        Parser.__init__(self, loader=self)

    # Reader: the whole text is in the buffer, so pointer and index are the same offset.

    def forward(self, length: int = 1) -> None:
        passed = self.buffer[self.pointer : self.pointer + length]
        if "\n" in passed or "\r" in passed or "\ufeff" in passed:
            super().forward(length)
            return
        self.pointer += length
        self.index += length
        self.column += length

    def get_mark(self) -> FileMark:
        return FileMark(None, self.index, self.line, self.column)

    # Scanner: ruamel asks whether it needs more tokens at every look at the next one.

    def check_token(self, *choices: type) -> bool:
        if not self._filled:
            self._fill()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def peek_token(self) -> Any:
        if not self._filled:
            self._fill()
        return self.tokens[0] if self.tokens else None

    def get_token(self) -> Any:
        if not self._filled:
            self._fill()
        self._filled = False
        return super().get_token()

    def _fill(self) -> None:
        while self.need_more_tokens():
            self.fetch_more_tokens()
        self._filled = True

    def fetch_flow_collection_start(self, *args: Any, **named: Any) -> None:
        self._check_depth()
        super().fetch_flow_collection_start(*args, **named)

    def add_indent(self, column: int) -> bool:
        self._check_depth()
        return bool(super().add_indent(column))

    def _check_depth(self) -> None:
        if len(self.indents) + len(self.flow_context) > MAX_DEPTH:
            raise LimitReachedError(f"nested deeper than {MAX_DEPTH} levels", self.index)

    # Blanks and comments.

    def scan_to_next_token(self) -> None:
        while self.buffer[self.pointer] in _SKIPPED:
            in_block = not self.flow_context
            rest = _REST_OF_BLANK_LINE.match(self.buffer, self.pointer)
            if rest is None:
                blanks = _SPACES if in_block and self.column == 0 else _BLANKS
                self._forward_over(blanks)
                return
            self._pass_comment(rest)
            if rest[2] is not None and in_block:
                self.allow_simple_key = True

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        self._finish_line(start_mark)

    def scan_directive_ignored_line(self, start_mark: Any) -> None:
        self._finish_line(start_mark)

    def _finish_line(self, start_mark: Any) -> None:
        rest = _REST_OF_BLANK_LINE.match(self.buffer, self.pointer)
        if rest is None:
            self._fail("expected a comment or a line break", start_mark)
        self._pass_comment(rest)

    def _pass_comment(self, rest: re.Match[str]) -> None:
        if rest[1] is not None:
            self.comments.append(rest.span(1))
        self.forward(rest.end() - self.pointer)

    def _forward_over(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.buffer, self.pointer)
        if match:
            self.forward(match.end() - self.pointer)

    # Scalars.

    def scan_tag(self) -> Any:
        self._tag = self.index
        return super().scan_tag()

    def scan_plain(self) -> ScalarToken:
        start = self.get_mark()
        pieces: list[Piece] = []
        here = self._plain_line(self.pointer)
        if here is None:
            self._fail("expected a plain scalar", start)
        while True:
            pieces.append((here[0], here.start(), here.end()))
            self.forward(here.end() - self.pointer)
            between = _LINES_BETWEEN.match(self.buffer, self.pointer)
            following = self._continuation(between) if between else None
            if following is None:
                break
            pieces.extend(fold(self.buffer, self.pointer, following.start()))
            self.forward(following.start() - self.pointer)
            here = following
        self.allow_simple_key = False
        return self._token(pieces, start, plain=True)

    def _plain_line(self, at: int) -> re.Match[str] | None:
        return (_PLAIN_IN_FLOW if self.flow_context else _PLAIN_IN_BLOCK).match(self.buffer, at)

    def _continuation(self, between: re.Match[str]) -> re.Match[str] | None:
        """The next line of a plain scalar, if what follows the line breaks is one."""
        at, column = between.end(), self._column_after(between[0])
        if not self.flow_context and column <= self.indent:
            return None
        if column == 0 and DOCUMENT_MARK.match(self.buffer, at):
            return None
        blanks = _BLANKS.match(self.buffer, at)
        at = blanks.end() if blanks else at
        return None if self.buffer[at] == "#" else self._plain_line(at)

    def _column_after(self, passed: str) -> int:
        """The column once `passed` is behind; only CR and LF, of all breaks, begin a new count."""
        line_end = max(passed.rfind("\n"), passed.rfind("\r"))
        return len(passed) - line_end - 1 + (self.column if line_end < 0 else 0)

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        start = self.get_mark()
        token = (_DOUBLE_QUOTED if style == '"' else _SINGLE_QUOTED).match(
            self.buffer, self.pointer
        )
        if token is None:
            self._fail("found unexpected end of stream", start)
        if MARK_IN_QUOTES.search(token[0]):
            self._fail("found unexpected document separator", start)
        try:
            pieces = list(unquoted(self.buffer, *token.span()))
        except ValueError:
            self._fail("found unknown escape character", start)
        self.forward(token.end() - self.pointer)
        return self._token(pieces, start, style=style)

    def scan_block_scalar(self, style: str, rt: bool | None = False) -> ScalarToken:  # noqa: ARG002
        start = self.get_mark()
        self.forward()
        chomping, increment = self.scan_block_scalar_indicators(start)
        header_end = self.pointer
        self.scan_block_scalar_ignored_line(start)
        least = max(self.indent + 1, 0 if increment is None else 1)
        if increment is None:
            indent = block_indent(self.buffer, self.pointer, least)
        else:
            indent = least + increment - 1
        pieces, end = block_text(self.buffer, self.pointer, indent, style, chomping)
        self.forward(end - self.pointer)
        return self._token(pieces, start, style=style, end=pieces[-1][2] if pieces else header_end)

    def _token(
        self,
        pieces: Iterable[Piece],
        start: FileMark,
        *,
        plain: bool = False,
        style: str | None = None,
        end: int | None = None,
    ) -> ScalarToken:
        end = self.index if end is None else end
        text = ScalarText(tuple(pieces), start.index, end, self._tag)
        return ScalarToken(text, plain, start, self.get_mark(), style)

    def _fail(self, problem: str, start: Any) -> NoReturn:
        raise ScannerError(None, start, problem, self.get_mark())

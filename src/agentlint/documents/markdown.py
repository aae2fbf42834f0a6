"""Markdown into leaf blocks whose content is mapped to the file, and their inline parts.

markdown-it-py finds the blocks (CommonMark and GFM tables). It keeps line numbers only, so each
line of a block's content is found again in its source line, of which it is the end: what containers
take away stands before it. Its inline parser is neither needed nor safe on hostile text; `inlines`
reads the few constructs that change what a word means.

Three of its habits would hide text and are turned off or reported: link reference definitions stay
paragraphs, the tags by which prompts mark their parts begin no HTML, and what lies deeper than the
nesting limit, which it drops, makes a problem.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import blockquote, html_block

from agentlint.documents.front_matter import read_front_matter
from agentlint.documents.inline import html_comments, inlines
from agentlint.documents.limits import (
    MAX_MARKDOWN_NESTING,
    MAX_QUOTE_LOOKAHEAD,
    PARSER_ERRORS,
    LimitReachedError,
    limit_problem,
    size_problem,
)
from agentlint.documents.markdown_lines import TRIMMED, Lines
from agentlint.documents.nodes import (
    Block,
    BlockKind,
    InlineKind,
    MarkdownDocument,
    Problem,
)
from agentlint.text import Pattern, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from agentlint.documents.pieces import Piece
    from agentlint.text import Region

__all__ = ["inlines", "parse"]

_CONTAINER_MARK = Pattern(r"[ \t]{0,999}(?:>|(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]))")
_VERBATIM = Pattern(r"<(?:(?:script|pre|style|textarea)(?=[\s>]|$)|!|\?)", re.IGNORECASE)
_CELL_BORDER = Pattern(r"(?<!\\)\|")
_ESCAPED_PIPE = Pattern(r"\\\|")


def parse(region: Region) -> MarkdownDocument:
    too_large = size_problem(region)
    if too_large:
        return MarkdownDocument(region, None, (), problems=(too_large,))
    front_matter, body_start = read_front_matter(region)
    lines = Lines(region, body_start)
    problems: list[Problem] = []
    blocks: tuple[Block, ...] = ()
    try:
        tokens = _tokens(lines)
        blocks = tuple(_Segmenter(lines).blocks(tokens))
        problems.extend(_dropped(lines, tokens))
    except LimitReachedError as limit:
        problems.append(limit_problem(limit.message, lines.span(limit.at, 0, limit.at + 1)))
    except (RuntimeError, *PARSER_ERRORS):
        problems.append(limit_problem("the block parser gave up", region.span(body_start)))
    return MarkdownDocument(
        region,
        front_matter,
        blocks,
        comments=tuple(comment for block in blocks for comment in _comments(block)),
        problems=tuple(problems),
    )


@cache
def _markdown_it() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_MARKDOWN_NESTING})
    interrupted = ["paragraph", "reference", "blockquote", "list"]  # as for the rule it replaces
    parser.block.ruler.at("blockquote", _quote, {"alt": interrupted})
    parser.block.ruler.at("html_block", _html, {"alt": ["paragraph", "reference", "blockquote"]})
    return parser.enable("table").disable("reference")


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's own rule, stopped where quotes make it read the same lines again and again.

    It looks ahead to the next blank line before it knows which lines are the quote's: a file of
    `>>` and indented code in turn takes a minute for each 40 kB. Raises LimitReachedError.
    """
    found = blockquote(state, start, end, silent)
    if found and not silent:
        state.env["lookahead"] = state.env.get("lookahead", 0) + _lookahead(state, end)
        if state.env["lookahead"] > MAX_QUOTE_LOOKAHEAD:
            raise LimitReachedError("quotes run into the lines after them too often", start)
    return found


def _lookahead(state: StateBlock, end: int) -> int:
    """At most how many lines after a quote the rule looked at and left to others."""
    line = state.line
    ends_quotes = state.md.block.ruler.getRules("blockquote")
    if line < end and any(rule(state, line, end, True) for rule in ends_quotes):
        return 0
    while line < end and not state.isEmpty(line):
        line += 1
    return line - state.line


def _html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's own rule for what is HTML for certain: comments, and blocks of known tags.

    CommonMark takes any other tag on a line of its own (`<rules>`, `<example>`) for HTML as well, with
    all that follows up to a blank line. Between such tags stand orders and samples, which are read as
    if the tags were not there; and no tag keeps a fence from being one, but those of verbatim text.
    """
    text = _line(state, start)
    if not text.startswith("<") or not html_block(state, start, end, True):
        return False
    if not silent:
        limit = end if _VERBATIM.match(text) else _next_fence(state, start + 1, end)
        html_block(state, start, limit, False)
    return True


def _next_fence(state: StateBlock, line: int, end: int) -> int:
    """The first line of those up to a blank one that may open a fence, else where they end."""
    while line < end and not state.isEmpty(line):
        if _line(state, line).startswith(("```", "~~~")):
            return line
        line += 1
    return end


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _tokens(lines: Lines) -> list[Token]:
    parser = _markdown_it()
    tokens: list[Token] = []
    parser.block.parse("\n".join(lines.texts), parser, {}, tokens)
    return tokens


class _Segmenter:
    """Walks the parser's tokens and gives one block for each leaf."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._around: list[str] = []
        self._opened: Token | None = None
        self._contents: list[str] = []
        self._in_header = False

    def blocks(self, tokens: Iterable[Token]) -> Iterator[Block]:
        for token in tokens:
            match token.type:
                case "blockquote_open" | "bullet_list_open" | "ordered_list_open":
                    self._around.append(token.type)
                case "blockquote_close" | "bullet_list_close" | "ordered_list_close":
                    self._around.pop()
                case "heading_open" | "paragraph_open" | "tr_open":
                    self._opened, self._contents = token, []
                case "thead_open" | "thead_close":
                    self._in_header = token.nesting == 1
                case "inline":
                    self._contents.append(token.content)
                case "heading_close" | "paragraph_close" | "tr_close":
                    yield from self._close()
                case "fence":
                    yield self._fence(token)
                case "code_block" | "html_block":
                    yield self._code_or_html(token)

    def _close(self) -> Iterator[Block]:
        opened = self._opened
        if opened is None or opened.map is None:
            return
        first, end_line = opened.map
        if opened.type == "tr_open":
            yield self._table_row(first)
        elif opened.type == "paragraph_open":
            region = self._lines.content(first, end_line, self._contents[0])
            yield self._block(BlockKind.PARAGRAPH, region, region.span())
        elif opened.markup.startswith("#"):
            yield self._atx_heading(first, len(opened.markup))
        else:
            yield self._setext_heading(first, end_line, int(opened.tag[1:]))

    def _atx_heading(self, line: int, level: int) -> Block:
        source, content = self._lines.texts[line], self._contents[0]
        marks = source.index("#")
        start = source.find(content, marks + level)
        region = self._lines.cut(line, start, start + len(content))
        span = self._lines.span(line, marks, line + 1)
        return self._block(BlockKind.HEADING, region, span, level=level)

    def _setext_heading(self, first: int, end_line: int, level: int) -> Block:
        region = self._lines.content(first, end_line - 1, self._contents[0])
        underline = self._lines.span(end_line - 1, 0, end_line)
        span = Span(region.span().start, underline.end)
        return self._block(BlockKind.HEADING, region, span, level=level)

    def _code_or_html(self, token: Token) -> Block:
        first, end_line = token.map or (0, 0)
        region = self._lines.content(first, end_line, token.content)
        is_html = token.type == "html_block"
        kind = BlockKind.HTML if is_html else BlockKind.INDENTED_CODE
        return self._block(kind, region, region.span())

    def _fence(self, token: Token) -> Block:
        first, end_line = token.map or (0, 0)
        region = self._lines.content(first + 1, end_line, token.content)
        marks = self._lines.texts[first].index(token.markup)
        span = self._lines.span(first, marks, end_line)
        return self._block(BlockKind.FENCE, region, span, info=token.info.strip())

    def _table_row(self, line: int) -> Block:
        """A row with all its cells, also those beyond the header's, which tables do not show."""
        source = self._lines.texts[line].rstrip(TRIMMED)
        for start in reversed(_content_starts(source)):
            cells = _cells(source, start)
            if _are_cells(cells, self._contents):
                blanks = len(source[start:]) - len(source[start:].lstrip(TRIMMED))
                row = self._lines.cut(line, start + blanks, len(source))
                return self._row(row, tuple(self._lines.gather(line, cell) for cell in cells))
        cells_somewhere = tuple(self._lines.somewhere(line, text) for text in self._contents)
        return self._row(self._lines.somewhere(line, source), cells_somewhere)

    def _row(self, row: Region, cells: tuple[Region, ...]) -> Block:
        kind, header = BlockKind.TABLE_ROW, self._in_header
        return self._block(kind, row, row.span(), cells=cells, header=header)

    def _block(self, kind: BlockKind, region: Region, span: Span, **more: Any) -> Block:
        in_list = any(name != "blockquote_open" for name in self._around)
        return Block(kind, region, span, in_list=in_list, depth=len(self._around), **more)


def _content_starts(source: str) -> list[int]:
    """Columns at which the content of a line may begin: after each container mark before it."""
    starts = [0]
    while len(starts) <= MAX_MARKDOWN_NESTING:
        mark = _CONTAINER_MARK.match(source, starts[-1])
        if mark is None:
            break
        starts.append(mark.end())
    return starts


def _cells(source: str, start: int) -> list[list[Piece]]:
    """The cells of a table row from `start` on; `\\|` is a pipe within a cell."""
    borders = [border.start() for border in _CELL_BORDER.finditer(source, start)]
    cells = [(left + 1, right) for left, right in pairwise([start - 1, *borders, len(source)])]
    if not source[slice(*cells[0])].strip():
        del cells[0]
    if cells and not source[slice(*cells[-1])].strip():
        del cells[-1]
    return [list(_cell_pieces(source, left, right)) for left, right in cells]


def _cell_pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    text = source[start:end]
    start += len(text) - len(text.lstrip(TRIMMED))
    end = start + len(text.strip(TRIMMED))
    for pipe in _ESCAPED_PIPE.finditer(source, start, end):
        yield source[start : pipe.start()], start, pipe.start()
        yield "|", pipe.start(), pipe.end()
        start = pipe.end()
    yield source[start:end], start, end


def _are_cells(cells: list[list[Piece]], contents: list[str]) -> bool:
    """Whether the cells say what the parser read, which adds empty ones to short rows."""
    texts = ["".join(text for text, _, _ in cell) for cell in cells]
    texts += [""] * (len(contents) - len(texts))
    return texts[: len(contents)] == contents


def _dropped(lines: Lines, tokens: Iterable[Token]) -> Iterator[Problem]:
    """One problem for the first container too deep to be read."""
    for token in tokens:
        is_container = token.type in ("blockquote_open", "list_item_open")
        if is_container and token.level + 1 >= MAX_MARKDOWN_NESTING and token.map:
            yield limit_problem("nesting limit reached", lines.span(token.map[0], 0, token.map[1]))
            return


def _comments(block: Block) -> Iterator[Region]:
    if "<!--" not in block.region.text:
        return
    match block.kind:
        case BlockKind.HTML:
            yield from html_comments(block.region)
        case BlockKind.HEADING | BlockKind.PARAGRAPH | BlockKind.TABLE_ROW:
            for part in (block.region,) if not block.cells else block.cells:
                found = (one for one in inlines(part) if one.kind is InlineKind.COMMENT)
                yield from (one.region for one in found)

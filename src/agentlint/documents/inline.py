"""The inline parts of Markdown that change what a word means: code, links, comments and tags.

A small reader of the CommonMark rules that decide this, in one pass and in linear time: backslash
escapes, code spans, autolinks, HTML, then links from the inside out. Emphasis is not read. A link
by reference counts as one without a look at its definition, which may stand anywhere; a pair of
brackets alone does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from agentlint.documents.nodes import Inline, InlineKind
from agentlint.documents.pieces import Piece, gather
from agentlint.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentlint.text import Region

_SPECIAL = Pattern(r"[\\`<\[\]!]|(?<![A-Za-z0-9_])(?:https?|ftp|wss?)://", re.IGNORECASE)
_BACKTICKS = Pattern(r"`{1,262144}")
_ESCAPED = Pattern(r"\\([!-/:-@\[-`{-~])")
_AUTOLINK = Pattern(
    r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2048}"
    r"|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253})>"
)
_TAG = Pattern(
    r"<(?:[A-Za-z][A-Za-z0-9-]{0,63}"
    r"(?:\s{1,99}[A-Za-z_:@][\w.:@-]{0,99}"
    r"(?:\s{0,9}=\s{0,9}(?:\"[^\"]{0,4096}\"|'[^']{0,4096}'|[^\s\"'=<>`]{1,4096}))?){0,99}\s{0,99}/?"
    r"|/[A-Za-z][A-Za-z0-9-]{0,63}\s{0,99})>"
)
_BARE_URL = Pattern(r"[a-z]{2,5}://[!#-;=?-\[\]_a-z{}~|]{1,2048}", re.IGNORECASE)
_URL_TAIL = Pattern(r"(?:[.,:;!?'*_~|\]]|&[a-z]{2,9};){1,99}\Z", re.IGNORECASE)
_TARGET_START = Pattern(r"\([ \t\r\n]{0,99}")
_ANGLE_TARGET = Pattern(r"<((?:[^<>\r\n\\]|\\.){0,2048})>")
_TARGET_PART = Pattern(r"[^\s()\\]{1,2048}|\\.?")
_TITLE_AND_END = Pattern(
    r"(?:[ \t\r\n]{1,99}(?:\"(?:[^\"\\]|\\.){0,2048}\"|'(?:[^'\\]|\\.){0,2048}'"
    r"|\((?:[^()\\]|\\.){0,2048}\)))?[ \t\r\n]{0,99}\)",
    re.DOTALL,
)
_REFERENCE = Pattern(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_DEFINITION = Pattern(
    r"[ \t]{0,3}\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]{0,99}(?:\r\n|\r|\n)?[ \t]{0,99}"
    r"(?:<([^<>\r\n]{0,2048})>|([^\s<]\S{0,2047}))",
    re.DOTALL,
)
_REST_OF_LINE = Pattern(r"[^\r\n]{0,262144}(?:\r\n|\r|\n)?")
_MAX_PARENTHESES = 8


def inlines(region: Region) -> tuple[Inline, ...]:
    """The inline parts of a paragraph, heading or cell, in order and without overlap.

    Brackets, backticks and the like fall between the parts. TEXT and LINK_TEXT have their backslash
    escapes resolved; all other parts are as written, a comment and a tag with its delimiters.
    """
    return tuple(_Scanner(region).scan())


def html_comments(region: Region) -> Iterator[Region]:
    """Comments of raw HTML, with their delimiters; one that is not closed runs to the end."""
    text, at = region.text, 0
    while (start := text.find("<!--", at)) >= 0:
        closing = text.find("-->", start + 2)
        at = closing + 3 if closing >= 0 else len(text)
        yield region.cut(start, at)


class _Scanner:
    """Reads one text left to right; `_parts` are `[kind, start, end]`, kind None for a mark."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._text = region.text
        self._parts: list[tuple[InlineKind | None, int, int]] = []
        self._openers: list[int] = []  # indexes in _parts of "[" that may still open a link
        self._links: list[tuple[int, int]] = []  # ranges of _parts that are the text of a link
        self._last_comment_end = self._text.rfind("-->")
        self._backticks = self._runs() if "`" in self._text else {}
        self._at = 0

    def scan(self) -> Iterator[Inline]:
        self._definitions()
        flushed = self._at
        while special := _SPECIAL.search(self._text, self._at):
            start = special.start()
            self._text_part(flushed, start)
            self._at = flushed = self._special(start)
        self._text_part(flushed, len(self._text))
        return self._merge()

    def _runs(self) -> dict[int, list[int]]:
        """Where the runs of backticks of each length begin."""
        runs: dict[int, list[int]] = defaultdict(list)
        for run in _BACKTICKS.finditer(self._text):
            runs[len(run[0])].append(run.start())
        return runs

    def _definitions(self) -> None:
        """Reference definitions at the start: `[label]: target`."""
        while definition := _DEFINITION.match(self._text, self._at):
            self._parts.append((InlineKind.LINK_TEXT, *definition.span(1)))
            target = 2 if definition[2] is not None else 3
            self._parts.append((InlineKind.LINK_TARGET, *definition.span(target)))
            rest = _REST_OF_LINE.match(self._text, definition.end())
            self._at = rest.end() if rest else definition.end()
            self._text_part(definition.end(), self._at)

    def _text_part(self, start: int, end: int) -> None:
        if start < end:
            self._parts.append((InlineKind.TEXT, start, end))

    def _special(self, start: int) -> int:
        """Take in what begins at `start` and answer where it ends."""
        match self._text[start]:
            case "\\":
                end = min(start + 2, len(self._text))
                if not _ESCAPED.match(self._text, start):
                    end = start + 1
            case "`":
                return self._code_span(start)
            case "<":
                return self._angle(start)
            case "[":
                self._openers.append(len(self._parts))
                end = start + 1
            case "]":
                return self._closing_bracket(start)
            case "!":
                end = start + 1
            case _:
                return self._bare_url(start)
        self._text_part(start, end)
        return end

    def _code_span(self, start: int) -> int:
        run = _BACKTICKS.match(self._text, start)
        end = run.end() if run else start + 1
        closers = self._backticks.get(end - start, [])
        index = bisect_left(closers, end)
        if index == len(closers):
            self._text_part(start, end)
            return end
        closing = closers[index]
        self._parts.append((None, start, end))
        self._parts.append((InlineKind.CODE, end, closing))
        self._parts.append((None, closing, closing + end - start))
        return closing + end - start

    def _angle(self, start: int) -> int:
        if self._text.startswith("<!--", start) and start + 2 <= self._last_comment_end:
            end = self._text.index("-->", start + 2) + 3
            self._parts.append((InlineKind.COMMENT, start, end))
        elif autolink := _AUTOLINK.match(self._text, start):
            end = autolink.end()
            self._parts.append((InlineKind.AUTOLINK, start + 1, end - 1))
        elif tag := _TAG.match(self._text, start):
            end = tag.end()
            self._parts.append((InlineKind.HTML, start, end))
        else:
            end = start + 1
            self._text_part(start, end)
        return end

    def _bare_url(self, start: int) -> int:
        url = _BARE_URL.match(self._text, start)
        if url is None:
            end = self._text.index("//", start) + 2
            self._text_part(start, end)
            return end
        end = start + len(_trim_url(url[0]))
        self._parts.append((InlineKind.AUTOLINK, start, end))
        return end

    def _closing_bracket(self, start: int) -> int:
        opener = self._openers.pop() if self._openers else None
        target = None if opener is None else self._target(start + 1)
        if opener is None or target is None:
            self._text_part(start, start + 1)
            return start + 1
        (target_start, target_end), end = target
        opened = self._parts[opener][1]
        is_image = opener > 0 and self._parts[opener - 1] == (InlineKind.TEXT, opened - 1, opened)
        is_image = is_image and self._text[opened - 1] == "!"
        self._parts[opener] = (None, opened, opened + 1)
        self._links.append((opener, len(self._parts)))
        self._parts.append((None, start, target_start))
        self._parts.append((InlineKind.LINK_TARGET, target_start, target_end))
        self._parts.append((None, target_end, end))
        if is_image:
            self._parts[opener - 1] = (None, opened - 1, opened)
        else:
            self._openers.clear()  # a link holds no other link, an image may
        return end

    def _target(self, at: int) -> tuple[tuple[int, int], int] | None:
        """The span of a link's target after its closing bracket, and where the whole link ends."""
        if start := _TARGET_START.match(self._text, at):
            inside = start.end()
            if angle := _ANGLE_TARGET.match(self._text, inside):
                span, after = angle.span(1), angle.end()
            else:
                after = self._target_end(inside)
                span = (inside, after)
            end = _TITLE_AND_END.match(self._text, after)
            return (span, end.end()) if end else None
        reference = _REFERENCE.match(self._text, at)
        return (reference.span(1), reference.end()) if reference and reference[1].strip() else None

    def _target_end(self, at: int) -> int:
        """Where a target without angle brackets ends: at a blank or an unpaired parenthesis."""
        depth = 0
        while at < len(self._text):
            if part := _TARGET_PART.match(self._text, at):
                at = part.end()
                continue
            here = self._text[at]
            depth += {"(": 1, ")": -1}.get(here, 0)
            if here not in "()" or depth < 0 or depth > _MAX_PARENTHESES:
                break
            at += 1
        return at

    def _merge(self) -> Iterator[Inline]:
        """The parts with neighbouring text joined, and the text inside links marked as theirs."""
        depth_changes = [0] * (len(self._parts) + 1)
        for first, last in self._links:
            depth_changes[first] += 1
            depth_changes[last] -= 1
        depth = 0
        pending: tuple[InlineKind, int, int] | None = None
        for (kind, start, end), change in zip(self._parts, depth_changes, strict=False):
            depth += change
            is_link_text = kind is InlineKind.TEXT and depth > 0
            here = InlineKind.LINK_TEXT if is_link_text else kind
            if pending and pending[0] is here and pending[2] == start and here in _JOINED:
                pending = (pending[0], pending[1], end)
                continue
            if pending:
                yield self._inline(*pending)
            pending = None if here is None else (here, start, end)
        if pending:
            yield self._inline(*pending)

    def _inline(self, kind: InlineKind, start: int, end: int) -> Inline:
        if kind not in _JOINED or "\\" not in self._text[start:end]:
            return Inline(kind, self._region.cut(start, end))
        return Inline(kind, gather(self._region, _unescape(self._text, start, end), start))


_JOINED = (InlineKind.TEXT, InlineKind.LINK_TEXT)


def _unescape(text: str, start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    for escape in _ESCAPED.finditer(text, start, end):
        pieces.append((text[start : escape.start()], start, escape.start()))
        pieces.append((escape[1], escape.start(), escape.end()))
        start = escape.end()
    return [*pieces, (text[start:end], start, end)]


def _trim_url(url: str) -> str:
    """Without the punctuation that ends a sentence and parentheses that the URL does not open."""
    while True:
        trimmed = _URL_TAIL.sub("", url)
        if trimmed.endswith(")") and trimmed.count(")") > trimmed.count("("):
            trimmed = trimmed[:-1]
        if trimmed == url:
            return url
        url = trimmed

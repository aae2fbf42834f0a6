"""What a Dockerfile sets: `ENV NAME=value`, the older `ENV NAME value`, and `ARG NAME=default`.

One mapping for what stands before the first stage, and one for each stage: what one sets, the next knows
nothing of. All other instructions are passed over, with the lines and the heredocs that belong to them, and
nothing in them is a fault. `$NAME` and `${NAME:-default}` stay as written.

https://docs.docker.com/reference/dockerfile/, and parser.go, line_parsers.go and lex.go of BuildKit
(https://github.com/moby/buildkit/tree/v0.25.0/frontend/dockerfile), which read it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from agentlint.documents.limits import MAX_CHARACTERS, size_problem
from agentlint.documents.nodes import DataDocument, Entry, Mapping, Scalar, ScalarKind
from agentlint.documents.pieces import Piece, gather
from agentlint.text import Pattern, line_starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentlint.text import Region

_LANGUAGE = "dockerfile"
_ESCAPES = "\\`"
_DIRECTIVE = Pattern(
    r"#[ \t]{0,99}(?P<name>[a-z]{1,20})[ \t]{0,99}=[ \t]{0,99}(?P<value>\S{1,200})", re.IGNORECASE
)
_INSTRUCTION = Pattern(
    r"(?:ONBUILD[ \t]{1,99})?(?P<word>ENV|ARG|FROM|RUN|COPY|ADD)(?=[ \t]|\Z)", re.IGNORECASE
)
_HEREDOC = Pattern(
    r"(?<!\S)\d{0,3}<<(?P<tabs>-?)(?P<quote>[\"']?)(?P<end>[A-Za-z_][\w.-]{0,99})(?P=quote)"
)
_NAME = Pattern(r"[A-Za-z_][\w.-]{0,999}")
_BLANK = Pattern(rf"[ \t]{{0,{MAX_CHARACTERS}}}")
_UNQUOTED = Pattern(rf"[^\s\"'\\`]{{1,{MAX_CHARACTERS}}}")
# What an escape means in double quotes, beside itself.
_ESCAPED_IN_QUOTES = '"$'


def parse(region: Region) -> DataDocument:
    """A mapping of strings for each stage that sets any; nothing is a problem but the size."""
    too_large = size_problem(region)
    if too_large:
        return DataDocument(_LANGUAGE, region, problems=(too_large,))
    reader = _Reader(region)
    reader.read()
    roots = tuple(Mapping(tuple(stage), region.span()) for stage in reader.stages if stage)
    return DataDocument(_LANGUAGE, region, roots, tuple(reader.comments))


class _Reader:
    def __init__(self, region: Region) -> None:
        self.stages: list[list[Entry]] = [[]]
        self.comments: list[Region] = []
        self._region = region
        self._text = region.text
        starts = line_starts(self._text)
        ends = [*starts[1:], len(self._text)]
        self._lines = [
            (start, _end(self._text, start, end)) for start, end in zip(starts, ends, strict=True)
        ]
        self._escape = _ESCAPES[0]

    def read(self) -> None:
        at = self._directives()
        while at < len(self._lines):
            pieces, at = self._instruction(at)
            line = gather(self._region, pieces, pieces[0][1]) if pieces else None
            instruction = _INSTRUCTION.match(line.text) if line else None
            if line is None or instruction is None:
                continue
            match instruction["word"].upper():
                case "FROM":
                    self.stages.append([])
                case "ENV" | "ARG" as word:
                    words = _Words(line, self._escape)
                    self.stages[-1] += words.entries(instruction.end(), may_be_old=word == "ENV")
                case _:
                    at = self._after_heredocs(line.text, at)

    def _directives(self) -> int:
        """Read what stands above all else and answer which line comes after it."""
        for number, (start, end) in enumerate(self._lines):
            directive = _DIRECTIVE.match(self._text, start, end)
            if directive is None:
                return number
            if directive["name"].lower() == "escape" and directive["value"] in _ESCAPES:
                self._escape = directive["value"]
            self.comments.append(self._region.cut(start, end))
        return len(self._lines)

    def _instruction(self, at: int) -> tuple[list[Piece], int]:
        """The text of the instruction that begins at a line, without what joins its lines, and the line
        after it. Comments and empty lines within it are none of it."""
        pieces: list[Piece] = []
        while at < len(self._lines):
            start, end = self._lines[at]
            at += 1
            said = self._text[start:end]
            if said.lstrip().startswith("#"):
                self.comments.append(self._region.cut(end - len(said.lstrip()), end))
                if not pieces:
                    break
                continue
            if not said.strip():
                if not pieces:
                    break
                continue
            kept = said.rstrip(" \t")
            goes_on = kept.endswith(self._escape) and not kept.endswith(self._escape * 2)
            first = start if pieces else end - len(said.lstrip())
            last = start + len(kept) - 1 if goes_on else end
            pieces.append((self._text[first:last], first, last))
            if not goes_on:
                break
        return pieces, at

    def _after_heredocs(self, line: str, at: int) -> int:
        """The line after the heredocs that an instruction opens; of one that has no end, the next one."""
        for opened in _HEREDOC.finditer(line) if "<<" in line else ():
            ends = self._ends[opened["end"], bool(opened["tabs"])]
            found = bisect_left(ends, at)
            if found == len(ends):
                return at
            at = ends[found] + 1
        return at

    @cached_property
    def _ends(self) -> defaultdict[tuple[str, bool], list[int]]:
        """The lines that may end a heredoc, by its name and whether tabs may stand before that."""
        ends: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
        for number, (start, end) in enumerate(self._lines):
            said = self._text[start:end]
            ends[said, False].append(number)
            ends[said.lstrip("\t"), True].append(number)
        return ends


def _end(text: str, start: int, end: int) -> int:
    """Where what a line says ends, without its line break."""
    return start + len(text[start:end].rstrip("\r\n"))


class _Words:
    """The words of one instruction, whose text may come from several lines."""

    def __init__(self, line: Region, escape: str) -> None:
        self._line = line
        self._text = line.text
        self._escape = escape

    def entries(self, at: int, *, may_be_old: bool) -> Iterator[Entry]:
        """What stands behind the name of the instruction."""
        words = list(self._words(at))
        first = words[0] if words else (at, at)
        if may_be_old and "=" not in self._text[slice(*first)]:
            name = _NAME.fullmatch(self._text, *first)
            last = words[-1][1] if words else at
            start = words[1][0] if len(words) > 1 else last
            if name and start < last:
                yield Entry(self._scalar(*first), self._value(start, last))
            return
        for start, end in words:
            name = _NAME.match(self._text, start, end)
            if name and self._text[name.end() : name.end() + 1] == "=":
                yield Entry(self._scalar(*name.span()), self._value(name.end() + 1, end))

    def _words(self, at: int) -> Iterator[tuple[int, int]]:
        while True:
            at = _after(_BLANK, self._text, at)
            if at >= len(self._text):
                return
            end = self._end_of_word(at)
            yield at, end
            at = max(end, at + 1)

    def _end_of_word(self, at: int) -> int:
        """Blanks in quotes, or behind an escape, do not end a word."""
        text, quote = self._text, ""
        while at < len(text):
            mark = text[at]
            if mark == self._escape and quote != "'":
                at += 2
                continue
            if quote:
                quote = "" if mark == quote else quote
            elif mark in "\"'":
                quote = mark
            elif mark.isspace():
                return at
            at = max(at + 1, _after(_UNQUOTED, text, at))
        return len(text)

    def _value(self, start: int, end: int) -> Scalar:
        outer = self._line.span(start, end)
        raw = self._text[start:end]
        if not any(mark in raw for mark in ("'", '"', self._escape)):
            region = self._line.cut(start, end)
        else:
            region = gather(self._line, list(self._unquoted(start, end)), start)
        return Scalar(ScalarKind.STRING, region, outer)

    def _unquoted(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of a value, without its quotes and escapes."""
        text, quote, begun, at = self._text, "", start, start
        while at < end:
            mark = text[at]
            if mark == self._escape and quote != "'" and at + 1 < end:
                if not quote or text[at + 1] in (*_ESCAPED_IN_QUOTES, self._escape):
                    yield text[begun:at], begun, at
                    yield text[at + 1], at, at + 2
                    begun = at + 2
                at += 2
            elif mark == quote or (not quote and mark in "\"'"):
                yield text[begun:at], begun, at
                quote = "" if quote else mark
                begun = at = at + 1
            else:
                at = min(end, max(at + 1, _after(_UNQUOTED, text, at)))
        yield text[begun:end], begun, end

    def _scalar(self, start: int, end: int) -> Scalar:
        region = self._line.cut(start, end)
        return Scalar(ScalarKind.STRING, region, region.span())


def _after(pattern: Pattern, text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at

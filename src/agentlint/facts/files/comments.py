"""The comments of a file, and the lines that a suppression in one of them is meant for.

A comment behind something is meant for its own line. A comment alone on its lines is meant for the next
line that says something, empty lines and further comments say nothing, and for all of the part of the file
that begins there: a paragraph, an item of a list, a setting, a statement. Where a text of several lines
begins there (a fence, a block scalar, a command of a shell), or ends just before the comment, the comment
is meant for the whole of it, since many such texts can hold no comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct

from agentlint.documents import (
    Block,
    BlockKind,
    DataDocument,
    MarkdownDocument,
    Node,
    Scalar,
    walk,
)
from agentlint.documents.code import CodeDocument
from agentlint.facts.credentials.marks import may_mark, read_marks
from agentlint.facts.files.data_facts import MAX_EMBEDDING, embedded
from agentlint.facts.files.parts import Part, data_parts, markdown_parts, program_parts
from agentlint.facts.pipelines.scripts import Script, scripts, shell_script
from agentlint.facts.source import Source
from agentlint.facts.suppression import Reach, Suppression, may_suppress, read_suppressions
from agentlint.facts.wording import fences
from agentlint.text import Pattern, Region, SourceFile, Span

_SUPPRESSION_LINE = Pattern(
    r"(?P<opener>#|//|/\*|<!--)[^\n\r]{0,200}?"
    r"(?P<mark>[Aa]gent[Ll]int\s?:|(?:leaks|kingfisher|trufflehog):|pragma:|ggignore|secretlint-)[^\n\r]{0,500}"
)
_CLOSERS = {"<!--": "-->", "/*": "*/"}
_COMMENT_LINE = Pattern(r"^[ \t]{0,200}(?P<comment>(?:#(?=[ \t])|//)[^\r\n]{0,2000})", re.MULTILINE)
_VISIBLE = Pattern(r"[^\r\n]")
# What may stand before a comment that has its line for itself: marks of quotes and of items.
_MARKS = Pattern(r"(?:[ \t>*+-]|[0-9]{1,9}[.)](?![^ \t])){0,400}")


class _Commented(Struct, frozen=True):
    """Comments, those for other readers among them, the places of texts of several lines, and the
    parts."""

    comments: tuple[Region, ...]
    texts: tuple[Span, ...] = ()
    parts: tuple[Part, ...] = ()


def suppressions(
    document: DataDocument | MarkdownDocument | CodeDocument,
    file: SourceFile,
    source: Source,
    *,
    is_broken: bool,
    in_unread: bool,
) -> Iterator[Suppression]:
    """Those in the comments of a file; in a broken one, in whatever looks like a comment."""
    read = [*_read(document, source)]
    if is_broken:
        read.append(_Commented(tuple(_comment_lines(Region.whole(file.text)))))
    comments = [comment for one in read for comment in one.comments]
    telling = [c for c in comments if may_suppress(c.text) or may_mark(c.text)]
    if not telling:
        return
    if isinstance(document, CodeDocument):
        statements = tuple(program_parts(document))
        heads = tuple(part.span for part in statements if part.is_leaf)
        read.append(_Commented((), heads, statements))
    lines = _Lines(file, [comment.span() for comment in comments], read)
    seen: set[Span] = set()
    for comment in telling:
        span = comment.span()
        read_here = chain(
            read_suppressions(file.path, comment, lines.meant_by(span), in_unread=in_unread),
            read_marks(file.path, comment, lines.of(span), lines.below(span)),
        )
        for found in read_here:
            if found.span not in seen:
                seen.add(found.span)
                yield found


def _read(
    document: DataDocument | MarkdownDocument | CodeDocument, source: Source
) -> Iterator[_Commented]:
    match document:
        case DataDocument():
            yield from _data_parts(document, source)
        case MarkdownDocument(front_matter=front_matter, blocks=blocks):
            yield _Commented(document.comments, (), tuple(markdown_parts(blocks)))
            if front_matter:
                yield from _data_parts(front_matter, source)
            for block in blocks:
                if block.kind in (BlockKind.FENCE, BlockKind.INDENTED_CODE):
                    yield _sample(block)
        case CodeDocument():
            yield _Commented(document.comments)


def _data_parts(document: DataDocument, source: Source, depth: int = 0) -> Iterator[_Commented]:
    yield _Commented(document.comments)
    for root in document.roots:
        yield _Commented((), tuple(_values(root)), tuple(data_parts(root)))
        if depth == 0:
            yield from map(_of_script, scripts(root, source))
        for text in embedded(root) if depth < MAX_EMBEDDING else ():
            yield from _data_parts(text, source, depth + 1)


def _values(root: Node) -> Iterator[Span]:
    return (node.outer for _, node in walk(root) if isinstance(node, Scalar))


def _of_script(script: Script) -> _Commented:
    return _Commented(script.comments, script.commands)


def _sample(block: Block) -> _Commented:
    """A fence or indented code, whatever its language: what looks like a comment in it is taken for one
    where it speaks to agentlint."""
    script = shell_script(block.region) if block.language in fences.POSIX_SHELLS else Script(())
    marked = [*_comment_lines(block.region)]
    if block.language not in fences.PROSE:
        found = _COMMENT_LINE.finditer(block.region.text)
        marked += (block.region.cut(*line.span("comment")) for line in found)
    return _Commented((*marked, *script.comments), (block.span, *script.commands))


def _comment_lines(region: Region) -> Iterator[Region]:
    """What looks like a comment and speaks to agentlint, in a text that nobody parses."""
    at = 0
    while found := _SUPPRESSION_LINE.search(region.text, at):
        closer = _CLOSERS.get(found["opener"])
        closed = region.text.find(closer, found.end("opener"), found.end()) if closer else -1
        at = closed + len(closer or "") if closed >= 0 else found.end()
        if at > found.start("mark"):
            yield region.cut(found.start(), at)


class _Lines:
    """The lines of a file, by what they say besides their comments."""

    def __init__(
        self, file: SourceFile, comments: Iterable[Span], read: Iterable[_Commented]
    ) -> None:
        self._file = file
        ordered = sorted(comments)
        commented = {line for one in ordered for line in self._lines_of(one)}
        blanked = SourceFile(file.path, _blanked(file.text, ordered))
        self._says = [
            False,
            *(
                _says(blanked.line_text(line), commented=line in commented)
                for line in range(1, file.line_count + 1)
            ),
        ]
        self._next = self._following()
        self._opened: dict[int, int] = {}
        self._closed: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
        self._begun: defaultdict[int, list[tuple[Part, int]]] = defaultdict(list)
        self._within: dict[int, tuple[int, int]] = {}
        for one in read:
            for text in one.texts:
                self._take(text)
            for part in one.parts:
                self._take_part(part)

    def meant_by(self, comment: Span) -> Reach:
        lines = self._lines_of(comment)
        first, last = lines[0], lines[-1]
        is_alone = not self._says[first] and not self._says[last]
        if is_alone:
            last = self._next[last] or last
        else:
            closed = self._closed.get(first, ())
            first = min((opened for end, opened in closed if end <= comment.start), default=first)
        begun = self._begun.get(last, ())
        whole = (end for part, end in begun if part.is_one)
        if not is_alone:
            whole = (end for part, end in begun if part.is_one and comment.start < part.inside)
        around = self._within.get(last, (first, last))
        return Reach(
            first,
            max((self._opened.get(last, last), *whole)),
            min(first, around[0]),
            max((around[1], *(end for _, end in begun))),
        )

    def of(self, comment: Span) -> Reach:
        """The line of a comment, and those of a text that begins there, or ends right before it."""
        line = self._lines_of(comment)[-1]
        closed = self._closed.get(line, ())
        first = min((opened for end, opened in closed if end <= comment.start), default=line)
        last = self._opened.get(line, line)
        return Reach(first, last, first, last)

    def below(self, comment: Span) -> Reach:
        """The line right below a comment, and those of a text that begins there."""
        line = self._lines_of(comment)[-1] + 1
        last = self._opened.get(line, line)
        return Reach(line, last, line, last)

    def _lines_of(self, span: Span) -> range:
        start = self._file.position(span.start).line
        return range(start, self._file.position(max(span.start, span.end - 1)).line + 1)

    def _following(self) -> list[int]:
        """For each line, the next that says something; 0 where none does."""
        following = [0] * len(self._says)
        for line in range(len(self._says) - 1, 0, -1):
            following[line - 1] = line if self._says[line] else following[line]
        return following

    def _take(self, text: Span) -> None:
        """Remember where a text of several lines begins and ends."""
        lines, end = self._said_in(text)
        first, last = lines[0], lines[-1]
        if first < last:
            self._opened[first] = max(last, self._opened.get(first, 0))
            self._closed[last].add((end, first))

    def _take_part(self, part: Part) -> None:
        """Remember where a part of several lines begins and ends."""
        lines, _ = self._said_in(part.span)
        first, last = lines[0], lines[-1]
        if first < last:
            self._begun[first].append((part, last))
        if part.is_leaf:
            self._within.update(dict.fromkeys(lines, (first, last)))

    def _said_in(self, text: Span) -> tuple[range, int]:
        """The lines of a text, and where it ends, without the blanks behind it."""
        end = text.start + len(text.cut(self._file.text).rstrip())
        return self._lines_of(Span(text.start, end)), end


def _blanked(text: str, comments: Iterable[Span]) -> str:
    """The text with blanks for its comments, which are in order."""
    parts: list[str] = []
    at = 0
    for comment in comments:
        if comment.end > at:
            start = max(at, comment.start)
            parts += text[at:start], _VISIBLE.sub(" ", text[start : comment.end])
            at = comment.end
    return "".join((*parts, text[at:]))


def _says(line: str, *, commented: bool) -> bool:
    """Whether a line says anything, given blanks for its comments."""
    said = line.strip(" \t>")
    return bool(said) and not (commented and _MARKS.fullmatch(said))

"""Where a comment may suppress a finding, in the syntax of its place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from agentlint.discovery import FileKind
from agentlint.documents import (
    Block,
    BlockKind,
    DataDocument,
    MarkdownDocument,
    Scalar,
    data_language,
    parse,
    walk,
)
from agentlint.findings import Edit, Finding
from agentlint.text import Region, SourceFile, Span

_LINE_COMMENTS = {
    **dict.fromkeys("yaml yml toml py python sh bash shell console zsh env dotenv".split(), "#"),
    **dict.fromkeys("jsonc json5 js javascript ts typescript go rust java c cpp".split(), "//"),
}
_PROSE = (FileKind.INSTRUCTION, FileKind.DOCUMENT)
_NO_COMMENTS = ("json", "jsonl", "ndjson", "ipynb", "csv", "text", "txt")


class Commentary(Struct, frozen=True, dict=True):
    """The comments that one file of a kind has room for."""

    source: SourceFile
    kind: str

    def suppressing(self, finding: Finding) -> tuple[Edit, ...]:
        """Comments that may suppress a finding, the more usual one for its place first."""
        return tuple(self._suppressing(finding))

    def _suppressing(self, finding: Finding) -> Iterator[Edit]:
        source, here = self.source, Span(finding.span.start, finding.span.start)
        syntax = self._syntax(here)
        comment = _comment(finding.rule, syntax)
        line = source.position(here.start).line
        if comment:
            end = source.line_span(line).start + len(source.line_text(line).rstrip())
            behind = Edit(Span(end, end), f" {comment}")
            above = self._above(self._first_of_joined(line), comment)
            # Some readers take a comment behind a value for a part of it; a line above splits a paragraph.
            likely = (behind, above) if comment.startswith("<!--") else (above, behind)
            goes_on = source.line_text(line).endswith("\\")
            yield from (edit for edit in likely if edit is above or not goes_on)
        around = self._around(here)
        if around:
            opener = "<!--" if self.kind in _PROSE else syntax
            outer = _comment(finding.rule, opener)
            if outer:
                yield self._above(source.position(around.start).line, outer)

    def _above(self, line: int, comment: str) -> Edit:
        text, start = self.source.line_text(line), self.source.line_span(line).start
        indent = text[: len(text) - len(text.lstrip(" \t"))]
        newline = "\r\n" if "\r\n" in self.source.text else "\n"
        return Edit(Span(start, start), f"{indent}{comment}{newline}")

    def _first_of_joined(self, line: int) -> int:
        """The first of the lines that backslashes join with this one: no comment can stand between them."""
        while line > 1 and self.source.line_text(line - 1).endswith("\\"):
            line -= 1
        return line

    def _syntax(self, here: Span) -> str | None:
        """What begins a comment at a place: `<!--`, `#` or `//`, None where no comment can stand."""
        if self.kind not in _PROSE:
            name = self.source.path.rpartition("/")[2].lower()
            return _line_comment(name.rpartition(".")[2] if "." in name else "env")
        front = self._markdown.front_matter
        if front and front.region.span().contains(here):
            return "#"
        fence = self._fence(here)
        return _line_comment(fence.language) if fence else "<!--"

    def _around(self, here: Span) -> Span | None:
        """The fence of Markdown, or the value of several lines, that a place is in."""
        if self.kind in _PROSE:
            fence = self._fence(here)
            return fence.span if fence else None
        return next((value for value in self._values if value.contains(here)), None)

    def _fence(self, here: Span) -> Block | None:
        blocks = (block for block in self._markdown.blocks if block.kind is BlockKind.FENCE)
        return next((block for block in blocks if block.span.contains(here)), None)

    @cached_property
    def _markdown(self) -> MarkdownDocument:
        document = parse("markdown", Region.whole(self.source.text))
        assert isinstance(document, MarkdownDocument)
        return document

    @cached_property
    def _values(self) -> tuple[Span, ...]:
        """The values of a config, none of a file that is no tree of them."""
        language = data_language(self.source.path.rpartition(".")[2])
        data = parse(language, Region.whole(self.source.text)) if language else None
        if not isinstance(data, DataDocument):
            return ()
        nodes = (node for root in data.roots for _, node in walk(root))
        return tuple(node.outer for node in nodes if isinstance(node, Scalar))


def _comment(rule: str, syntax: str | None) -> str | None:
    body = f"agentlint: ignore[{rule}]"
    if syntax is None:
        return None
    return f"<!-- {body} -->" if syntax == "<!--" else f"{syntax} {body}"


def _line_comment(language: str) -> str | None:
    return None if language in _NO_COMMENTS else _LINE_COMMENTS.get(language, "#")

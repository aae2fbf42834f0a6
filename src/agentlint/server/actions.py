"""Code actions: apply a finding's fix, or suppress it with a comment in the syntax of its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from lsprotocol.types import CodeAction, CodeActionKind, TextEdit, WorkspaceEdit
from msgspec import Struct

from agentlint.discovery import FileKind
from agentlint.documents import (
    BlockKind,
    DataDocument,
    MarkdownDocument,
    Scalar,
    data_language,
    parse,
    walk,
)
from agentlint.engine.suppress import INVALID, UNUSED
from agentlint.engine.workspace import Snapshot
from agentlint.findings import Applicability, Edit, Finding
from agentlint.reporters.safe import safe
from agentlint.server.positions import Positions
from agentlint.text import Region, SourceFile, Span

FIX_ALL = "source.fixAll.agentlint"
_MOST_OFFERED = 10
_LINE_COMMENTS = {
    **dict.fromkeys("yaml yml toml py python sh bash shell console zsh env dotenv".split(), "#"),
    **dict.fromkeys("jsonc json5 js javascript ts typescript go rust java c cpp".split(), "//"),
}
_PROSE = (FileKind.INSTRUCTION, FileKind.DOCUMENT)
_NO_COMMENTS = ("json", "jsonl", "ndjson", "ipynb", "csv", "text", "txt")


class Offer(Struct, frozen=True):
    """Code actions for one file. `tried` checks the root with another text in the file's place."""

    path: str
    uri: str
    snapshot: Snapshot
    encoding: str
    tried: Callable[[str], Snapshot]

    def actions(self, span: Span) -> list[CodeAction]:
        """What may be done about the findings that `span` touches."""
        touched = [
            f for f in self._findings() if f.span.start <= span.end and span.start <= f.span.end
        ]
        actions: list[CodeAction] = []
        for finding in touched[:_MOST_OFFERED]:
            actions += self._fixes(finding)
            actions += self._suppressions(finding)
        return actions

    def fix_all(self) -> list[CodeAction]:
        """One action with every safe fix of the file, none where there is none."""
        fixes = (f.fix for f in self._findings() if f.fix)
        edits = [fix.edits for fix in fixes if fix.applicability is Applicability.SAFE]
        apart = [edit for group in _apart(edits) for edit in group]
        if not apart:
            return []
        title = "Apply every safe fix of agentlint"
        return [CodeAction(title, kind=FIX_ALL, edit=self._edit(apart))]

    def _findings(self) -> Iterator[Finding]:
        return (f for f in self.snapshot.report.findings if f.path == self.path)

    def _fixes(self, finding: Finding) -> Iterator[CodeAction]:
        fix = finding.fix
        if fix:
            is_safe, title = fix.applicability is Applicability.SAFE, safe(fix.title)
            yield CodeAction(
                title=f"{title} ({finding.rule})" if is_safe else f"{title} (unsafe)",
                kind=CodeActionKind.QuickFix,
                is_preferred=is_safe,
                edit=self._edit(fix.edits),
            )

    def _suppressions(self, finding: Finding) -> Iterator[CodeAction]:
        """The first comment that hides the finding, changes no other and breaks nothing."""
        source = self.snapshot.collected.sources[self.path]
        if finding.rule in (UNUSED, INVALID):
            return
        for edit in _comments(finding, source, self._kind()):
            after = self.tried(_with(source.text, edit))
            if _hides(finding, self.snapshot, after):
                yield CodeAction(
                    title=f"Suppress {finding.rule} here",
                    kind=CodeActionKind.QuickFix,
                    edit=self._edit([edit]),
                )
                return

    def _kind(self) -> str:
        file = self.snapshot.collected.project.file(self.path)
        return file.kind if file else FileKind.CONFIG

    def _edit(self, edits: Iterable[Edit]) -> WorkspaceEdit:
        places = Positions(self.snapshot.collected.sources[self.path], self.encoding)
        changes = [TextEdit(places.range(edit.span), edit.text) for edit in edits]
        return WorkspaceEdit(changes={self.uri: changes})


def _apart(groups: Iterable[tuple[Edit, ...]]) -> Iterator[tuple[Edit, ...]]:
    """The groups of edits that touch no edit of an earlier one."""
    taken: list[Span] = []
    for group in groups:
        spans = [edit.span for edit in group]
        if not any(a.start <= b.end and b.start <= a.end for a in spans for b in taken):
            taken += spans
            yield group


def _comments(finding: Finding, source: SourceFile, kind: str) -> Iterator[Edit]:
    """Comments that may suppress a finding, the more usual one for its place first."""
    syntax = _syntax(finding.span, source, kind)
    comment = _comment(finding.rule, syntax)
    line = source.position(finding.span.start).line
    if comment:
        end = source.line_span(line).start + len(source.line_text(line).rstrip())
        behind = Edit(Span(end, end), f" {comment}")
        above = _above(_first_of_joined(line, source), comment, source)
        # Some readers take a comment behind a value for a part of it; a line above splits a paragraph.
        likely = (behind, above) if comment.startswith("<!--") else (above, behind)
        goes_on = source.line_text(line).endswith("\\")
        yield from (edit for edit in likely if edit is above or not goes_on)
    around = _around(finding.span, source, kind)
    if around:
        opener = "<!--" if kind in _PROSE else syntax
        outer = _comment(finding.rule, opener)
        if outer:
            yield _above(source.position(around.start).line, outer, source)


def _above(line: int, comment: str, source: SourceFile) -> Edit:
    text, start = source.line_text(line), source.line_span(line).start
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    newline = "\r\n" if "\r\n" in source.text else "\n"
    return Edit(Span(start, start), f"{indent}{comment}{newline}")


def _first_of_joined(line: int, source: SourceFile) -> int:
    """The first of the lines that backslashes join with this one: no comment can stand between them."""
    while line > 1 and source.line_text(line - 1).endswith("\\"):
        line -= 1
    return line


def _around(span: Span, source: SourceFile, kind: str) -> Span | None:
    """The fence of Markdown, or the value of several lines, that a finding stands in."""
    here = Span(span.start, span.start)
    if kind in _PROSE:
        document = parse("markdown", Region.whole(source.text))
        assert isinstance(document, MarkdownDocument)
        fences = (block.span for block in document.blocks if block.kind is BlockKind.FENCE)
        return next((fence for fence in fences if fence.contains(here)), None)
    language = data_language(source.path.rpartition(".")[2])
    data = parse(language, Region.whole(source.text)) if language else None
    if not isinstance(data, DataDocument):
        return None
    nodes = (node for root in data.roots for _, node in walk(root))
    values = (node.outer for node in nodes if isinstance(node, Scalar))
    return next((value for value in values if value.contains(here)), None)


def _comment(rule: str, syntax: str | None) -> str | None:
    body = f"agentlint: ignore[{rule}]"
    if syntax is None:
        return None
    return f"<!-- {body} -->" if syntax == "<!--" else f"{syntax} {body}"


def _syntax(span: Span, source: SourceFile, kind: str) -> str | None:
    """What begins a comment at a place: `<!--`, `#` or `//`, None where no comment can stand."""
    if kind not in _PROSE:
        name = source.path.rpartition("/")[2].lower()
        return _line_comment(name.rpartition(".")[2] if "." in name else "env")
    document = parse("markdown", Region.whole(source.text))
    assert isinstance(document, MarkdownDocument)
    front = document.front_matter
    if front and front.region.span().contains(Span(span.start, span.start)):
        return "#"
    for block in document.blocks:
        if block.kind is BlockKind.FENCE and block.span.contains(Span(span.start, span.start)):
            return _line_comment(block.language)
    return "<!--"


def _line_comment(language: str) -> str | None:
    return None if language in _NO_COMMENTS else _LINE_COMMENTS.get(language, "#")


def _with(text: str, edit: Edit) -> str:
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


def _hides(finding: Finding, before: Snapshot, after: Snapshot) -> bool:
    """Whether the rule is silent on the finding's line, and everything else is said as before."""
    source = before.collected.sources[finding.path]
    line = source.position(finding.span.start).line
    silenced = [
        other
        for other in before.report.findings
        if (other.path, other.rule) == (finding.path, finding.rule)
        and source.position(other.span.start).line == line
    ]
    others = (other for other in before.report.findings if other not in silenced)
    return _told(others, before) == _told(after.report.findings, after)


def _told(findings: Iterable[Finding], snapshot: Snapshot) -> Counter[tuple[str, str]]:
    """How often each rule and each notice speaks of each file."""
    said = Counter((finding.path, finding.rule) for finding in findings)
    said.update((notice.path, str(notice.kind)) for notice in snapshot.report.notices)
    return said

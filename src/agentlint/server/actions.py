"""Code actions: apply a finding's fix, or suppress it with a comment in the syntax of its place.

Nothing is offered that was not tried: what an action would leave is checked first, and a fix has to prove
what it has to under `--fix`.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from functools import cached_property

from lsprotocol.types import CodeAction, CodeActionKind, TextEdit, WorkspaceEdit
from msgspec import Struct, field

from agentlint.discovery import FileKind
from agentlint.engine.proof import Trial, proved_text
from agentlint.engine.suppress import INVALID, UNUSED
from agentlint.engine.workspace import Snapshot
from agentlint.findings import Applicability, Edit, Finding, Notice
from agentlint.fixes import Applied, choose
from agentlint.reporters.report import Report
from agentlint.reporters.safe import safe
from agentlint.server.comments import Commentary
from agentlint.server.positions import Positions
from agentlint.text import SourceFile, Span

FIX_ALL = "source.fixAll.agentlint"
MOST_TRIALS = 20
"""How often the root is checked to tell which fixes of a file hold together."""
_MOST_OFFERED = 10


class Offer(Struct, frozen=True, dict=True):
    """Code actions for one file. `tried` checks the root with another text in the file's place.

    What was told of a finding is remembered, since clients ask with every move of the cursor. Parsing runs
    in a thread as checks do; between two of them a client may take its request back.
    """

    path: str
    uri: str
    snapshot: Snapshot
    encoding: str
    tried: Callable[[str], Awaitable[Report]]
    _known: dict[Finding, list[CodeAction]] = field(default_factory=dict)

    async def actions(self, span: Span) -> list[CodeAction]:
        """What may be done about the findings that `span` touches."""
        touched = [finding for finding in self._findings() if finding.span.meets(span)]
        actions: list[CodeAction] = []
        for finding in touched[:_MOST_OFFERED]:
            if finding not in self._known:
                fixes = await self._fixes(finding)
                self._known[finding] = [*fixes, *await self._suppressions(finding)]
            actions += self._known[finding]
        return actions

    async def fix_all(self) -> list[CodeAction]:
        """One action with the safe fixes of the file that hold together, none where there is none."""
        applied = await self._applied_together(choose(filter(_is_safe, self._findings())))
        if applied is None:
            return []
        title = "Apply every safe fix of agentlint"
        return [CodeAction(title, kind=FIX_ALL, edit=self._edit(applied.edits))]

    def _findings(self) -> Iterator[Finding]:
        return (f for f in self.snapshot.report.findings if f.path == self.path)

    @property
    def _source(self) -> SourceFile:
        return self.snapshot.collected.sources[self.path]

    @cached_property
    def _commentary(self) -> Commentary:
        file = self.snapshot.collected.project.file(self.path)
        return Commentary(self._source, file.kind if file else FileKind.CONFIG)

    async def _fixes(self, finding: Finding) -> list[CodeAction]:
        """The fix of the finding, if it has one that holds."""
        fix = finding.fix
        applied = await self._applied([finding]) if fix else None
        if not fix or not applied:
            return []
        is_safe, title = _is_safe(finding), safe(fix.title)
        action = CodeAction(
            title=f"{title} ({finding.rule})" if is_safe else f"{title} (unsafe)",
            kind=CodeActionKind.QuickFix,
            is_preferred=is_safe,
            edit=self._edit(applied.edits),
        )
        return [action]

    async def _applied_together(self, findings: Sequence[Finding]) -> Applied | None:
        """As many of the fixes as a few trials can prove to hold together: of those that fail, the halves
        are tried."""
        best: Applied | None = None
        kept: list[Finding] = []
        waiting = [findings] if findings else []
        for _ in range(MOST_TRIALS):
            if not waiting:
                break
            group = waiting.pop()
            applied = await self._applied([*kept, *group])
            if applied:
                best, kept = applied, [*kept, *group]
            elif len(group) > 1:
                half = len(group) // 2
                waiting += (group[half:], group[:half])
        return best

    async def _applied(self, findings: Sequence[Finding]) -> Applied | None:
        """What the fixes make of the file, None where `--fix` would not keep them."""
        project = self.snapshot.collected.project
        applied = await asyncio.to_thread(proved_text, self._source, project, findings)
        if applied is None:
            return None
        trial = Trial(self.snapshot.report.findings, tuple(findings), {self.path: applied})
        after = await self.tried(applied.text)
        return None if trial.more(after.findings) else applied

    async def _suppressions(self, finding: Finding) -> list[CodeAction]:
        """The first comment that hides the finding, changes no other and breaks nothing."""
        if finding.rule in (UNUSED, INVALID):
            return []
        source = self._source
        for edit in await asyncio.to_thread(self._commentary.suppressing, finding):
            after = await self.tried(_with(source.text, edit))
            if _hides(finding, source, self.snapshot.report, after):
                action = CodeAction(
                    title=f"Suppress {finding.rule} here",
                    kind=CodeActionKind.QuickFix,
                    edit=self._edit([edit]),
                )
                return [action]
        return []

    def _edit(self, edits: Iterable[Edit]) -> WorkspaceEdit:
        places = Positions(self._source, self.encoding)
        changes = [TextEdit(places.range(edit.span), edit.text) for edit in edits]
        return WorkspaceEdit(changes={self.uri: changes})


def _is_safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.applicability is Applicability.SAFE


def _with(text: str, edit: Edit) -> str:
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


def _hides(finding: Finding, source: SourceFile, before: Report, after: Report) -> bool:
    """Whether the rule is silent on the finding's line, and everything else is said as before."""
    line = source.position(finding.span.start).line
    silenced = [
        other
        for other in before.findings
        if (other.path, other.rule) == (finding.path, finding.rule)
        and source.position(other.span.start).line == line
    ]
    others = (other for other in before.findings if other not in silenced)
    return _counted(others, before.notices) == _counted(after.findings, after.notices)


def _counted(findings: Iterable[Finding], notices: Iterable[Notice]) -> Counter[tuple[str, str]]:
    """How often each rule and each notice speaks of each file."""
    said = Counter((finding.path, finding.rule) for finding in findings)
    said.update((notice.path, str(notice.kind)) for notice in notices)
    return said

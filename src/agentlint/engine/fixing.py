"""The fix loop: apply what goes together, read again, until nothing is left to fix.

Everything happens in memory. A text is kept only if it is the old tree but for what was meant, and
if the fixes did what they are for: the findings are gone, and no other has come. Fixes that fail
either are left out and told; only then are files written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.engine.repairs import language
from agentlint.engine.run import Run, run, run_with_facts
from agentlint.facts.project import Project
from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Applicability, Finding, Notice, NoticeKind
from agentlint.fixes import (
    Applied,
    FileSyntax,
    NotWrittenError,
    apply_fixes,
    choose,
    keeps_the_rest,
    replace_text,
)
from agentlint.reporters.report import Report
from agentlint.text import SourceFile

MAX_ROUNDS = 10
MAX_FIXES_A_FILE = 5_000
"""How many fixes one round applies to one file; the next round goes on."""

# What a fix is known by while texts change around it: its file, its rule and what it is about.
_Key: TypeAlias = tuple[str, str, str]
_SAFE = frozenset({Applicability.SAFE})
_ANY = frozenset({Applicability.SAFE, Applicability.UNSAFE})


class FixedFile(Struct, frozen=True):
    """`old` is what the file holds, `new` what the fixes make of it, each with its credentials."""

    old: SourceFile
    new: SourceFile
    secrets: tuple[SecretCandidate, ...] = ()
    new_secrets: tuple[SecretCandidate, ...] = ()

    @property
    def path(self) -> str:
        return self.old.path


class FixRun(Struct, frozen=True):
    """`report` tells what is left to find in the fixed texts; `files` are in order of their paths."""

    report: Report
    files: tuple[FixedFile, ...]


def fix(request: Run, *, unsafe: bool = False) -> FixRun:
    """What a run and its fixes come to, with no file written; raises as `run` does."""
    request = replace(request, loaded={})
    loop = _Loop(request, _ANY if unsafe else _SAFE)
    state = run_with_facts(request)
    rounds = 0
    while plan := loop.plan(state[0]):
        if rounds == MAX_ROUNDS:
            loop.tell("", 0, f"more was to fix after {MAX_ROUNDS} rounds: run it again")
            break
        state, kept = loop.applied(plan, *state)
        rounds += kept
    report = replace(
        state[0],
        notices=tuple(sorted({*state[0].notices, *loop.notices})),
        fixed=tuple(loop.fixed),
        unsafe_fixes=unsafe,
    )
    return FixRun(report, tuple(loop.files(state[1])))


def write(request: Run, fixed: FixRun) -> FixRun:
    """Write the files of a fix run. One that may not be written stays as it is, and is told."""
    notices: list[Notice] = []
    for file in fixed.files:
        try:
            replace_text(request.root, file.path, file.old.data, file.new.data)
        except NotWrittenError as error:
            notices.append(Notice(file.path, 0, NoticeKind.NOT_FIXED, f"not fixed: {error}"))
    if not notices:
        return fixed
    left = {notice.path for notice in notices}
    report = replace(
        run(request),
        fixed=tuple(f for f in fixed.report.fixed or () if f.path not in left),
        unsafe_fixes=fixed.report.unsafe_fixes,
    )
    told = {*report.notices, *fixed.report.notices, *notices}
    return FixRun(
        replace(report, notices=tuple(sorted(told))),
        tuple(file for file in fixed.files if file.path not in left),
    )


class _Loop(Struct):
    """`texts` are the fixed texts so far by path, each with the one that the file holds.

    In `careful` files one fix is applied at a time, since several of them went wrong together.
    """

    request: Run
    applicable: frozenset[Applicability]
    texts: dict[str, FixedFile] = field(default_factory=dict)
    fixed: list[Finding] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    left_out: set[_Key] = field(default_factory=set)
    careful: set[str] = field(default_factory=set)

    def plan(self, report: Report) -> dict[str, list[Finding]]:
        """By file, the findings whose fixes are to be applied next."""
        wanted: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in report.findings:
            if self._is_wanted(finding):
                wanted[finding.path].append(finding)
        return {path: self._together(path, found) for path, found in wanted.items()}

    def applied(
        self, plan: Mapping[str, list[Finding]], report: Report, project: Project
    ) -> tuple[tuple[Report, Project], bool]:
        """The state after a round, and whether it was kept."""
        proved = {
            path: self._proved(found, FileSyntax(report.sources[path], language(path, project)))
            for path, found in plan.items()
        }
        done = [finding for findings, _ in proved.values() for finding in findings]
        if not done:
            return (report, project), False
        before = self.texts
        self.texts = before | dict(self._edited(proved, report, project))
        state = run_with_facts(self._request())
        harmful = _harmful(done, report, state[0])
        if not harmful:
            self.fixed += done
            return state, True
        self.texts = before
        self._learn(harmful, done, report)
        return (report, project), False

    def files(self, project: Project) -> Iterator[FixedFile]:
        for path in sorted(self.texts):
            yield replace(self.texts[path], new_secrets=_secrets(path, project))

    def tell(self, path: str, line: int, message: str) -> None:
        self.notices.append(Notice(path, line, NoticeKind.NOT_FIXED, message))

    def _is_wanted(self, finding: Finding) -> bool:
        if not finding.fix or not finding.fix.edits or _key(finding) in self.left_out:
            return False
        return finding.fix.applicability in self.applicable

    def _together(self, path: str, findings: Iterable[Finding]) -> list[Finding]:
        return choose(findings)[: 1 if path in self.careful else MAX_FIXES_A_FILE]

    def _proved(
        self, findings: list[Finding], syntax: FileSyntax
    ) -> tuple[list[Finding], Applied | None]:
        """The fixes that keep the rest of the file, applied; the others are left out."""
        applied = apply_fixes(syntax.text, findings)
        if keeps_the_rest(syntax, applied):
            return findings, applied
        if len(findings) == 1:
            self._leave_out(
                findings[0], syntax.source, "the rest of the file would not stay as it is"
            )
        else:
            self.careful.add(syntax.source.path)
        return [], None

    def _edited(
        self,
        proved: Mapping[str, tuple[list[Finding], Applied | None]],
        report: Report,
        project: Project,
    ) -> Iterator[tuple[str, FixedFile]]:
        for path, (_, applied) in proved.items():
            if applied:
                source = report.sources[path]
                first = FixedFile(source, source, _secrets(path, project))
                new = replace(source, text=applied.text)
                yield path, replace(self.texts.get(path, first), new=new)

    def _request(self) -> Run:
        edited = {path: file.new.data for path, file in self.texts.items()}
        stdin = self.request.stdin
        if stdin:
            data = edited.get(stdin.path, stdin.data)
            return replace(self.request, stdin=replace(stdin, data=data))
        return replace(self.request, edited=edited)

    def _learn(self, harmful: list[Finding], done: list[Finding], report: Report) -> None:
        """Leave out what did harm, where it is known; else try the fixes of a file one by one."""
        paths = {finding.path for finding in harmful}
        if len(done) == len(paths) == 1 or paths <= self.careful:
            for finding in harmful:
                source = report.sources[finding.path]
                self._leave_out(finding, source, "it would not mend the finding, or bring another")
        self.careful |= paths

    def _leave_out(self, finding: Finding, source: SourceFile, why: str) -> None:
        self.left_out.add(_key(finding))
        line = source.position(finding.span.start).line
        self.tell(finding.path, line, f"the fix of {finding.rule} was left out: {why}")


def _secrets(path: str, project: Project) -> tuple[SecretCandidate, ...]:
    file = project.file(path)
    return file.of(SecretCandidate) if file else ()


def _key(finding: Finding) -> _Key:
    return (finding.path, finding.rule, finding.subject)


def _harmful(done: list[Finding], before: Report, after: Report) -> list[Finding]:
    """The fixes in whose files a fixed finding is still there, or another has come."""
    expected = _counts(before.findings) - _counts(done)
    excess = _counts(after.findings) - expected
    if not excess:
        return []
    blamed = [finding for finding in done if any(finding.path == path for path, _ in excess)]
    return blamed or done


def _counts(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.path, finding.rule) for finding in findings)

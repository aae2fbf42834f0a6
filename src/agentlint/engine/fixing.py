"""The fix loop: apply what goes together, read again, until nothing is left to fix.

Everything happens in memory. A text is kept only if it is the old tree but for what was meant, and
if the fixes did what they are for: the findings are gone, and no other has come, but for what a setting
that nobody read has said all along, and is less bad than that nobody reads it. Where a group of
fixes fails that, its halves are tried, until those that fail by themselves are left out and told;
only then are files written.

Every round that is kept leaves fewer findings of some severity than it met, and more only of lower ones,
so the loop ends. It ends where nothing
more can be kept of a text, whatever was left out before, and that is where the next run would begin:
it changes nothing, unless a limit was reached, which is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.engine.proof import Trial, proved_text
from agentlint.engine.repairs import refusals
from agentlint.engine.request import Run
from agentlint.engine.run import run, run_with_facts, with_refusals
from agentlint.engine.signals import held_back
from agentlint.facts.project import Project
from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Applicability, Finding, Notice, NoticeKind
from agentlint.fixes import Applied, NotWrittenError, choose, replace_text
from agentlint.reporters.report import Report
from agentlint.text import SourceFile

MAX_ROUNDS = 10
MAX_FIXES_A_FILE = 5_000
"""How many fixes one round applies to one file; the next round goes on."""
MAX_FAILED_TRIALS = 200
"""How many groups of fixes may fail in one run, before it keeps what it has."""

_SAFE = frozenset({Applicability.SAFE})
_ANY = frozenset({Applicability.SAFE, Applicability.UNSAFE})
_NOT_KEPT = "the rest of the file would not stay as it is"
_NOT_MENDED = "it would not mend the finding"

# What applying fixes to a file of the round gave, None where it would not keep the rest.
_Proofs: TypeAlias = dict[tuple[Finding, ...], Applied | None]


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
    loop = _Loop(request, _ANY if unsafe else _SAFE, _first_state(request))
    notices: list[Notice] = []
    rounds = 0
    while wanted := loop.wanted():
        if rounds == MAX_ROUNDS:
            notices.append(_notice(f"more was to fix after {MAX_ROUNDS} rounds: run it again"))
            break
        if loop.is_exhausted:
            notices.append(_notice(f"more was to fix, but {MAX_FAILED_TRIALS} trials went wrong"))
            break
        rounds += loop.keep(wanted)
    report, texts = loop.state.report, loop.state.texts
    report = replace(
        with_refusals(request, replace(report, findings=loop.left())),
        notices=tuple(sorted({*report.notices, *notices, *loop.notices()})),
        fixed=loop.state.fixed,
        unsafe_fixes=unsafe,
    )
    files = (
        replace(texts[path], new_secrets=_secrets(path, loop.state.project))
        for path in sorted(texts)
    )
    return FixRun(report, tuple(files))


def write(request: Run, fixed: FixRun) -> FixRun:
    """Write the files of a fix run. One that may not be written stays as it is, and is told.

    Whoever ends the process waits for the file at hand, so that no temporary one stays beside it.
    """
    notices: list[Notice] = []
    for file in fixed.files:
        try:
            with held_back():
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
    all_notices = {*report.notices, *fixed.report.notices, *notices}
    return FixRun(
        replace(report, notices=tuple(sorted(all_notices))),
        tuple(file for file in fixed.files if file.path not in left),
    )


class _State(Struct, frozen=True):
    """What a run says once `fixed` were mended; `texts` are the files that this changed, by path."""

    report: Report
    project: Project
    texts: Mapping[str, FixedFile] = field(default_factory=dict)
    fixed: tuple[Finding, ...] = ()


def _first_state(request: Run) -> _State:
    report, collected = run_with_facts(request)
    return _State(report, collected.project)


class _Harm(Struct, frozen=True):
    """Why fixes cannot be kept together, and the files of those that it is put down to."""

    why: str
    paths: frozenset[str]


class _Loop(Struct):
    """`left_out` are the fixes that cannot be kept in the texts of `state`, each with the reason, and
    `refused` why the files of others cannot be written, by path, "" for those that can."""

    request: Run
    applicable: frozenset[Applicability]
    state: _State
    left_out: dict[Finding, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    failed_trials: int = 0

    @property
    def is_exhausted(self) -> bool:
        return self.failed_trials >= MAX_FAILED_TRIALS

    def wanted(self) -> list[Finding]:
        """The findings whose fixes are to be tried together next."""
        by_file: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in self.state.report.findings:
            if self._is_wanted(finding):
                by_file[finding.path].append(finding)
        return [one for found in by_file.values() for one in choose(found)[:MAX_FIXES_A_FILE]]

    def keep(self, wanted: Sequence[Finding]) -> bool:
        """Apply as many of the fixes as do no harm, and say whether that was any.

        In another text, those that were left out may do none.
        """
        proofs: _Proofs = {}
        after = self._grown(self.state, wanted, proofs)
        if after is self.state:
            return False
        self.state = after
        self.left_out.clear()
        return True

    def left(self) -> tuple[Finding, ...]:
        """What is left to find; a fix that cannot be kept is none, and `notices` say why."""
        return tuple(
            replace(one, fix=None) if one in self.left_out else one
            for one in self.state.report.findings
        )

    def notices(self) -> Iterator[Notice]:
        for path, why in self.refused.items():
            if why:
                yield Notice(path, 0, NoticeKind.NOT_FIXED, f"not fixed: {why}")
        for finding, why in self.left_out.items():
            line = self.state.report.sources[finding.path].position(finding.span.start).line
            message = f"the fix of {finding.rule} was left out: {why}"
            yield Notice(finding.path, line, NoticeKind.NOT_FIXED, message)

    def _is_wanted(self, finding: Finding) -> bool:
        if not finding.fix or finding in self.left_out:
            return False
        return finding.fix.applicability in self.applicable and not self._is_refused(finding)

    def _is_refused(self, finding: Finding) -> bool:
        """Whether the file of a finding cannot be written, so that nothing is promised of it."""
        path = finding.path
        if path not in self.refused:
            root, alone = self.request.root, [finding]
            self.refused[path] = "" if self.request.stdin else refusals(root, alone).get(path, "")
        return bool(self.refused[path])

    def _grown(self, after: _State, more: Sequence[Finding], proofs: _Proofs) -> _State:
        """`after` with as many of `more` as do no harm to the texts of the round."""
        if self.is_exhausted:
            return after
        added = after.fixed[len(self.state.fixed) :]
        tried = self._tried((*added, *more), proofs)
        if isinstance(tried, _State):
            return tried
        self.failed_trials += 1
        if len(more) == 1:
            self.left_out[more[0]] = tried.why
            return after
        for part in _parts(more, tried):
            after = self._grown(after, part, proofs)
        return after

    def _tried(self, findings: Sequence[Finding], proofs: _Proofs) -> _State | _Harm:
        """What the texts of the round come to with the fixes of `findings`."""
        texts, applied = dict(self.state.texts), {}
        for path, found in _by_file(findings).items():
            if found not in proofs:
                source = self.state.report.sources[path]
                proofs[found] = proved_text(source, self.state.project, found)
            proved = proofs[found]
            if proved is None:
                return _Harm(_NOT_KEPT, frozenset({path}))
            applied[path] = proved
            texts[path] = self._edited(path, proved)
        report, collected = run_with_facts(self._request(texts))
        trial = Trial(self.state.report.findings, tuple(findings), applied)
        more = trial.more(report.findings)
        if more:
            return _Harm(_why(more, findings), frozenset(path for path, _ in more))
        return _State(report, collected.project, texts, (*self.state.fixed, *findings))

    def _edited(self, path: str, applied: Applied) -> FixedFile:
        source = self.state.report.sources[path]
        first = FixedFile(source, source, _secrets(path, self.state.project))
        return replace(self.state.texts.get(path, first), new=replace(source, text=applied.text))

    def _request(self, texts: Mapping[str, FixedFile]) -> Run:
        edited = {path: file.new.data for path, file in texts.items()}
        stdin = self.request.stdin
        if stdin:
            data = edited.get(stdin.path, stdin.data)
            return replace(self.request, stdin=replace(stdin, data=data))
        return replace(self.request, edited=edited)


def _why(more: Set[tuple[str, str]], findings: Iterable[Finding]) -> str:
    """What is wrong with fixes after which there is `more` to say of files, by rule."""
    others = sorted({rule for _, rule in more - {(one.path, one.rule) for one in findings}})
    return f"it would bring {', '.join(others)}" if others else _NOT_MENDED


def _notice(message: str) -> Notice:
    return Notice("", 0, NoticeKind.NOT_FIXED, message)


def _by_file(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    by_file: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[finding.path].append(finding)
    return {path: tuple(found) for path, found in by_file.items()}


def _parts(findings: Sequence[Finding], harm: _Harm) -> Iterator[Sequence[Finding]]:
    """Those that are blamed behind those that are not, or two halves where that tells nothing."""
    blamed = [finding for finding in findings if finding.path in harm.paths]
    others = [finding for finding in findings if finding.path not in harm.paths]
    half = len(findings) // 2
    yield from (others, blamed) if blamed and others else (findings[:half], findings[half:])


def _secrets(path: str, project: Project) -> tuple[SecretCandidate, ...]:
    file = project.file(path)
    return file.of(SecretCandidate) if file else ()

"""One run: discover, read, extract, judge, suppress, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from msgspec.structs import replace

from agentlint.discovery import IgnoreRules
from agentlint.engine.collected import Collected, collected_from
from agentlint.engine.files import Files
from agentlint.engine.judge import judge, strict_findings
from agentlint.engine.load import Loaded
from agentlint.engine.per_file_ignores import ignored_in_files
from agentlint.engine.request import Run
from agentlint.engine.suppress import suppress
from agentlint.engine.texts import ChangedMeanwhileError, Unopened
from agentlint.facts.secret import SecretCandidate
from agentlint.findings import (
    BaselineEntry,
    Comparison,
    Finding,
    Notice,
    NoticeKind,
    number_repeats,
)
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters.report import Report

if TYPE_CHECKING:
    from agentlint.engine.changed_lines import ChangedLines


def collect(request: Run, changes: ChangedLines | None = None) -> Collected:
    """The facts of a run, not judged, with the moves that `changes` make of routes.

    Raises FileNotFoundError for a path that does not exist.
    """
    reader = Files(request)
    loaded, notices = _load_all(request, reader)
    return collected_from(request, loaded, notices, reader, changes)


def run(request: Run) -> Report:
    """The report of a run.

    Raises FileNotFoundError for a path that does not exist, and ConfigError for a `diff_base` that
    names no commit.
    """
    return with_refusals(request, run_with_facts(request)[0])


def with_refusals(request: Run, report: Report) -> Report:
    """The report with the files that `--fix` would leave as they are."""
    if request.stdin or not any(finding.fix for finding in report.findings):
        return report
    from agentlint.engine.repairs import refusals

    return replace(report, unwritable=frozenset(refusals(request.root, report.findings)))


def run_with_facts(request: Run) -> tuple[Report, Collected]:
    """As `run`, with what was judged."""
    changes = _changes(request)
    try:
        collected = collect(request, changes)
        return report_of(request, collected, changes), collected
    except ChangedMeanwhileError:
        collected = collect(replace(request, jobs=1, cache=None), changes)
        return report_of(request, collected, changes), collected


def report_of(request: Run, collected: Collected, changes: ChangedLines | None = None) -> Report:
    """What the rules say of facts at hand; `changes` leaves out findings on other lines."""
    project, sources = collected.project, collected.sources
    judged, crashes = judge(project, request)
    if collected.reasons:
        from agentlint.engine.imports import with_reasons

        judged = list(with_reasons(judged, collected.reasons))
    found = number_repeats(judged)
    kept, suppressed = suppress(
        found,
        project,
        request,
        sources,
        collected.is_conclusive,
        strict_findings(project, request),
    )
    if request.settings.secrets.allow:
        from agentlint.engine.accept import about_entries, accept

        kept, accepted = accept(kept, request)
        suppressed += accepted
        if collected.settings:
            kept += about_entries(found, project, request, collected.settings)
    if not request.honour_comments:
        kept, suppressed = [*kept, *(item.finding for item in suppressed)], []
    new, comparison = _beside_baseline(kept, request, collected)
    on_changed = [f for f in new if changes is None or changes.touch(f, sources)]
    shown = _shown([*on_changed, *(item.finding for item in suppressed)])
    fixable = _with_fixes(on_changed, collected)
    return Report(
        findings=tuple(sorted(fixable, key=lambda finding: finding.sort_key)),
        notices=tuple(sorted({*collected.notices, *crashes, *request.settings.unused})),
        suppressed=tuple(suppressed),
        suppressed_count=len(suppressed),
        baseline=comparison,
        on_unchanged_lines=None if changes is None else len(new) - len(on_changed),
        files_read=len(project.files),
        files_skipped=len(_skipped(collected)),
        sources={path: sources[path] for path in shown & sources.keys()},
        secrets={
            path: facts.of(SecretCandidate) for path in shown if (facts := project.file(path))
        },
    )


def _with_fixes(findings: Sequence[Finding], collected: Collected) -> Sequence[Finding]:
    """The findings, each with its repair as edits of the text, where it has one."""
    if not any(finding.repair for finding in findings):
        return findings
    from agentlint.engine.repairs import with_fixes

    return with_fixes(findings, collected.project, collected.sources)


def _changes(request: Run) -> ChangedLines | None:
    if request.diff_base is None:
        return None
    from agentlint.engine.changed_lines import changed_lines

    return changed_lines(request.root, request.diff_base)


def judged_by(request: Run, collected: Collected) -> Callable[[BaselineEntry], bool]:
    """Whether a run looked where an entry of a baseline points, so that finding nothing there means that
    the fault is gone."""
    notices = collected.notices
    # Of what is no text, only the secrets were looked for.
    no_text = {notice.path for notice in notices if notice.kind is NoticeKind.NOT_TEXT}
    read = {file.path for file in collected.project.files} - no_text
    unread = {notice.path for notice in notices} - read
    excluded = IgnoreRules().plus(request.settings.exclude)
    is_ignored = ignored_in_files(request.settings)

    def was_judged(entry: BaselineEntry) -> bool:
        page = rule_pages().get(entry.rule)
        if page and not request.settings.enabled(page.id, strict_only=page.strict):
            return False
        if entry.path not in read and (entry.path in unread or not request.covers(entry.path)):
            return False
        is_excluded = entry.path not in read and excluded.covers(entry.path)
        is_left_out = is_excluded or is_ignored(entry.rule, entry.path)
        if not is_left_out and collected.is_conclusive(entry.path, entry.rule):
            return True
        return not os.path.lexists(request.root / entry.path)

    return was_judged


def _beside_baseline(
    findings: Sequence[Finding], request: Run, collected: Collected
) -> tuple[Sequence[Finding], Comparison | None]:
    """The findings that the baseline does not know, all of them where there is none."""
    if request.baseline is None:
        return findings, None
    from agentlint.engine.baseline import LineHashes, compare

    was_judged = judged_by(request, collected)
    secrets = {file.path: file.of(SecretCandidate) for file in collected.project.files}
    lines = LineHashes(findings, collected.sources, secrets)
    return compare(findings, request.baseline, lines, was_judged)


def _skipped(collected: Collected) -> set[str]:
    """The paths that gave no facts; UTF-16 text did, though a notice says that it was not read."""
    unread = {notice.path for notice in collected.notices if notice.kind.is_unread and notice.path}
    return unread - {file.path for file in collected.project.files}


def _shown(findings: Iterable[Finding]) -> set[str]:
    """The files that a reader of the findings is shown."""
    shown = {finding.path for finding in findings}
    return shown.union(r.location.path for finding in findings for r in finding.related)


def _load_all(request: Run, files: Files) -> tuple[list[Loaded | Unopened], list[Notice]]:
    loaded: list[Loaded | Unopened] = []
    notices: list[Notice] = []
    with closing(files.asked_for()) as results:
        for number, result in enumerate(results, 1):
            if request.on_file:
                request.on_file(number)
            if isinstance(result, Notice):
                notices.append(result)
            elif result:
                loaded.append(result)
    return loaded, notices

"""One run: discover, read, extract, judge, suppress, report."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.config import Settings
from agentlint.discovery import Candidate, classify_or_guess, discover, is_excluded
from agentlint.engine.judge import judge
from agentlint.engine.load import Loaded, facts_of_bytes, load, load_bytes
from agentlint.engine.suppress import suppress
from agentlint.engine.texts import ChangedMeanwhileError, Texts, Unopened
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.project import Project
from agentlint.facts.route import Route
from agentlint.facts.secret import SecretCandidate
from agentlint.findings import BaselineEntry, Comparison, Finding, Notice, number_repeats
from agentlint.knowledge.pages import rule_pages
from agentlint.reporters.report import Report
from agentlint.text import SourceFile

if TYPE_CHECKING:
    from agentlint.engine.changed_lines import ChangedLines
    from agentlint.engine.context import LoadEach
    from agentlint.knowledge.catalogue import Catalogue


MANY = 50
"""Files from which on looking into the cache costs less than reading the files."""


class Stdin(Struct, frozen=True):
    """Text from standard input, to be judged as the file `path` (relative to the root)."""

    path: str
    data: bytes


class Run(Struct, frozen=True):
    """What to check and how. `today` judges dates; `stdin` is checked instead of any path.

    `baseline` holds what was found before, None for no baseline; with `diff_base`, the name of a
    commit, only findings on lines that changed since are reported. `honour_comments` lets comments
    suppress findings. `on_file` is told the number of files that were read so far. `edited` holds
    texts, by path, that stand in for those of the files; `loaded` is filled with what was read of
    all others, and spares the next run reading them again.

    `jobs` is the number of processes that read the files, 0 for as many as pay; `cache` is the folder
    where the facts of many files are kept for the next run, None for no cache. Neither changes the
    report.
    """

    root: Path
    paths: tuple[Path, ...]
    settings: Settings
    today: date
    force_exclude: bool = False
    stdin: Stdin | None = None
    catalogue: Catalogue | None = None
    baseline: tuple[BaselineEntry, ...] | None = None
    diff_base: str | None = None
    honour_comments: bool = True
    on_file: Callable[[int], None] | None = None
    edited: Mapping[str, bytes] = field(default_factory=dict)
    loaded: dict[str, Loaded | Notice | None] | None = None
    jobs: int = 1
    cache: Path | None = None


class Collected(Struct, frozen=True):
    """What a run read before any rule looked at it: the facts, and the texts that they stand in.

    `settings` is the settings file of a run that can tell what in it serves nothing, and one of the
    sources.
    """

    project: Project
    sources: Mapping[str, SourceFile]
    notices: tuple[Notice, ...]
    settings: SourceFile | None = None


def collect(request: Run, changes: ChangedLines | None = None) -> Collected:
    """The facts of a run, not judged, with the moves that `changes` make of routes.

    Raises FileNotFoundError for a path that does not exist.
    """
    loaded, notices = _load_all(request)
    files = _with_moves([item.facts for item in loaded], request, changes)
    whole = request.stdin is None and request.root in request.paths
    load_each = partial(_load_each, request, whole=False)
    settings = _settings_source(request) if whole and not notices else None
    notices += (notice for file in files for notice in file.notices)
    return Collected(
        project=Project.of(files, _context(request.root, files, load_each, whole=whole)),
        sources=_sources(loaded, [settings] if settings else []),
        notices=tuple(notices),
        settings=settings,
    )


def run(request: Run) -> Report:
    """The report of a run.

    Raises FileNotFoundError for a path that does not exist, and ConfigError for a `diff_base` that
    names no commit.
    """
    return run_with_facts(request)[0]


def run_with_facts(request: Run) -> tuple[Report, Project]:
    """As `run`, with the facts that were judged."""
    changes = _changes(request)
    try:
        collected = collect(request, changes)
        return report_of(request, collected, changes), collected.project
    except ChangedMeanwhileError:
        collected = collect(replace(request, jobs=1, cache=None), changes)
        return report_of(request, collected, changes), collected.project


def report_of(request: Run, collected: Collected, changes: ChangedLines | None = None) -> Report:
    """What the rules say of facts at hand; `changes` leaves out findings on other lines."""
    project, sources = collected.project, collected.sources
    judged, crashes = judge(project, request.settings, request.today, request.catalogue)
    found = number_repeats(judged)
    kept, suppressed = suppress(found, project, request.settings, request.today, sources)
    if not request.honour_comments:
        kept, suppressed = [*kept, *(item.finding for item in suppressed)], []
    if request.settings.secrets.allow:
        from agentlint.engine.accept import about_entries, accept

        kept, accepted = accept(kept, request.settings, request.today)
        suppressed += accepted
        if collected.settings:
            kept += about_entries(
                found, project, request.settings, request.today, collected.settings
            )
    new, comparison = _beside_baseline(kept, request, collected)
    on_changed = [f for f in new if changes is None or changes.touch(f, sources)]
    shown = _shown([*on_changed, *(item.finding for item in suppressed)])
    fixable = _with_fixes(on_changed, collected)
    return Report(
        findings=tuple(sorted(fixable, key=lambda finding: finding.sort_key)),
        notices=tuple(sorted({*collected.notices, *crashes})),
        suppressed=tuple(suppressed),
        suppressed_count=len(suppressed),
        baseline=comparison,
        on_unchanged_lines=None if changes is None else len(new) - len(on_changed),
        files_read=len(project.files),
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


def _context(
    root: Path, files: Sequence[FileFacts], load_each: LoadEach, *, whole: bool
) -> tuple[FileFacts, ...]:
    if not any(file.facts for file in files):
        return ()
    from agentlint.engine.context import context_files

    return context_files(root, files, load_each, whole=whole)


def _changes(request: Run) -> ChangedLines | None:
    if request.diff_base is None:
        return None
    from agentlint.engine.changed_lines import changed_lines

    return changed_lines(request.root, request.diff_base)


def _settings_source(request: Run) -> SourceFile | None:
    if not request.settings.secrets.allow:
        return None
    from agentlint.engine.accept import settings_source

    return settings_source(request.root, request.settings)


def _with_moves(
    files: Sequence[FileFacts], request: Run, changes: ChangedLines | None
) -> list[FileFacts]:
    """The facts of files, with those that only their state before the change can tell."""
    if changes is None:
        return list(files)
    from agentlint.engine.changed_lines import files_before
    from agentlint.facts.route_moves import route_moves

    changed = {file.path: file for file in files if file.path in changes.lines and file.of(Route)}
    for path, data in files_before(request.root, changes, list(changed)):
        before, after = facts_of_bytes(path, data), changed[path]
        if before:
            changed[path] = replace(after, facts=(*after.facts, *route_moves(before, after)))
    return [changed.get(file.path, file) for file in files]


def _beside_baseline(
    findings: Sequence[Finding], request: Run, collected: Collected
) -> tuple[Sequence[Finding], Comparison | None]:
    """The findings that the baseline does not know, all of them where there is none."""
    if request.baseline is None:
        return findings, None
    from agentlint.engine.baseline import LineHashes, compare

    read = {file.path for file in collected.project.files}
    unread = {notice.path for notice in collected.notices} - read

    def was_judged(entry: BaselineEntry) -> bool:
        page = rule_pages().get(entry.rule)
        if page and not request.settings.enabled(page.id, strict_only=page.strict):
            return False
        return entry.path in read or (entry.path not in unread and _covers(request, entry.path))

    secrets = {file.path: file.of(SecretCandidate) for file in collected.project.files}
    lines = LineHashes(findings, collected.sources, secrets)
    return compare(findings, request.baseline, lines, was_judged)


def _covers(request: Run, path: str) -> bool:
    """Whether the run looks at `path` if it is there."""
    file = request.root / path
    return request.stdin is None and any(p == file or p in file.parents for p in request.paths)


def _shown(findings: Iterable[Finding]) -> set[str]:
    """The files that a reader of the findings is shown."""
    shown = {finding.path for finding in findings}
    return shown.union(r.location.path for finding in findings for r in finding.related)


def _load_all(request: Run) -> tuple[list[Loaded | Unopened], list[Notice]]:
    loaded: list[Loaded | Unopened] = []
    notices: list[Notice] = []
    with closing(_results(request)) as results:
        for number, result in enumerate(results, 1):
            if request.on_file:
                request.on_file(number)
            if isinstance(result, Notice):
                notices.append(result)
            elif result:
                loaded.append(result)
    return loaded, notices


def _sources(
    loaded: Sequence[Loaded | Unopened], others: Sequence[SourceFile]
) -> Mapping[str, SourceFile]:
    at_hand = (*others, *(item.source for item in loaded if isinstance(item, Loaded)))
    unopened = [item for item in loaded if isinstance(item, Unopened)]
    if unopened:
        return Texts(unopened, at_hand)
    return {source.path: source for source in at_hand}


def _results(request: Run) -> Generator[Loaded | Unopened | Notice | None, None, None]:
    if request.stdin:
        yield from _stdin_result(request, request.stdin)
        return
    found = discover(
        request.root, request.paths, request.settings.exclude, force_exclude=request.force_exclude
    )
    yield from found.notices
    yield from _load_each(request, found.candidates, whole=request.root in request.paths)


def _load_each(
    request: Run, candidates: Sequence[Candidate], *, whole: bool
) -> Iterator[Loaded | Unopened | Notice | None]:
    """What each file gives, in order; `whole` says that these are all files of the root."""
    if not _is_bulk(request, len(candidates)):
        for candidate in candidates:
            yield _loaded(candidate, request)
        return
    from agentlint.engine.bulk import load_many
    from agentlint.engine.cache import Cache

    caches = request.cache is not None and len(candidates) >= MANY
    cache = Cache.of(request.cache, request.root) if request.cache and caches else None
    yield from load_many(candidates, request.jobs, cache, whole=whole)


def _is_bulk(request: Run, files: int) -> bool:
    """Whether the files are so many that a cache or further processes may pay."""
    if request.edited or request.loaded is not None:
        return False
    return request.jobs > 1 or (files >= MANY and (request.jobs == 0 or request.cache is not None))


def _loaded(candidate: Candidate, request: Run) -> Loaded | Notice | None:
    if candidate.path in request.edited:
        return load(candidate, request.edited[candidate.path])
    if request.loaded is None:
        return load(candidate)
    if candidate.path not in request.loaded:
        request.loaded[candidate.path] = load(candidate)
    return request.loaded[candidate.path]


def _stdin_result(request: Run, stdin: Stdin) -> Iterator[Loaded | Notice]:
    path = request.root / stdin.path
    if request.force_exclude and is_excluded(request.root, path, request.settings.exclude):
        return
    kind, format_id = classify_or_guess(stdin.path)
    yield load_bytes(stdin.path, stdin.data, kind, format_id)

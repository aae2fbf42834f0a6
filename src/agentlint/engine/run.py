"""One run: discover, read, extract, judge, suppress, report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from agentlint.config import Settings
from agentlint.discovery import classify_or_guess, discover, is_excluded
from agentlint.engine.context import context_files
from agentlint.engine.judge import judge
from agentlint.engine.load import Loaded, load, load_bytes
from agentlint.engine.suppress import suppress
from agentlint.facts.project import Project
from agentlint.findings import Finding, Notice, number_repeats
from agentlint.knowledge.catalogue import Catalogue
from agentlint.reporters.report import Report
from agentlint.text import SourceFile


@dataclass(frozen=True, slots=True)
class Stdin:
    """Text from standard input, to be judged as the file `path` (relative to the root)."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """What to check and how. `today` judges dates; `stdin` is checked instead of any path."""

    root: Path
    paths: tuple[Path, ...]
    settings: Settings
    today: date
    force_exclude: bool = False
    stdin: Stdin | None = None
    catalogue: Catalogue | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """What a run read before any rule looked at it: the facts, and the texts that they stand in."""

    project: Project
    sources: Mapping[str, SourceFile]
    notices: tuple[Notice, ...]


def collect(request: Run) -> Collected:
    """The facts of a run, not judged; raises FileNotFoundError for a path that does not exist."""
    loaded, notices = _load_all(request)
    files = [item.facts for item in loaded]
    whole = request.stdin is None and request.root in request.paths
    notices += (notice for file in files for notice in file.notices)
    return Collected(
        project=Project.of(files, context_files(request.root, files, whole=whole)),
        sources={item.source.path: item.source for item in loaded},
        notices=tuple(notices),
    )


def run(request: Run) -> Report:
    """The report of a run; raises FileNotFoundError for a path that does not exist."""
    collected = collect(request)
    project, sources = collected.project, collected.sources
    found, crashes = judge(project, request.settings, request.today, request.catalogue)
    kept, suppressed = suppress(found, project, request.settings, request.today, sources)
    return Report(
        findings=tuple(number_repeats(kept)),
        notices=tuple(sorted({*collected.notices, *crashes})),
        suppressed=tuple(number_repeats(suppressed)),
        files_read=len(project.files),
        sources={path: sources[path] for path in _shown(kept) & sources.keys()},
    )


def _shown(findings: Iterable[Finding]) -> set[str]:
    """The files that a reader of the findings is shown."""
    shown = {finding.path for finding in findings}
    return shown.union(r.location.path for finding in findings for r in finding.related)


def _load_all(request: Run) -> tuple[list[Loaded], list[Notice]]:
    loaded: list[Loaded] = []
    notices: list[Notice] = []
    for result in _results(request):
        match result:
            case Loaded():
                loaded.append(result)
            case Notice():
                notices.append(result)
    return loaded, notices


def _results(request: Run) -> Iterator[Loaded | Notice | None]:
    if request.stdin:
        yield from _stdin_result(request, request.stdin)
        return
    found = discover(
        request.root, request.paths, request.settings.exclude, force_exclude=request.force_exclude
    )
    yield from found.notices
    yield from (load(candidate) for candidate in found.candidates)


def _stdin_result(request: Run, stdin: Stdin) -> Iterator[Loaded | Notice]:
    path = request.root / stdin.path
    if request.force_exclude and is_excluded(request.root, path, request.settings.exclude):
        return
    kind, format_id = classify_or_guess(stdin.path)
    yield load_bytes(stdin.path, stdin.data, kind, format_id)

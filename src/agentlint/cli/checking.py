"""What `agentlint check` does, however its options were read."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from agentlint.cli.check_options import CheckOptions
from agentlint.cli.failure import one_line_failures
from agentlint.cli.output import Printed, parse_outputs, print_report, write_reports
from agentlint.cli.progress import Progress
from agentlint.cli.run_options import STANDARD_INPUT, named, request_of, viewpoint_on
from agentlint.cli.writing import read_stdin
from agentlint.config import ConfigError, not_found
from agentlint.discovery import most_bytes
from agentlint.engine import Run, Stdin, run
from agentlint.engine.cache_folder import cache_folder
from agentlint.engine.day import judging_day, other_day
from agentlint.findings import BaselineEntry, Severity
from agentlint.reporters import Report

if TYPE_CHECKING:
    from agentlint.engine.fixing import FixRun

_FAILED, _FOUND, _CLEAN = 2, 1, 0
# Options with which no report goes to standard output.
_UNPRINTED = ("diff", "fix_only", "show_files")


def check(options: CheckOptions) -> int:
    """Check, print, write what is asked for, and give the exit code; raises CommandError."""
    with one_line_failures():
        files = parse_outputs(options.outputs)
        printed = Printed(options.output_format, options.colour, options.statistics)
        request = _request(options) if options.repos is None else None
        if request is not None and options.show_files:
            if files:
                raise ConfigError("--show-files makes no report that --output could write")
            from agentlint.cli.show_files import show_files

            return _CLEAN if show_files(request, options.output_format) else _FAILED
    with _kept_patterns(request):
        with one_line_failures(), Progress() as progress:
            if request is None:
                from agentlint.cli.repositories import check_listed

                report, fixed = check_listed(options, progress.show), None
            else:
                report, fixed = _checked(replace(request, on_file=progress.show), options)
        report = replace(report, as_of=other_day(judging_day(options.run.as_of)))
        if request is not None:
            report = replace(report, viewpoint=viewpoint_on(request.root))
        if request is not None and fixed is not None:
            from agentlint.cli.fixing import show

            printed = replace(printed, to_errors=show(request, fixed, report.viewpoint, options))
        shown = report if options.show_suppressed else replace(report, suppressed=())
        try:
            write_reports(shown, files)
        finally:  # a log without findings would tell of nothing but a folder that is not there
            if not options.fix_only and not options.diff:
                print_report(shown, printed)
    return _exit_code(report, fixed, options)


def _kept_patterns(request: Run | None) -> AbstractContextManager[None]:
    """Checkouts of a list are checked in processes that come and go: nothing is kept for these."""
    if request is None or request.cache is None:
        return nullcontext()
    from agentlint.engine.patterns import kept_patterns

    return kept_patterns(request.cache, request.root)


def _exit_code(report: Report, fixed: FixRun | None, options: CheckOptions) -> int:
    """What the options make of what a run found, or what fixes it would apply."""
    if report.failed:
        return _FAILED
    if options.strict_collection and any(n.kind.tells_of_loss for n in report.notices):
        return _FOUND
    if options.exit_zero:
        return _CLEAN
    if fixed and options.diff:
        return _FOUND if fixed.files else _CLEAN
    least = Severity(options.fail_on)
    found = any(finding.severity.rank <= least.rank for finding in report.findings)
    return _FOUND if found and not options.fix_only else _CLEAN


def _checked(request: Run, options: CheckOptions) -> tuple[Report, FixRun | None]:
    """The report of a run, and what its fixes came to where any were asked for."""
    if not _fixes(options):
        return replace(run(request), unsafe_fixes=options.unsafe_fixes), None
    from agentlint.cli.fixing import fix_run

    fixed = fix_run(request, options)
    return fixed.report, fixed


def _fixes(options: CheckOptions) -> bool:
    return bool(options.fix or options.fix_only or options.diff)


def _request(options: CheckOptions) -> Run:
    """The run that the options ask for; raises ConfigError."""
    name = options.stdin_filename
    text = _stdin(options.paths, name)
    if options.statistics and (unprinted := [o for o in _UNPRINTED if getattr(options, o)]):
        option = unprinted[0].replace("_", "-")
        raise ConfigError(f"--statistics cannot be given together with --{option}")
    if options.show_fixes and not _fixes(options):
        raise ConfigError("--show-fixes needs --fix, --fix-only or --diff")
    request = request_of((Path(name),) if name else named(options.paths), options.run)
    request = replace(request, diff_base=options.diff_base)
    request = replace(request, honour_comments=not options.no_ignores, jobs=options.jobs)
    request = replace(request, cache=None if options.no_cache else cache_folder())
    if options.baseline or request.settings.baseline:
        request = replace(request, baseline=_baseline(options.baseline, request))
    if text is None or name is None:
        return request
    if request.diff_base is not None:
        raise ConfigError("`-` cannot be given together with --diff-base")
    return replace(request, stdin=Stdin(_relative(Path(name), request.root), text))


def _baseline(file: Path | None, request: Run) -> tuple[BaselineEntry, ...] | None:
    from agentlint.engine.baseline import read_baseline, settings_baseline

    if file and not os.path.lexists(file):
        raise ConfigError(f"--baseline: {not_found(file)}")
    return read_baseline(file) if file else settings_baseline(request.settings, request.root)


def _stdin(paths: tuple[Path, ...], name: str | None) -> bytes | None:
    """What standard input holds, where `-` asks for it; raises ConfigError for a mix with paths."""
    if STANDARD_INPUT not in paths:
        if name is not None:
            raise ConfigError("--stdin-filename names what `-` reads, and there is no `-`")
        return None
    if len(paths) > 1:
        raise ConfigError("`-` cannot be given together with other paths")
    if not name:
        raise ConfigError("`-` needs --stdin-filename to know what it reads")
    return read_stdin(most_bytes(name) + 1)


def _relative(path: Path, root: Path) -> str:
    real = Path(os.path.realpath(path))
    return real.relative_to(root).as_posix() if root in real.parents else path.name

"""What `agentlint check --repos` does: one report of many checkouts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from agentlint.cli.check_options import CheckOptions
from agentlint.cli.run_options import overrides_of
from agentlint.cli.writing import read_stdin
from agentlint.config import ConfigError, access_failure
from agentlint.engine.cache_folder import cache_folder
from agentlint.engine.day import judging_day
from agentlint.engine.repositories import Plan, check_repositories, merged
from agentlint.engine.run_settings import refuse_unknown_rules
from agentlint.reporters import Report

_ALONE = (
    "stdin_filename",
    "baseline",
    "diff_base",
    "fix",
    "unsafe_fixes",
    "diff",
    "fix_only",
    "show_fixes",
    "show_files",
)
"""Options that are about one checkout."""


def check_listed(options: CheckOptions, on_file: Callable[[int], None]) -> Report:
    """The report of every checkout of the list; raises ConfigError."""
    if options.paths:
        raise ConfigError("--repos cannot be given together with paths")
    for option in _ALONE:
        if getattr(options, option):
            name = option.replace("_", "-")
            raise ConfigError(f"--repos cannot be given together with --{name}")
    overrides = overrides_of(options.run)
    refuse_unknown_rules(overrides)
    plan = Plan(
        today=judging_day(options.run.as_of),
        overrides=overrides,
        force_exclude=options.run.force_exclude,
        honour_comments=not options.no_ignores,
        cache=None if options.no_cache else cache_folder(),
    )
    names = read_list(options.repos or "")
    return merged(_counted(check_repositories(names, plan, jobs=options.jobs), on_file))


def read_list(name: str) -> list[str]:
    """The folders that a file names, one a line, each once; `-` is standard input.

    Raises ConfigError for a file that cannot be read, and for a list of nothing.
    """
    try:
        data = read_stdin() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise ConfigError(f"--repos: {access_failure(error, name)}") from None
    lines = (line.strip() for line in os.fsdecode(data).removeprefix("\ufeff").split("\n"))
    names = dict.fromkeys(line for line in lines if line and not line.startswith("#"))
    if not names:
        raise ConfigError(f"--repos: {name} names no checkout")
    if any("\0" in checkout for checkout in names):
        raise ConfigError(f"--repos: {name} holds NUL bytes, so it is no list of names")
    return list(names)


def _counted(reports: Iterator[Report], on_file: Callable[[int], None]) -> Iterator[Report]:
    files = 0
    for report in reports:
        files += report.files_read
        on_file(files)
        yield report

"""`agentlint baseline`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from agentlint.cli.failure import failure, one_line_failures, said
from agentlint.cli.options import PATH, run_options
from agentlint.cli.output import refuse_of_others, refuse_read_by_agents
from agentlint.cli.printing import print_line, print_text
from agentlint.cli.run_options import RunOptions, named, overrides_of, request_of
from agentlint.cli.writing import write_text
from agentlint.config import ConfigError, Settings, settings_name
from agentlint.engine.baseline import (
    baseline_to_write,
    entries_of,
    entries_to_keep,
    is_baseline,
    united,
    write_baseline,
)
from agentlint.engine.run import judged_by, run_with_facts
from agentlint.findings import BaselineEntry
from agentlint.reporters.summary import counted

DEFAULT_FILE = "agentlint-baseline.jsonl"


@click.command("baseline", short_help="Write down what is found, to report only what is new.")
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help=f"Where to write it, by default what the settings name or {DEFAULT_FILE}; `-` prints it.",
)
@run_options
def command(paths: tuple[Path, ...], output: str | None, **options: Any) -> None:
    """Write what is found in PATHS (by default the current folder) to a baseline file.

    `check --baseline FILE` then reports only what is new. The file holds fingerprints that stay when
    lines move, and nothing of what was found: commit it, and rewrite it when entries grow stale. If the
    file exists, its entries of files and rules that this run does not look into are kept.

    \b
    agentlint baseline
    agentlint check --baseline agentlint-baseline.jsonl
    """
    parsed = RunOptions(**options)
    with one_line_failures():
        if output not in (None, "-"):
            refuse_read_by_agents(Path(output))
            refuse_of_others(Path(output), is_baseline)
        request = request_of(named(paths), parsed)
        wanted = baseline_to_write(request.settings, request.root) if output is None else None
        if wanted is None and output is None:
            refuse_of_others(Path(DEFAULT_FILE), is_baseline, option="")
        report, collected = run_with_facts(request)
    if report.failed:
        raise failure("agentlint failed on a file or a rule; `agentlint check` tells which")
    found = entries_of(report)
    if output == "-":
        print_text(write_baseline(found))
        return
    file = wanted or Path(output or DEFAULT_FILE)
    whole = request.root in request.paths and not overrides_of(parsed).may_narrow
    kept = _kept(file, judged_by(request, collected), whole=whole)
    entries = united(found, kept)
    write_text(file, write_baseline(entries), "--output" if output else "")
    written = output or request.settings.baseline or DEFAULT_FILE
    print_line(f"Wrote {counted(len(report.findings), 'finding')} to {said(written)}.")
    known = {entry.fingerprint for entry in found}
    kept = [entry for entry in kept if entry.fingerprint not in known]
    if kept:
        number = counted(sum(entry.count for entry in kept), "finding")
        print_line(f"Kept {number} of files or rules that this run did not look into.")
    if not request.settings.baseline and not output:
        print_line(said(_hint(file, request.settings, request.root)), to_errors=True)


def _hint(file: Path, settings: Settings, root: Path) -> str:
    """How checks come to use a baseline that no settings name."""
    real = Path(os.path.realpath(file))
    own = settings.source and Path(os.path.realpath(settings.source))
    folder = own.parent if own and root in own.parents else root
    if folder not in real.parents:
        return f"`--baseline {file}` makes a check use it."
    where = settings_name(own, root) if own else "the settings"
    line = f'baseline = "{real.relative_to(folder).as_posix()}"'
    return f"`{line}` in {where} makes every check use it."


def _kept(
    file: Path, was_judged: Callable[[BaselineEntry], bool], *, whole: bool
) -> list[BaselineEntry]:
    """What stays of an earlier baseline. One that cannot be read, as with the marks of a conflict, is
    written over by a run over the `whole`, which says so, and ends any other."""
    if not os.path.isfile(file) or os.path.islink(file):
        return []
    try:
        return entries_to_keep(file, was_judged)
    except ConfigError as error:
        if not whole:
            raise failure(
                f"{error}; without paths and options, `agentlint baseline` writes it anew"
            ) from None
        print_line(f"Nothing was kept of what was there: {said(str(error))}", to_errors=True)
        return []

"""`agentlint baseline`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from agentlint.cli.failure import failure, said, told_failures
from agentlint.cli.options import named, request_of, run_options
from agentlint.cli.output import refuse_read_by_agents
from agentlint.cli.writing import write_text
from agentlint.engine import run
from agentlint.engine.baseline import baseline_to_write, entries_of, write_baseline

DEFAULT_FILE = "agentlint-baseline.jsonl"


@click.command("baseline", short_help="Write down what is found, to report only what is new.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
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
    lines move, and nothing of what was found: commit it, and write it anew when entries grow stale.

    \b
    agentlint baseline
    agentlint check --baseline agentlint-baseline.jsonl
    """
    with told_failures():
        if output not in (None, "-"):
            refuse_read_by_agents(Path(output))
        request = request_of(named(paths), options)
        wanted = baseline_to_write(request.settings, request.root) if output is None else None
        report = run(request)
    if report.failed:
        raise failure("agentlint failed on a file or a rule; `agentlint check` tells which")
    text = write_baseline(entries_of(report))
    if output == "-":
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        return
    write_text(wanted or Path(output or DEFAULT_FILE), text, "--output")
    written = output or request.settings.baseline or DEFAULT_FILE
    noun = "finding" if len(report.findings) == 1 else "findings"
    click.echo(f"Wrote {len(report.findings)} {noun} to {said(written)}.")
    if not request.settings.baseline and not output:
        hint = f'`baseline = "{DEFAULT_FILE}"` in the settings makes every check use it.'
        click.echo(hint, err=True)

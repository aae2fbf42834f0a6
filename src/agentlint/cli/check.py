"""`agentlint check`: its options, as click reads them."""

from __future__ import annotations

import sys
from typing import Any

import click

from agentlint.cli.check_options import CheckOptions
from agentlint.cli.checking import check
from agentlint.cli.options import PATH, colour_option, run_options
from agentlint.cli.run_options import RunOptions
from agentlint.findings import Severity
from agentlint.reporters import FORMATS

_UNSAID = CheckOptions()


class _Number(click.IntRange):
    """A whole number that click calls so where it is told of another word."""

    name = "number"


@click.command("check", short_help="Check files and folders.")
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default=_UNSAID.output_format,
    show_default=True,
    help="What to print.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FORMAT=FILE",
    multiple=True,
    help="Also write a report to a file; may be given again.",
)
@run_options
@click.option("--stdin-filename", metavar="PATH", help="Check `-` as the file at this path.")
@click.option(
    "--baseline",
    metavar="FILE",
    type=PATH,
    help="Hide the findings in this file of `agentlint baseline`.",
)
@click.option("--diff-base", metavar="REF", help="Report only on lines changed since this commit.")
@click.option(
    "--show-suppressed",
    is_flag=True,
    help="Also show, marked, what comments and `[secrets] allow` suppress.",
)
@click.option("--fix", is_flag=True, help="Write the fixes that keep the meaning of a file.")
@click.option(
    "--unsafe-fixes",
    is_flag=True,
    help="With --fix or --diff: also apply fixes that may change behaviour.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--fix-only", is_flag=True, help="Like --fix, but report nothing that is left.")
@click.option("--show-fixes", is_flag=True, help="List the fixes that were applied.")
@click.option(
    "--no-ignores", is_flag=True, help="Also report what comments and `[secrets] allow` suppress."
)
@click.option(
    "--show-files",
    is_flag=True,
    help="List the files that would be checked, why, and the settings.",
)
@click.option("--statistics", is_flag=True, help="Print counts by rule instead of findings.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option(
    "--fail-on",
    type=click.Choice([str(severity) for severity in Severity]),
    default=_UNSAID.fail_on,
    help="Lowest severity that fails the run.",
)
@click.option(
    "--strict-collection",
    is_flag=True,
    help="Exit with 1 if anything was not read, or not in full.",
)
@click.option("--repos", metavar="LIST", help="Check the checkouts that a file (or -) lists.")
@click.option(
    "--jobs",
    metavar="N",
    type=_Number(0),
    default=_UNSAID.jobs,
    help="Maximum number of processes.",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@colour_option
def command(**given: Any) -> None:
    """Check PATHS (files and folders; by default the current folder).

    A single `-` reads standard input as the file --stdin-filename; --fix then prints the fixed text.

    Exits with 0 for no findings, 1 for findings, 2 where agentlint or its settings failed.

    \b
    agentlint check -o sarif=agentlint.sarif docs AGENTS.md
    agentlint check --fix --diff
    agentlint check --stdin-filename AGENTS.md - < draft.md
    """
    run = {name: given.pop(name) for name in RunOptions.__struct_fields__}
    sys.exit(check(CheckOptions(run=RunOptions(**run), **given)))

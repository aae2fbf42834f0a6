"""`agentlint routes`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from agentlint.cli.failure import one_line_failures
from agentlint.cli.options import EXCLUDE_HELP, PATH
from agentlint.cli.printing import print_line, print_text
from agentlint.cli.run_options import RunOptions, load_run_settings, named, root_of
from agentlint.engine import Collected, Run, collect
from agentlint.engine.day import judging_day
from agentlint.facts.route import Route
from agentlint.findings import NoticeKind
from agentlint.reporters import route_graph, route_table
from agentlint.reporters.concise_format import notice_line
from agentlint.reporters.route_rows import route_rows
from agentlint.reporters.summary import counted

_FAILED = 2
_JSON = "json"
_TABLES = {
    "table": route_table.as_table,
    "markdown": route_table.as_markdown,
    _JSON: route_table.as_json,
}
_GRAPHS = {"mermaid": route_graph.as_mermaid, "dot": route_graph.as_dot}


@click.command("routes", short_help="Print the route table of a repository.")
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--output-format",
    type=click.Choice([*_TABLES, *_GRAPHS]),
    default="table",
    show_default=True,
    help="What to print: the routes, or as mermaid or dot the graph of names.",
)
@click.option("--all", "everything", is_flag=True, help="Examples and test material too.")
@click.option("--exclude", metavar="PATTERN", multiple=True, help=EXCLUDE_HELP)
@click.option("--config", type=PATH, help="Read this settings file.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
def command(
    paths: tuple[Path, ...],
    output_format: str,
    everything: bool,
    **options: Any,
) -> None:
    """Print where model calls go: name, model, endpoint family, URL, credential, fallbacks.

    Reads PATHS (files and folders; by default the current folder). Credentials are shown as the
    reference that stands in the file, never as a value. Without PATHS, examples and test material
    are left out. A model that a table for a program of your own chooses has a row without a family.

    \b
    agentlint routes
    agentlint routes --output-format markdown gateway/
    agentlint routes --output-format mermaid
    """
    with one_line_failures():
        collected = _collect(paths, RunOptions(**options))
    found = route_rows(collected.project)
    shown = found if everything or paths else tuple(r for r in found if r.scope.is_read)
    if output_format in _GRAPHS:
        print_text(_GRAPHS[output_format](shown))
    else:
        print_text(_TABLES[output_format](shown, collected.sources))
    if output_format != _JSON:
        print_line(_summary(shown, len(found) - len(shown)), to_errors=True)
    for notice in collected.notices:
        print_line(notice_line(notice), to_errors=True)
    if any(notice.kind is NoticeKind.INTERNAL for notice in collected.notices):
        sys.exit(_FAILED)


def _collect(paths: tuple[Path, ...], options: RunOptions) -> Collected:
    checked = named(paths)
    root = root_of(checked)
    settings = load_run_settings(root, options)
    absolute = tuple(Path(os.path.abspath(path)) for path in checked)
    return collect(Run(root, absolute, settings, judging_day(None)))


def _summary(shown: Sequence[Route], hidden: int) -> str:
    files = len({route.path for route in shown})
    text = f"{counted(len(shown), 'route')} in {counted(files, 'file')}."
    return f"{text} {hidden} more in examples and tests: --all shows them." if hidden else text

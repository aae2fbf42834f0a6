"""`agentlint record`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from agentlint.cli.failure import one_line_failures
from agentlint.cli.options import PATH
from agentlint.cli.printing import print_text
from agentlint.cli.run_options import named, root_of
from agentlint.engine import collect
from agentlint.engine.run_settings import Overrides, run_over
from agentlint.knowledge.records import record_kind, record_kinds
from agentlint.reporters.new_record import LAYOUTS, render

_KINDS = [kind.id for kind in record_kinds()]


@click.group(
    "record",
    short_help="Write a record of gateway work.",
    help=f"""Write a record of gateway work, of one of these kinds: {", ".join(_KINDS)}.

    \b
    agentlint record new migration-check > records/migration-check.yaml
    """,
)
def command() -> None:
    """The group of what is done with records."""


@command.command("new")
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("path", default=Path(), type=PATH)
@click.option(
    "--output-format",
    type=click.Choice(LAYOUTS),
    help="Layout of the template; by default the usual one of its kind.",
)
def new(kind: str, path: Path, output_format: str | None) -> None:
    """Print a template of a KIND of record for the repository at PATH (by default the current folder).

    Aliases, endpoint families, the instruction source and the rollback note are those of the
    repository; what only a person or a run can tell is left as a placeholder.

    \b
    agentlint record new migration-check > records/migration-check.yaml
    agentlint record new gateway-smoke-test --output-format yaml
    """
    with one_line_failures():
        root = root_of(named([path]))
        collected = collect(run_over(root, root, date.min, Overrides()))
    print_text(render(record_kind(kind), collected.project, output_format))

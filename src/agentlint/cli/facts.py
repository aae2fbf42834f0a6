"""`agentlint facts`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from agentlint.cli.failure import failure, one_line_failures
from agentlint.cli.options import PATH
from agentlint.cli.printing import print_text
from agentlint.cli.run_options import named, root_of
from agentlint.config import Settings
from agentlint.engine import Run, collect
from agentlint.engine.day import judging_day
from agentlint.reporters.facts_json import render


@click.command("facts", short_help="Print the facts of a file as JSON.")
@click.argument("file", type=PATH)
def command(file: Path) -> None:
    """Print what agentlint reads from FILE before any rule looks at it, for authors of rules.

    Facts hold no secret: of a credential they tell where it stands and what kind it is.

    \b
    agentlint facts gateway-routes.yaml
    """
    if os.path.isdir(file):
        raise failure(f"{file} is a folder; `facts` reads one file")
    with one_line_failures():
        root = root_of(named([file]))
        path = Path(os.path.abspath(file))
        collected = collect(Run(root, (path,), Settings(), judging_day(None)))
    if not collected.project.files:
        said = "; ".join(notice.message for notice in collected.notices)
        raise failure(f"{file} was not read{': ' if said else ''}{said}")
    facts = collected.project.files[0]
    text = render(facts, collected.sources[facts.path])
    print_text(text)

"""The arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from agentlint.cli.run_options import path_of
from agentlint.config import Profile

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


F = TypeVar("F", bound=Callable[..., object])


class _NamedPath(click.Path):
    """A path that says something: `"$CHANGED"` of a variable that is empty does not mean this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("a path is required, and this one is empty", param, ctx)
        path = super().convert(value, param, ctx)
        return path_of(value) if isinstance(value, str) else path


def complete_rules(
    ctx: click.Context,  # noqa: ARG001 - what click passes
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """The rules that the last name of a list with commas may become."""
    from click.shell_completion import CompletionItem

    from agentlint.knowledge.pages import rule_pages

    before, comma, begun = incomplete.rpartition(",")
    pages = rule_pages().values()
    return [
        CompletionItem(f"{before}{comma}{page.id}", help=page.title)
        for page in pages
        if page.id.startswith(begun)
    ]


# Whether a file can be read, the reading tells: of one among many in a notice, else in one line.
PATH = _NamedPath(readable=False, path_type=Path)
EXCLUDE_HELP = "Do not read these paths: a gitignore pattern from the root."
_RUN_OPTIONS = (
    click.option(
        "--select",
        metavar="RULES",
        multiple=True,
        shell_complete=complete_rules,
        help="Run these rules only (or ALL), whatever the settings say.",
    ),
    click.option(
        "--extend-select",
        metavar="RULES",
        multiple=True,
        shell_complete=complete_rules,
        help="Run these rules as well, even if ignored.",
    ),
    click.option(
        "--ignore",
        metavar="RULES",
        multiple=True,
        shell_complete=complete_rules,
        help="Do not run these rules.",
    ),
    click.option(
        "--profile",
        type=click.Choice([str(p) for p in Profile]),
        help="The set of rules, in place of the settings' `select`.",
    ),
    click.option(
        "--exclude",
        metavar="PATTERN",
        multiple=True,
        help=EXCLUDE_HELP,
    ),
    click.option("--force-exclude", is_flag=True, help="Exclude paths even if they are named."),
    click.option("--config", type=PATH, help="Read this settings file."),
    click.option("--isolated", is_flag=True, help="Read no settings file."),
    click.option(
        "--as-of",
        metavar="DATE",
        help="Judge dates as of this day, not SOURCE_DATE_EPOCH or today.",
    ),
)
colour_option = click.option(
    "--color",
    "--colour",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    metavar="WHEN",
    help="Use colour: auto, always or never.",
)


def run_options(command: F) -> F:
    """The options of every command that runs the rules; `RunOptions` holds them."""
    for option in reversed(_RUN_OPTIONS):
        command = option(command)
    return command

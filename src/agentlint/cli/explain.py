"""`agentlint explain`."""

from __future__ import annotations

import shutil
import sys

import click
from click.shell_completion import CompletionItem

from agentlint.cli.failure import failure
from agentlint.cli.output import colour_option, wants_colour
from agentlint.config import did_you_mean
from agentlint.knowledge.pages import RulePage, rule_pages

_MOST_COLUMNS = 100


def _complete(
    ctx: click.Context,  # noqa: ARG001 - what click passes
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    pages = rule_pages().values()
    return [CompletionItem(p.id, help=p.title) for p in pages if p.id.startswith(incomplete)]


@click.command("explain", short_help="Print the page of a rule.")
@click.argument("rule", shell_complete=_complete)
@colour_option
def command(rule: str, colour: str) -> None:
    """Print the page of RULE: why it speaks, what to do, when it stays quiet, and its cases.

    On a terminal the page is set for reading; elsewhere it is the Markdown that it is written in.

    \b
    agentlint explain responses-only-on-chat
    agentlint explain literal-secret > page.md
    """
    pages = rule_pages()
    if rule not in pages:
        hint = did_you_mean(rule, pages) or "; `agentlint rules` lists the rules"
        raise failure(f"unknown rule `{rule}`{hint}")
    click.echo(_text(pages[rule], colour), nl=False, color=True)


def _text(page: RulePage, colour: str) -> str:
    if not sys.stdout.isatty() and colour != "always":
        return page.text
    from agentlint.reporters.page_text import render

    columns = min(shutil.get_terminal_size().columns, _MOST_COLUMNS)
    return render(page, columns, colour=wants_colour(colour))

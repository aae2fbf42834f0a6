"""`agentlint explain`."""

from __future__ import annotations

import click

from agentlint.cli.failure import failure
from agentlint.knowledge.pages import rule_pages


@click.command("explain", short_help="Print the page of a rule.")
@click.argument("rule")
def command(rule: str) -> None:
    """Print the page of RULE: why it speaks, what to do, when it stays quiet, and its cases.

    \b
    agentlint explain responses-only-on-chat
    """
    pages = rule_pages()
    if rule not in pages:
        from difflib import get_close_matches

        close = get_close_matches(rule, pages, n=1)
        hint = f"; did you mean `{close[0]}`?" if close else "; `agentlint rules` lists the rules"
        raise failure(f"unknown rule `{rule}`{hint}")
    click.echo(pages[rule].text, nl=False)

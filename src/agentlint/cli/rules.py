"""`agentlint rules`."""

from __future__ import annotations

import json

import click

from agentlint.cli.printing import print_line
from agentlint.knowledge.pages import rule_pages


@click.command("rules", short_help="List the rules.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
def command(output_format: str) -> None:
    """List every rule with its severity, its profile and how sure its fix is.

    \b
    agentlint rules
    agentlint rules --output-format json
    """
    pages = list(rule_pages().values())
    if output_format == "json":
        rows = [
            {
                "id": page.id,
                "title": page.title,
                "severity": str(page.severity),
                "category": page.category,
                "profile": "strict" if page.strict else "default",
                "fix": page.fix,
                "summary": page.summary,
            }
            for page in pages
        ]
        print_line(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    width = max(len(page.id) for page in pages)
    for page in pages:
        strict = " (strict)" if page.strict else ""
        fix = f" [{page.fix} fix]" if page.fix else ""
        print_line(f"{page.id:{width}}  {page.severity:7}  {page.title}{strict}{fix}")

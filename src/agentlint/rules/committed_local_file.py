from __future__ import annotations

from collections.abc import Iterator

from agentlint.discovery import is_put_away
from agentlint.facts.local_file import LocalFile
from agentlint.findings import Finding, Severity
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule("committed-local-file", on=LocalFile)
def check(file: LocalFile, ctx: Context) -> Iterator[Finding]:
    yield ctx.finding(
        file.path,
        file.span,
        f"`{file.name}` holds one person's own settings, and nothing keeps it out of the repository",
        severity=Severity.INFO if is_put_away(file.path) else None,
        help=f"add `{file.name}` to .gitignore, and `git rm --cached` it if it is tracked",
        subject=file.name,
    )

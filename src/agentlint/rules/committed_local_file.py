from __future__ import annotations

from collections.abc import Iterator

from agentlint.discovery import is_put_away
from agentlint.facts.local_file import LocalFile
from agentlint.findings import Finding, Severity
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule(on=LocalFile)
def check(file: LocalFile, ctx: Context) -> Iterator[Finding]:
    yield ctx.finding(
        file.path,
        file.span,
        f"`{file.name}` holds one person's own settings, and {_how_it_came(file)}",
        severity=Severity.INFO if is_put_away(file.path) else None,
        help=_advice(file),
        subject=file.name,
    )


def _how_it_came(file: LocalFile) -> str:
    if file.tracked:
        return "git tracks it although an ignore file names it"
    return "nothing keeps it out of the repository"


def _advice(file: LocalFile) -> str:
    """A pattern with a slash in it holds in the folder of its ignore file alone."""
    if file.tracked:
        return "take it out of the index with `git rm --cached`; on disk it stays"
    is_below = "/" in file.name and len(file.path) > len(file.name)
    pattern = f"**/{file.name}" if is_below else file.name
    return f"add `{pattern}` to .gitignore, and `git rm --cached` it if it is tracked"

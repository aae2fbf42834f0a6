from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.secret import DefaultCredential
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule("default-credential", on=DefaultCredential)
def check(fact: DefaultCredential, ctx: Context) -> Iterator[Finding]:
    yield ctx.finding(
        fact.path,
        fact.span,
        f"`{fact.name}` is set to a value that {_known_by(fact)}",
        help="set it from the environment or a secret store before anyone else can reach the service",
        subject=fact.name,
    )


def _known_by(fact: DefaultCredential) -> str:
    return "a project publishes as its default" if fact.is_published else "anybody can guess"

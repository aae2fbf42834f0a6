from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.secret import DefaultCredential
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule(on=DefaultCredential)
def check(fact: DefaultCredential, ctx: Context) -> Iterator[Finding]:
    yield ctx.finding(
        fact.path,
        fact.span,
        _told(fact),
        help=_advice(fact),
        subject=fact.name,
    )


def _told(fact: DefaultCredential) -> str:
    if fact.host:
        return f"the password in a URL of `{fact.host}` is one that anybody can guess"
    return f"`{fact.name}` {_gets(fact)} a value that {_known_by(fact)}"


def _advice(fact: DefaultCredential) -> str:
    if fact.host:
        return (
            "change it there, and refer to the whole URL by a variable: others can reach this host"
        )
    if fact.default_of:
        strict = f"${{{fact.default_of}:?}}"
        return (
            f"take the default out: with `{strict}` Compose and shells stop where nobody has set it"
        )
    return "set it from the environment or a secret store before anyone else can reach the service"


def _gets(fact: DefaultCredential) -> str:
    return "falls back to" if fact.default_of else "is set to"


def _known_by(fact: DefaultCredential) -> str:
    return "a project publishes as its default" if fact.is_published else "anybody can guess"

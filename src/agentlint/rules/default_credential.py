from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.facts.secret import DefaultCredential
from agentlint.facts.values.value import Located
from agentlint.findings import Finding, Location, Related
from agentlint.knowledge.formats import reader_of
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule(on=DefaultCredential)
def check(fact: DefaultCredential, ctx: Context) -> Iterator[Finding]:
    finding = ctx.finding(
        fact.path,
        fact.span,
        f"{_problem(fact)}{_again(len(fact.repeats))}",
        help=f"{_advice(fact)}{', here and wherever it is repeated' if fact.repeats else ''}",
        related=tuple(_repeated(fact.path, place) for place in fact.repeats),
        subject=fact.name,
    )
    yield replace(finding, repeats=tuple(place.span for place in fact.repeats))


def _repeated(path: str, place: Located[str]) -> Related:
    return Related(Location(path, place.span), f"`{place.value}` repeats it")


def _again(times: int) -> str:
    if times < 2:
        return ", and is repeated once" if times else ""
    return f", and is repeated {times} times"


def _problem(fact: DefaultCredential) -> str:
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
    reader = reader_of(fact.reader)
    if reader and reader.left_empty:
        return "set another in a file that git ignores before anyone else can reach the service"
    return "set it from the environment or a secret store before anyone else can reach the service"


def _gets(fact: DefaultCredential) -> str:
    return "falls back to" if fact.default_of else "is set to"


def _known_by(fact: DefaultCredential) -> str:
    return "a project publishes as its default" if fact.is_published else "anybody can guess"

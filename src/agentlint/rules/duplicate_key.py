from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.repeated_key import RepeatedKey
from agentlint.findings import Finding, Location, Related
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule(on=RepeatedKey)
def check(found: RepeatedKey, ctx: Context) -> Iterator[Finding]:
    yield ctx.finding(
        found.path,
        found.repeated,
        f"`{found.key}` is given twice in the same mapping",
        help="keep one of the two: most readers take the last and say nothing, others stop",
        related=(Related(Location(found.path, found.first), "it is given here first"),),
        subject=found.key,
    )

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.smoke_test import Demand, SmokeTest
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

_MESSAGES = {
    Demand.TOKENS: "a smoke test asserts an exact number of tokens",
    Demand.PRICE: "a smoke test asserts a price",
    Demand.RATE_LIMIT: "a smoke test asserts on rate-limit headers",
    Demand.LATENCY: "a smoke test asserts a time below one second",
    Demand.TEXT: "a smoke test asserts the exact text that a model wrote",
}
_HELP = {
    Demand.TOKENS: "assert that usage is reported, if at all",
    Demand.PRICE: "leave it out: prices belong to the account",
    Demand.RATE_LIMIT: "leave it out: limits belong to the account",
    Demand.LATENCY: "use a time-out that a slow day does not reach",
    Demand.TEXT: "assert that the text is not empty, and judge its quality elsewhere",
}


@rule(on=SmokeTest)
def check(test: SmokeTest, ctx: Context) -> Iterator[Finding]:
    for overassertion in test.overassertions:
        yield ctx.finding(
            test.path,
            overassertion.span,
            _MESSAGES[overassertion.demand],
            help=_HELP[overassertion.demand],
            subject=overassertion.demand.value,
        )

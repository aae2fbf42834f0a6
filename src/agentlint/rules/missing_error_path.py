from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.smoke_test import SmokeTest
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule(on=SmokeTest)
def check(test: SmokeTest, ctx: Context) -> Iterator[Finding]:
    if not test.checks_errors:
        yield ctx.finding(
            test.path,
            test.span,
            "this smoke test never sends a request that should fail",
            help="send an invalid alias as well, and assert a 4xx with a body that can be read",
            subject=test.path,
        )

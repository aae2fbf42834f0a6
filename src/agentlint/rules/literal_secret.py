from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule("literal-secret", on=SecretCandidate)
def check(secret: SecretCandidate, ctx: Context) -> Iterator[Finding]:
    assigned = f" in `{secret.name}`" if secret.name else ""
    yield ctx.finding(
        secret.path,
        secret.span,
        f"{secret.title}{assigned} ({secret.length} characters)",
        confidence=secret.confidence,
        help="rotate the credential, since it stays in the history, and refer to it by name instead",
        subject=f"{secret.kind}: {secret.name}",
    )

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Finding
from agentlint.knowledge.formats import reader_of
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
        help=f"rotate the credential, since it stays in the history, and {_reference(secret)}",
        subject=f"{secret.kind}: {secret.name}",
    )


def _reference(secret: SecretCandidate) -> str:
    """How to refer to it instead, in the spelling that the file's reader understands."""
    reader = reader_of(secret.reader)
    if reader is None or not reader.reference_advice:
        return "refer to it by name instead"
    return reader.reference_advice.replace("{name}", secret.kind.upper().replace("-", "_"))

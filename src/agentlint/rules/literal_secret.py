from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Applicability, Change, Finding, FromEnvironment, NewValue, Repair
from agentlint.knowledge.formats import reader_of
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern

_VARIABLE = Pattern(r"[A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60}){1,8}")


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
        repair=_referred(secret),
    )


def _referred(secret: SecretCandidate) -> Repair | None:
    """A reference in its place, where the spelling is known; the value itself is burnt all the same."""
    reader, name = reader_of(secret.reader), _variable(secret)
    spelled = reader.reference(name) if reader else None
    if secret.path.endswith(".py"):
        changes: tuple[Change, ...] = (FromEnvironment(secret.span, name),)
    elif spelled:
        changes = (NewValue(secret.span, spelled),)
    else:
        return None
    title = f"read it from `{name}`; rotate the credential, since it stays in the history"
    return Repair(title, Applicability.UNSAFE, changes)


def _variable(secret: SecretCandidate) -> str:
    """The variable that the credential has already, else one that is named after its kind."""
    if _VARIABLE.fullmatch(secret.name):
        return secret.name
    return secret.kind.upper().replace("-", "_")


def _reference(secret: SecretCandidate) -> str:
    """How to refer to it instead, in the spelling that the file's reader understands."""
    reader = reader_of(secret.reader)
    if reader is None or not reader.reference_advice:
        return "refer to it by name instead"
    return reader.reference_advice.replace("{name}", _variable(secret))

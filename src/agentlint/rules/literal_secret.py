from __future__ import annotations

from collections.abc import Iterator, Mapping

from agentlint.facts.project import Project
from agentlint.facts.route import Route
from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Applicability, Change, Finding, FromEnvironment, NewValue, Repair
from agentlint.knowledge.formats import Format, find_format, reader_of
from agentlint.knowledge.secret_shapes import secret_shapes
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern, Span

_VARIABLE = Pattern(r"[A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60}){1,8}")


@rule("literal-secret", on=SecretCandidate)
def check(secret: SecretCandidate, ctx: Context) -> Iterator[Finding]:
    shown_by = ctx.project.once(_readers_of_credentials).get((secret.path, secret.span), "")
    of_route, of_file = find_format(shown_by), reader_of(secret.reader)
    assigned = f" in `{secret.name}`" if secret.name else ""
    yield ctx.finding(
        secret.path,
        secret.span,
        f"{secret.title}{assigned} ({secret.length} characters)",
        confidence=secret.confidence,
        help="rotate the credential, since it stays in the history, and "
        f"{_reference(secret, of_file or of_route)}",
        subject=f"{secret.kind}: {secret.name}",
        repair=_referred(secret, of_route, of_file),
    )


def _readers_of_credentials(project: Project) -> Mapping[tuple[str, Span], str]:
    """The format of the route that each credential is given to, by file and place."""
    return {
        (route.path, credential.value.span): route.format
        for route in project.all(Route)
        for credential in route.credentials
        if credential.value.span
    }


def _referred(
    secret: SecretCandidate, of_route: Format | None, of_file: Format | None
) -> Repair | None:
    """A reference in its place, where the spelling is known; the value itself is burnt all the same.

    What stands outside of a route may be for another reader, as in the values of a chart.
    """
    name = _variable(secret)
    reader = of_route or (of_file if of_file and of_file.whole_file else None)
    spelled = reader.reference(name) if reader else None
    if of_file and of_file.left_empty:
        title = "leave it empty; rotate the credential, since it stays in the history"
        return Repair(title, Applicability.UNSAFE, (NewValue(secret.span, ""),))
    if secret.path.endswith(".py"):
        changes: tuple[Change, ...] = (FromEnvironment(secret.span, name),)
    elif spelled:
        changes = (NewValue(secret.span, spelled),)
    else:
        return None
    title = f"read it from `{name}`; rotate the credential, since it stays in the history"
    return Repair(title, Applicability.UNSAFE, changes)


def _variable(secret: SecretCandidate) -> str:
    """The variable that the credential has already, else the usual one for its kind."""
    if _VARIABLE.fullmatch(secret.name):
        return secret.name
    return secret_shapes()[secret.kind].variable


def _reference(secret: SecretCandidate, reader: Format | None) -> str:
    """How to refer to it instead, in the spelling that the file's reader understands."""
    if reader is None or not reader.reference_advice:
        return "refer to it by name instead"
    return reader.reference_advice.replace("{name}", _variable(secret))

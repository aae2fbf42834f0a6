from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.project import Project
from agentlint.facts.record import Record
from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Finding
from agentlint.knowledge.records import record_kind
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule(on=Record)
def check(record: Record, ctx: Context) -> Iterator[Finding]:
    if record.in_test:
        return
    secrets = ctx.project.once(_names_of_secrets)
    for field in record.unsafe:
        if (record.path, field.key.value) not in secrets:
            yield ctx.finding(
                record.path,
                field.key.span,
                f"`{field.key.value}` puts {field.what} into a {record_kind(record.kind).title}",
                help="leave the field out; say what was sent by the path of its template, and what "
                "came back by its status and shape",
                subject=f"{record.kind}: {field.key.value}",
            )


def _names_of_secrets(project: Project) -> frozenset[tuple[str, str]]:
    """The names of the credentials in each file, on which another rule reports."""
    return frozenset((secret.path, secret.name) for secret in project.all(SecretCandidate))

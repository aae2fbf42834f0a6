from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.record import Record
from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Finding
from agentlint.knowledge.records import record_kind
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule("unsafe-record", on=Record)
def check(record: Record, ctx: Context) -> Iterator[Finding]:
    if record.in_test:
        return
    file = ctx.project.file(record.path)
    secrets = {secret.name for secret in (file.of(SecretCandidate) if file else ())}
    for field in record.unsafe:
        if field.key.value not in secrets:
            yield ctx.finding(
                record.path,
                field.key.span,
                f"`{field.key.value}` puts {field.what} into a {record_kind(record.kind).title}",
                help="leave the field out; say what was sent by the path of its template, and what "
                "came back by its status and shape",
                subject=f"{record.kind}: {field.key.value}",
            )

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import FamilySource, Route
from agentlint.facts.values import ValueKind
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule("missing-endpoint-family", on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if not route.family_required or route.family_source is FamilySource.DECLARED:
        return
    if route.family_value.given or route.model.kind is ValueKind.PLACEHOLDER:
        return
    if route.family is not None:
        help_line = f'its path says `endpoint_family: "{route.family}"`: write it beside the model'
    else:
        help_line = "write `endpoint_family` beside the model: `responses`, `chat_completions`, …"
    yield ctx.finding(
        route.path,
        route.role.span or route.place,
        f"route `{route.name}` names no endpoint family",
        help=help_line,
        subject=route.name,
    )

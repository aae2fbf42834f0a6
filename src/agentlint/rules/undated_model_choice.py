from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if route.kind is not RouteKind.TABLE or not route.family_required:
        return
    span = route.model.span
    if route.scope is not RouteScope.REPOSITORY or not route.model.literal or span is None:
        return
    given = (("`rationale`", route.rationale), ("`verified_on`", route.verified_on))
    missing = [key for key, value in given if not value.given]
    if missing and span != route.span:
        yield ctx.finding(
            route.path,
            span,
            f"nothing says why `{route.name}` is `{route.model.raw}`, or when that was verified: "
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing",
            help="add a short reason and the day on which the ID was checked against the provider",
            subject=route.name,
        )

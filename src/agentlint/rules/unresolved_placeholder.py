from __future__ import annotations

from collections.abc import Iterator

from agentlint.discovery import is_in_docs
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.values.unfilled import is_unfilled_model, is_unfilled_url
from agentlint.facts.values.value import Value, ValueKind
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    parts = (
        ("model", route.model),
        ("provider", route.provider),
        ("endpoint family", route.family_value),
        ("endpoint path", route.endpoint_path),
        ("base URL", route.base_url),
    )
    for part, value in parts:
        if value.span and _is_open(part, value) and _is_read(route):
            yield ctx.finding(
                route.path,
                value.span,
                f"the {part} of route `{route.name}` is still the placeholder `{value.raw}`",
                help="fill it in from the provider's current documentation, or rename the file to "
                "`*.example.*` if it is a template",
                subject=f"{route.name}: {part}",
            )


def _is_open(part: str, value: Value) -> bool:
    """Whether a part of a route is a placeholder, or has one behind its provider or in its URL."""
    if value.kind is ValueKind.PLACEHOLDER:
        return True
    if part == "model":
        return is_unfilled_model(value.literal or "")
    return part == "base URL" and is_unfilled_url(value.literal or "")


def _is_read(route: Route) -> bool:
    """Whether a call is made by the route; variables of a workflow are often filled in for a test."""
    if not route.effective or is_in_docs(route.path):
        return False
    if route.scope is RouteScope.CI:
        return route.kind is RouteKind.CI_STEP
    return route.scope is RouteScope.REPOSITORY

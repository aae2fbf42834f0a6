from __future__ import annotations

from collections.abc import Iterator

from agentlint.discovery import is_in_docs
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.values.unfilled import (
    is_unfilled_credential,
    is_unfilled_model,
    is_unfilled_url,
)
from agentlint.facts.values.value import Value, ValueKind
from agentlint.findings import Finding
from agentlint.knowledge.providers import is_at_own_server
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Span

_CREDENTIAL = "credential"
# Credentials of the gateway itself, which the routes of its config share.
_OF_GATEWAY = {"master_key": "master key"}
_CREDENTIALS = frozenset({_CREDENTIAL, *_OF_GATEWAY.values()})
_TEMPLATE = "or rename the file to `*.example.*` if it is a template"


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    reported: set[tuple[str, Span]] = set()
    for route in sorted(filter(_is_read, project.all(Route)), key=_borrows):
        for part, value in _parts(route):
            if not value.span or (route.path, value.span) in reported or not _is_open(part, value):
                continue
            reported.add((route.path, value.span))
            of_gateway = part in _OF_GATEWAY.values()
            owner = "the gateway" if of_gateway else f"route `{route.name}`"
            yield ctx.finding(
                route.path,
                value.span,
                f"the {part} of {owner} is still {_shown(part, value)}",
                help=f"{_advice(part)}, {_TEMPLATE}",
                subject=part if of_gateway else f"{route.name}: {part}",
            )


def _parts(route: Route) -> Iterator[tuple[str, Value]]:
    yield "model", route.model
    yield "provider", route.provider
    yield "endpoint family", route.family_value
    yield "endpoint path", route.endpoint_path
    yield "base URL", route.base_url
    if _asks_for_credential(route):
        for credential in route.credentials:
            yield _OF_GATEWAY.get(credential.slot, _CREDENTIAL), credential.value


def _asks_for_credential(route: Route) -> bool:
    """Whether calls fail without a credential that stands in this very file: servers of one's own often
    take any, and variables and programs are given theirs from elsewhere."""
    is_given_elsewhere = route.kind in (RouteKind.ENVIRONMENT, RouteKind.CALL, RouteKind.CI_STEP)
    return not is_given_elsewhere and not is_at_own_server(route.base_url.literal or "")


def _advice(part: str) -> str:
    if part in _CREDENTIALS:
        return "set it from the environment or a secret store"
    return "fill it in from the provider's current documentation"


def _shown(part: str, value: Value) -> str:
    """A placeholder for people; what stands between `<` and `>` for a credential may be one."""
    return "a placeholder" if part in _CREDENTIALS else f"the placeholder `{value.raw}`"


def _borrows(route: Route) -> bool:
    """Whether parts of a route may be those of another, which are told there: a model that a tool
    chooses goes by the base URL of its provider."""
    return route.kind is not RouteKind.DEPLOYMENT


def _is_open(part: str, value: Value) -> bool:
    """Whether a part of a route is a placeholder, or has one behind its provider or in its URL."""
    if part in _CREDENTIALS:
        return value.kind is ValueKind.PLACEHOLDER and is_unfilled_credential(value.raw)
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

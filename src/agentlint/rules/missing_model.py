from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.values import ValueKind
from agentlint.facts.workflow import WorkflowStep
from agentlint.findings import Finding
from agentlint.knowledge.formats import find_format
from agentlint.rules.context import Context
from agentlint.rules.rule import rule

# Inputs that can hold a model among other things, and the word by which they would.
_HOLDERS = ("settings", "claude_args", "codex-args")
_MODEL = "model"
_UNSAID = (ValueKind.ABSENT, ValueKind.INHERIT)


@rule("missing-model", on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    if route.model.kind not in _UNSAID or not route.effective or route.targets:
        return
    if route.kind is RouteKind.CI_STEP and route.scope is RouteScope.CI:
        if _may_be_given(route, ctx):
            return
        reader = find_format(route.format)
        chosen = f"{reader.title} chooses one itself" if reader else "a default is used"
        message = f"this step names no model, so {chosen}"
    elif route.kind is RouteKind.TABLE and route.scope is RouteScope.REPOSITORY:
        if not route.family_required or len(route.pointer) < 2:
            return
        message = f"route `{route.name}` names no model, so a default is used"
    else:
        return
    yield ctx.finding(
        route.path,
        route.model.span or route.place,
        message,
        help="name a route alias, which the gateway's table maps to a model",
        subject=route.name,
    )


def _may_be_given(route: Route, ctx: Context) -> bool:
    """Whether a model may stand in arguments or settings that could not be read."""
    file = ctx.project.file(route.path)
    steps = file.of(WorkflowStep) if file else ()
    texts = [s.input(name) for s in steps if s.pointer == route.pointer for name in _HOLDERS]
    return any(
        _MODEL in text.raw or text.kind is not ValueKind.LITERAL for text in texts if text.given
    )

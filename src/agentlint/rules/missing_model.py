from __future__ import annotations

from collections.abc import Iterator, Mapping

from agentlint.facts.call_site import CallSite
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.values.value import Value, ValueKind
from agentlint.facts.workflow import WorkflowStep
from agentlint.findings import Finding
from agentlint.knowledge.formats import find_format
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.shared.sender import sender_of

# Inputs that can hold a model among other things, and the word by which they would.
_HOLDERS = ("settings", "claude_args", "codex-args")
_FILES = ("settings", "prompt-file", "codex-home")
_MODEL = "model"
_HELP = "name a route alias, which the gateway's table maps to a model"
_UNSAID = (ValueKind.ABSENT, ValueKind.INHERIT)


@rule(on=(Route, CallSite))
def check(fact: Route | CallSite, ctx: Context) -> Iterator[Finding]:
    if isinstance(fact, CallSite):
        yield from _in_code(fact, ctx)
    else:
        yield from _in_config(fact, ctx)


def _in_code(call: CallSite, ctx: Context) -> Iterator[Finding]:
    if call.default_model and call.scope is RouteScope.REPOSITORY:
        name = call.function.value
        yield ctx.finding(
            call.path,
            call.function.span,
            f"`{name}` is given no model, so the library takes `{call.default_model}`",
            help=_HELP,
            subject=name,
        )


def _in_config(route: Route, ctx: Context) -> Iterator[Finding]:
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
        message = f"{sender_of(route)} names no model, so a default is used"
    else:
        return
    yield ctx.finding(
        route.path,
        route.model.span or route.place,
        message,
        help=_HELP,
        subject=route.name,
    )


def _may_be_given(route: Route, ctx: Context) -> bool:
    """Whether a model may stand in a file, or in arguments or settings that could not be read."""
    step = ctx.project.once(_steps).get((route.path, route.pointer))
    if step is None:
        return False
    held = [value for name in _HOLDERS if (value := step.input(name)).given]
    files = [value for name in _FILES if (value := step.input(name)).given]
    return any(map(_may_hold_model, held)) or any("{" not in v.raw for v in files)


def _steps(project: Project) -> Mapping[tuple[str, tuple[str, ...]], WorkflowStep]:
    """The steps of every workflow by their place in it; of several in one place the first."""
    steps = reversed(project.all(WorkflowStep))
    return {(step.path, step.pointer): step for step in steps}


def _may_hold_model(value: Value) -> bool:
    return _MODEL in value.raw or value.kind is not ValueKind.LITERAL

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.discovery import FileKind
from agentlint.facts.exposure import Exposure
from agentlint.facts.pipelines.agent_steps import is_agent_step
from agentlint.facts.project import Project
from agentlint.facts.route import RouteScope
from agentlint.facts.setting import Setting
from agentlint.facts.values.value import ValueKind
from agentlint.facts.workflow import WorkflowStep
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern, Span

# Variables by which registries, hosts and clouds are told who may publish; from their own documentation.
_PUBLISHES = Pattern(
    r"(?:NPM|NODE_AUTH|PYPI|PYPI_API|TEST_PYPI|UV_PUBLISH|CARGO_REGISTRY|CRATES_IO"
    r"|CLOUDFLARE|CLOUDFLARE_API|CF_API|VERCEL|NETLIFY_AUTH|FLY_API|RAILWAY|DIGITALOCEAN"
    r"|DIGITALOCEAN_ACCESS|DOCKERHUB|DOCKER_HUB|FIREBASE|SENTRY_AUTH|TF_API|PULUMI_ACCESS|OVSX|VSCE)_TOKEN"
    r"|POETRY_PYPI_TOKEN_\w{1,40}|TWINE_PASSWORD|DOCKER(?:HUB)?_PASSWORD|OVSX_PAT|VSCE_PAT|HEROKU_API_KEY"
    r"|NUGET_API_KEY|GEM_HOST_API_KEY|RUBYGEMS_API_KEY|CLOUDFLARE_API_KEY|(?:SSH_)?DEPLOY_(?:KEY|TOKEN)|KUBECONFIG"
)
_OWN_TOKEN = "GITHUB_TOKEN"  # noqa: S105 - a name
_PROMPTS = frozenset({"prompt", "direct_prompt", "custom_instructions", "override_prompt"})
_SECRET = Pattern(
    r"\$\{\{[^{}]{0,200}?\bsecrets\s{0,4}(?:\.|\[\s{0,4}')(?P<name>[\w-]{1,128})", re.IGNORECASE
)


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    for exposure in project.all(Exposure):
        if not _binds(exposure, project):
            continue
        yield ctx.finding(
            exposure.path,
            exposure.span,
            f"`{exposure.key}` says that an agent has credentials",
            help="take them out of the agent's reach, let a later step publish, and record false",
            subject=exposure.key,
        )
    judged: set[tuple[str, Span]] = set()
    for step in project.all(WorkflowStep):
        if step.in_test or not is_agent_step(step):
            continue
        for finding in (*_variables(step, ctx), *_prompts(step, ctx)):
            place = (step.path, finding.location.span)
            if place not in judged:
                judged.add(place)
                yield finding


def _binds(exposure: Exposure, project: Project) -> bool:
    """Whether someone goes by it: in an instruction file a code block is the contract itself."""
    file = project.file(exposure.path)
    if exposure.scope is RouteScope.EXAMPLE:
        return file is not None and file.kind == FileKind.INSTRUCTION
    return exposure.scope is not RouteScope.TEST


def _variables(step: WorkflowStep, ctx: Context) -> Iterator[Finding]:
    for setting in step.env:
        name = setting.name.value
        if _PUBLISHES.fullmatch(name) and _is_secret(setting):
            yield ctx.finding(
                step.path,
                setting.name.span,
                f"`{name}` can publish or deploy, and is in the environment of an agent",
                help="set it on the step that publishes, after the agent's job is done",
                subject=name,
            )


def _is_secret(setting: Setting) -> bool:
    """Whether a real credential is given: a secret, or a literal that the facts do not keep.

    The job's own token is what its permissions make it, whatever it is called.
    """
    value = setting.value
    if value.kind is ValueKind.SECRET_REF:
        return value.ref != _OWN_TOKEN
    return value.kind is ValueKind.LITERAL and not value.raw


def _prompts(step: WorkflowStep, ctx: Context) -> Iterator[Finding]:
    for setting in step.inputs:
        secret = _SECRET.search(setting.value.raw)
        if setting.name.value.lower() in _PROMPTS and secret and setting.value.span:
            yield _in_prompt(step, setting.name.span, setting.name.value, secret["name"], ctx)
    for name in step.prompt_secrets:
        yield _in_prompt(step, name.span, "run", name.value, ctx)


def _in_prompt(step: WorkflowStep, span: Span, place: str, secret: str, ctx: Context) -> Finding:
    return ctx.finding(
        step.path,
        span,
        f"the secret `{secret}` is written into the agent's prompt",
        help="take it out: what a prompt holds, the model, its logs and its answers hold",
        subject=f"{place}: {secret}",
    )

"""What each action that runs a coding agent or asks a model calls, by its inputs.

These change from one major version to the next, so a step is read as the release that it is pinned to; a
commit alone, or a branch, does not tell, and its inputs are taken as they stand.
Inputs: the `action.yml` of each action, as rules/data/formats.toml and dead_routes.toml name them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from agentlint.documents import Scalar
from agentlint.facts.pipelines.action_step import ActionStep, CommandOptions
from agentlint.facts.pipelines.script_routes import http_routes, literal_switch, script_routes
from agentlint.facts.pipelines.scripts import SCRIPT_ACTION
from agentlint.facts.pipelines.workflows import WORKFLOW
from agentlint.facts.route import ChosenFamily, Fallback, FamilySource, Route, without_effect
from agentlint.facts.tools.opencode_providers import chosen_provider, family_of_provider
from agentlint.facts.tree import SOMEONE, credential, entries, first_given, implied, value_at
from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.facts.variables.shell import unknown
from agentlint.facts.workflow import WorkflowStep
from agentlint.knowledge.agents import Program, Upstream, format_of_action, program_named
from agentlint.knowledge.dead_routes import dead_key
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import url_shape
from agentlint.text import Pattern

# Further variables for a setting of PR-Agent: its action reads one, LiteLLM the others by itself.
_TOO = {
    ("openai", "key"): ("openai_key",),
    ("openai", "api_base"): ("openai_api_base", "openai_base_url"),
}
_WORKSPACE = Pattern(r"\A\$\{\{\s{0,8}github\.workspace\s{0,8}\}\}/")
_PATH = Pattern(r"(?!/)[\w./@+-]{1,200}")
_IMAGE_TAG = Pattern(r"(?<=[\w-]):[\w.-]{1,128}\Z")


def _claude(step: ActionStep) -> Iterator[Route]:
    """Claude Code: options come before settings, and settings before the environment."""
    flags, given = CommandOptions.of(step.node("claude_args")), step.settings()
    inputs = {
        name: value
        for name in ("model", "anthropic_model")
        if (value := step.step.input(name)).given
    }
    are_read = step.major == 0 or step.major is None
    model = first_given(
        flags.last("--model"),
        *(inputs.values() if are_read else ()),
        value_at(given, "model"),
        value_at(given, "env", "ANTHROPIC_MODEL"),
        step.shell("ANTHROPIC_MODEL"),
    )
    program = program_named("claude")
    known = _upstream(step, program)
    upstream = known or program.direct
    own_url = step.shell(upstream.base_url)
    base_url = first_given(
        value_at(given, "env", upstream.base_url),
        unknown(upstream.base_url) if _names_settings(step, flags) else ABSENT,
        own_url,
    )
    says_no_host = known is program.direct and not (own_url.given or flags.last("--settings").given)
    fallback = first_given(flags.last("--fallback-model"), step.step.input("fallback_model"))
    route = replace(
        step.route("claude-code-action", model, upstream.family),
        provider=ABSENT if base_url.given else implied(upstream.provider) if known else SOMEONE,
        base_url=base_url,
        url_shape=url_shape("claude-code-action", upstream.base_url),
        credentials=step.credentials("anthropic_api_key", "claude_code_oauth_token"),
        fallbacks=(Fallback(fallback, "error"),) if fallback.given else (),
        settings_path=_settings_path(step) if says_no_host else "",
    )
    yield route
    if not are_read:
        for name, value in inputs.items():
            dead = replace(route, pointer=step.pointer_of(name), model=value)
            dead = replace(dead, model_origin=None, fallbacks=())
            yield without_effect(dead, dead_key(_dead_model(step, model)))


def _dead_model(step: ActionStep, chosen: Value) -> str:
    """Why an input for the model is dead, by what the step has instead; one option is written once."""
    if chosen.given:
        return "claude-code-action-model-chosen-elsewhere"
    if step.step.input("claude_args").given:
        return "claude-code-action-model-beside-options"
    return "claude-code-action-model"


def _names_settings(step: ActionStep, flags: CommandOptions) -> bool:
    """Whether settings that are not read here may say where Claude Code calls."""
    given = step.step.input("settings").raw.strip()
    is_path = bool(given) and not given.startswith("{")
    return is_path or flags.last("--settings").given


def _settings_path(step: ActionStep) -> str:
    """The file of the checkout that the `settings` input names, from its root; "" where it names none."""
    named = _WORKSPACE.sub("", step.step.input("settings").raw.strip())
    is_path = _PATH.fullmatch(named) is not None and ".." not in named
    return posixpath.normpath(named) if is_path else ""


def _security_review(step: ActionStep) -> Iterator[Route]:
    model = step.step.input("claude-model")
    yield replace(
        step.route("claude-code-security-review", model, Family.ANTHROPIC_MESSAGES),
        provider=implied("anthropic"),
        credentials=step.credentials("claude-api-key"),
    )


def _codex(step: ActionStep) -> Iterator[Route]:
    """Codex: the input that names the endpoint says in its name which family it must be."""
    flags = CommandOptions.of(step.node("codex-args"))
    model = first_given(flags.last("--model", "-m"), step.step.input("model"))
    endpoint = step.step.input("responses-api-endpoint")
    route = step.route("codex-action", model, Family.RESPONSES)
    if endpoint.given:
        named = _key(step, "responses-api-endpoint")
        route = replace(
            route,
            chosen_family=ChosenFamily(Family.RESPONSES, FamilySource.DECLARED, named),
            family_required=True,
            base_url=endpoint,
            url_shape=url_shape("codex-action"),
        )
    else:
        route = replace(route, provider=implied("openai"))
    yield replace(route, credentials=step.credentials("openai-api-key"))


def _gemini(step: ActionStep) -> Iterator[Route]:
    given = step.settings()
    model = first_given(
        step.step.input("gemini_model"),
        value_at(given, "model", "name"),
        value_at(given, "model"),
        step.shell("GEMINI_MODEL"),
    )
    upstream = _upstream(step, program_named("gemini"))
    yield replace(
        step.route("run-gemini-cli", model, Family.GEMINI_GENERATE_CONTENT),
        provider=implied(upstream.provider) if upstream else SOMEONE,
        credentials=step.credentials("gemini_api_key", "google_api_key"),
    )


def _inference(step: ActionStep) -> Iterator[Route]:
    """GitHub Models before v3, the Copilot CLI since; v2 calls either."""
    model, endpoint = step.step.input("model"), step.step.input("endpoint")
    copilot = step.step.input("provider").raw.lower() == "copilot"
    route = replace(step.route("ai-inference", model, None), credentials=step.credentials("token"))
    if step.major is None:
        yield replace(route, base_url=endpoint)
    elif step.major >= 3 or copilot:
        yield replace(route, provider=implied("github_copilot"))
    else:
        yield replace(
            route,
            chosen_family=ChosenFamily(Family.CHAT_COMPLETIONS, FamilySource.DRIVER),
            provider=ABSENT if endpoint.given else implied("github_models"),
            base_url=endpoint,
        )
    if step.major is not None and step.major >= 3 and endpoint.given:
        dead = replace(route, pointer=step.pointer_of("endpoint"), role=ABSENT, model=ABSENT)
        dead = replace(dead, model_origin=None)
        dead = replace(dead, span=endpoint.span or route.span, base_url=endpoint)
        yield without_effect(dead, dead_key("ai-inference-endpoint"))


def _opencode(step: ActionStep) -> Iterator[Route]:
    """opencode, which stops without a model and takes the key of any provider from the environment."""
    node, model = step.node("model"), step.step.input("model")
    if node is None or not model.given:
        return
    provider = chosen_provider(node)
    keys = (setting.value for setting in step.step.env if setting.name.value.endswith("_API_KEY"))
    yield replace(
        step.route("opencode-action", model, family_of_provider(provider.raw)),
        provider=provider,
        credentials=tuple(one for key in keys for one in credential("api_key", key)),
    )


def _pr_agent(step: ActionStep) -> Iterator[Route]:
    """PR-Agent: each setting is a variable as well, its section before a point or two underscores."""
    from agentlint.facts.tools import pr_agent

    variables = {_as_key(setting.name.value): setting.value for setting in step.step.env}
    own = {_as_key(entry.key.text): entry.value for entry in entries(step.found.node, "env")}

    def setting(section: str, key: str) -> Value:
        names = _TOO.get((section, key), ())
        return first_given(*(variables.get(name, ABSENT) for name in (f"{section}.{key}", *names)))

    fallbacks = own.get(f"{pr_agent.CONFIG}.{pr_agent.FALLBACKS}")
    for _, model in pr_agent.chosen_models(setting, fallbacks):
        yield pr_agent.upstream(step.route(pr_agent.FORMAT, model, None), setting)


def _as_key(variable: str) -> str:
    return variable.lower().replace("__", ".")


def _shell_script(step: ActionStep) -> Iterator[Route]:
    script = step.found.node.get("run")
    if isinstance(script, Scalar):
        route = _route_of_script(step, "run")
        yield from script_routes(script, route, step.shell, step.source)


def _github_script(step: ActionStep) -> Iterator[Route]:
    script = step.node("script")
    if script is not None:
        yield from http_routes(script, _route_of_script(step, "with", "script"), step.source)


def _route_of_script(step: ActionStep, *pointer: str) -> Route:
    route = step.route(WORKFLOW, ABSENT, None)
    return replace(route, pointer=(*step.step.pointer, *pointer))


def _upstream(step: ActionStep, program: Program) -> Upstream | None:
    """Whom a program calls by the inputs of its action; None where only a run can tell."""
    return program.upstream(lambda upstream: _boolean(step.step.input(upstream.input)))


def _boolean(value: Value) -> str | None:
    """What an input hands on: actions compare it with `true`, which is what YAML's booleans become."""
    text = literal_switch(value)
    return text if text is None or text.strip().lower() == "true" else ""


def _key(step: ActionStep, name: str) -> Value:
    """The name of an input, as what declares something."""
    for entry in entries(step.found.node, "with"):
        if entry.key.text.lower() == name:
            return Value(entry.key.text, ValueKind.LITERAL, entry.key.span)
    return ABSENT


_READERS = {
    "claude-code-action": _claude,
    "claude-code-security-review": _security_review,
    "codex-action": _codex,
    "run-gemini-cli": _gemini,
    "ai-inference": _inference,
    "pr-agent": _pr_agent,
    "opencode-action": _opencode,
}


def reader_of(step: WorkflowStep) -> Callable[[ActionStep], Iterator[Route]]:
    """What reads a step, by its action."""
    action = _IMAGE_TAG.sub("", step.action.lower())
    if action == SCRIPT_ACTION:
        return _github_script
    return _READERS.get(format_of_action(action), _shell_script)

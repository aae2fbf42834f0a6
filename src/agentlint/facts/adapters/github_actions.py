"""Workflow steps that run a coding agent or ask a model, and variables that tell others what to call.

An action's inputs change from one major version to the next, so a step is read as the release that it
is pinned to; a commit alone, or a branch, does not tell, and its inputs are taken as they stand.
Inputs: the `action.yml` of each action, as rules/data/formats.toml and dead_routes.toml name them.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.documents import DataDocument, Mapping, Node, Scalar, parse
from agentlint.facts.pipelines.script_routes import (
    http_routes,
    literal_switch,
    script_routes,
    with_reader,
)
from agentlint.facts.pipelines.scripts import SCRIPT_ACTION
from agentlint.facts.pipelines.workflows import ACTION, WORKFLOW, StepNode, step_nodes
from agentlint.facts.route import (
    Credential,
    Fallback,
    FamilySource,
    Route,
    RouteKind,
    without_effect,
)
from agentlint.facts.source import Source
from agentlint.facts.tools.opencode_providers import chosen_provider, family_of_provider
from agentlint.facts.tree import SOMEONE, at, credential, entries, first_given, implied, value_at
from agentlint.facts.values.value import ABSENT, Value, ValueKind, classified
from agentlint.facts.variables.routes import telling_variables, variable_routes
from agentlint.facts.variables.setting import settings
from agentlint.facts.variables.shell import ShellVariables, unknown
from agentlint.facts.workflow import WorkflowStep
from agentlint.knowledge.agents import Program, Upstream, format_of_action, program_named
from agentlint.knowledge.dead_routes import dead_key
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import url_shape
from agentlint.text import Pattern, Region, Span, Spans

_Pointer: TypeAlias = tuple[str, ...]

_MAJOR = Pattern(r"v?(\d{1,4})(?:\.\d{1,6}){0,3}")
_EXPRESSION = r"\$\{\{[^{}\r\n]{1,400}\}\}"
_TEXT = rf"(?P<quote>[\"'])(?P<quoted>{_EXPRESSION}|[^\"'\r\n]{{1,400}})(?P=quote)"
_FLAG = Pattern(
    r"(?:^|(?<=\s))(?P<flag>--?[\w-]{1,40})(?:=|[ \t]{1,8})"
    rf"(?:{_TEXT}|(?P<plain>{_EXPRESSION}|[^\s\"'-][^\s\"']{{0,400}}))"
)
_OF_ENV = Pattern(r"\$\{\{\s{0,8}env\.(?P<name>[A-Za-z_]\w{0,127})\s{0,8}\}\}")
# Further variables for a setting of PR-Agent: its action reads one, LiteLLM the others by itself.
_TOO = {
    ("openai", "key"): ("openai_key",),
    ("openai", "api_base"): ("openai_api_base", "openai_base_url"),
}
_WORKSPACE = Pattern(r"\A\$\{\{\s{0,8}github\.workspace\s{0,8}\}\}/")
_PATH = Pattern(r"(?!/)[\w./@+-]{1,200}")
_IMAGE_TAG = Pattern(r"(?<=[\w-]):[\w.-]{1,128}\Z")
_COMMENT = Pattern(r"^[ \t]{0,200}#[^\r\n]{0,2000}", re.MULTILINE)


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The route of each step that calls a model, then what other variables of the file tell."""
    if source.format not in (WORKFLOW, ACTION):
        return
    found = [*_step_routes(root, source)]
    calls = [route for route in found if route.kind is not RouteKind.ENVIRONMENT]
    yield from calls
    told = _Told(
        used=frozenset(value.span for r in calls for value in (r.model, r.base_url) if value.span),
        named=frozenset(route.model_origin for route in calls),
        started={r.base_url.span: r for r in found if r.kind is RouteKind.ENVIRONMENT},
    )
    yield from _variable_routes(root, source, told)


class _Told(Struct, frozen=True):
    """What steps say of variables: where the values stand that their calls use, and those that name the
    models of these; and by the places of base URLs the programs that are started with them."""

    used: frozenset[Span]
    named: frozenset[Span | None]
    started: dict[Span | None, Route]


def _step_routes(root: Node, source: Source) -> Iterator[Route]:
    """What each step calls; one of a variable is that of a program which a script starts."""
    for step in _steps(root, source):
        yield from _reader_of(step.step)(step)


def _variable_routes(root: Node, source: Source, told: _Told) -> Iterator[Route]:
    """What the variables tell that no step uses."""
    blocks = {pointer: settings(node) for pointer, node in _env_blocks(root, source)}
    telling = {pointer: telling_variables(variables) for pointer, variables in blocks.items()}
    within = _within(blocks)
    for pointer, variables in blocks.items():
        if told.used.isdisjoint(variable.value.span for variable in variables):
            blocks_beside = (*within.get(pointer[:-1], ()), *_around(pointer))
            beside = tuple(v for block in blocks_beside for v in telling.get(block, ()))
            others = (variable for variable in variables if variable.value.span not in told.named)
            for route in variable_routes(others, pointer, source, source.pipeline_scope, beside):
                yield with_reader(replace(route, expanded_by=source.format), told.started)


def _steps(root: Node, source: Source) -> Iterator[_Step]:
    """Each step, with what the steps of its job before it hand on."""
    job, earlier = "", ShellVariables()
    for found in step_nodes(root, source):
        if found.step.job != job:
            job, earlier = found.step.job, ShellVariables()
        yield _Step(found, source, earlier.in_step(found.step.variable))
        for script in _handing_on(found):
            earlier.read_earlier_step(script)


def _handing_on(found: StepNode) -> Iterator[Region]:
    script = found.node.get("run")
    if isinstance(script, Scalar):
        yield script.region


class _Step(Struct, frozen=True):
    """A step that runs a known action or a script, with the `shell` that runs it."""

    found: StepNode
    source: Source
    shell: ShellVariables

    @property
    def step(self) -> WorkflowStep:
        return self.found.step

    @property
    def major(self) -> int | None:
        """The major version that the step is pinned to, 0 for a beta, None where nothing tells."""
        match = _MAJOR.fullmatch(self.step.ref)
        return int(match[1]) if match else 0 if self.step.ref == "beta" else None

    def node(self, name: str) -> Scalar | None:
        """The text of an input."""
        for entry in entries(self.found.node, "with"):
            if entry.key.text.lower() == name and isinstance(entry.value, Scalar):
                return entry.value
        return None

    def settings(self) -> Mapping:
        """What the `settings` input holds as JSON; nothing where it is a path."""
        node = self.node("settings")
        if node is not None and node.text.lstrip().startswith("{"):
            document = parse("json", node.region)
            if isinstance(document, DataDocument):
                for root in document.roots:
                    if isinstance(root, Mapping):
                        return root
        return Mapping((), self.step.span)

    def pointer_of(self, name: str) -> tuple[str, ...]:
        """The key path of an input."""
        return (*self.step.pointer, "with", name)

    def credentials(self, *inputs: str) -> tuple[Credential, ...]:
        values = (self.step.input(name) for name in inputs)
        return tuple(one for value in values for one in credential("api_key", value))

    def route(self, format_id: str, model: Value, family: Family | None) -> Route:
        step, set_to = self.step, self._variable(model)
        return Route(
            format=format_id,
            path=step.path,
            pointer=step.pointer,
            span=step.span,
            kind=RouteKind.CI_STEP,
            scope=self.source.pipeline_scope,
            role=step.name,
            model=replace(model, raw=set_to.raw, kind=set_to.kind, ref=None, dialect="")
            if set_to.literal
            else model,
            model_origin=set_to.span if set_to.literal else None,
            family=family,
            family_source=FamilySource.DRIVER if family else FamilySource.NONE,
        )

    def _variable(self, value: Value) -> Value:
        """What the workflow sets the variable to that a value names: `${{ env.MODEL }}`."""
        named = _OF_ENV.fullmatch(value.raw.strip())
        return self.shell(named["name"]) if named else ABSENT


class _Flags(Struct, frozen=True):
    """The options of a command line, each with the values that it is given."""

    values: dict[str, list[Value]] = field(default_factory=dict)

    @classmethod
    def of(cls, node: Scalar | None) -> _Flags:
        """Options of a text; a line that begins with `#` is none, as the actions read it."""
        flags = cls()
        if node is None:
            return flags
        comments = Spans(Span(*match.span()) for match in _COMMENT.finditer(node.text))
        for match in _FLAG.finditer(node.text):
            if comments.any_contains(Span(match.start(), match.start() + 1)):
                continue
            group = "quoted" if match["quoted"] else "plain"
            span = node.region.span(match.start(group), match.end(group))
            flags.values.setdefault(match["flag"], []).append(classified(match[group], span))
        return flags

    def last(self, *names: str) -> Value:
        found = [value for name in names for value in self.values.get(name, ())]
        return found[-1] if found else ABSENT


def _claude(step: _Step) -> Iterator[Route]:
    """Claude Code: options come before settings, and settings before the environment."""
    flags, given = _Flags.of(step.node("claude_args")), step.settings()
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
    shape = url_shape("claude-code-action", upstream.base_url)
    fallback = first_given(flags.last("--fallback-model"), step.step.input("fallback_model"))
    route = replace(
        step.route("claude-code-action", model, upstream.family),
        provider=ABSENT if base_url.given else implied(upstream.provider) if known else SOMEONE,
        base_url=base_url,
        base_url_form=shape.form,
        appended_path=shape.appended,
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


def _dead_model(step: _Step, chosen: Value) -> str:
    """Why an input for the model is dead, by what the step has instead; one option is written once."""
    if chosen.given:
        return "claude-code-action-model-chosen-elsewhere"
    if step.step.input("claude_args").given:
        return "claude-code-action-model-beside-options"
    return "claude-code-action-model"


def _names_settings(step: _Step, flags: _Flags) -> bool:
    """Whether settings that are not read here may say where Claude Code calls."""
    given = step.step.input("settings").raw.strip()
    is_path = bool(given) and not given.startswith("{")
    return is_path or flags.last("--settings").given


def _settings_path(step: _Step) -> str:
    """The file of the checkout that the `settings` input names, from its root; "" where it names none."""
    named = _WORKSPACE.sub("", step.step.input("settings").raw.strip())
    is_path = _PATH.fullmatch(named) is not None and ".." not in named
    return posixpath.normpath(named) if is_path else ""


def _security_review(step: _Step) -> Iterator[Route]:
    model = step.step.input("claude-model")
    yield replace(
        step.route("claude-code-security-review", model, Family.ANTHROPIC_MESSAGES),
        provider=implied("anthropic"),
        credentials=step.credentials("claude-api-key"),
    )


def _codex(step: _Step) -> Iterator[Route]:
    """Codex: the input that names the endpoint says in its name which family it must be."""
    flags = _Flags.of(step.node("codex-args"))
    model = first_given(flags.last("--model", "-m"), step.step.input("model"))
    endpoint = step.step.input("responses-api-endpoint")
    route = step.route("codex-action", model, Family.RESPONSES)
    if endpoint.given:
        route = replace(
            route,
            family_source=FamilySource.DECLARED,
            family_required=True,
            family_value=_key(step, "responses-api-endpoint"),
            base_url=endpoint,
            base_url_form=url_shape("codex-action").form,
        )
    else:
        route = replace(route, provider=implied("openai"))
    yield replace(route, credentials=step.credentials("openai-api-key"))


def _gemini(step: _Step) -> Iterator[Route]:
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


def _inference(step: _Step) -> Iterator[Route]:
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
            family=Family.CHAT_COMPLETIONS,
            family_source=FamilySource.DRIVER,
            provider=ABSENT if endpoint.given else implied("github_models"),
            base_url=endpoint,
        )
    if step.major is not None and step.major >= 3 and endpoint.given:
        dead = replace(route, pointer=step.pointer_of("endpoint"), role=ABSENT, model=ABSENT)
        dead = replace(dead, model_origin=None)
        dead = replace(dead, span=endpoint.span or route.span, base_url=endpoint)
        yield without_effect(dead, dead_key("ai-inference-endpoint"))


def _opencode(step: _Step) -> Iterator[Route]:
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


def _pr_agent(step: _Step) -> Iterator[Route]:
    """PR-Agent: each setting is a variable as well, its section before a point or two underscores."""
    from agentlint.facts.tools import pr_agent

    told = {_as_key(setting.name.value): setting.value for setting in step.step.env}
    own = {_as_key(entry.key.text): entry.value for entry in entries(step.found.node, "env")}

    def setting(section: str, key: str) -> Value:
        names = _TOO.get((section, key), ())
        return first_given(*(told.get(name, ABSENT) for name in (f"{section}.{key}", *names)))

    fallbacks = own.get(f"{pr_agent.CONFIG}.{pr_agent.FALLBACKS}")
    for _, model in pr_agent.chosen_models(setting, fallbacks):
        yield pr_agent.upstream(step.route(pr_agent.FORMAT, model, None), setting)


def _as_key(variable: str) -> str:
    return variable.lower().replace("__", ".")


def _shell_script(step: _Step) -> Iterator[Route]:
    script = step.found.node.get("run")
    if isinstance(script, Scalar):
        route = _route_of_script(step, "run")
        yield from script_routes(script, route, step.shell, step.source)


def _github_script(step: _Step) -> Iterator[Route]:
    script = step.node("script")
    if script is not None:
        yield from http_routes(script, _route_of_script(step, "with", "script"), step.source)


def _route_of_script(step: _Step, *pointer: str) -> Route:
    route = step.route(WORKFLOW, ABSENT, None)
    return replace(route, pointer=(*step.step.pointer, *pointer))


_READERS = {
    "claude-code-action": _claude,
    "claude-code-security-review": _security_review,
    "codex-action": _codex,
    "run-gemini-cli": _gemini,
    "ai-inference": _inference,
    "pr-agent": _pr_agent,
    "opencode-action": _opencode,
}


def _reader_of(step: WorkflowStep) -> Callable[[_Step], Iterator[Route]]:
    """What reads a step, by its action."""
    action = _IMAGE_TAG.sub("", step.action.lower())
    if action == SCRIPT_ACTION:
        return _github_script
    return _READERS.get(format_of_action(action), _shell_script)


def _upstream(step: _Step, program: Program) -> Upstream | None:
    """Whom a program calls by the inputs of its action; None where only a run can tell."""
    return program.upstream(lambda upstream: _boolean(step.step.input(upstream.input)))


def _boolean(value: Value) -> str | None:
    """What an input hands on: actions compare it with `true`, which is what YAML's booleans become."""
    text = literal_switch(value)
    return text if text is None or text.strip().lower() == "true" else ""


def _key(step: _Step, name: str) -> Value:
    """The name of an input, as what declares something."""
    for entry in entries(step.found.node, "with"):
        if entry.key.text.lower() == name:
            return Value(entry.key.text, ValueKind.LITERAL, entry.key.span)
    return ABSENT


def _env_blocks(root: Node, source: Source) -> Iterator[tuple[tuple[str, ...], Node]]:
    """The `env` of the workflow, of its jobs and of their steps."""
    blocks: dict[tuple[str, ...], Node | None] = {("env",): at(root, "env")}
    for entry in entries(root, "jobs"):
        blocks[("jobs", entry.key.text, "env")] = at(entry.value, "env")
    for found in step_nodes(root, source):
        blocks[(*found.step.pointer, "env")] = found.node.get("env")
    yield from ((pointer, node) for pointer, node in blocks.items() if node is not None)


def _within(blocks: Iterable[_Pointer]) -> dict[_Pointer, list[_Pointer]]:
    """The blocks within each, by what it holds for: the workflow, a job or a step."""
    found: defaultdict[_Pointer, list[_Pointer]] = defaultdict(list)
    for pointer in blocks:
        for length in range(len(pointer) - 1):
            found[pointer[:length]].append(pointer)
    return found


def _around(pointer: _Pointer) -> Iterator[_Pointer]:
    """Where the blocks around one stand, the innermost first."""
    for length in range(len(pointer) - 2, -1, -1):
        yield (*pointer[:length], "env")

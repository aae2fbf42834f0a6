"""What the script of a pipeline calls: by the coding agents that it starts, and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Scalar
from agentlint.facts.agent_commands import AgentCommand, agent_commands
from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.shell_variables import ShellVariables, unknown
from agentlint.facts.source import Source
from agentlint.facts.tree import SOMEONE, implied
from agentlint.facts.values import ABSENT, Value, classified
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import url_shape
from agentlint.text import Span


class _Program(Struct, frozen=True):
    """A program that scripts start: its format, whom it calls and how, and the variables of the
    environment that send it to another host or, by name, to a cloud."""

    format: str
    provider: str = ""
    family: Family | None = None
    base_url: str = ""
    clouds: tuple[tuple[str, str], ...] = ()


_PROGRAMS = {
    "claude": _Program(
        "claude-code",
        "anthropic",
        Family.ANTHROPIC_MESSAGES,
        "ANTHROPIC_BASE_URL",
        (
            ("CLAUDE_CODE_USE_BEDROCK", "bedrock"),
            ("CLAUDE_CODE_USE_VERTEX", "vertex_ai"),
            ("CLAUDE_CODE_USE_FOUNDRY", "azure"),
        ),
    ),
    "codex": _Program("codex", "openai", Family.RESPONSES, "OPENAI_BASE_URL"),
    "gemini": _Program(
        "gemini-cli",
        "gemini",
        Family.GEMINI_GENERATE_CONTENT,
        "GOOGLE_GEMINI_BASE_URL",
        (("GOOGLE_GENAI_USE_VERTEXAI", "vertex_ai"),),
    ),
    "opencode": _Program("opencode"),
}

VARIABLES = frozenset(
    name
    for program in _PROGRAMS.values()
    for name in (program.base_url, *(switch for switch, _ in program.clouds))
    if name
)
"""The variables by which a program is sent to another host."""
# Keys of Codex's config that say where calls go, and what `--oss` calls unless it is told otherwise.
_CODEX_HOSTS = ("model_provider", "base_url", "profile")
_OWN_MACHINE = "ollama"


def script_routes(
    script: Scalar, route: Route, shell: ShellVariables, source: Source
) -> Iterator[Route]:
    """The routes of a script that `shell` runs next; `route` is what is known of all of them.

    A command that names no model gives one of kind `environment`, which tells only how the program takes
    the base URL that it is given.
    """
    read = 0
    for command in agent_commands(script.text):
        shell.read(script.region, read, command.assigned[0])
        read = command.assigned[1]
        own = shell.with_prefix(script.region, *command.assigned)
        known = replace(route, expanded_by=source.format)
        if command.model is None:
            started = _started(replace(known, kind=RouteKind.ENVIRONMENT), command, own)
            if started.base_url.literal and started.base_url_form:
                yield started
            continue
        start, end = command.model
        model = classified(script.text[start:end], script.region.span(start, end))
        if model.literal and "$" not in model.literal:
            yield _started(replace(known, model=model), command, own)
    shell.read(script.region, read)
    yield from http_routes(script, route, source)


def http_routes(script: Scalar, route: Route, source: Source) -> Iterator[Route]:
    """The routes of a script, in whatever language, that calls models by itself."""
    if "model" not in script.text:
        return
    from agentlint.facts.http_calls import script_calls

    for call in script_calls(script.region, source):
        url = classified(call.url.value, call.url.span)
        yield replace(
            route,
            kind=RouteKind.CALL,
            model=classified(call.model.value, call.model.span),
            family=call.family,
            family_source=FamilySource.PATH,
            provider=ABSENT if url.literal else SOMEONE,
            base_url=url if url.literal else ABSENT,
            base_url_form="full_endpoint",
        )


def _started(route: Route, command: AgentCommand, shell: ShellVariables) -> Route:
    program = _PROGRAMS[command.program]
    base_url = shell(program.base_url)
    if _is_sent_elsewhere(command, shell, has_url=base_url.given):
        base_url = unknown(program.base_url)
    shape = url_shape(program.format, program.base_url)
    return replace(
        route,
        format=program.format,
        family=program.family,
        family_source=FamilySource.DRIVER if program.family else FamilySource.NONE,
        provider=ABSENT if base_url.given else _called_by(command, program, shell),
        base_url=base_url,
        base_url_form=shape.form,
        appended_path=shape.appended,
    )


def with_reader(route: Route, started: Mapping[Span | None, Route]) -> Route:
    """The route of a variable, read by the program that a script starts with its base URL."""
    reader = started.get(route.base_url.span)
    if reader is None:
        return route
    return replace(
        route,
        format=reader.format,
        expanded_by=reader.expanded_by,
        base_url_form=reader.base_url_form,
        appended_path=reader.appended_path,
    )


def _is_sent_elsewhere(command: AgentCommand, shell: ShellVariables, *, has_url: bool) -> bool:
    """Whether settings that are not read here may say where the program calls: those of an option come
    before the environment, and those that the script writes behind it."""
    by_options = any(_tells_host(command.program, *option) for option in command.options)
    return by_options or (not has_url and shell.writes_settings_of(command.program))


def _tells_host(program: str, option: str, value: str) -> bool:
    if program == "claude":
        is_path = not value.lstrip("\"'").startswith("{")
        return option == "--settings" and (is_path or "env" in value)
    if program == "codex" and option in ("-c", "--config"):
        return any(key in value for key in _CODEX_HOSTS)
    return program == "codex" and option in ("-p", "--profile")


def _called_by(command: AgentCommand, program: _Program, shell: ShellVariables) -> Value:
    if command.program == "codex" and any(option == "--oss" for option, _ in command.options):
        return implied(_OWN_MACHINE)
    chosen = (cloud for name, cloud in program.clouds if shell(name).given)
    provider = next(chosen, program.provider)
    return implied(provider) if provider else ABSENT

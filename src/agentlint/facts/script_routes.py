"""What the script of a pipeline calls: by the coding agents that it starts, and over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Scalar
from agentlint.facts.agent_commands import agent_commands
from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import SOMEONE, implied
from agentlint.facts.values import ABSENT, Value, classified
from agentlint.knowledge.families import Family


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


def script_routes(
    script: Scalar, route: Route, variable: Callable[[str], Value], source: Source
) -> Iterator[Route]:
    """The routes of a shell script; `route` is what is known of all of them, and `variable` gives what
    the environment of the script holds under a name."""
    for command in agent_commands(script.text):
        if command.model is not None:
            start, end = command.model
            model = classified(script.text[start:end], script.region.span(start, end))
            if model.literal and "$" not in model.literal:
                of_command = replace(route, model=model, expanded_by=source.format)
                yield _started(of_command, _PROGRAMS[command.program], variable)
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


def _started(route: Route, program: _Program, variable: Callable[[str], Value]) -> Route:
    base_url = variable(program.base_url)
    return replace(
        route,
        format=program.format,
        family=program.family,
        family_source=FamilySource.DRIVER if program.family else FamilySource.NONE,
        provider=ABSENT if base_url.given else _called_by(program, variable),
        base_url=base_url,
    )


def _called_by(program: _Program, variable: Callable[[str], Value]) -> Value:
    chosen = (cloud for name, cloud in program.clouds if variable(name).given)
    provider = next(chosen, program.provider)
    return implied(provider) if provider else ABSENT

"""What the script of a pipeline calls: by the coding agents that it starts, and over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from agentlint.documents import Scalar
from agentlint.facts.pipelines.agent_commands import AgentCommand, agent_commands
from agentlint.facts.route import ChosenFamily, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import SOMEONE, implied
from agentlint.facts.values.value import ABSENT, Value, classified
from agentlint.facts.variables.shell import ShellVariables, unknown
from agentlint.knowledge.agents import Program, Upstream, program_named
from agentlint.knowledge.formats import FULL_ENDPOINT, url_shape
from agentlint.text import Span


def script_routes(
    script: Scalar, route: Route, shell: ShellVariables, source: Source
) -> Iterator[Route]:
    """The routes of a script that `shell` runs next; `route` is what is known of all of them.

    A command that names no model has that of the program's variable. Where nothing is known of that, it
    gives one of kind `environment`, which tells only how the program takes the base URL that it is given.
    """
    read = 0
    for command in agent_commands(script.text):
        shell.read(script.region, read, command.assigned[0])
        read = command.assigned[1]
        own = shell.with_prefix(script.region, *command.assigned)
        known = replace(route, expanded_by=source.format)
        set_to = own(program_named(command.program).model_variable)
        if command.model is None and set_to.literal and set_to.span:
            chosen = replace(known, model=set_to, model_origin=set_to.span)
            yield _started(chosen, command, own)
            continue
        if command.model is None:
            started = _started(replace(known, kind=RouteKind.ENVIRONMENT), command, own)
            if started.base_url.literal and started.url_shape.form:
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
    from agentlint.facts.wording.http_calls import script_calls

    for call in script_calls(script.region, source):
        url = classified(call.url.value, call.url.span)
        yield replace(
            route,
            kind=RouteKind.CALL,
            model=classified(call.model.value, call.model.span),
            chosen_family=ChosenFamily(call.family, FamilySource.PATH),
            provider=ABSENT if url.literal else SOMEONE,
            base_url=url if url.literal else ABSENT,
            url_shape=FULL_ENDPOINT,
        )


def _started(route: Route, command: AgentCommand, shell: ShellVariables) -> Route:
    program = program_named(command.program)
    known = _upstream(program, command, shell)
    upstream = known or program.direct
    base_url = shell(upstream.base_url)
    if _is_sent_elsewhere(program, command, shell, has_url=base_url.given):
        base_url = unknown(upstream.base_url)
    provider = implied(upstream.provider) if upstream.provider else ABSENT
    return replace(
        route,
        format=program.format,
        chosen_family=ChosenFamily.by(FamilySource.DRIVER, upstream.family),
        provider=ABSENT if base_url.given else provider if known else SOMEONE,
        base_url=base_url,
        url_shape=url_shape(program.format, upstream.base_url),
    )


def _upstream(program: Program, command: AgentCommand, shell: ShellVariables) -> Upstream | None:
    """Whom a command calls by its options and variables; None where only a run can tell."""
    given = {option for option, _ in command.options}
    for upstream in program.upstreams:
        if not given.isdisjoint(upstream.options):
            return upstream
    return program.upstream(lambda upstream: literal_switch(shell(upstream.switch)))


def literal_switch(value: Value) -> str | None:
    """What a switch is set to: "" for one that is not set, None for what only a run can tell."""
    return value.literal if value.given else ""


def is_by_variable(route: Route) -> bool:
    """Whether the program of a route has its model from a variable that it reads by itself."""
    return route.model_origin is not None and route.model_origin == route.model.span


def with_reader(route: Route, started: Mapping[Span | None, Route]) -> Route:
    """The route of a variable, read by the program that a script starts with its base URL."""
    reader = started.get(route.base_url.span)
    if reader is None:
        return route
    return replace(
        route,
        format=reader.format,
        expanded_by=reader.expanded_by,
        url_shape=reader.url_shape,
    )


def _is_sent_elsewhere(
    program: Program, command: AgentCommand, shell: ShellVariables, *, has_url: bool
) -> bool:
    """Whether settings that are not read here may say where the program calls: those of an option come
    before the environment, and those that the script writes behind it."""
    by_options = any(_tells_host(program, *option) for option in command.options)
    return by_options or (not has_url and shell.writes_settings_of(program.name))


def _tells_host(program: Program, option: str, value: str) -> bool:
    if option in program.settings_elsewhere and not value.lstrip("\"'").startswith("{"):
        return True
    return option in program.settings and any(key in value for key in program.host_keys)

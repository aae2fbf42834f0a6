"""Where a program calls models, and what each call says of model, host and credential."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.facts.call_site import CallSite
from agentlint.facts.library_override import LibraryOverride
from agentlint.facts.possible_call import PossibleCall
from agentlint.facts.programs.call_reader import CallReader
from agentlint.facts.programs.callers import MAX_GIVEN, MAX_GIVEN_IN_ALL
from agentlint.facts.programs.client_settings import CREDENTIALS
from agentlint.facts.programs.clients import Client
from agentlint.facts.programs.code_names import Names
from agentlint.facts.programs.given_models import GivenModels
from agentlint.facts.programs.held_settings import with_held_settings
from agentlint.facts.programs.helper_calls import MAX_CALLS, Helpers
from agentlint.facts.programs.library_overrides import library_overrides
from agentlint.facts.programs.model_call import ModelCall
from agentlint.facts.route import Credential, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import SOMEONE, implied
from agentlint.facts.truncation import LeftOut
from agentlint.facts.values.value import ABSENT, Located, Value
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import UNKNOWN_SHAPE, UrlShape, format_named, url_shape
from agentlint.knowledge.litellm import litellm_chat_route

_PROVIDER_ARGUMENT = "custom_llm_provider"
# A client that is made elsewhere may call a gateway that translates.
_MAY_TRANSLATE = frozenset(
    {
        (Family.CHAT_COMPLETIONS, Family.RESPONSES),
        (Family.RESPONSES, Family.CHAT_COMPLETIONS),
        (Family.ANTHROPIC_MESSAGES, Family.CHAT_COMPLETIONS),
        (Family.CHAT_COMPLETIONS, Family.ANTHROPIC_MESSAGES),
    }
)


def call_facts(
    names: Names, source: Source
) -> Iterator[CallSite | Route | PossibleCall | LeftOut | LibraryOverride]:
    """Each model call of a program, and after it the routes that it takes: one for each model that it may
    choose by a condition, or that the functions around it are given. What the program changes for all calls
    of a library comes before."""
    reader, helpers = CallReader.of(names), Helpers.of(names)
    yield from library_overrides(names.document, reader.clients, source)
    models = GivenModels.of(reader)
    left = MAX_GIVEN_IN_ALL
    for placed in with_held_settings(names):
        found = reader.read(placed)
        if found and found.possibly:
            yield PossibleCall(_route(found, source), found.possibly)
        elif found:
            yield _site(found, helpers, source)
            given = models.of_call(placed, found, min(left, MAX_GIVEN))
            left -= given.followed
            if found.model_defaults or not given.calls:
                yield from _routes(found, source)
            for call in given.calls:
                yield from _routes(call, source)
            if helpers.leaves_out_calls(placed) or not given.is_all:
                reason = f"more than {MAX_CALLS} calls of one function"
                yield LeftOut(source.path, placed.call.span, reason)


def _site(found: ModelCall, helpers: Helpers, source: Source) -> CallSite:
    call = found.placed.call
    return CallSite(
        path=source.path,
        span=call.span,
        format=found.format,
        function=Located(call.function.text, call.function.span),
        family=found.chosen.family,
        model=found.model,
        model_origin=found.model_origin.span if found.model_origin else None,
        base_url=found.client.base_url,
        credential=found.client.credential,
        default_model=found.default_model,
        tools=found.tools,
        tries=found.placed.tries,
        helper_calls=tuple(helpers.calls_around(found.placed, found.model)),
        scope=source.scope,
    )


def _routes(found: ModelCall, source: Source) -> Iterator[Route]:
    route = _route(found, source)
    yield route
    yield from (replace(route, model_default=other) for other in found.model_defaults[1:])


def _route(found: ModelCall, source: Source) -> Route:
    call, client = found.placed.call, found.client
    bridges = format_named(found.format).bridges
    if client.made_elsewhere:
        bridges |= _MAY_TRANSLATE
    credential = client.credential
    return Route(
        format=found.format,
        path=source.path,
        pointer=(call.function.text,),
        span=call.span,
        kind=RouteKind.CALL,
        scope=source.scope,
        model=found.model,
        model_origin=found.model_origin.span if found.model_origin else None,
        model_default=found.model_defaults[0] if found.model_defaults else ABSENT,
        model_import=found.model_import,
        provider=_provider(client),
        library=found.library,
        client_of=client.declared,
        chosen_family=found.chosen,
        upstream_family=_upstream(found) if bridges else None,
        bridges=bridges,
        base_url=client.base_url,
        url_shape=_shape(found),
        credentials=(Credential(CREDENTIALS[0], credential),) if credential.given else (),
        function_tools=found.tools,
        reasoning_effort=found.effort,
        is_given=found.is_given,
    )


def _shape(found: ModelCall) -> UrlShape:
    """How the base URL is taken: by the family of the call, else by whoever the library takes it for.

    Nobody knows of one that the version is chosen for.
    """
    if found.client.has_version:
        return UNKNOWN_SHAPE
    if found.client.is_cloud:
        return url_shape(found.format)
    drivers = (found.chosen.family or "", found.client.provider, _provider_of_prefix(found))
    shapes = (url_shape(found.format, driver) for driver in drivers if driver)
    shape = next((shape for shape in shapes if shape.form), url_shape(found.format))
    return shape.for_url(found.client.base_url.raw)


def _provider_of_prefix(found: ModelCall) -> str:
    """Who the prefix of a model names, where no argument names somebody else."""
    named, _, model = (found.model.literal or "").partition("/")
    has_provider = found.placed.call.argument(_PROVIDER_ARGUMENT) is not None
    return named if model and not has_provider else ""


def _provider(client: Client) -> Value:
    """Who answers, as far as no readable base URL tells it; a cloud's client has no other host."""
    if client.base_url.literal:
        return ABSENT
    if client.made_elsewhere:
        return implied(client.provider) if client.provider else ABSENT
    if client.base_url.given and not client.is_cloud:
        return SOMEONE
    return implied(client.provider) if client.provider else ABSENT


def _upstream(found: ModelCall) -> Family | None:
    """Where the LiteLLM library really sends a chat call; nobody knows of an unknown host."""
    base_url = found.client.base_url
    if not found.model.literal or (base_url.given and not base_url.literal):
        return None
    route = litellm_chat_route(found.model.literal)
    return route.family if route else None

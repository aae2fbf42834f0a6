"""Requests over HTTP by which a program calls a vendor's endpoint itself."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents.code import Argument, Call, PlacedCall
from agentlint.facts.programs.argument_values import read_value
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.code_names import Names
from agentlint.facts.values.value import Value
from agentlint.knowledge.data import word_set
from agentlint.knowledge.families import Family, family_of_path
from agentlint.knowledge.providers import ProviderKind, provider_of_url

_TABLE = ("python_calls", "http")
_URL = "url"


class HttpRequest(Struct, frozen=True):
    """`placed` is the call with what its body holds as its arguments."""

    placed: PlacedCall
    url: Value
    family: Family


def http_request(placed: PlacedCall, names: Names) -> HttpRequest | None:
    """The request that a call makes, where the program writes out the URL of a vendor's endpoint and a body
    that names a model."""
    call = placed.call
    if call.function.last not in word_set(*_TABLE, "methods"):
        return None
    for given in (call.argument(_URL), call.positional(0), call.positional(1)):
        url = read_value(names, given, placed.scope)
        family = family_of_path(url.literal) if url.literal else None
        if family and _is_service(url.raw):
            body = _body(placed, names)
            return HttpRequest(body, url, family) if body else None
    return None


def _is_service(url: str) -> bool:
    """Whether a URL is that of a service that knows models by their names: a cloud has deployments."""
    provider = provider_of_url(url)
    return provider is not None and provider.kind in (ProviderKind.VENDOR, ProviderKind.AGGREGATOR)


def _body(placed: PlacedCall, names: Names) -> PlacedCall | None:
    given = placed.call.argument(*word_set(*_TABLE, "body"))
    if isinstance(given, Call) and names.dotted(given.function) in word_set(*_TABLE, "encoders"):
        given = given.positional(0)
    body = names.dict_literal(Placed(given, placed.scope)) if given else None
    if body is None or body.scope != placed.scope or "model" not in body.items:
        return None
    arguments = tuple(map(Argument, body.items, body.items.values()))
    return replace(placed, call=replace(placed.call, arguments=arguments, unpacked=()))

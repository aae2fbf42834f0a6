"""The deployments of a LiteLLM gateway, and the names that groups of them have besides.

LiteLLM translates between families by itself, so a deployment need not name one: the family is the
caller's choice unless `model_info.mode` or a `responses/` prefix pins it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from msgspec.structs import replace

from agentlint.documents import Entry, Mapping, Node, Scalar, Sequence
from agentlint.facts.adapters.litellm.gateway import (
    DEPLOYMENTS,
    EVERY_ALIAS,
    FORMAT,
    MASTER_KEY,
    OF_LIBRARY,
    OF_PROXY,
    OF_ROUTER,
    Gateway,
)
from agentlint.facts.route import (
    LEFT_OPEN,
    ChosenFamily,
    Credential,
    FamilySource,
    Referring,
    Route,
    RouteKind,
    RouteScope,
    without_effect,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credentials,
    entries,
    first_value,
    is_true,
    items,
    mapping_items,
    name_of,
    route_at,
    scalars,
    value_at,
)
from agentlint.facts.values.value import Value, ValueKind, value_of, without_literal
from agentlint.knowledge.dead_routes import DeadKey, dead_key
from agentlint.knowledge.families import Family, family_of_word, is_word
from agentlint.knowledge.formats import UrlShape, format_named, url_shape
from agentlint.knowledge.litellm import (
    litellm_chat_route,
    litellm_driver,
    may_list_bare,
    may_tell_provider,
    meant_prefix,
    never_lists_bare,
    owner_prefix,
)

_CREDENTIAL_KEYS = (
    "api_key",
    "aws_secret_access_key",
    "aws_session_token",
    "vertex_credentials",
    "azure_ad_token",
    "client_secret",
)
# What of a deployment has a field of its own in `Route`.
_READ_ELSEWHERE = frozenset(
    {"model", "api_base", "base_url", "custom_llm_provider", *_CREDENTIAL_KEYS}
)
# What says beside a model who serves it, whatever its name; and where a program adds providers.
_SAYING_PROVIDER = ("custom_llm_provider", "litellm_credential_name", "use_litellm_proxy")
_BASE_URLS = ("api_base", "base_url")
_OWN_PROVIDERS = "custom_provider_map"
# LiteLLM answers with the text of this key, and asks nobody: https://docs.litellm.ai/docs/completion/mock_requests
_MOCKED = "mock_response"
# The blocks around the deployments, as far as LiteLLM takes their scalars as they stand:
# `_check_for_os_environ_vars` of litellm/proxy/proxy_server.py (1.109.1) expands `os.environ/` in them and
# nothing else does. Of servers of MCP it expands `${NAME}` too.
_BLOCKS = (
    (OF_PROXY,), (OF_ROUTER,), (OF_LIBRARY, "cache_params"),
    ("environment_variables",),
)  # fmt: skip
_ALIASES, _GROUPS = "model_group_alias", "routing_groups"


def bare_deployments(listed: Sequence, source: Source) -> Iterator[Route]:
    """What is to be added to a `model_list`: a list of deployments that is the whole of a text."""
    gateway = Gateway(Mapping((), listed.span), (), source, {}, {}, ())
    for index, deployment in mapping_items(listed):
        params = deployment.get("litellm_params")
        if isinstance(params, Mapping) and "model" in params and "model_name" in deployment:
            yield _deployment(deployment, params, index, gateway, ())


def deployment_routes(gateway: Gateway) -> Iterator[Route]:
    shared = _gateway_credentials(gateway.config)
    listed = list(mapping_items(gateway.config, DEPLOYMENTS))
    names = frozenset(name_of(deployment.get("model_name")).raw for _, deployment in listed)
    own_providers = bool(items(gateway.config, OF_LIBRARY, _OWN_PROVIDERS))
    for index, deployment in listed:
        params = deployment.get("litellm_params")
        if isinstance(params, Mapping):
            route = _deployment(deployment, params, index, gateway, shared)
            dead = None if own_providers or _says_provider(params) else _why_left_out(route, names)
            yield without_effect(route, dead) if dead else route


def _says_provider(params: Mapping) -> bool:
    """Whether something beside a model may say who serves it. Of a base URL only what is known of its host
    tells that it does not."""
    if any(key in params for key in _SAYING_PROVIDER):
        return True
    base_urls = (value_at(params, key) for key in _BASE_URLS)
    return any(url.given and may_tell_provider(url.literal or "") for url in base_urls)


def _why_left_out(route: Route, names: Set[str]) -> DeadKey | None:
    """Why LiteLLM finds nobody who serves the model of a deployment, where its name alone tells who
    does; `names` are those of all deployments."""
    model = route.model.literal or ""
    if meant := meant_prefix(model):
        written, right = meant
        return _named_key("litellm-prefix", written=written, meant=right)
    if owner := owner_prefix(model):
        return _named_key("litellm-owner", written=owner)
    if model in names - {"", "*"} and model != route.alias.raw and not may_list_bare(model):
        return dead_key("litellm-alias-as-model")
    return _named_key("litellm-bare-model", written=model) if never_lists_bare(model) else None


def _named_key(row_id: str, **names: str) -> DeadKey:
    """The row of an id, with names in its sentences."""
    row = dead_key(row_id)
    reason, remedy = row.reason, row.remedy
    for slot, text in names.items():
        reason, remedy = reason.replace(f"{{{slot}}}", text), remedy.replace(f"{{{slot}}}", text)
    return replace(row, reason=reason, remedy=remedy)


def _deployment(
    deployment: Mapping,
    params: Mapping,
    index: str,
    gateway: Gateway,
    shared: tuple[Credential, ...],
) -> Route:
    alias, model = name_of(deployment.get("model_name")), value_at(params, "model")
    mode = value_at(deployment, "model_info", "mode")
    base_model = value_at(deployment, "model_info", "base_model")
    base_url = first_value(params, "api_base", "base_url")
    provider = value_at(params, "custom_llm_provider")
    return Route(
        format=FORMAT,
        path=gateway.source.path,
        pointer=(*gateway.pointer, *gateway.listed, index),
        span=deployment.span,
        kind=RouteKind.DEPLOYMENT,
        scope=RouteScope.TEST if _MOCKED in params else gateway.source.scope,
        alias=alias,
        model=model,
        provider=provider,
        base_model=base_model,
        chosen_family=_family(mode, model),
        upstream_family=_upstream(gateway, model, mode),
        bridges=format_named(FORMAT).bridges,
        base_url=base_url,
        url_shape=_shape(model, provider, base_url),
        credentials=(*credentials(params, _CREDENTIAL_KEYS), *_taken(params, gateway), *shared),
        referring=_referring(gateway, params, first=index == "0"),
        fallbacks=gateway.fallbacks_of(alias.raw, EVERY_ALIAS),
        other_names=_given(name_of(at(deployment, "model_info", "id"))),
        names_elsewhere=gateway.has_further_names,
    )


def _given(value: Value) -> tuple[Value, ...]:
    return (value,) if value.given else ()


def _family(mode: Value, model: Value) -> ChosenFamily:
    if mode.literal:
        known = is_word(mode.literal, dialect=FORMAT)
        family = family_of_word(mode.literal, dialect=FORMAT) if known else Family.UNKNOWN
        return ChosenFamily(family, FamilySource.DECLARED, mode)
    if model.literal and "/responses/" in f"/{model.literal}":
        return ChosenFamily(Family.RESPONSES, FamilySource.MODEL_PREFIX, mode)
    return ChosenFamily(Family.AUTO, FamilySource.DEFAULT, mode)


def _shape(model: Value, provider: Value, base_url: Value) -> UrlShape:
    driver = litellm_driver(model.raw, custom=provider.raw, api_base=base_url.raw)
    return url_shape(FORMAT, driver).for_url(base_url.raw)


def _upstream(gateway: Gateway, model: Value, mode: Value) -> Family | None:
    if not model.literal:
        return None
    if _sends_openai_to_responses(gateway.config) and model.literal.startswith("openai/"):
        return Family.RESPONSES
    route = litellm_chat_route(model.literal, mode=mode.literal)
    return route.family if route else None


def _sends_openai_to_responses(config: Mapping) -> bool:
    return is_true(config, OF_LIBRARY, "route_all_chat_openai_to_responses")


def _taken(params: Mapping, gateway: Gateway) -> tuple[Credential, ...]:
    """The credentials that a deployment takes from `credential_list` by name."""
    wanted = value_at(params, "litellm_credential_name")
    return gateway.credentials.get(wanted.raw, ()) if wanted.given else ()


def settings_route(gateway: Gateway) -> Iterator[Route]:
    """What refers to a variable in a gateway that lists no deployment which could tell it: nothing that a
    caller could name."""
    if not gateway.has_deployments:
        pointer, node = gateway.pointer, gateway.config
        yield replace(
            route_at(FORMAT, pointer, node, RouteKind.ALIAS, gateway.source),
            credentials=_gateway_credentials(gateway.config),
            referring=_referring_around(gateway.config),
            names_elsewhere=True,
        )


def _gateway_credentials(config: Mapping) -> tuple[Credential, ...]:
    return credentials(config.get(OF_PROXY), (MASTER_KEY,))


def _referring(gateway: Gateway, params: Mapping, *, first: bool) -> tuple[Referring, ...]:
    """The other settings of a deployment that refer to a variable, with the first one those of all."""
    own = (entry for entry in params.entries if entry.key.text not in _READ_ELSEWHERE)
    return (*_referrals(own), *(_referring_around(gateway.config) if first else ()))


def _referring_around(config: Mapping) -> tuple[Referring, ...]:
    found = (entry for keys in _BLOCKS for entry in entries(config, *keys))
    return _referrals(entry for entry in found if entry.key.text != MASTER_KEY)


def _referrals(found: Iterable[Entry]) -> tuple[Referring, ...]:
    return tuple(
        Referring(entry.key.text, without_literal(value))
        for entry in found
        if (value := value_of(entry.value)).kind in (ValueKind.ENV_REF, ValueKind.SECRET_REF)
    )


def listed_credentials(config: Mapping) -> dict[str, tuple[Credential, ...]]:
    """The credentials of `credential_list`, by name."""
    found: defaultdict[str, list[Credential]] = defaultdict(list)
    for _, entry in mapping_items(config, "credential_list"):
        values = credentials(entry.get("credential_values"), _CREDENTIAL_KEYS)
        found[value_at(entry, "credential_name").raw] += values
    return {name: tuple(values) for name, values in found.items()}


def alias_routes(gateway: Gateway) -> Iterator[Route]:
    """`model_group_alias` names a group once more, `routing_groups` names several together."""
    for entry in entries(gateway.config, OF_ROUTER, _ALIASES):
        yield _group_alias(entry, gateway)
    for _, group in mapping_items(gateway.config, OF_ROUTER, _GROUPS):
        members = scalars(group.get("models"))
        yield _alias(name_of(group.get("group_name")), members, group, _GROUPS, gateway)


def _group_alias(entry: Entry, gateway: Gateway) -> Route:
    """The alias of an entry: one of a list leads nowhere, and yet is what callers will ask for."""
    alias, node = name_of(entry.key), entry.value
    if isinstance(node, Sequence) and node.items:
        dead = _alias(alias, iter(()), node, _ALIASES, gateway)
        return without_effect(dead, dead_key("litellm-alias-list"))
    target = at(node, "model") if isinstance(node, Mapping) else node
    return _alias(alias, scalars(target), node, _ALIASES, gateway)


def _alias(
    alias: Value, targets: Iterator[Scalar], node: Node, key: str, gateway: Gateway
) -> Route:
    return Route(
        format=FORMAT,
        path=gateway.source.path,
        pointer=(*gateway.pointer, OF_ROUTER, key, alias.raw),
        span=node.span,
        kind=RouteKind.ALIAS,
        scope=gateway.source.scope,
        alias=alias,
        chosen_family=LEFT_OPEN,
        targets=tuple(map(name_of, targets)),
        fallbacks=gateway.fallbacks_of(alias.raw),
        names_elsewhere=gateway.has_further_names,
    )

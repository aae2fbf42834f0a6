"""LiteLLM proxy configs: `model_list[].litellm_params`, under any file name and any key.

LiteLLM translates between families by itself, so a deployment need not name one: the family is the
caller's choice unless `model_info.mode` or a `responses/` prefix pins it.
Keys: https://docs.litellm.ai/docs/proxy/configs, litellm/types/router.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Entry, Mapping, Node, Scalar, Sequence, walk
from agentlint.facts.route import (
    LEFT_OPEN,
    ChosenFamily,
    Credential,
    Fallback,
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
    name,
    name_of,
    route_at,
    scalars,
    value_at,
)
from agentlint.facts.truncation import LeftOut
from agentlint.facts.values.value import Value, ValueKind, value_of, without_literal
from agentlint.knowledge.dead_routes import DeadKey, accepted_values, dead_key, dead_keys
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

FORMAT = "litellm"
_EVERY_ALIAS = "*"
# Every deployment of a name has all its fallbacks: many of both would be as many facts as their product.
MAX_FALLBACKS = 30
_LIST = "model_list"
_SETTINGS = ("router_settings", "litellm_settings")
_OF_PROXY = "general_settings"
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
_MASTER_KEY = "master_key"
# LiteLLM answers with the text of this key, and asks nobody: https://docs.litellm.ai/docs/completion/mock_requests
_MOCKED = "mock_response"
# The blocks around the deployments, as far as LiteLLM takes their scalars as they stand:
# `_check_for_os_environ_vars` of litellm/proxy/proxy_server.py (1.109.1) expands `os.environ/` in them and
# nothing else does. Of servers of MCP it expands `${NAME}` too.
_BLOCKS = (
    (_OF_PROXY,), ("router_settings",), ("litellm_settings", "cache_params"),
    ("environment_variables",),
)  # fmt: skip
_DEFAULTS = "default_fallbacks"
_FALLBACK_TRIGGERS = {
    "fallbacks": "error",
    _DEFAULTS: "default",
    "context_window_fallbacks": "context_window",
    "content_policy_fallbacks": "content_policy",
}
_CHOSEN = tuple(key for key in _FALLBACK_TRIGGERS if key != _DEFAULTS)
# Whose shape LiteLLM does not check: it takes a first key for an alias, and a bare name for every request.
_UNCHECKED = "context_window_fallbacks"
_SHAPES = {_UNCHECKED: "litellm-context-window-fallback-shape"}
_ALIASES = "model_group_alias"
_OF_LIBRARY = "litellm_settings"
# Blocks in which settings of another one stand, with that one and the row that names those.
_SWAPPED = (
    (_OF_PROXY, _OF_LIBRARY, "litellm-library-key"),
    (_OF_LIBRARY, _OF_PROXY, "litellm-proxy-key"),
)
_STRATEGY, _STRATEGY_ROW = ("router_settings", "routing_strategy"), "litellm-routing-strategy"
# Keys in a block in which nothing looks for them, with the row that says why.
_MISPLACED = (
    *((_OF_PROXY, key, "litellm-router-key") for key in (*_FALLBACK_TRIGGERS, _ALIASES)),
    *(
        (block, key, row)
        for key, row in (
            ("fallback_models", "litellm-fallback-models"),
            ("default_model", "litellm-default-model"),
        )
        for block in (*_SETTINGS, _OF_PROXY)
    ),
)


def routes(root: Node, source: Source) -> Iterator[Route | LeftOut]:
    """A route for each deployment, each alias, and each fallback list that is nobody's, no such list or
    where nothing looks for one."""
    if isinstance(root, Sequence):
        yield from _bare_deployments(root, source)
    for pointer, config in _configs(root):
        gateway = _Gateway(config, pointer, source, _fallbacks(config), _listed(config))
        named: set[str] = set()
        for route in chain(_deployments(gateway), _aliases(gateway)):
            named.add(route.alias.raw)
            yield route
        yield from _orphans(gateway, named)
        yield from _misshapen(gateway)
        yield from _misplaced(gateway)
        yield from _swapped(gateway)
        yield from _refused_strategy(gateway)
        yield from _left_out(gateway)


class _FallbackLists(Struct, frozen=True):
    """What an alias falls back to, where it is named first, and how many more are listed."""

    alias: Value
    fallbacks: tuple[Fallback, ...]
    left_out: int


class _Gateway(Struct, frozen=True):
    """A mapping with a `model_list`, where it stands, the file around it, its fallbacks by alias, and the
    credentials of its `credential_list` by name; `listed` is where its deployments stand."""

    config: Mapping
    pointer: tuple[str, ...]
    source: Source
    fallbacks: dict[str, _FallbackLists]
    credentials: dict[str, tuple[Credential, ...]]
    listed: tuple[str, ...] = (_LIST,)

    def fallbacks_of(self, *aliases: str) -> tuple[Fallback, ...]:
        lists = (self.fallbacks.get(alias) for alias in dict.fromkeys(aliases))
        listed = (fallback for listed in lists if listed for fallback in listed.fallbacks)
        return tuple(listed)


def _configs(root: Node) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    """Every mapping that lists deployments: the root, or `proxy_config` in a chart's values."""
    for pointer, node in walk(root):
        if isinstance(node, Mapping) and any(
            "litellm_params" in item for _, item in mapping_items(node, _LIST)
        ):
            yield pointer, node


def _bare_deployments(listed: Sequence, source: Source) -> Iterator[Route]:
    """What is to be added to a `model_list`: a list of deployments that is the whole of a text."""
    gateway = _Gateway(Mapping((), listed.span), (), source, {}, {}, ())
    for index, deployment in mapping_items(listed):
        params = deployment.get("litellm_params")
        if isinstance(params, Mapping) and "model" in params and "model_name" in deployment:
            yield _deployment(deployment, params, index, gateway, ())


def _deployments(gateway: _Gateway) -> Iterator[Route]:
    shared = _gateway_credentials(gateway.config)
    listed = list(mapping_items(gateway.config, _LIST))
    names = frozenset(name_of(deployment.get("model_name")).raw for _, deployment in listed)
    own_providers = bool(items(gateway.config, "litellm_settings", _OWN_PROVIDERS))
    for index, deployment in listed:
        params = deployment.get("litellm_params")
        if isinstance(params, Mapping):
            route = _deployment(deployment, params, index, gateway, shared)
            dead = None if own_providers or _is_told(params) else _why_left_out(route, names)
            yield without_effect(route, dead) if dead else route


def _is_told(params: Mapping) -> bool:
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
    gateway: _Gateway,
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
        fallbacks=gateway.fallbacks_of(alias.raw, _EVERY_ALIAS),
        other_names=_given(name_of(at(deployment, "model_info", "id"))),
        names_elsewhere=_knows_more_names(gateway.config),
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


def _upstream(gateway: _Gateway, model: Value, mode: Value) -> Family | None:
    if not model.literal:
        return None
    if _sends_openai_to_responses(gateway.config) and model.literal.startswith("openai/"):
        return Family.RESPONSES
    route = litellm_chat_route(model.literal, mode=mode.literal)
    return route.family if route else None


def _sends_openai_to_responses(config: Mapping) -> bool:
    return is_true(config, "litellm_settings", "route_all_chat_openai_to_responses")


def _taken(params: Mapping, gateway: _Gateway) -> tuple[Credential, ...]:
    """The credentials that a deployment takes from `credential_list` by name."""
    wanted = value_at(params, "litellm_credential_name")
    return gateway.credentials.get(wanted.raw, ()) if wanted.given else ()


def _listed(config: Mapping) -> dict[str, tuple[Credential, ...]]:
    """The credentials of `credential_list`, by name."""
    found: defaultdict[str, list[Credential]] = defaultdict(list)
    for _, entry in mapping_items(config, "credential_list"):
        values = credentials(entry.get("credential_values"), _CREDENTIAL_KEYS)
        found[value_at(entry, "credential_name").raw] += values
    return {name: tuple(values) for name, values in found.items()}


def _gateway_credentials(config: Mapping) -> tuple[Credential, ...]:
    return credentials(config.get(_OF_PROXY), (_MASTER_KEY,))


def _referring(gateway: _Gateway, params: Mapping, *, first: bool) -> tuple[Referring, ...]:
    """The other settings of a deployment that refer to a variable, with the first one those of all."""
    found = [entry for entry in params.entries if entry.key.text not in _READ_ELSEWHERE]
    for keys in _BLOCKS if first else ():
        found += (e for e in entries(gateway.config, *keys) if e.key.text != _MASTER_KEY)
    return tuple(
        Referring(entry.key.text, without_literal(value))
        for entry in found
        if (value := value_of(entry.value)).kind in (ValueKind.ENV_REF, ValueKind.SECRET_REF)
    )


def _knows_more_names(config: Mapping) -> bool:
    """Whether models also come from the proxy's database or from a file that this one includes."""
    return is_true(config, _OF_PROXY, "store_model_in_db") or "include" in config


def _aliases(gateway: _Gateway) -> Iterator[Route]:
    """`model_group_alias` names a group once more, `routing_groups` names several together."""
    for entry in entries(gateway.config, "router_settings", _ALIASES):
        yield _group_alias(entry, gateway)
    for _, group in mapping_items(gateway.config, "router_settings", "routing_groups"):
        members = scalars(group.get("models"))
        yield _alias(name_of(group.get("group_name")), members, group, "routing_groups", gateway)


def _group_alias(entry: Entry, gateway: _Gateway) -> Route:
    """The alias of an entry: one of a list leads nowhere, and yet is what callers will ask for."""
    alias, node = name_of(entry.key), entry.value
    if isinstance(node, Sequence) and node.items:
        dead = _alias(alias, iter(()), node, _ALIASES, gateway)
        return without_effect(dead, dead_key("litellm-alias-list"))
    target = at(node, "model") if isinstance(node, Mapping) else node
    return _alias(alias, scalars(target), node, _ALIASES, gateway)


def _alias(
    alias: Value, targets: Iterator[Scalar], node: Node, key: str, gateway: _Gateway
) -> Route:
    return Route(
        format=FORMAT,
        path=gateway.source.path,
        pointer=(*gateway.pointer, "router_settings", key, alias.raw),
        span=node.span,
        kind=RouteKind.ALIAS,
        scope=gateway.source.scope,
        alias=alias,
        chosen_family=LEFT_OPEN,
        targets=tuple(map(name_of, targets)),
        fallbacks=gateway.fallbacks_of(alias.raw),
        names_elsewhere=_knows_more_names(gateway.config),
    )


def _orphans(gateway: _Gateway, named: set[str]) -> Iterator[Route]:
    """Fallback lists that no route took: their own name may be the one that is wrong."""
    taken = {_EVERY_ALIAS, *named}
    for listed in gateway.fallbacks.values():
        span = listed.alias.span
        if listed.alias.raw in taken or span is None:
            continue
        yield Route(
            format=FORMAT,
            path=gateway.source.path,
            pointer=(*gateway.pointer, "fallbacks", listed.alias.raw),
            span=span,
            kind=RouteKind.ALIAS,
            scope=gateway.source.scope,
            role=listed.alias,
            chosen_family=LEFT_OPEN,
            targets=(listed.alias,),
            fallbacks=listed.fallbacks,
            names_elsewhere=_knows_more_names(gateway.config),
        )


def _fallbacks(config: Mapping) -> dict[str, _FallbackLists]:
    found: dict[str, tuple[Value, list[Fallback]]] = {}
    for block in _SETTINGS:
        for key, trigger in _FALLBACK_TRIGGERS.items():
            for item in items(config, block, key):
                if _is_misshapen(item, key):
                    continue
                for alias, targets in _fallback_lists(item):
                    _, listed = found.setdefault(alias.raw, (alias, []))
                    listed.extend(Fallback(target, trigger) for target in targets)
    return {
        raw: _FallbackLists(
            alias, tuple(listed[:MAX_FALLBACKS]), max(0, len(listed) - MAX_FALLBACKS)
        )
        for raw, (alias, listed) in found.items()
    }


def _left_out(gateway: _Gateway) -> Iterator[LeftOut]:
    for listed in gateway.fallbacks.values():
        if listed.left_out and listed.alias.span:
            reason = f"more than {MAX_FALLBACKS} fallbacks of one name"
            yield LeftOut(gateway.source.path, listed.alias.span, reason)


def _misshapen(gateway: _Gateway) -> Iterator[Route]:
    """Fallback lists, and entries of them, that LiteLLM does not take for any: none of their words is
    an alias."""
    for block in _SETTINGS:
        for key in _CHOSEN:
            for pointer, node in _misshapen_nodes(at(gateway.config, block, key), key):
                where = (*gateway.pointer, block, key, *pointer)
                route = route_at(FORMAT, where, node, RouteKind.ALIAS, gateway.source)
                yield without_effect(route, dead_key(_SHAPES.get(key, "litellm-fallback-shape")))


def _misplaced(gateway: _Gateway) -> Iterator[Route]:
    """Fallbacks and aliases under keys that nothing reads."""
    for block, key, row in _MISPLACED:
        for entry in entries(gateway.config, block):
            if entry.key.text == key and _says_something(entry.value):
                where = (*gateway.pointer, block, key)
                route = route_at(FORMAT, where, entry.key, RouteKind.ALIAS, gateway.source)
                yield without_effect(route, dead_key(row))


def _swapped(gateway: _Gateway) -> Iterator[Route]:
    """Settings of the library among those of the proxy, where the library is told none, and the reverse."""
    for block, home, row in _SWAPPED:
        dead = dead_keys(row) - {entry.key.text for entry in entries(gateway.config, home)}
        for entry in entries(gateway.config, block):
            key = entry.key.text
            if key in dead and _says_something(entry.value):
                where = (*gateway.pointer, block, key)
                route = route_at(FORMAT, where, entry.key, RouteKind.ALIAS, gateway.source)
                yield without_effect(route, dead_key(row))


def _refused_strategy(gateway: _Gateway) -> Iterator[Route]:
    """A strategy that the Router does not know; what only a run can tell is not judged."""
    node = at(gateway.config, *_STRATEGY)
    strategy = value_of(node)
    if node and strategy.literal and strategy.raw not in accepted_values(_STRATEGY_ROW):
        where = (*gateway.pointer, *_STRATEGY)
        route = route_at(FORMAT, where, node, RouteKind.ALIAS, gateway.source)
        yield without_effect(route, dead_key(_STRATEGY_ROW))


def _says_something(node: Node) -> bool:
    if isinstance(node, Mapping):
        return bool(node.entries)
    if isinstance(node, Sequence):
        return bool(node.items)
    return value_of(node).given and value_of(node).raw.lower() != "false"


def _misshapen_nodes(listed: Node | None, key: str) -> Iterator[tuple[tuple[str, ...], Node]]:
    """What is to blame, and its key path within the list; of bare names the first."""
    if isinstance(listed, Mapping) and listed.entries:
        yield (), listed
    named = False
    for index, item in enumerate(items(listed)):
        bare = isinstance(item, Scalar)
        if _is_misshapen(item, key) and not (bare and named):
            yield (str(index),), item
        named = named or bare


def _is_misshapen(item: Node, key: str) -> bool:
    """Whether LiteLLM takes an item of the list under `key` for no fallback. What only a run can tell is
    not judged."""
    if key == _DEFAULTS:
        return False
    if isinstance(item, Scalar):
        return key != _UNCHECKED and name_of(item).literal is not None
    told = entries(item)[:1] if key == _UNCHECKED else entries(item)
    if len(told) != 1:
        return isinstance(item, Mapping)
    value = told[0].value
    one_target = isinstance(value, Mapping) or name_of(value).literal is not None
    return one_target and not _is_target(item)


def _is_target(item: Node) -> bool:
    """Whether an item names a target by itself, which then stands for every alias."""
    return isinstance(item, Scalar) or (
        [entry.key.text for entry in entries(item)] == ["model"] and value_at(item, "model").given
    )


def _fallback_lists(item: Node) -> Iterator[tuple[Value, Iterator[Value]]]:
    """`{alias: [target, …]}`, or a target that stands for every alias."""
    if _is_target(item):
        yield name(_EVERY_ALIAS, item.span), _targets(item)
    else:
        for entry in entries(item)[:1]:
            yield name_of(entry.key), _targets(entry.value)


def _targets(node: Node) -> Iterator[Value]:
    """Targets are names, or mappings with a `model` beside what the request is to change."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        target = name_of(item.get("model") if isinstance(item, Mapping) else item)
        if target.given:
            yield target

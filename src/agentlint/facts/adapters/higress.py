"""Higress: the provider of its plugin ai-proxy, in a WasmPlugin or as the plugin's config alone.

The path of a client's request chooses the endpoint family, and Higress translates; a URL that ends in an
endpoint is called as it stands, whatever comes in. `modelMapping` names the model for what clients ask for,
where a key may end in `*` or be a pattern behind `~`, and what no key fits is asked for as it came.
Keys: plugins/wasm-go/extensions/ai-proxy/config/config.go, provider/provider.go and provider/openai.go of
https://github.com/higress-group/higress/tree/8e4041c9ba9a, and for references to
a Secret pkg/ingress/config/ingress_template.go there.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Entry, Mapping, Node
from agentlint.facts.route import (
    LEFT_OPEN,
    ChosenFamily,
    Credential,
    FamilySource,
    Route,
    RouteKind,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    at,
    credential,
    entries,
    first_given,
    first_value,
    mapping_items,
    name_of,
    scalars,
    value_at,
)
from agentlint.facts.values.value import Value, ValueKind, value_of
from agentlint.knowledge.families import Family, family_of_path
from agentlint.knowledge.formats import UNKNOWN_SHAPE, UrlShape, url_shape
from agentlint.text import Pattern

FORMAT = "higress"
_RESOURCE = "WasmPlugin"
_MAPPING, _TOKENS = "modelMapping", "apiTokens"
# What no provider of another plugin has; without a resource around it, the first may be anyone's.
_MARKS = (_MAPPING, _TOKENS)
# What may end in an endpoint, and is called as it stands then.
_URLS = ("openaiCustomUrl", "azureServiceUrl", "vllmCustomUrl")
_HOSTS = (
    "providerDomain",
    "qwenDomain",
    "doubaoDomain",
    "zhipuDomain",
    "tritonDomain",
    "genericHost",
    "ollamaServerHost",
    "vllmServerHost",
    "difyApiUrl",
)
_SECRETS = (
    "awsAccessKey",
    "awsSecretKey",
    "hunyuanAuthKey",
    "klingAccessKey",
    "klingSecretKey",
    "vertexAuthKey",
)
_ANY, _PATTERN = "*", "~"
# A key of a Secret, in the namespace of the resource or another; elsewhere this is any template's.
_STORE = "secret-store"
_OF_SECRET = Pattern(
    r"\$\{secret\.(?P<name>(?:[a-z0-9-]{1,63}/)?[\w-]{1,128}(?:\.[\w-]{1,128}){1,6})\}"
)


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route for each name that a provider maps, or one for a provider that maps none, and one for the
    model that tells whether a token works again."""
    marks = _MARKS if value_at(root, "kind").raw == _RESOURCE else (_TOKENS,)
    for pointer, config in _configs(root):
        for place, provider in _providers(config, pointer):
            if value_at(provider, "type").given and any(mark in provider for mark in marks):
                yield from _Provider(provider, place, source).routes()


def _configs(root: Node) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    """The configs of the plugin: for all of a gateway, for some of its routes, or without a resource."""
    if value_at(root, "kind").raw != _RESOURCE:
        if isinstance(root, Mapping):
            yield (), root
        return
    for key in ("defaultConfig", "pluginConfig"):
        config = at(root, "spec", key)
        if isinstance(config, Mapping):
            yield ("spec", key), config
    for index, rule in mapping_items(root, "spec", "matchRules"):
        config = rule.get("config")
        if isinstance(config, Mapping):
            yield ("spec", "matchRules", index, "config"), config


def _providers(
    config: Mapping, pointer: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    """The provider of a config, which counts before a list of them."""
    own = config.get("provider")
    if isinstance(own, Mapping):
        yield (*pointer, "provider"), own
        return
    for index, provider in mapping_items(config, "providers"):
        yield (*pointer, "providers", index), provider


class _Provider(Struct, frozen=True):
    """One provider, as a config has it."""

    node: Mapping
    pointer: tuple[str, ...]
    source: Source

    def routes(self) -> Iterator[Route]:
        route = self._route()
        mapped = entries(self.node, _MAPPING)
        for entry in mapped:
            place = (*self.pointer, _MAPPING, entry.key.text)
            alias, model = _alias(entry), _model(entry)
            yield replace(route, pointer=place, span=entry.value.span, alias=alias, model=model)
        if not mapped:
            yield route
        asked = at(self.node, "failover", "healthCheckModel")
        if asked is not None and value_of(asked).given:
            place = (*self.pointer, "failover", "healthCheckModel")
            yield replace(route, pointer=place, span=asked.span, model=value_of(asked))

    def _route(self) -> Route:
        """What holds for every name that a provider maps."""
        whole = first_value(self.node, *_URLS)
        served = self._served(whole)
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=self.pointer,
            span=self.node.span,
            kind=RouteKind.DEPLOYMENT,
            scope=self.source.scope,
            role=name_of(self.node.get("id")),
            provider=value_at(self.node, "type"),
            chosen_family=ChosenFamily(served, FamilySource.PATH) if served else LEFT_OPEN,
            base_url=first_given(whole, first_value(self.node, *_HOSTS)),
            url_shape=self._shape(served),
            credentials=tuple(self._credentials()),
            names_elsewhere=True,
        )

    def _served(self, whole: Value) -> Family | None:
        """The family of the endpoint that a URL ends in, where that is called as it stands: OpenAI's driver
        knows no path of Anthropic."""
        served = family_of_path(whole.literal) if whole.literal else None
        return None if self._is_openai and served is Family.ANTHROPIC_MESSAGES else served

    @property
    def _is_openai(self) -> bool:
        return value_at(self.node, _URLS[0]).given

    def _shape(self, served: Family | None) -> UrlShape:
        """How the URL of OpenAI's driver is taken; those of others have too many forms."""
        return UNKNOWN_SHAPE if served or not self._is_openai else url_shape(FORMAT, "openai")

    def _credentials(self) -> Iterator[Credential]:
        for token in scalars(self.node.get(_TOKENS)):
            yield from credential("api_key", _as_resolved(value_of(token)))
        for key in _SECRETS:
            yield from credential(key, _as_resolved(value_at(self.node, key)))


def _as_resolved(value: Value) -> Value:
    """A value as Higress takes it, which knows keys of Secrets."""
    key = _OF_SECRET.fullmatch(value.raw.strip())
    if key is None:
        return value
    return Value(value.raw, ValueKind.SECRET_REF, value.span, key["name"], dialect=_STORE)


def _alias(entry: Entry) -> Value:
    """The name that clients ask for; one that stands for many is a pattern."""
    name = name_of(entry.key)
    if name.raw.endswith(_ANY) or name.raw.startswith(_PATTERN):
        return Value(name.raw, ValueKind.TEMPLATE, name.span)
    return name


def _model(entry: Entry) -> Value:
    """The model in place of a name; behind a pattern, parts of the name may stand in it."""
    model = value_of(entry.value)
    is_made = entry.key.text.startswith(_PATTERN) and "$" in model.raw
    return Value(model.raw, ValueKind.TEMPLATE, model.span) if is_made else model

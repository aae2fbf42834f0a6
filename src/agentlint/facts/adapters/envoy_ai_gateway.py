"""Envoy AI Gateway: routes, backends and credentials as Kubernetes resources of one YAML stream.

An AIGatewayRoute sends model names to AIServiceBackends; each of those names a schema and a Backend
with the host, and a BackendSecurityPolicy gives it a credential. The path of a client's request
chooses the endpoint family, and Envoy translates to the schema of the backend.
Keys: https://github.com/envoyproxy/ai-gateway/tree/c217da8a5395/api/v1beta1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec.structs import replace

from agentlint.documents import Mapping, Node, walk
from agentlint.facts.route import LEFT_OPEN, Credential, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import SOMEONE, at, items, mapping_items, name_of, value_at
from agentlint.facts.values.value import ABSENT, Value, ValueKind
from agentlint.knowledge.families import family_of_word
from agentlint.knowledge.providers import provider_named

FORMAT = "envoy-ai-gateway"
_DIALECT = "envoy"
_GROUP = "aigateway.envoyproxy.io/"
_ROUTE, _POLICY = "AIGatewayRoute", "BackendSecurityPolicy"
_SERVICE, _HOST = "AIServiceBackend", "Backend"
_MODEL_HEADER = "x-ai-eg-model"
_SECRET_KEYS = ("secretRef", "clientSecretRef")


def routes_of_stream(roots: tuple[Node, ...], source: Source) -> Iterator[Route]:
    """One route for each model name that a rule matches and each backend that the rule sends it to."""
    resources = _Resources(roots)
    for resource in resources.routes:
        if not value_at(resource, "apiVersion").raw.startswith(_GROUP):
            continue
        for index, rule in mapping_items(resource, "spec", "rules"):
            aliases = _aliases(rule)
            for backend_index, backend in mapping_items(rule, "backendRefs"):
                pointer = ("spec", "rules", index, "backendRefs", backend_index)
                route = _route(backend, pointer, resource, resources, source)
                for alias in aliases:
                    model = route.model if route.model.given else alias
                    yield replace(route, alias=alias, model=model)


class _Resources:
    """The resources of one stream by kind and name; `policies` are by the backend that they guard, and
    `credentials` are those of the service of a name."""

    def __init__(self, roots: tuple[Node, ...]) -> None:
        resources = [root for root in roots if isinstance(root, Mapping)]
        policies = [r for r in resources if value_at(r, "kind").raw == _POLICY]
        self.routes = [r for r in resources if value_at(r, "kind").raw == _ROUTE]
        self.named = {
            (value_at(r, "kind").raw, value_at(r, "metadata", "name").raw): r for r in resources
        }
        self.policies = {
            value_at(target, "name").raw: policy
            for policy in reversed(policies)
            for _, target in mapping_items(policy, "spec", "targetRefs")
        }
        self.credentials = cache(self._credentials)

    def get(self, kind: str, name: str) -> Mapping | None:
        return self.named.get((kind, name))

    def _credentials(self, service_name: str) -> tuple[Credential, ...]:
        service = self.get(_SERVICE, service_name)
        policy_name = value_at(service, "spec", "backendSecurityPolicyRef", "name")
        policy = (
            self.get(_POLICY, policy_name.raw)
            if policy_name.given
            else self.policies.get(service_name)
        )
        if policy is None:
            return ()
        slot = value_at(policy, "spec", "type").raw
        return tuple(Credential(slot, secret) for secret in _secrets(policy))


def _aliases(rule: Mapping) -> list[Value]:
    """The model names that a rule matches; an expression is no name, and no match is every name."""
    found: list[Value] = []
    for _, match in mapping_items(rule, "matches"):
        for _, header in mapping_items(match, "headers"):
            if value_at(header, "name").raw.lower() != _MODEL_HEADER:
                continue
            value = name_of(header.get("value"))
            if value_at(header, "type").raw == "RegularExpression":
                value = Value(value.raw, ValueKind.TEMPLATE, value.span)
            found.append(value)
    return found or [ABSENT]


def _route(
    backend: Mapping,
    pointer: tuple[str, ...],
    resource: Mapping,
    resources: _Resources,
    source: Source,
) -> Route:
    """What holds for every model name that is sent to a backend."""
    service_name = value_at(backend, "name").raw
    service = resources.get(_SERVICE, service_name)
    schema = value_at(service, "spec", "schema", "name")
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=backend.span,
        kind=RouteKind.DEPLOYMENT,
        scope=source.scope,
        role=name_of(at(resource, "metadata", "name")),
        model=value_at(backend, "modelNameOverride"),
        provider=_provider(service, resources),
        chosen_family=LEFT_OPEN,
        upstream_family=family_of_word(schema.raw, dialect=_DIALECT),
        base_url=_host(service, resources),
        credentials=resources.credentials(service_name),
    )


def _provider(service: Mapping | None, resources: _Resources) -> Value:
    """Whom the schema of a service is named for.

    Resources often stand in a file each: without the service nobody is told, and without the host not who
    speaks the schema of a vendor, as servers of all kinds do.
    """
    schema = value_at(service, "spec", "schema", "name")
    named = provider_named(schema.raw)
    is_anyones = named is not None and named.has_one_host and _backend(service, resources) is None
    return SOMEONE if is_anyones or not schema.given else schema


def _backend(service: Mapping | None, resources: _Resources) -> Mapping | None:
    return resources.get(_HOST, value_at(service, "spec", "backendRef", "name").raw)


def _host(service: Mapping | None, resources: _Resources) -> Value:
    backend = _backend(service, resources)
    for endpoint in items(backend, "spec", "endpoints"):
        host = value_at(endpoint, "fqdn", "hostname")
        return host if host.given else value_at(endpoint, "ip", "address")
    return ABSENT


def _secrets(policy: Mapping) -> Iterator[Value]:
    """The Kubernetes secrets that a policy names."""
    for pointer, node in walk(policy):
        if pointer and pointer[-1] in _SECRET_KEYS:
            name = value_at(node, "name")
            if name.given:
                yield Value(name.raw, ValueKind.SECRET_REF, name.span, name.raw)

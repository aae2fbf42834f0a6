"""Variables that manifests of Kubernetes set for programs: in containers, and in a ConfigMap for them.

https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/,
https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, ScalarKind
from agentlint.facts.manifests import containers, is_manifest
from agentlint.facts.route import Route
from agentlint.facts.setting import Setting, setting, settings
from agentlint.facts.source import Source
from agentlint.facts.tree import SOMEONE, at, items, mapping_items, value_at
from agentlint.facts.values import Located, Value, ValueKind
from agentlint.facts.variables import variable_routes
from agentlint.text import Span

_CONFIG_MAP = "ConfigMap"
_REFERRED = {"secretKeyRef": ValueKind.SECRET_REF, "configMapKeyRef": ValueKind.TEMPLATE}


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route for each prefix of a container, or of a ConfigMap."""
    if not is_manifest(root):
        return
    if value_at(root, "kind").raw == _CONFIG_MAP:
        yield from variable_routes(settings(at(root, "data")), ("data",), source, source.scope)
    told: set[Span] = set()
    for pointer, container in containers(root):
        for route in _container_routes(container, (*pointer, "env"), source):
            if route.place not in told:  # containers share variables through anchors
                told.add(route.place)
                yield route


def _container_routes(
    container: Mapping, pointer: tuple[str, ...], source: Source
) -> Iterator[Route]:
    variables = [variable for _, one in mapping_items(container, "env") for variable in _set(one)]
    has_others = bool(items(container, "envFrom"))
    for route in variable_routes(variables, pointer, source, source.scope):
        moves = has_others and not route.base_url.given
        yield replace(route, provider=SOMEONE) if moves else route


def _set(variable: Mapping) -> Iterator[Setting]:
    """A variable with its value, or with the key of the Secret or ConfigMap that it comes from."""
    name, value = variable.get("name"), variable.get("value")
    if not isinstance(name, Scalar):
        return
    if isinstance(value, Scalar) and value.kind is not ScalarKind.NULL:
        yield setting(name.region, value.region)
    for source, kind in _REFERRED.items():
        key = at(variable, "valueFrom", source, "key")
        if isinstance(key, Scalar):
            came_from = Value(key.text, kind, key.span, key.text)
            yield Setting(Located(name.text, name.span), came_from)

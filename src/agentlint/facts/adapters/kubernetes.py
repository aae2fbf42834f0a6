"""Variables that manifests of Kubernetes set for programs: in containers, and in a ConfigMap for them.

https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/,
https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.documents import Mapping, Node
from agentlint.facts.route import Route
from agentlint.facts.source import Source
from agentlint.facts.tools.manifests import containers, is_manifest, set_in_list
from agentlint.facts.tree import SOMEONE, at, items, value_at
from agentlint.facts.variables.routes import variable_routes
from agentlint.facts.variables.settings import settings
from agentlint.text import Span

_CONFIG_MAP = "ConfigMap"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route for each prefix of a container, or of a ConfigMap."""
    if not is_manifest(root):
        return
    if value_at(root, "kind").raw == _CONFIG_MAP:
        yield from variable_routes(settings(at(root, "data")), ("data",), source, source.scope)
    seen: set[Span] = set()
    for pointer, container in containers(root):
        for route in _container_routes(container, (*pointer, "env"), source):
            if route.place not in seen:  # containers share variables through anchors
                seen.add(route.place)
                yield route


def _container_routes(
    container: Mapping, pointer: tuple[str, ...], source: Source
) -> Iterator[Route]:
    variables = tuple(set_in_list(container.get("env")))
    has_others = bool(items(container, "envFrom"))
    for route in variable_routes(variables, pointer, source, source.scope):
        moves = has_others and not route.base_url.given
        yield replace(route, provider=SOMEONE) if moves else route

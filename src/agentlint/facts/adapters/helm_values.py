"""Variables that the values of a Helm chart set for programs, under whatever key the chart has for them.

Charts take them as a mapping or as a list, as containers do: https://helm.sh/docs/chart_best_practices/values/.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Mapping, Node, Sequence, walk
from agentlint.facts.route import Route, RouteScope
from agentlint.facts.setting import Setting
from agentlint.facts.source import Source
from agentlint.facts.tools.manifests import set_in_list
from agentlint.facts.variables.routes import are_to_be_filled_in, is_telling, variable_routes
from agentlint.facts.variables.settings import settings
from agentlint.text import Pattern

# `values.yaml`, `values-prod.yaml`, `values.dev.yml`, `prod.values.yaml`
_VALUES = Pattern(r"(?:^|[/.-])values(?:[._-][\w.-]{1,60})?\.ya?ml\Z")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route for each prefix of each mapping or list of variables."""
    if not _VALUES.search(source.path):
        return
    for pointer, node in walk(root):
        variables = tuple(_variables(node))
        if not variables:
            continue
        scope = RouteScope.EXAMPLE if are_to_be_filled_in(variables) else source.scope
        yield from variable_routes(variables, pointer, source, scope)


def _variables(node: Node) -> Iterator[Setting]:
    match node:
        # Most mappings of a chart set none, and each of their values would be looked at for credentials.
        case Mapping() if any(is_telling(entry.key.text) for entry in node.entries):
            yield from settings(node)
        case Sequence():
            yield from set_in_list(node)
        case _:
            pass

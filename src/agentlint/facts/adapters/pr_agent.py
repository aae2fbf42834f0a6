"""PR-Agent: `.pr_agent.toml`.

Keys: https://github.com/qodo-ai/pr-agent/blob/0e37fc84fcc8/pr_agent/settings/configuration.toml and
.secrets_template.toml beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.documents import Node
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tools.pr_agent import CONFIG, FALLBACKS, FORMAT, chosen_models, upstream
from agentlint.facts.tree import entries, route_at
from agentlint.facts.values.value import Value, value_of


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The models that PR-Agent asks, and those that it asks when these fail."""
    if source.format != FORMAT:
        return
    nodes = _nodes(root)

    def setting(section: str, key: str) -> Value:
        return value_of(nodes.get((section, key)))

    for pointer, model in chosen_models(setting, nodes.get((CONFIG, FALLBACKS))):
        section, key, *_ = pointer
        route = route_at(FORMAT, pointer, nodes[section, key], RouteKind.TOOL_DEFAULT, source)
        yield upstream(replace(route, model=model), setting)


def _nodes(root: Node) -> dict[tuple[str, str], Node]:
    """What is set, by section and key; PR-Agent minds no letter case in either."""
    found: dict[tuple[str, str], Node] = {}
    for section in entries(root):
        for entry in entries(section.value):
            found.setdefault((section.key.text.lower(), entry.key.text.lower()), entry.value)
    return found

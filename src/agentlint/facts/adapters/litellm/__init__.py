"""LiteLLM proxy configs: `model_list[].litellm_params`, under any file name and any key, and those without.

`configs` tells which mappings are one, `deployments` reads who is called by which name, `fallbacks` what
a name falls back to, and `dead_settings` what stands where LiteLLM looks for nothing of the kind; each of
them is asked about one `gateway`.
Keys: https://docs.litellm.ai/docs/proxy/configs, litellm/types/router.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from agentlint.documents import Node, Sequence
from agentlint.facts.adapters.litellm.configs import configs
from agentlint.facts.adapters.litellm.dead_settings import misplaced, refused_strategy, swapped
from agentlint.facts.adapters.litellm.deployments import (
    alias_routes,
    bare_deployments,
    deployment_routes,
    listed_credentials,
    settings_route,
)
from agentlint.facts.adapters.litellm.fallbacks import fallback_lists, left_out, misshapen, orphans
from agentlint.facts.adapters.litellm.gateway import Gateway
from agentlint.facts.route import Route
from agentlint.facts.source import Source
from agentlint.facts.truncation import LeftOut


def routes(root: Node, source: Source) -> Iterator[Route | LeftOut]:
    """A route for each deployment, each alias, and each fallback list that is nobody's, no such list or
    where nothing looks for one."""
    if isinstance(root, Sequence):
        yield from bare_deployments(root, source)
    for pointer, config in configs(root, source):
        gateway = Gateway(
            config, pointer, source, fallback_lists(config), listed_credentials(config)
        )
        named: set[str] = set()
        for route in chain(deployment_routes(gateway), alias_routes(gateway)):
            named.add(route.alias.raw)
            yield route
        yield from orphans(gateway, named)
        yield from misshapen(gateway)
        yield from misplaced(gateway)
        yield from swapped(gateway)
        yield from refused_strategy(gateway)
        yield from settings_route(gateway)
        yield from left_out(gateway)

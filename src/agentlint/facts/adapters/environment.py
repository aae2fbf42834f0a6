"""Environment variables that choose a model or a host: `.env`, `.envrc`, Compose files and Dockerfiles."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Entry, Mapping, Node, Scalar, ScalarKind, Sequence
from agentlint.facts.route import Route, RouteScope
from agentlint.facts.setting import Setting
from agentlint.facts.source import Source
from agentlint.facts.tree import entries
from agentlint.facts.variables.routes import (
    are_to_be_filled_in,
    have_no_credentials,
    variable_routes,
)
from agentlint.facts.variables.settings import setting, settings
from agentlint.text import Region, Span

_OF_VARIABLES, _COMPOSE = ("dotenv", "envrc", "dockerfile"), "compose"


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route for each prefix of a `.env` file, of a service of a Compose file or a stage of a build."""
    if source.format in _OF_VARIABLES:
        variables = settings(root)
        scope = RouteScope.EXAMPLE if _is_template(variables, source) else source.scope
        yield from variable_routes(variables, (), source, scope)
    elif source.format == _COMPOSE:
        seen: set[Span] = set()
        for service in entries(root, "services"):
            for route in _service_routes(service, source):
                if route.place not in seen:  # services share variables through anchors
                    seen.add(route.place)
                    yield route


def _is_template(variables: tuple[Setting, ...], source: Source) -> bool:
    """Whether a file says nothing yet, or says that its copy is what is read and has no credential."""
    if source.to_be_copied and have_no_credentials(variables):
        return True
    return are_to_be_filled_in(variables)


def _service_routes(service: Entry, source: Source) -> Iterator[Route]:
    if isinstance(service.value, Mapping):
        node = service.value.get("environment")
        if node is not None:
            pointer = ("services", service.key.text, "environment")
            yield from variable_routes(_compose_variables(node), pointer, source, source.scope)


def _compose_variables(node: Node) -> tuple[Setting, ...]:
    """Both forms of a compose file: a mapping, and a list of `NAME=value`."""
    if isinstance(node, Sequence):
        return tuple(_assigned(item.region) for item in node.items if isinstance(item, Scalar))
    scalars = ((one.key, one.value) for one in entries(node) if isinstance(one.value, Scalar))
    return tuple(setting(name.region, _given(value)) for name, value in scalars)


def _given(value: Scalar) -> Region:
    """The text of a value, empty for one that Compose takes from where it is started (`KEY:`)."""
    return value.region.cut(0, 0) if value.kind is ScalarKind.NULL else value.region


def _assigned(region: Region) -> Setting:
    name, equals, _ = region.text.partition("=")
    start = len(name) + len(equals)
    return setting(region.cut(0, len(name)), region.cut(start, len(region.text)))

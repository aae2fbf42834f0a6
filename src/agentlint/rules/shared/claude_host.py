"""Where the repository's own settings of Claude Code send its calls."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteScope
from agentlint.facts.serving import provider_of

_ITSELF, _VENDOR, _FOLDER = "claude-code", "anthropic", ".claude"
_STARTING = frozenset({_ITSELF, "claude-code-action", "claude-front-matter"})


def is_sent_elsewhere(route: Route, project: Project) -> bool:
    """Whether calls of a route go elsewhere than to the vendor, or may do so."""
    return route.base_url.given or host_by_settings(route, project) is not None


def is_defined(alias: str, project: Project) -> bool:
    """Whether settings of Claude Code in the repository say which model an alias of it stands for."""
    return any(route.format == _ITSELF for route in project.aliases.get(alias, ()))


def host_by_settings(route: Route, project: Project) -> str | None:
    """The host that a `.claude/settings.json` above a route gives Claude Code, if that is not its vendor's
    and the route itself says nothing of one; None for a route of any other tool as well."""
    hosts = project.once(_hosts)
    if not hosts or not _is_claudes(route) or route.base_url.given:
        return None
    if route.provider.given and route.provider.literal != _VENDOR:
        return None
    above = map(str, PurePosixPath(route.path).parents)
    return next((hosts[folder] for folder in above if folder in hosts), None)


def _is_claudes(route: Route) -> bool:
    """Whether Claude Code reads what a route stands in, or is started by it."""
    return route.format in _STARTING or _FOLDER in PurePosixPath(route.path).parts


def _hosts(project: Project) -> Mapping[str, str]:
    """The hosts of other settings than the vendor's, by the folder whose `.claude` they stand in."""
    hosts: dict[str, str] = {}
    for route in project.everywhere(Route):
        if route.format != _ITSELF:
            continue
        path = PurePosixPath(route.path)
        if path.parent.name != _FOLDER:
            continue
        host = provider_of(route)
        if host not in (None, _VENDOR) and route.scope is RouteScope.REPOSITORY:
            hosts.setdefault(str(path.parent.parent), host)
    return hosts

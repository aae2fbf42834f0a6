"""What to write where a model ID is hard-coded: what whoever maintains this very place can do."""

from __future__ import annotations

from collections.abc import Sequence

from agentlint.facts.mention import ModelMention, Position
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.tools.model_words import (
    ToolAlias,
    alias_in_command,
    alias_in_front_matter,
    alias_in_settings,
    is_word_of_any_tool,
)
from agentlint.knowledge.formats import find_format, format_named

IN_TABLE = "name a route alias, and keep the ID in the one config that maps aliases to models"
"""For a model that no alias of the route table serves."""
AT_UPSTREAM = (
    "the server that is called here knows no route alias: call the gateway, or keep the ID in one config"
    " that says it for all"
)
"""For a model that a sample asks of the server behind the gateway."""
_MAX_LISTED = 5
_FRONT_MATTER = "agent-front-matter"
_AT_UNKNOWN_READER = "this file is the place for the ID, as long as no other repeats it"
_IN_TEXT = "keep the ID in one config file, and refer to it from here"
_IN_PIPELINE = (
    "no alias is known here: keep the ID in this one step, or in a variable where several need it"
)


def to_alias(verb: str, serving: Sequence[str]) -> str:
    """For a model that aliases of the repository serve."""
    one = "the route alias" if len(serving) == 1 else "one of the route aliases"
    listed = ", ".join(f"`{alias}`" for alias in serving[:_MAX_LISTED])
    return f"{verb} {one} {listed} instead"


def at_mention(mention: ModelMention, project: Project) -> str:
    """For a model that no alias serves, in what agents and people read."""
    if mention.position is Position.FRONT_MATTER:
        of_tool = (
            alias_in_front_matter(mention.text, mention.path) if mention.key == "model" else None
        )
        return _to_tool_alias(of_tool) if of_tool else _at_front_matter(mention, project)
    of_tool = (
        alias_in_command(mention.text, mention.given_to) if mention.key.startswith("-") else None
    )
    if of_tool:
        return _to_tool_alias(of_tool)
    if not all(map(is_word_of_any_tool, project.aliases)):
        return IN_TABLE
    return _IN_TEXT


def _at_front_matter(mention: ModelMention, project: Project) -> str:
    """What the reader of a file says of the model of an agent; who reads any other file is not known."""
    file = project.file(mention.path)
    routes = file.of(Route) if file else ()
    of_agent = any(route.model.span == mention.span for route in routes)
    return format_named(_FRONT_MATTER).model_advice if of_agent else _AT_UNKNOWN_READER


def at_setting(route: Route) -> str:
    """For a model that no alias serves, in the settings of a tool or a step of a pipeline."""
    of_tool = _alias_at(route)
    if of_tool:
        return f"{_to_tool_alias(of_tool)}, or keep the ID in this one file"
    if route.kind is RouteKind.CI_STEP:
        return _IN_PIPELINE
    reader = find_format(route.format)
    return reader.model_advice if reader else _AT_UNKNOWN_READER


def _alias_at(route: Route) -> ToolAlias | None:
    """The alias that the tool has, where nobody but its own provider answers; what it takes for one of
    its agents is not known."""
    if route.base_url.given or route.kind is RouteKind.AGENT_BINDING:
        return None
    setting = route.pointer[-1] if route.pointer else ""
    return alias_in_settings(route.model.raw, setting, route.format, route.provider.raw)


def _to_tool_alias(alias: ToolAlias) -> str:
    return f"name `{alias.word}`, the alias of {alias.title} for this line of models"

"""What to write where a model ID is hard-coded: what whoever maintains this very place can do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from agentlint.discovery import is_put_away
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
from agentlint.knowledge.names import recognise
from agentlint.rules.shared.claude_host import is_defined, is_sent_elsewhere

IN_TABLE = "name a route alias, and keep the ID in the one config that maps aliases to models"
"""For a model that no alias of the route table serves."""
AT_UPSTREAM = (
    "the server that is called here knows no route alias: call the gateway, or keep the ID in one config"
    " that says it for all"
)
"""For a model that a sample asks of the server behind the gateway."""
_MAX_LISTED = 5
_FRONT_MATTER = "agent-front-matter"
_OF_CLAUDE = "claude-front-matter"
_IN_ONE_FILE = "this file is the place for the ID, as long as no other repeats it"
_UNKNOWN = "no alias is known here"
_IN_TEXT = "keep the ID in one config file, and refer to it from here"
_IN_SKILL = (
    "say it once in this skill, and refer to that, or leave the choice to whoever installs it: no config of"
    " this repository is at hand there"
)
_SKILL = "SKILL.md"
_IN_STEP = "keep the ID in this one step, or in a variable where several need it"
_HERE = "keep the ID in this one file"
_AGENTIC_WORKFLOW = "gh-aw"
_FILES = (RouteKind.TOOL_DEFAULT, RouteKind.MENU, RouteKind.AGENT_BINDING)
"""What of a tool's settings names models, those first on which the others fall back."""


def to_alias(verb: str, serving: Sequence[str]) -> str:
    """For a model that aliases of the repository serve."""
    one = "the route alias" if len(serving) == 1 else "one of the route aliases"
    listed = ", ".join(f"`{alias}`" for alias in serving[:_MAX_LISTED])
    return f"{verb} {one} {listed} instead"


def at_mention(mention: ModelMention, project: Project) -> str:
    """For a model that no alias serves, in what agents and people read."""
    if mention.position is Position.FRONT_MATTER:
        return _at_front_matter(mention, project)
    of_tool = (
        alias_in_command(mention.text, mention.given_to) if mention.key.startswith("-") else None
    )
    if of_tool:
        return _to_tool_alias(of_tool)
    if not all(map(is_word_of_any_tool, project.aliases)):
        return IN_TABLE
    return _IN_SKILL if _is_installed_elsewhere(mention.path) else _IN_TEXT


def _is_installed_elsewhere(path: str) -> bool:
    """Whether a file is a skill that no tool reads where it stands (`packages/sdk/skills/ask/SKILL.md`):
    tools have folders of their own, with a dot (`.claude/skills`)."""
    *folders, name = path.split("/")
    return name == _SKILL and not any(folder.startswith(".") for folder in folders)


def _at_front_matter(mention: ModelMention, project: Project) -> str:
    """What the reader of a file says of the model of an agent; who reads any other file is not known."""
    own = _route_of(mention, project)
    read_as = own.format if own else ""
    is_model = mention.key == "model"
    of_tool = alias_in_front_matter(mention.text, mention.path, read_as) if is_model else None
    sent = own is not None and is_sent_elsewhere(own, project)
    if of_tool and not sent and not is_defined(of_tool.name, project):
        return _to_tool_alias(of_tool)
    of_session = format_named(_advised_by(read_as)).model_advice if own else _IN_ONE_FILE
    return _to_pinned(of_tool) or of_session


def _route_of(mention: ModelMention, project: Project) -> Route | None:
    """The route that front matter makes of the model that it names."""
    file = project.file(mention.path)
    routes = file.of(Route) if file else ()
    return next((route for route in routes if route.model.span == mention.span), None)


def has_own_models(mention: ModelMention, project: Project) -> bool:
    """Whether what reads the front matter of a mention knows no alias of a gateway."""
    if mention.position is not Position.FRONT_MATTER:
        return False
    route = _route_of(mention, project)
    reader = find_format(route.format) if route else None
    return reader is not None and reader.own_models


def _advised_by(format_id: str) -> str:
    return format_id if format_id == _OF_CLAUDE else _FRONT_MATTER


def at_setting(route: Route, project: Project) -> str:
    """For a model that no alias serves, in the settings of a tool or a step of a pipeline."""
    of_tool = _alias_at(route, project)
    in_step = route.kind is RouteKind.CI_STEP
    if of_tool:
        keep = _IN_STEP if in_step and route.format != _AGENTIC_WORKFLOW else _HERE
        return f"{of_tool}, or {keep}"
    return f"{_UNKNOWN}: {_IN_STEP}" if in_step else _in_files(route, project)


def _alias_at(route: Route, project: Project) -> str:
    """The advice to name the alias that the tool has; "" where it has none. What it takes for one of its
    agents is not known."""
    if route.kind is RouteKind.AGENT_BINDING:
        return ""
    setting = route.pointer[-1] if route.pointer else ""
    if not is_sent_elsewhere(route, project):
        alias = alias_in_settings(route.model.raw, setting, route.format, route.provider.raw)
        if alias and not is_defined(alias.name, project):
            return _to_tool_alias(alias)
    return _to_pinned(alias_in_settings(route.model.raw, setting, route.format, ""))


def _to_tool_alias(alias: ToolAlias) -> str:
    return f"name `{alias.word}`, the alias of {alias.title} for this line of models"


def _to_pinned(alias: ToolAlias | None) -> str:
    """For calls that go elsewhere than to the vendor, where an alias may stand for an older model, and for
    settings that say what it stands for."""
    if alias is None or not alias.variable:
        return ""
    return f"name `{alias.word}`, and say in `{alias.variable}` which model that is here"


def _in_files(route: Route, project: Project) -> str:
    """For a model that a tool has no alias for, in one of its files."""
    reader = find_format(route.format)
    of_agent = reader.agent_advice if reader and route.kind is RouteKind.AGENT_BINDING else ""
    advice = of_agent or (reader.model_advice if reader else "")
    has_too = _others_with(route, project)
    if not has_too:
        return advice or f"{_UNKNOWN}: {_IN_ONE_FILE}"
    if advice:
        return f"{advice}; {has_too}"
    return f"{_UNKNOWN}, and {has_too}: keep it in one of them, or change all together"


def _others_with(route: Route, project: Project) -> str:
    """That the tool that reads a route finds the same model in other files, "" where it does not."""
    files = project.once(_files_by_model).get((route.format, _id_of(route)), {})
    best = next((path for path in files if path != route.path), None)
    if best is None:
        return ""
    more = len(files) - (route.path in files) - 1
    return f"`{best}` and {more} more have the ID too" if more else f"`{best}` has the ID too"


def _files_by_model(project: Project) -> Mapping[tuple[str, str], Mapping[str, None]]:
    """The files in which each tool finds each model, the best place for it first. Those of the context
    count as well, so that a run on one file says the same as one on all."""
    found: defaultdict[tuple[str, str], list[Route]] = defaultdict(list)
    for route in project.everywhere(Route):
        is_read = route.effective and route.scope.is_read and not is_put_away(route.path)
        if route.kind in _FILES and is_read and (model := _id_of(route)):
            found[route.format, model].append(route)
    return {
        key: dict.fromkeys(route.path for route in sorted(routes, key=_preferred))
        for key, routes in found.items()
    }


def _id_of(route: Route) -> str:
    name = recognise(route.model.literal) if route.model.literal else None
    return name.id if name else ""


def _preferred(route: Route) -> tuple[int, int, str]:
    """What comes first as the place for a model: what others fall back on, then what is near the root."""
    return (_FILES.index(route.kind), route.path.count("/"), route.path)

from __future__ import annotations

from collections.abc import Iterator

from agentlint.discovery import FileKind
from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.serving import provider_of
from agentlint.facts.values.value import ValueKind
from agentlint.findings import (
    Applicability,
    Confidence,
    Finding,
    NewEntry,
    Repair,
    Severity,
)
from agentlint.knowledge.families import GENERIC, Family, required_family_word, word_of_family
from agentlint.knowledge.formats import find_format
from agentlint.knowledge.served import families_served
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.rules.shared.served_paths import contradiction


@rule(on=Route)
def check(route: Route, ctx: Context) -> Iterator[Finding]:
    yield from _taken_for_chat(route, ctx)
    if not route.family_required or route.chosen_family.source is FamilySource.DECLARED:
        return
    if route.family_value.given or route.model.kind is ValueKind.PLACEHOLDER:
        return
    if _is_excerpt(route, ctx):
        return
    yield ctx.finding(
        route.path,
        (route.role.span if route.kind is RouteKind.TABLE else None) or route.place,
        f"route `{route.name}` names no endpoint family",
        help=_help(route),
        subject=route.name,
        repair=_family_entry(route, ctx),
    )


def _is_excerpt(route: Route, ctx: Context) -> bool:
    """Whether a page shows a part of the config of a tool, which leaves out what it is not about; a table
    written by hand is the whole of it wherever it stands."""
    file = ctx.project.file(route.path)
    is_config = file is not None and file.kind == FileKind.CONFIG
    return route.kind is RouteKind.DEPLOYMENT and not is_config


def _taken_for_chat(route: Route, ctx: Context) -> Iterator[Finding]:
    """A model of one's own host that does not chat, which its reader cannot know."""
    model, reader = route.model.literal or "", find_format(route.format)
    if reader is None or route.family_value.given or not route.base_url.given:
        return
    if route.confidence is not Confidence.HIGH or route.scope is RouteScope.TEST:
        return
    required = required_family_word(model, dialect=reader.family_dialect)
    provider = model.partition("/")[0]
    if required is None or families_served(provider, model, catalogue=ctx.catalogue):
        return
    setting, word = required
    yield ctx.finding(
        route.path,
        route.place,
        f"route `{route.name}` names no {setting.rpartition('.')[2]}, "
        f"so {reader.title} takes `{model}` for a chat model",
        severity=Severity.INFO,
        help=f"set `{setting}` to `{word}`",
        subject=route.name,
    )


def _family_entry(route: Route, ctx: Context) -> Repair | None:
    """The family as an entry beside the model, where there is no doubt about it.

    An entry that is no more than its model has no place for a key.
    """
    known, beside = find_format(route.format), route.model.span or route.endpoint_path.span
    family = _decided(route, ctx)
    if not known or not known.family_key or not beside or not family or beside == route.span:
        return None
    word, key = word_of_family(family, dialect=known.family_dialect), _key(route)
    # A base URL may be no more than a place on a gateway that is called after what it serves.
    is_said = route.family is not None and route.endpoint_path.given
    return Repair(
        f"add `{key}: {word}`",
        Applicability.SAFE if is_said else Applicability.UNSAFE,
        (NewEntry(route.span, beside, key, word),),
    )


def _key(route: Route) -> str:
    """The key that names a family in the file of a route; "" where its format has none."""
    known = find_format(route.format)
    return route.family_key or (known.family_key if known else "")


def _decided(route: Route, ctx: Context) -> Family | None:
    """The family that the path, the base URL and the model do not contradict each other on."""
    model = route.model.literal or ""
    families = families_served(provider_of(route), model, catalogue=ctx.catalogue)
    if route.family is not None:
        family = route.family if not families or route.family in families else None
    else:
        named = bool(route.provider.literal or route.base_url.literal)
        family = next(iter(families)) if named and families and len(families) == 1 else None
    # The base URL of all routes tells none of its own family, and yet is where each of them leads.
    return None if family is None or contradiction(route, family) else family


def _help(route: Route) -> str:
    known = find_format(route.format)
    key, dialect = _key(route), known.family_dialect if known else GENERIC
    if route.family is not None:
        word = word_of_family(route.family, dialect=dialect)
        return f'its path says `{key}: "{word}"`: write it beside the model'
    examples = (Family.RESPONSES, Family.CHAT_COMPLETIONS)
    words = ", ".join(f"`{word_of_family(family, dialect=dialect)}`" for family in examples)
    return f"write `{key}` beside the model: {words}, …"

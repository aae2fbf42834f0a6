from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.facts.detectors.model_ids import find_model_ids
from agentlint.facts.project import Project
from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values.value import Value
from agentlint.findings import Finding
from agentlint.rules.context import Context
from agentlint.rules.rule import rule
from agentlint.text import Pattern, Span

_IN_QUERY = Pattern(
    r"[?&](?P<what>model|model_id|prompt|system_prompt|system)=[^&#]", re.IGNORECASE
)
_URL = Pattern(r"https?://[^\s|;,#]{1,400}")
_JOINED = Pattern(r"[\s|;,#@]{1,8}")
_PATH = Pattern(r"https?://[^/?#]{1,400}(?P<path>/[^?#]{0,400})", re.IGNORECASE)


@rule(on=Project)
def check(project: Project, ctx: Context) -> Iterator[Finding]:
    judged: set[tuple[str, Span]] = set()
    for route in project.all(Route):
        if not route.scope.is_read or not route.effective:
            continue
        for part, value in (("base URL", route.base_url), ("model", route.model)):
            fused = _fused(route, value)
            if fused is None or value.span is None or (route.path, value.span) in judged:
                continue
            judged.add((route.path, value.span))
            yield ctx.finding(
                route.path,
                value.span,
                f"the {part} of `{route.name}` also holds {fused}",
                help="give the gateway's URL, the model and the prompt a setting each",
                subject=f"{route.name}: {part}",
            )


def _fused(route: Route, value: Value) -> str | None:
    """What else stands in a value beside what it is for."""
    text = value.literal or ""
    url = _URL.search(text)
    if url is None:
        return None
    query = _IN_QUERY.search(text)
    if query:
        return "the prompt" if "model" not in query["what"].lower() else "the model"
    rest = _JOINED.sub(" ", text[: url.start()] + " " + text[url.end() :]).strip()
    if any(find_model_ids(rest)):
        return "the model" if value is route.base_url else "a URL"
    if value is route.base_url and _has_own_key(route) and _names_model_in_path(text):
        return "the model"
    return None


def _has_own_key(route: Route) -> bool:
    return route.kind is RouteKind.TABLE and route.family_required


def _names_model_in_path(url: str) -> bool:
    path = _PATH.match(url)
    return path is not None and any(find_model_ids(path["path"].replace("/", " ")))

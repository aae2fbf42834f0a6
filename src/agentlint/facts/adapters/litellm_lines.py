"""LiteLLM deployments in a text that is not YAML yet: a Helm template, with `{{- if }}` lines.

Only names, models, URLs and credential references are picked, line by line and with low confidence,
so that the routes can be shown. No family is told and no settings are read: both may hang on a
branch that is not rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import credential, name
from agentlint.facts.values.value import ABSENT, Value, classified
from agentlint.findings import Confidence
from agentlint.text import Pattern, Region

FORMAT = "litellm"
_MARK = "litellm_params"
_BLOCK = Pattern(
    r"^[ \t]{0,80}(?:(?P<deployment>-[ \t]{1,8}(?:model_name|litellm_params))"
    r"|(?:general|router|litellm)_settings)[ \t]{0,8}:",
    re.MULTILINE,
)
_KEY = Pattern(
    r"^[ \t]{0,80}(?:-[ \t]{1,8})?(?P<key>model_name|model|api_base|api_key)[ \t]{0,8}:[ \t]{1,8}"
    r"(?P<quote>[\"']?)(?P<value>[^\r\n]{1,400}?)(?P=quote)[ \t]{0,80}(?:[ \t]#[^\r\n]{0,400})?\r?$",
    re.MULTILINE,
)


def routes_of_text(region: Region, source: Source) -> Iterator[Route]:
    """One route for each item that begins as a deployment does."""
    if _MARK not in region.text:
        return
    for start, end in _deployments(region.text):
        yield _route(region, start, end, source)


def _deployments(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of each deployment begin and end."""
    starts = [(block.start(), block["deployment"]) for block in _BLOCK.finditer(text)]
    for (start, deployment), (end, _) in pairwise((*starts, (len(text), None))):
        if deployment:
            yield start, end


def _route(region: Region, start: int, end: int, source: Source) -> Route:
    found: dict[str, Value] = {}
    for pair in _KEY.finditer(region.text, start, end):
        span = region.span(*pair.span("value"))
        read = name if pair["key"] == "model_name" else classified
        found.setdefault(pair["key"], read(pair["value"], span))
    api_key = found.get("api_key", ABSENT)
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=("model_list",),
        span=region.span(start, end),
        kind=RouteKind.DEPLOYMENT,
        scope=source.scope,
        alias=found.get("model_name", ABSENT),
        model=found.get("model", ABSENT),
        base_url=found.get("api_base", ABSENT),
        credentials=credential("api_key", api_key),
        names_elsewhere=True,
        confidence=Confidence.LOW,
    )

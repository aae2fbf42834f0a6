"""LiteLLM deployments in a text that is not YAML yet: a Helm template, with `{{- if }}` lines.

Only names, models, URLs and credential references are picked, line by line and with low confidence,
so that the routes can be shown. No family is told and no settings are read: both may hang on a
branch that is not rendered.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.adapters.litellm import FORMAT
from agentlint.facts.route import Credential, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import name
from agentlint.facts.values import ABSENT, Value, classified, without_literal
from agentlint.findings import Confidence
from agentlint.text import Pattern, Region, Span

_MARK = "litellm_params"
_FIRST_KEY = Pattern(r"[ \t]{0,80}-[ \t]{1,8}(?:model_name|litellm_params)[ \t]{0,8}:")
_OTHER_BLOCK = Pattern(r"[ \t]{0,80}(?:general|router|litellm)_settings[ \t]{0,8}:")
_KEY = Pattern(
    r"[ \t]{0,80}(?:-[ \t]{1,8})?(?P<key>model_name|model|api_base|api_key)[ \t]{0,8}:[ \t]{1,8}"
    r"(?P<quote>[\"']?)(?P<value>[^\r\n]{1,400}?)(?P=quote)[ \t]{0,80}"
    r"(?:[ \t]#[^\r\n]{0,400})?(?=[\r\n]|\Z)"
)
_LINE = Pattern(r"[^\r\n]{0,2000}(?:\r\n|\r|\n|\Z)?")


def routes_of_text(region: Region, source: Source) -> Iterator[Route]:
    """One route for each item that begins as a deployment does."""
    if _MARK not in region.text:
        return
    for start, end in _deployments(region.text):
        yield _route(region, start, end, source)


def _deployments(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of each deployment begin and end."""
    start: int | None = None
    at = 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None or line.end() == at:
            break
        begins = _FIRST_KEY.match(text, at) is not None
        if start is not None and (begins or _OTHER_BLOCK.match(text, at)):
            yield start, at
            start = None
        if begins:
            start = at
        at = line.end()
    if start is not None:
        yield start, len(text)


def _route(region: Region, start: int, end: int, source: Source) -> Route:
    found: dict[str, Value] = {}
    for key, value, span in _pairs(region, start, end):
        found.setdefault(key, name(value, span) if key == "model_name" else classified(value, span))
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
        credentials=(Credential("api_key", without_literal(api_key)),) if api_key.given else (),
        names_elsewhere=True,
        confidence=Confidence.LOW,
    )


def _pairs(region: Region, start: int, end: int) -> Iterator[tuple[str, str, Span]]:
    at = start
    while at < end:
        pair = _KEY.match(region.text, at)
        if pair:
            yield pair["key"], pair["value"], region.span(*pair.span("value"))
        line = _LINE.match(region.text, at)
        if line is None or line.end() == at:
            break
        at = line.end()

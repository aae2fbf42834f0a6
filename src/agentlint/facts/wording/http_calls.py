"""Model calls over HTTP that a script makes by itself: by `curl`, `fetch` and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from agentlint.documents import BlockKind, MarkdownDocument
from agentlint.facts.http_call import HttpCall
from agentlint.facts.source import Source
from agentlint.facts.values.value import Located
from agentlint.facts.wording.fences import POSIX_SHELLS
from agentlint.knowledge.families import Family, family_of_path
from agentlint.knowledge.names import recognise
from agentlint.knowledge.providers import provider_of_url
from agentlint.text import Pattern, Region

_COMMAND = Pattern(r"\bcurl[ \t\\]")
_END = Pattern(r"\n[ \t]{0,40}\r?\n")
# The query is left out: it is where keys are passed on.
_URL = Pattern(r"(?:https?://|\$\{?\w{1,80}\}?/)[^\s\"'`\\?]{1,500}")
_NAMED_IN_URL = Pattern(r"/models/(?P<model>[\w.-]{1,100}):\w{1,40}\Z")
# `"model": "x"` in JSON, `model: 'x'` in a program or for jq, and `jq --arg model x`.
_MODEL = Pattern(
    r"(?<![\w.$-])(?:\\?[\"']?model\\?[\"']?\s{0,8}:\s{0,8}\\?[\"']|--arg[ \t]model[ \t][\"']?)"
    r"(?P<model>[^\s\"'`\\$]{1,200})(?![^\s\"'`\\])"
)
_COMMENT = Pattern(r"^[ \t]{0,200}(?:#|//)[^\r\n]{0,2000}", re.MULTILINE)


def sampled_calls(document: MarkdownDocument, source: Source) -> Iterator[HttpCall]:
    """The calls by `curl` in the code samples of a document."""
    for block in document.blocks:
        code = block.kind in (BlockKind.FENCE, BlockKind.INDENTED_CODE)
        if code and (not block.language or block.language in POSIX_SHELLS):
            yield from curl_calls(block.region, source)


def script_calls(script: Region, source: Source) -> Iterator[HttpCall]:
    """The calls of a script, in a shell's language or another one.

    Where no command names both, a script that knows but one endpoint of a vendor sends its models there.
    """
    calls = [*curl_calls(script, source)]
    yield from calls or _calls_of_one_endpoint(script, source)


def curl_calls(script: Region, source: Source) -> Iterator[HttpCall]:
    """The commands of a shell script that name both a model and an endpoint."""
    text = _without_comments(script.text)
    for start, end in _commands(text):
        url = _URL.search(text, start, end)
        family = family_of_path(url[0]) if url else None
        model = _model_in_url(url) or _MODEL.search(text, start, end) if url else None
        if url and model and family:
            yield _call(script, source, url, family, model)


def _commands(text: str) -> Iterator[tuple[int, int]]:
    """Where each `curl` stands with what belongs to it: up to an empty line or the next one."""
    starts = [command.start() for command in _COMMAND.finditer(text)]
    for start, following in pairwise((*starts, len(text))):
        end = _END.search(text, start, following)
        yield start, end.start() if end else following


def _calls_of_one_endpoint(script: Region, source: Source) -> Iterator[HttpCall]:
    text = _without_comments(script.text)
    endpoints = {
        url[0]: (url, family)
        for url in _URL.finditer(text)
        if provider_of_url(url[0]) and (family := family_of_path(url[0]))
    }
    if len(endpoints) != 1:
        return
    ((url, family),) = endpoints.values()
    named = _model_in_url(url)
    for model in [named] if named else _MODEL.finditer(text):
        if recognise(model["model"]):
            yield _call(script, source, url, family, model)


def _call(
    script: Region,
    source: Source,
    url: re.Match[str],
    family: Family,
    model: re.Match[str],
) -> HttpCall:
    return HttpCall(
        source.path,
        Located(url[0], script.span(*url.span())),
        family,
        Located(model["model"], script.span(*model.span("model"))),
        source.scope,
    )


def _model_in_url(url: re.Match[str]) -> re.Match[str] | None:
    """The model that the path names, as it does at Google."""
    return _NAMED_IN_URL.search(url.string, *url.span())


def _without_comments(text: str) -> str:
    """`text` with blanks in place of whole lines that are comments."""
    return _COMMENT.sub(lambda comment: " " * len(comment[0]), text)

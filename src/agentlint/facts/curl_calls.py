"""Model calls by `curl`, in code samples and in the scripts of workflows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import BlockKind, MarkdownDocument, Node, Scalar
from agentlint.facts.route import RouteScope
from agentlint.facts.source import Source
from agentlint.facts.values import Located
from agentlint.facts.workflows import step_nodes
from agentlint.knowledge.families import Family, family_of_path
from agentlint.text import Pattern, Region

_SHELLS = frozenset({"", "bash", "sh", "shell", "zsh", "console", "shell-session", "curl"})
_COMMAND = Pattern(r"\bcurl[ \t\\].{0,4000}?(?=\bcurl[ \t\\]|\n[ \t]{0,40}\n|\Z)", re.DOTALL)
_URL = Pattern(r"(?:https?://|\$\{?\w{1,80}\}?/)[^\s\"'\\]{1,500}")
_MODEL = Pattern(r"\\?[\"']model\\?[\"']\s{0,8}:\s{0,8}\\?[\"'](?P<model>[^\"'\\$]{1,200})\\?[\"']")


class CurlCall(Struct, frozen=True):
    """One command: the family that its URL ends in, and the model that its body names."""

    path: str
    url: Located[str]
    family: Family
    model: Located[str]
    scope: RouteScope = RouteScope.REPOSITORY


def curl_samples(document: MarkdownDocument, source: Source) -> Iterator[CurlCall]:
    """The calls in the code samples of a document."""
    for block in document.blocks:
        code = block.kind in (BlockKind.FENCE, BlockKind.INDENTED_CODE)
        if code and block.language in _SHELLS:
            yield from curl_calls(block.region, source)


def curl_steps(root: Node, source: Source) -> Iterator[CurlCall]:
    """The calls in the scripts of a workflow's steps."""
    for found in step_nodes(root, source):
        run = found.node.get("run")
        if isinstance(run, Scalar):
            yield from curl_calls(run.region, source)


def curl_calls(script: Region, source: Source) -> Iterator[CurlCall]:
    """The calls of a script that name both a model and an endpoint."""
    for command in _COMMAND.finditer(script.text):
        url, model = _URL.search(command[0]), _MODEL.search(command[0])
        family = family_of_path(url[0]) if url else None
        if url and model and family:
            at = command.start()
            yield CurlCall(
                source.path,
                Located(url[0], script.span(at + url.start(), at + url.end())),
                family,
                Located(model["model"], script.span(at + model.start(1), at + model.end(1))),
                source.scope,
            )

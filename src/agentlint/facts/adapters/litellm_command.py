"""LiteLLM's proxy as a container that is told its model by its command line, and by no config.

Of options that are given twice the last one counts. Options: https://docs.litellm.ai/docs/proxy/cli,
`command`: https://docs.docker.com/reference/compose-file/services/#command, `args`:
https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import Mapping, Node, Scalar
from agentlint.facts.route import LEFT_OPEN, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tools.manifests import containers, is_manifest
from agentlint.facts.tree import entries, scalars, value_at
from agentlint.facts.values.value import ABSENT, Value, classified
from agentlint.knowledge.formats import format_named
from agentlint.text import Pattern, Region, Span

FORMAT = "litellm"
_COMPOSE = "compose"
# `ghcr.io/berriai/litellm:main-latest`, `litellm/litellm-database`; not a proxy before LiteLLM.
_IMAGE = Pattern(
    r"(?:[\w.:${}-]{1,80}/){0,5}litellm(?:-database|-non_root|-ee|-spend_logs)?"
    r"(?::[\w.${}:-]{1,80})?(?:@[\w:]{1,90})?"
)
_WORD = Pattern(
    r"\"(?P<double>[^\"\r\n]{0,2000})\"|'(?P<single>[^'\r\n]{0,2000})'|[^\s\"'\\]{1,2000}"
)
_OPTIONS = ("--model", "--alias", "--api_base")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route for each container of LiteLLM that is given a model."""
    seen: set[Span | None] = set()
    for pointer, container in _containers(root, source):
        if not _IMAGE.fullmatch(value_at(container, "image").raw):
            continue
        given = _options(container)
        if "--model" in given and given["--model"].span not in seen:
            seen.add(given["--model"].span)  # services share commands through anchors
            yield Route(
                format=FORMAT,
                path=source.path,
                pointer=pointer,
                span=container.span,
                kind=RouteKind.DEPLOYMENT,
                scope=source.scope,
                alias=given.get("--alias", ABSENT),
                model=given["--model"],
                chosen_family=LEFT_OPEN,
                bridges=format_named(FORMAT).bridges,
                base_url=given.get("--api_base", ABSENT),
            )


def _containers(root: Node, source: Source) -> Iterator[tuple[tuple[str, ...], Mapping]]:
    """The services of a compose file, the containers of a manifest of Kubernetes."""
    if source.format == _COMPOSE:
        for service in entries(root, "services"):
            if isinstance(service.value, Mapping):
                yield ("services", service.key.text), service.value
    elif is_manifest(root):
        yield from containers(root)


def _options(container: Mapping) -> dict[str, Value]:
    """The options of the command line, which both formats write in two parts, as a text or as a list."""
    lines = (container.get(key) for key in ("entrypoint", "command", "args"))
    words = [word for line in lines for scalar in scalars(line) for word in _words(scalar)]
    given: dict[str, Value] = {}
    for word, following in zip(words, [*words, None][1:], strict=True):
        option, joined, _ = word.text.partition("=")
        if option not in _OPTIONS:
            continue
        if joined:
            given[option] = _value(word.cut(len(option) + 1, len(word.text)))
        elif following and not following.text.startswith("-"):
            given[option] = _value(following)
    return {option: value for option, value in given.items() if value.given}


def _words(line: Scalar) -> Iterator[Region]:
    for word in _WORD.finditer(line.text):
        yield line.region.cut(*word.span(word.lastgroup or 0))


def _value(word: Region) -> Value:
    return classified(word.text, word.span())

"""aider: `.aider.conf.yml`, and the model settings beside it.

aider calls models through LiteLLM, which chooses the family and translates between some.
Keys: https://aider.chat/docs/config/aider_conf.html, https://aider.chat/docs/config/adv-model-settings.html.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, Sequence
from agentlint.facts.route import LEFT_OPEN, Credential, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import at, name, name_of, scalars, value_at
from agentlint.facts.values.value import Value, classified, value_of, without_literal
from agentlint.knowledge.formats import format_named, url_shape

FORMAT = "aider"
_MODEL_KEYS = ("model", "weak-model", "editor-model")
_HELPER_KEYS = ("weak_model_name", "editor_model_name")
_KEY_OPTIONS = ("openai-api-key", "anthropic-api-key")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """The models that aider uses, the aliases for them, and the helpers that settings give to one."""
    if isinstance(root, Mapping) and (source.format == FORMAT or _is_config(root)):
        yield from _chosen(root, source)
        yield from _aliases(root, source)
    elif isinstance(root, Sequence) and source.format == FORMAT:
        yield from _settings(root, source)


def _is_config(root: Mapping) -> bool:
    return "model" in root and any(key in root for key in ("weak-model", "editor-model"))


def _chosen(root: Mapping, source: Source) -> Iterator[Route]:
    credentials = tuple(_credentials(root))
    base_url = value_at(root, "openai-api-base")
    for key in _MODEL_KEYS:
        node = root.get(key)
        model = value_of(node)
        if node is not None and model.given:
            yield replace(
                _route((key,), node, RouteKind.TOOL_DEFAULT, source),
                model=model,
                base_url=base_url,
                credentials=credentials,
            )


def _credentials(root: Mapping) -> Iterator[Credential]:
    for key in _KEY_OPTIONS:
        value = value_at(root, key)
        if value.given:
            yield Credential("api_key", without_literal(value))
    for scalar in scalars(root.get("api-key")):
        _, value = _split(scalar, "=")
        yield Credential("api_key", without_literal(value))


def _aliases(root: Mapping, source: Source) -> Iterator[Route]:
    for index, scalar in enumerate(scalars(root.get("alias"))):
        alias, model = _split(scalar, ":")
        if model.given:
            route = _route(("alias", str(index)), scalar, RouteKind.TABLE, source)
            yield replace(route, alias=name(alias.raw, alias.span or scalar.span), model=model)


def _split(scalar: Scalar, mark: str) -> tuple[Value, Value]:
    """What stands before and after the first mark."""
    before, _, after = scalar.text.partition(mark)
    end, start = len(before), len(scalar.text) - len(after)
    return (
        classified(before, scalar.region.span(0, end)),
        classified(after, scalar.region.span(start)),
    )


def _settings(root: Sequence, source: Source) -> Iterator[Route]:
    """Settings tune a model for whoever uses it, and only their helpers are called because of them."""
    for index, entry in enumerate(root.items):
        for key in _HELPER_KEYS:
            node = at(entry, key)
            model = name_of(node)
            if node is not None and model.given:
                route = _route((str(index), key), node, RouteKind.TABLE, source)
                yield replace(route, role=name_of(at(entry, "name")), model=model)


def _route(pointer: tuple[str, ...], node: Node, kind: RouteKind, source: Source) -> Route:
    return Route(
        format=FORMAT,
        path=source.path,
        pointer=pointer,
        span=node.span,
        kind=kind,
        scope=source.scope,
        chosen_family=LEFT_OPEN,
        bridges=format_named(FORMAT).bridges,
        url_shape=url_shape(FORMAT),
    )

"""promptfoo: `promptfooconfig.yaml`.

A provider's ID holds the family: `openai:chat:MODEL` and `openai:responses:MODEL` are fixed, while
`openai:MODEL` leaves the choice to promptfoo. Some IDs name an agent, which is told its model in `config`.
Models stand here to be compared, not to be chosen.
Keys: https://www.promptfoo.dev/config-schema.json, site/docs/providers/openai.md (at 0083d44979e1),
opencode-sdk.md, claude-agent-sdk.md, openai-codex-sdk.md and src/providers/registry.ts (at 002b8d03c70e) of
https://github.com/promptfoo/promptfoo.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Mapping, Node, Scalar, Sequence
from agentlint.facts.route import (
    LEFT_OPEN,
    UNTOLD,
    ChosenFamily,
    Credential,
    FamilySource,
    Route,
    RouteKind,
    without_effect,
)
from agentlint.facts.source import Source
from agentlint.facts.tree import (
    SOMEONE,
    at,
    first_given,
    first_value,
    header_credentials,
    implied,
    name_of,
    named_variable,
    route_at,
    value_at,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind, classified, without_literal
from agentlint.knowledge.dead_routes import dead_key
from agentlint.knowledge.families import Family, family_of_word
from agentlint.knowledge.formats import UNKNOWN_SHAPE, url_shape
from agentlint.text import Pattern

FORMAT = "promptfoo"
_SCHEMA = "promptfoo.dev/config-schema"
_LISTS = ("providers", "targets")
_GRADER = ("defaultTest", "options", "provider")
_UNKNOWN_URL_KEYS = ("baseUrl", "base_url")
# Providers that are programs, pages or files and no models.
_NO_MODEL = frozenset(
    {"file", "http", "https", "ws", "wss", "exec", "python", "ruby", "golang", "package", "webhook"}
    | {"promptfoo", "echo", "browser", "mcp", "sequence", "manual", "litellm-config"}
)
# Agents, which are told their model in `config`, and those of Codex also behind the next colon.
_OPENCODE = "opencode"
_CLAUDE = ("claude-agent-sdk", "claude-code")
_CODEX = frozenset({"codex-sdk", "codex", "codex-app-server", "codex-desktop"})
_PROVIDER_WORD = Pattern(r"[a-z][a-z0-9_-]{0,40}")


def routes(root: Node, source: Source) -> Iterator[Route]:
    """One route a provider under test, and one for the model that grades the answers."""
    if not isinstance(root, Mapping) or not _is_config(root, source):
        return
    for key in _LISTS:
        node = root.get(key)
        for index, item in enumerate(node.items if isinstance(node, Sequence) else (node,)):
            for target in _targets(item, (key, str(index))):
                yield from _routes(target, source)
    for target in _targets(at(root, *_GRADER), _GRADER):
        yield from _routes(target, source)


def _is_config(root: Mapping, source: Source) -> bool:
    return source.format == FORMAT or _SCHEMA in value_at(root, "$schema").raw


class _Target(Struct, frozen=True):
    """A provider's ID with its `config` and where both stand."""

    id: Scalar
    config: Node | None
    node: Node
    pointer: tuple[str, ...]

    @property
    def label(self) -> Value:
        return name_of(at(self.node, "label"))


def _targets(node: Node | None, pointer: tuple[str, ...]) -> Iterator[_Target]:
    """The three spellings: an ID, a mapping with `id`, and a mapping from the ID to its options."""
    match node:
        case Scalar():
            yield _Target(node, None, node, pointer)
        case Mapping():
            own = node.get("id")
            if isinstance(own, Scalar):
                yield _Target(own, node.get("config"), node, pointer)
            else:
                for entry in node.entries:
                    if ":" in entry.key.text:
                        yield _Target(entry.key, at(entry.value, "config"), entry.value, pointer)


def _routes(target: _Target, source: Source) -> Iterator[Route]:
    label = first_given(target.label, name_of(target.id))
    agent = _agent(target, source)
    if agent:
        yield replace(agent, label=label, credentials=tuple(_credentials(target.config)))
        return
    parts = _parts(target.id)
    if parts is None:
        return
    shape = url_shape(FORMAT, parts.provider.raw)
    route = Route(
        format=FORMAT,
        path=source.path,
        pointer=target.pointer,
        span=target.node.span,
        kind=RouteKind.DEPLOYMENT,
        scope=source.scope,
        label=label,
        model=_model(parts, target.config),
        provider=parts.provider,
        chosen_family=parts.family,
        base_url=first_value(target.config, "apiBaseUrl", "apiHost"),
        url_shape=shape if value_at(target.config, "apiBaseUrl").given else UNKNOWN_SHAPE,
        credentials=tuple(_credentials(target.config)),
    )
    yield route
    if parts.provider.raw == "openai" and not route.base_url.given:
        yield from _misplaced_urls(target, route)


def _agent(target: _Target, source: Source) -> Route | None:
    """The route of an agent's own calls; None where the ID names a model."""
    provider, _, rest = target.id.text.partition(":")
    agent, _, inline = rest.partition(":")
    config, route = target.config, _bare(target, source)
    if provider == _OPENCODE:
        # Another server of opencode has settings of its own, which may send a provider's calls anywhere.
        elsewhere = value_at(config, "baseUrl").given
        host = SOMEONE if elsewhere else value_at(config, "provider_id")
        return replace(route, provider=host)
    if provider == "anthropic" and agent.startswith(_CLAUDE):
        return replace(route, provider=implied(provider))
    if provider != "openai" or agent not in _CODEX:
        return None
    start = len(target.id.text) - len(inline)
    return replace(
        route,
        model=classified(inline, target.id.region.span(start)) if inline else route.model,
        provider=first_given(value_at(config, "model_provider"), implied(provider)),
        base_url=value_at(config, "base_url"),
    )


def _bare(target: _Target, source: Source) -> Route:
    route = route_at(FORMAT, target.pointer, target.node, RouteKind.DEPLOYMENT, source)
    return replace(route, model=value_at(target.config, "model"))


def _model(parts: _Parts, config: Node | None) -> Value:
    """The model in the ID, or else the one in `config`, which promptfoo takes for OpenAI alone."""
    if parts.model.given or parts.provider.raw != "openai":
        return parts.model
    return value_at(config, "model")


def _misplaced_urls(target: _Target, route: Route) -> Iterator[Route]:
    """Base URLs under a key that other tools know."""
    for key in _UNKNOWN_URL_KEYS:
        url = value_at(target.config, key)
        if url.span:
            dead = replace(
                route,
                pointer=(*target.pointer, "config", key),
                span=url.span,
                model=ABSENT,
                provider=implied("openai"),
                label=ABSENT,
                base_url=url,
                credentials=(),
            )
            yield without_effect(dead, dead_key("promptfoo-base-url"))


class _Parts(Struct, frozen=True):
    """What an ID says, part by part."""

    provider: Value
    word: Value
    model: Value

    @property
    def family(self) -> ChosenFamily:
        if self.word.literal:
            return ChosenFamily(_family_of(self.word.literal), FamilySource.DECLARED, self.word)
        return LEFT_OPEN if self.provider.raw == "openai" else UNTOLD


def _parts(scalar: Scalar) -> _Parts | None:
    """The parts of `provider:family:model` and `provider:model`; None for what is no model."""
    provider, colon, rest = scalar.text.partition(":")
    if not colon or provider in _NO_MODEL or not _PROVIDER_WORD.fullmatch(provider):
        return None
    start = len(provider) + 1
    word, colon, model = rest.partition(":")
    declared = ABSENT
    if _family_of(word):
        span = scalar.region.span(start, start + len(word))
        declared = Value(word, ValueKind.LITERAL, span)
        start += len(word) + len(colon)
        rest = model
    place = scalar.region.span(start)
    return _Parts(
        provider=Value(provider, ValueKind.LITERAL, scalar.region.span(0, len(provider))),
        word=declared,
        model=classified(rest, place) if rest else ABSENT,
    )


def _family_of(word: str) -> Family | None:
    if word == "messages":
        return Family.ANTHROPIC_MESSAGES
    return family_of_word(word, dialect=FORMAT)


def _credentials(config: Node | None) -> Iterator[Credential]:
    key, variable = value_at(config, "apiKey"), value_at(config, "apiKeyEnvar")
    if key.given:
        yield Credential("api_key", without_literal(key))
    elif variable.given:
        yield Credential("api_key", named_variable(variable))
    yield from header_credentials(config, "headers")

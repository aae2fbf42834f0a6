"""Claude Code settings: `.claude/settings.json`, `settings.local.json`, and any file of their schema.

The tool speaks the Anthropic Messages API to `ANTHROPIC_BASE_URL`, or what Bedrock and Vertex AI
define for the model where one of `CLAUDE_CODE_USE_*` is set. Values of `env` are taken as they stand.
Keys: https://code.claude.com/docs/en/settings, https://code.claude.com/docs/en/env-vars.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Entry, Mapping, Node, Scalar
from agentlint.facts.route import ChosenFamily, Credential, Fallback, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import at, credential, entries, implied, name_of, scalars, value_at
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of
from agentlint.knowledge.agents import Upstream, program_named
from agentlint.knowledge.formats import url_shape

FORMAT = "claude-code"
_FILE = "claude-settings"
_PROGRAM = "claude"
_MODELS = (("model",), ("env", "ANTHROPIC_MODEL"))
_SIDE_MODELS = (
    ("advisorModel",),
    ("env", "ANTHROPIC_SMALL_FAST_MODEL"),
    ("env", "CLAUDE_CODE_SUBAGENT_MODEL"),
)
_OTHER_KEYS = (("env",), ("apiKeyHelper",), ("fallbackModel",))
_ALIAS_VARIABLE = ("ANTHROPIC_DEFAULT_", "_MODEL")
_CREDENTIAL_SLOTS = {
    "ANTHROPIC_AUTH_TOKEN": "bearer",
    "ANTHROPIC_API_KEY": "api_key",
    "ANTHROPIC_CUSTOM_HEADERS": "header:*",
}


def routes(root: Node, source: Source) -> Iterator[Route]:
    """What the tool calls, what its family aliases stand for, and what single IDs are replaced by."""
    if source.format != _FILE or not isinstance(root, Mapping):
        return
    settings = _Settings(root, source)
    yield from [*_chosen(settings)] or _left_to_the_tool(settings)
    yield from _aliases(settings)


class _Settings(Struct, frozen=True):
    """One settings file."""

    root: Mapping
    source: Source

    @property
    def upstream(self) -> Upstream:
        program = program_named(_PROGRAM)
        chosen = program.upstream(lambda one: value_at(self.root, "env", one.switch).raw)
        return chosen or program.direct

    @property
    def base_url(self) -> Value:
        return value_at(self.root, "env", self.upstream.base_url)

    @property
    def credentials(self) -> tuple[Credential, ...]:
        """Those of `env`, and the command that prints one, which is never kept either."""
        helper = value_at(self.root, "apiKeyHelper")
        found = [
            found
            for variable, slot in _CREDENTIAL_SLOTS.items()
            for found in credential(slot, value_at(self.root, "env", variable))
        ]
        if helper.given:
            found.append(Credential("api_key", Value("", ValueKind.COMMAND, helper.span)))
        return tuple(found)

    def route(
        self, pointer: tuple[str, ...], node: Node, model: Value, alias: Value = ABSENT
    ) -> Route:
        upstream, base_url = self.upstream, self.base_url
        return Route(
            format=FORMAT,
            path=self.source.path,
            pointer=pointer,
            span=node.span,
            kind=RouteKind.TABLE if alias.given else RouteKind.TOOL_DEFAULT,
            scope=self.source.scope,
            alias=alias,
            model=model,
            provider=implied(upstream.provider)
            if upstream.switch and not base_url.given
            else ABSENT,
            chosen_family=ChosenFamily(
                upstream.family, FamilySource.DRIVER if upstream.switch else FamilySource.DEFAULT
            ),
            base_url=base_url,
            url_shape=url_shape(FORMAT, upstream.base_url),
            credentials=self.credentials,
            fallbacks=() if alias.given or pointer in _SIDE_MODELS else self.fallbacks,
        )

    @property
    def fallbacks(self) -> tuple[Fallback, ...]:
        targets = scalars(at(self.root, "fallbackModel"))
        return tuple(Fallback(value_of(target), "error") for target in targets)


def _chosen(settings: _Settings) -> Iterator[Route]:
    for pointer in (*_MODELS, *_SIDE_MODELS):
        node = at(settings.root, *pointer)
        model = value_of(node)
        if node is not None and model.given:
            yield settings.route(pointer, node, model)


def _left_to_the_tool(settings: _Settings) -> Iterator[Route]:
    """Where calls go, for settings that leave the choice of a model to the tool."""
    is_sent = settings.base_url.given or settings.upstream.switch
    if not (is_sent or settings.credentials or settings.fallbacks):
        return
    for pointer in _OTHER_KEYS:
        node = at(settings.root, *pointer)
        if node is not None:
            yield settings.route(pointer, node, ABSENT)
            return


def _aliases(settings: _Settings) -> Iterator[Route]:
    """Where an ID belongs: `opus` is what the variable says, and an ID what an override says."""
    before, after = _ALIAS_VARIABLE
    for entry in entries(settings.root, "env"):
        key = entry.key.text
        if key.startswith(before) and key.endswith(after):
            yield from _alias(entry, _family_alias(entry.key), ("env", key), settings)
    for entry in entries(settings.root, "modelOverrides"):
        alias = name_of(entry.key)
        yield from _alias(entry, alias, ("modelOverrides", entry.key.text), settings)


def _family_alias(key: Scalar) -> Value:
    before, after = _ALIAS_VARIABLE
    start, end = len(before), len(key.text) - len(after)
    return Value(key.text[start:end].lower(), ValueKind.LITERAL, key.region.span(start, end))


def _alias(
    entry: Entry, alias: Value, pointer: tuple[str, ...], settings: _Settings
) -> Iterator[Route]:
    model = value_of(entry.value)
    if model.given:
        yield settings.route(pointer, entry.value, model, alias)

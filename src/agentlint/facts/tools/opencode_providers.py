"""The providers that opencode knows by their name, and how it is told to call one."""

from __future__ import annotations

from functools import cache

from agentlint.documents import Scalar
from agentlint.facts.values.value import ABSENT, Value, ValueKind, value_of
from agentlint.knowledge.data import rows
from agentlint.knowledge.families import Family, family_of_word

FORMAT = "opencode"
# The drivers of providers that opencode knows by their name, from https://models.dev.
_DRIVERS = {
    "openai": "@ai-sdk/openai",
    "azure": "@ai-sdk/azure",
    "anthropic": "@ai-sdk/anthropic",
    "google": "@ai-sdk/google",
    "google-vertex": "@ai-sdk/google-vertex",
    "google-vertex-anthropic": "@ai-sdk/google-vertex/anthropic",
    "amazon-bedrock": "@ai-sdk/amazon-bedrock",
    "xai": "@ai-sdk/xai",
    "deepseek": "@ai-sdk/openai-compatible",
}


def chosen_provider(node: Scalar) -> Value:
    """The provider of a choice `provider/model`; ABSENT where none is named, or by a variable."""
    provider, slash, _ = node.text.partition("/")
    if not slash or not value_of(node).literal:
        return ABSENT
    return Value(provider, ValueKind.LITERAL, node.region.span(0, len(provider)))


def family_of_provider(provider_id: str) -> Family | None:
    """What a provider speaks that opencode knows by its name, as long as no config says otherwise."""
    return family_of_driver(driver_of(provider_id))


def driver_of(provider_id: str) -> str:
    """The package by which opencode calls a provider that it knows by its name, "" for any other."""
    return _DRIVERS.get(provider_id, "")


def family_of_driver(driver: str) -> Family | None:
    """What a package (`npm`) speaks; None for one that nobody here knows."""
    return family_of_word(driver, dialect=FORMAT) if driver else None


@cache
def taken_over_by_plugins() -> frozenset[str]:
    """The providers whose calls one of opencode's plugins may answer."""
    plugins = rows("formats", "auth_plugin")
    return frozenset(row["provider"] for row in plugins if row["format"] == FORMAT)

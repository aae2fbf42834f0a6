"""What settings of PR-Agent choose, be they those of its file or the variables of a workflow.

PR-Agent calls models through LiteLLM, and hands it one base URL for whatever model is called.
Keys: https://github.com/qodo-ai/pr-agent/blob/0e37fc84fcc8/pr_agent/settings/configuration.toml and
.secrets_template.toml beside it; pr_agent/algo/ai_handlers/litellm_ai_handler.py tells what becomes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec.structs import replace

from agentlint.documents import Node, Sequence
from agentlint.facts.route import LEFT_OPEN, Credential, Route
from agentlint.facts.tree import credential, first_given, implied, scalars
from agentlint.facts.values.value import ABSENT, Value, classified, value_of
from agentlint.knowledge.formats import format_named, url_shape
from agentlint.text import Pattern

FORMAT = "pr-agent"
_MODELS = ("model", "model_weak", "model_reasoning")
FALLBACKS = "fallback_models"
CONFIG = "config"
_LITELLM = "litellm"
_OPENAI = "openai"
_AZURE = "azure"
_OPENROUTER = "openrouter"
_KEYS = (
    ("openai", "key"),
    ("anthropic", "key"),
    ("cohere", "key"),
    ("replicate", "key"),
    ("groq", "key"),
    ("xai", "key"),
    ("huggingface", "key"),
    ("ollama", "api_key"),
    ("google_ai_studio", "gemini_api_key"),
    ("deepseek", "key"),
    ("deepinfra", "key"),
    ("mistral", "key"),
    ("codestral", "key"),
    ("azure_ad", "client_secret"),
    ("openrouter", "key"),
    ("aws", "aws_secret_access_key"),
)
# What is listed in a text: between quotes if it is spelled as a list, else between commas.
_QUOTED = Pattern(r"(?P<quote>[\"'])(?P<text>[^\"'\r\n]{1,200})(?P=quote)")
_PARTED = Pattern(r"(?P<text>[^\s,][^,\r\n]{0,200})")
Settings: TypeAlias = Callable[[str, str], Value]
"""What a key of a section is set to."""


def chosen_models(
    setting: Settings, fallbacks: Node | None
) -> Iterator[tuple[tuple[str, ...], Value]]:
    """Each model that is asked, with its key path."""
    for key in _MODELS:
        model = setting(CONFIG, key)
        if model.given:
            yield (CONFIG, key), model
    for index, model in enumerate(_listed(fallbacks)):
        if model.given:
            yield (CONFIG, FALLBACKS, str(index)), model


def upstream(route: Route, setting: Settings) -> Route:
    """The route with whom PR-Agent calls for it: its one base URL goes with every model."""
    provider, base_url = _provider(setting), _base_url(setting, route.model)
    shape = url_shape(_LITELLM, _driver(route.model, provider)).for_url(base_url.raw)
    return replace(
        route,
        provider=provider,
        chosen_family=LEFT_OPEN,
        bridges=format_named(FORMAT).bridges,
        base_url=base_url,
        url_shape=shape,
        credentials=tuple(_credentials(setting)),
    )


def _listed(node: Node | None) -> Iterator[Value]:
    """The items of a list, or what a text lists: as a list is spelled, or between commas."""
    for scalar in scalars(node):
        if isinstance(node, Sequence):
            yield value_of(scalar)
            continue
        pattern = _QUOTED if scalar.text.lstrip().startswith("[") else _PARTED
        for match in pattern.finditer(scalar.text):
            span = scalar.region.span(match.start("text"), match.end("text"))
            yield classified(match["text"], span)


def _provider(setting: Settings) -> Value:
    """Whose name PR-Agent puts before that of every model, or whose URL it calls with each."""
    if setting(_OPENAI, "api_type").raw == _AZURE or setting("azure_ad", "client_id").given:
        return implied(_AZURE)
    if setting(_OPENROUTER, "key").given:
        return implied(_OPENROUTER)
    return ABSENT


def _base_url(setting: Settings, model: Value) -> Value:
    """Each of these sections overrides those before it; OpenRouter's only where it has a key."""
    sections = [_OPENAI, "ollama"]
    if "huggingface" in model.raw:
        sections.insert(1, "huggingface")
    if setting("azure_ad", "client_id").given:
        sections.append("azure_ad")
    if setting(_OPENROUTER, "key").given:
        sections.append(_OPENROUTER)
    return first_given(*(setting(section, "api_base") for section in reversed(sections)))


def _driver(model: Value, provider: Value) -> str:
    """LiteLLM's word for who is called; PR-Agent names OpenAI before each `gpt-5` itself."""
    name = model.literal or ""
    own = _OPENAI if name.startswith("gpt-5") else name.partition("/")[0]
    return provider.literal or own


def _credentials(setting: Settings) -> Iterator[Credential]:
    for section, key in _KEYS:
        yield from credential("api_key", setting(section, key))

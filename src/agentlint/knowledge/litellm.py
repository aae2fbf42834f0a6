"""Where LiteLLM sends a chat request: its bridge from chat to Responses, as measured.

LiteLLM 1.109.1 reads the mode of a model's row in its own cost map, whatever the model's host; the
rows in question are in the catalogue. See `litellm/responses/bridge_check.py` of that release.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from agentlint.knowledge.catalogue import Catalogue, bundled
from agentlint.knowledge.families import Family
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import provider_of_url
from agentlint.text import Pattern

RESPONSES_STEP: Final = "responses/"

_OPENAI_SERIES = Pattern(r"gpt-(\d{1,2})(?:[.-](\d{1,2}))?(?:-|\Z)")
_TOOLS_NEED_RESPONSES_FROM = (5, 4)
_NATIVE: Mapping[str, Family] = {
    "anthropic": Family.ANTHROPIC_MESSAGES,
    "bedrock": Family.BEDROCK_CONVERSE,
    "bedrock_converse": Family.BEDROCK_CONVERSE,
    "gemini": Family.GEMINI_GENERATE_CONTENT,
    "vertex_ai": Family.GEMINI_GENERATE_CONTENT,
    "text-completion-openai": Family.COMPLETIONS,
}
_LISTED_BUT_REFUSED = frozenset({"openai_like"})
_PROVIDER_OF_VENDOR: Mapping[str, str] = {"openai": "openai", "anthropic": "anthropic"}


class LitellmRoute(Struct, frozen=True):
    """The upstream call for a chat request: LiteLLM's provider, the model it sends, and how."""

    provider: str
    model: str
    family: Family


class RequestShape(Struct, frozen=True):
    """What a request carries that moves it to Responses."""

    function_tools: bool = False
    reasoning_effort: str | None = None


_PLAIN = RequestShape()


def litellm_chat_route(
    model_param: str,
    *,
    mode: str | None = None,
    api_base: str | None = None,
    request: RequestShape = _PLAIN,
    catalogue: Catalogue | None = None,
) -> LitellmRoute | None:
    """The upstream of a chat request to a deployment with `litellm_params.model` = `model_param`.

    `mode` is `model_info.mode`. Neither `model_info.base_model` nor `supported_endpoints` plays a
    part: LiteLLM reads them for prices. None where LiteLLM knows no such provider.
    """
    catalogue = catalogue or bundled()
    provider, model = _split(model_param, catalogue)
    if provider not in catalogue.litellm_providers - _LISTED_BUT_REFUSED:
        return None
    if model.startswith(RESPONSES_STEP):
        return LitellmRoute(provider, model.removeprefix(RESPONSES_STEP), Family.RESPONSES)
    family = _family(provider, model, mode, api_base, request, catalogue)
    return LitellmRoute(provider, model, family)


def _split(model_param: str, catalogue: Catalogue) -> tuple[str, str]:
    head, slash, rest = model_param.strip().partition("/")
    if slash and head.lower() in catalogue.litellm_providers:
        return head.lower(), rest
    vendor = parse_model(model_param).vendor or ""
    return _PROVIDER_OF_VENDOR.get(vendor, ""), model_param.strip()


def _family(
    provider: str,
    model: str,
    mode: str | None,
    api_base: str | None,
    request: RequestShape,
    catalogue: Catalogue,
) -> Family:
    if "*" in model:
        return Family.AUTO
    pinned = None if provider == "github_copilot" else mode
    if provider == "chatgpt" or pinned == "responses":
        return Family.RESPONSES
    if _row_says_responses(provider, model, catalogue):
        serves_chat = Family.CHAT_COMPLETIONS in _served(provider, model, catalogue)
        return Family.CHAT_COMPLETIONS if pinned == "chat" and serves_chat else Family.RESPONSES
    if _tools_move_it(provider, model, api_base, request):
        return Family.RESPONSES
    return _NATIVE.get(provider, Family.CHAT_COMPLETIONS)


def _row_says_responses(provider: str, model: str, catalogue: Catalogue) -> bool:
    model = model.lower()
    # The proxy provider takes any model's row: what it will meet upstream is not known here.
    owner = "openai" if provider == "litellm_proxy" else provider
    return model in catalogue.litellm_responses.get(owner, frozenset())


def _served(provider: str, model: str, catalogue: Catalogue) -> frozenset[Family]:
    return catalogue.served.get(provider, {}).get(model.lower(), frozenset())


def _tools_move_it(provider: str, model: str, api_base: str | None, request: RequestShape) -> bool:
    """From GPT-5.4 on, chat refuses function tools while the model reasons.

    Without a stated effort LiteLLM moves the request only where the host is known to refuse it.
    """
    if provider not in ("openai", "azure") or not request.function_tools:
        return False
    if request.reasoning_effort == "none" or not _newer_series(model):
        return False
    return request.reasoning_effort is not None or _refuses_tools(provider, api_base)


def _newer_series(model: str) -> bool:
    series = _OPENAI_SERIES.match(parse_model(model).base)
    if series is None:
        return False
    return (int(series[1]), int(series[2] or 0)) >= _TOOLS_NEED_RESPONSES_FROM


def _refuses_tools(provider: str, api_base: str | None) -> bool:
    if provider == "azure" or not api_base:
        return True
    host = provider_of_url(api_base)
    return host is not None and host.name == "openai"

"""Where LiteLLM sends a chat request: its bridge from chat to Responses and its drivers, as measured.

LiteLLM 1.109.1 reads the mode of a model's row in its own cost map, whatever the model's host; the
rows in question are in the catalogue. See `litellm/responses/bridge_check.py` of that release.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from agentlint.knowledge.catalogue import Catalogue, bundled
from agentlint.knowledge.data import table, word_set, words
from agentlint.knowledge.families import Family
from agentlint.knowledge.formats import driver_families
from agentlint.knowledge.names import parse_model
from agentlint.knowledge.providers import is_at_own_server, provider_of_url
from agentlint.text import Pattern

RESPONSES_STEP: Final = "responses/"

_LISTED_BUT_REFUSED = frozenset({"openai_like"})
_PROVIDER_OF_VENDOR: Mapping[str, str] = {"openai": "openai", "anthropic": "anthropic"}
# The spellings of Anthropic's IDs that LiteLLM has ever listed: no dot, and a day where a number leads.
_BARE_CLAUDE = Pattern(
    r"claude-(?:[a-z]{3,10}-\d{1,2}(?:-\d{1,2})?(?:-20\d{6})?|\d(?:-\d)?-[a-z]{3,10}-(?:20\d{6}|latest))"
)
# `llama3.2:latest`, `gemma3:12b-it-q4_K_M`, `gpt-oss:120b-cloud`; Bedrock has numbers there (`…-v1:0`).
_OLLAMA_TAG = Pattern(
    r"^[a-z][\w.-]{0,60}:(?:latest|e?\d{1,3}(?:\.\d{1,2})?[bm])(?:-[\w.-]{1,60})?$"
)


class LitellmRoute(Struct, frozen=True):
    """The upstream call for a chat request: LiteLLM's provider, the model it sends, and how."""

    provider: str
    model: str
    family: Family


def litellm_chat_route(
    model_param: str,
    *,
    mode: str | None = None,
    catalogue: Catalogue | None = None,
) -> LitellmRoute | None:
    """The upstream of a chat request to a deployment with `litellm_params.model` = `model_param`.

    `mode` is `model_info.mode`. Neither `model_info.base_model` nor `supported_endpoints` plays a
    part: LiteLLM reads them for prices. None where LiteLLM knows no such provider.
    """
    catalogue = catalogue or bundled()
    provider, model = _split(model_param, catalogue)
    if provider not in catalogue.litellm_providers or provider in _LISTED_BUT_REFUSED:
        return None
    if model.startswith(RESPONSES_STEP):
        return LitellmRoute(provider, model.removeprefix(RESPONSES_STEP), Family.RESPONSES)
    family = _family(provider, model, mode, catalogue)
    return LitellmRoute(provider, model, family)


def litellm_driver(model_param: str, *, custom: str = "", api_base: str = "") -> str:
    """LiteLLM's driver of a deployment: `custom_llm_provider`, else what stands before the model, else
    what its list of models says of one that has no provider before it. "" where nobody can tell."""
    head, slash, _ = model_param.partition("/")
    if custom or slash:
        return custom or head
    driver = _listed_driver(model_param)
    known = provider_of_url(api_base)
    at_another = known is not None and known.name != driver
    has_driver = any(host in api_base for host in words("formats", "litellm", "hosts"))
    return "" if at_another or has_driver else driver


def meant_prefix(model_param: str) -> tuple[str, str] | None:
    """What stands before a model for no provider of LiteLLM's, and the name there of the one meant."""
    head, slash, _ = model_param.strip().partition("/")
    meant = table("formats")["litellm"]["meant"].get(head.lower()) if slash else None
    return (head, meant) if meant else None


def owner_prefix(model_param: str) -> str:
    """What stands before a model for those who published its weights, and is no provider of LiteLLM's;
    "" where nothing such does."""
    head, slash, _ = model_param.strip().partition("/")
    return head if slash and head.lower() in word_set("formats", "litellm", "owners") else ""


def may_list_bare(model: str) -> bool:
    """Whether LiteLLM may list a model of that name with no provider before it."""
    name = parse_model(model)
    return bool(name.prefixes or name.platform) or name.vendor in word_set(
        "formats", "litellm", "bare"
    )


def never_lists_bare(model: str) -> bool:
    """Whether LiteLLM lists no model of that name with no provider before it, nor any other of its vendor:
    one of open weights, or one by the name that Ollama has for it."""
    if "/" in model:
        return False
    if _OLLAMA_TAG.search(model):
        return True
    name = parse_model(model)
    return name.platform is None and name.vendor in word_set("formats", "litellm", "never_bare")


def may_tell_provider(api_base: str) -> bool:
    """Whether LiteLLM may know who serves a model by its base URL: a server of one's own and the host of a
    reseller that it goes by its name alone to are none of those that it knows."""
    known = provider_of_url(api_base)
    if known and known.name in word_set("formats", "litellm", "never_told"):
        return False
    return not is_at_own_server(api_base)


def _listed_driver(model: str) -> str:
    vendor = parse_model(model).vendor
    if vendor == "anthropic":
        return "anthropic" if _BARE_CLAUDE.fullmatch(model) else ""
    listed = bundled().served.get("openai", {})
    return "openai" if vendor == "openai" and model in listed else ""


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
    return driver_families("litellm", "provider").get(provider, Family.CHAT_COMPLETIONS)


def _row_says_responses(provider: str, model: str, catalogue: Catalogue) -> bool:
    model = model.lower()
    # The proxy provider takes any model's row: what it will meet upstream is not known here.
    owner = "openai" if provider == "litellm_proxy" else provider
    return model in catalogue.litellm_responses.get(owner, frozenset())


def _served(provider: str, model: str, catalogue: Catalogue) -> frozenset[Family]:
    return catalogue.served.get(provider, {}).get(model.lower(), frozenset())

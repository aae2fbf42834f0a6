"""Where LiteLLM 1.109.1 sends a chat request: measured against a server on loopback."""

import pytest

from agentlint.knowledge.families import Family
from agentlint.knowledge.litellm import LitellmRoute, litellm_chat_route, litellm_driver

CHAT, RESPONSES = Family.CHAT_COMPLETIONS, Family.RESPONSES

MEASURED = [
    ("openai/gpt-4o", "gpt-4o", CHAT),
    ("openai/o3-pro", "o3-pro", RESPONSES),
    ("openai/o1-pro", "o1-pro", RESPONSES),
    ("openai/gpt-5-pro", "gpt-5-pro", RESPONSES),
    ("openai/gpt-5.2-pro", "gpt-5.2-pro", RESPONSES),
    ("openai/gpt-5.4-pro", "gpt-5.4-pro", RESPONSES),
    ("openai/gpt-5.5-pro", "gpt-5.5-pro", RESPONSES),
    ("openai/gpt-5-codex", "gpt-5-codex", RESPONSES),
    ("openai/gpt-5.1-codex", "gpt-5.1-codex", RESPONSES),
    ("openai/gpt-5.1-codex-max", "gpt-5.1-codex-max", RESPONSES),
    ("openai/gpt-5.3-codex", "gpt-5.3-codex", RESPONSES),
    ("openai/o3-deep-research", "o3-deep-research", RESPONSES),
    ("openai/gpt-daybreak-red-latest", "gpt-daybreak-red-latest", RESPONSES),
    ("openai/computer-use-preview", "computer-use-preview", CHAT),
    ("openai/codex-mini-latest", "codex-mini-latest", CHAT),
    ("openai/gpt-6-cyber", "gpt-6-cyber", CHAT),
    ("openai/gpt-5.6-cyber", "gpt-5.6-cyber", CHAT),
    ("openai/gpt-rosalind-research", "gpt-rosalind-research", CHAT),
    ("openai/gpt-6-rosalind", "gpt-6-rosalind", CHAT),
    ("openai/gpt-5.3-codex-spark", "gpt-5.3-codex-spark", CHAT),
    ("openai/gpt-7-pro", "gpt-7-pro", CHAT),
    ("openai/responses/gpt-7-pro", "gpt-7-pro", RESPONSES),
    ("openai/responses/gpt-4o", "gpt-4o", RESPONSES),
    ("custom_openai/o3-pro", "o3-pro", CHAT),
    ("hosted_vllm/o3-pro", "o3-pro", CHAT),
    ("azure/o3-pro", "o3-pro", RESPONSES),
    ("azure/my-o3-pro-deployment", "my-o3-pro-deployment", CHAT),
    ("azure/my-dep", "my-dep", CHAT),
    ("azure/responses/my-dep", "my-dep", RESPONSES),
    ("openrouter/openai/o3-pro", "openai/o3-pro", CHAT),
    ("openrouter/openai/gpt-5.1-codex", "openai/gpt-5.1-codex", CHAT),
    ("xai/grok-4.20-multi-agent", "grok-4.20-multi-agent", RESPONSES),
    ("vercel_ai_gateway/openai/gpt-5-pro", "openai/gpt-5-pro", CHAT),
    ("litellm_proxy/o3-pro", "o3-pro", RESPONSES),
    ("openai/gpt-5.6-sol", "gpt-5.6-sol", CHAT),
    ("databricks/databricks-gpt-5-3-codex", "databricks-gpt-5-3-codex", RESPONSES),
]


@pytest.mark.parametrize(("param", "model", "family"), MEASURED)
def test_the_measured_rows(param: str, model: str, family: Family) -> None:
    assert litellm_chat_route(param) == LitellmRoute(param.partition("/")[0], model, family)


@pytest.mark.parametrize(
    ("param", "mode", "family"),
    [
        ("openai/gpt-7-pro", "responses", RESPONSES),
        ("openai/o3-pro", "chat", RESPONSES),
        ("azure/my-dep", "responses", RESPONSES),
        ("openai/gpt-4o", "embedding", CHAT),
    ],
)
def test_the_mode_moves_a_request_to_responses_and_never_back(
    param: str, mode: str, family: Family
) -> None:
    route = litellm_chat_route(param, mode=mode)
    assert route is not None
    assert route.family is family


def test_a_wildcard_is_decided_by_each_request() -> None:
    route = litellm_chat_route("openai/*")
    assert route is not None
    assert route.family is Family.AUTO


@pytest.mark.parametrize("param", ["openai_like/o3-pro", "my-alias", "nobody/gpt-4o", ""])
def test_a_provider_that_litellm_does_not_know_has_no_route(param: str) -> None:
    assert litellm_chat_route(param) is None


@pytest.mark.parametrize(
    ("param", "family"),
    [
        ("anthropic/claude-opus-4-5", Family.ANTHROPIC_MESSAGES),
        ("bedrock/us.anthropic.claude-opus-4-5-20251101-v1:0", Family.BEDROCK_CONVERSE),
        ("gemini/gemini-2.5-pro", Family.GEMINI_GENERATE_CONTENT),
        ("o3-pro", RESPONSES),
        ("gpt-4o", CHAT),
    ],
)
def test_other_protocols_and_bare_names(param: str, family: Family) -> None:
    route = litellm_chat_route(param)
    assert route is not None
    assert route.family is family


OWN, LISTED = "https://gateway.example.com/v1", "https://api.poe.com/v1"


@pytest.mark.parametrize(
    ("model", "api_base", "driver"),
    [
        ("claude-opus-4-6", OWN, "anthropic"),
        ("claude-haiku-4-5-20251001", OWN, "anthropic"),
        ("claude-3-opus-20240229", OWN, "anthropic"),
        ("claude-opus-4-6", "https://api.anthropic.com/v1", "anthropic"),
        ("gpt-5.4", OWN, "openai"),
        ("groq/claude-opus-4-6", OWN, "groq"),
        # Names that no list of LiteLLM has, so that it asks for a provider.
        ("claude-opus-4.6", OWN, ""),
        ("claude-3-opus", OWN, ""),
        ("claude-proxy", OWN, ""),
        ("gpt-9", OWN, ""),
        ("our-model", OWN, ""),
        # Hosts that LiteLLM knows, and whose driver it takes.
        ("claude-opus-4-6", LISTED, ""),
        ("gpt-5.4", "https://api.groq.com/openai/v1", ""),
    ],
)
def test_the_driver_of_a_model(model: str, api_base: str, driver: str) -> None:
    assert litellm_driver(model, api_base=api_base) == driver
    assert litellm_driver(model, custom="openai", api_base=api_base) == "openai"

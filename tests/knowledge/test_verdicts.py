"""The claim "this route cannot work", row by row.

The tables below restate the research of 2026-11-20 by hand, apart from the data that the tool reads: a
slip in either shows up here.
"""

from datetime import date

import pytest

from agentlint.findings import Severity
from agentlint.knowledge.catalogue import Catalogue, CatalogueSource, bundled, merged
from agentlint.knowledge.families import Family
from agentlint.knowledge.served import Certainty, families_served, responses_only_facts
from agentlint.knowledge.verdicts import chat_verdict, litellm_chat_verdict, tools_limit

CONFIRMED = [
    "o1-pro",
    "o1-pro-2025-03-19",
    "o3-pro",
    "o3-pro-2025-06-10",
    "o3-deep-research",
    "o3-deep-research-2025-06-26",
    "o4-mini-deep-research",
    "o4-mini-deep-research-2025-06-26",
    "computer-use-preview",
    "computer-use-preview-2025-03-11",
    "gpt-5-codex",
    "gpt-5-pro",
    "gpt-5-pro-2025-10-06",
    "gpt-5.1-codex-max",
    "gpt-5.1-codex-mini",
    "gpt-5.2-codex",
    "gpt-5.3-codex",
    "gpt-5.5-pro",
    "gpt-5.5-pro-2026-04-23",
    "gpt-daybreak-red-latest",
    "gpt-daybreak-blue-latest",
    "gpt-5.1-codex",
    "gpt-5.2-pro",
    "gpt-5.2-pro-2025-12-11",
    "gpt-5.4-pro",
    "gpt-5.4-pro-2026-03-05",
    "codex-mini-latest",
]
WEAKER = {
    "gpt-6-cyber": Certainty.SDK_ONLY,
    "gpt-rosalind-research": Certainty.SDK_ONLY,
    "gpt-6-rosalind": Certainty.SDK_ONLY,
    "gpt-5.6-cyber": Certainty.DISPUTED,
    "gpt-5.3-codex-spark": Certainty.SINGLE_SOURCE,
}
CHAT_MODELS = [
    "gpt-4o",
    "gpt-5",
    "gpt-5.4",
    "gpt-5.5",
    "gpt-5.6-sol",
    "gpt-5.6-sol-pro",
    "gpt-6-sol",
    "o1",
    "o3",
    "o3-mini",
    "o4-mini",
    "gpt-7-pro",
    "gpt-7-codex",
    "claude-opus-4-5",
    "gemini-3-pro",
    "my-deployment",
]


def test_the_table_holds_the_examined_ids_and_no_more() -> None:
    assert len(CONFIRMED) == 27
    found = {fact.model: fact.certainty for fact in responses_only_facts()}
    assert found == dict.fromkeys(CONFIRMED, Certainty.CONFIRMED) | WEAKER


@pytest.mark.parametrize("model", CONFIRMED)
@pytest.mark.parametrize("provider", [None, "openai", "azure", "github_copilot"])
def test_a_confirmed_id_on_a_chat_route_is_an_error(provider: str | None, model: str) -> None:
    verdict = chat_verdict(provider, model)
    assert verdict is not None
    assert verdict.severity is Severity.ERROR
    assert verdict.certainty is Certainty.CONFIRMED
    assert verdict.families == {Family.RESPONSES}
    assert verdict.evidence.verified_on >= "2026-11-20"
    assert "/v1/responses" in verdict.fix


@pytest.mark.parametrize(("model", "certainty"), WEAKER.items())
def test_a_weaker_claim_is_a_remark(model: str, certainty: Certainty) -> None:
    verdict = chat_verdict("openai", model)
    assert verdict is not None
    assert (verdict.severity, verdict.certainty) == (Severity.INFO, certainty)


@pytest.mark.parametrize("model", CHAT_MODELS)
@pytest.mark.parametrize("provider", [None, "openai", "azure", "kong", "cometapi"])
def test_chat_models_and_unknown_ones_are_left_alone(provider: str | None, model: str) -> None:
    assert chat_verdict(provider, model) is None


@pytest.mark.parametrize(
    "model",
    [
        "openai/o3-pro",
        "openai:o3-pro",
        "o3-pro-2026-01-01",
        "gpt-5-3-codex",
        "o3-pro:high",
    ],
)
def test_the_spelling_of_an_id_does_not_hide_it(model: str) -> None:
    verdict = chat_verdict(None, model)
    assert verdict is not None
    assert verdict.severity is Severity.ERROR


@pytest.mark.parametrize(
    "model", ["openai/*", "gpt-5*-pro", "*", "o3-pro-style", "my-o3-pro", "${MODEL}"]
)
def test_what_names_no_model_is_left_alone(model: str) -> None:
    assert chat_verdict("openai", model) is None


GATEWAYS = {
    "openrouter": None,
    "litellm_proxy": None,
    "vercel_ai_gateway": Severity.INFO,
    "cloudflare_ai_gateway": Severity.INFO,
    "portkey": Severity.INFO,
    "agentgateway": Severity.INFO,
    "higress": Severity.INFO,
    "cometapi": Severity.ERROR,
    "kong": Severity.ERROR,
    "envoy_ai_gateway": Severity.ERROR,
    "plano": Severity.ERROR,
    "tensorzero": Severity.ERROR,
    "new_api": Severity.ERROR,
    "bifrost": Severity.ERROR,
    "openai": Severity.ERROR,
    "azure": Severity.ERROR,
    "github_copilot": Severity.ERROR,
    "local": None,
    "ollama": None,
    "groq": None,
    "anthropic": None,
    "opencode": None,
    "https://llm.internal.example/v1": None,
}


@pytest.mark.parametrize(("provider", "severity"), GATEWAYS.items())
def test_what_a_provider_makes_of_chat_decides(provider: str, severity: Severity | None) -> None:
    verdict = chat_verdict(provider, "o3-pro")
    assert (verdict.severity if verdict else None) is severity


@pytest.mark.parametrize("provider", ["neon", "neon-ai-gateway"])
def test_neon_refuses_the_codex_variants_and_is_unverified_for_others(provider: str) -> None:
    codex, pro = chat_verdict(provider, "gpt-5-3-codex"), chat_verdict(provider, "o3-pro")
    assert codex is not None
    assert pro is not None
    assert (codex.severity, pro.severity) == (Severity.ERROR, Severity.INFO)


def test_the_host_is_asked_before_the_prefix_and_the_prefix_before_the_vendor() -> None:
    assert chat_verdict(None, "openrouter/openai/o3-pro") is None
    assert chat_verdict("openrouter", "openai/o3-pro") is None
    assert chat_verdict("openai", "openrouter/openai/o3-pro") is not None


@pytest.mark.parametrize("provider", ["openai", "kong", None])
def test_a_project_that_says_its_gateway_converts_is_believed(provider: str | None) -> None:
    assert chat_verdict(provider, "o3-pro", bridges=True) is None


@pytest.mark.parametrize("provider", ["portkey", "https://llm.example/v1"])
def test_a_project_that_says_its_gateway_does_not_convert_is_believed(provider: str) -> None:
    verdict = chat_verdict(provider, "o3-pro", bridges=False)
    assert verdict is not None
    assert verdict.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("provider", "model", "severity"),
    [
        ("github_copilot", "gpt-5.5", Severity.INFO),
        ("github_copilot", "gpt-6-sol", Severity.INFO),
        ("github_copilot", "gpt-5.4", None),
        ("chatgpt", "gpt-rosalind-discovery", Severity.INFO),
        ("xai", "grok-4.20-multi-agent", Severity.ERROR),
        ("xai", "grok-4.20", None),
        ("databricks", "databricks-gpt-5-3-codex", Severity.INFO),
        ("bedrock", "us.openai.gpt-5.4", Severity.INFO),
        ("opencode_go", "gpt-6-luna", Severity.INFO),
        ("openai", "gpt-5.5", None),
        ("azure", "codex-mini", Severity.ERROR),
    ],
)
def test_an_exception_holds_for_its_own_provider(
    provider: str, model: str, severity: Severity | None
) -> None:
    verdict = chat_verdict(provider, model)
    assert (verdict.severity if verdict else None) is severity


LITELLM = {
    # LiteLLM moves these to /v1/responses by itself.
    "openai/o1-pro": None,
    "openai/o3-pro": None,
    "openai/gpt-5-pro": None,
    "openai/gpt-5.2-pro": None,
    "openai/gpt-5.4-pro": None,
    "openai/gpt-5.5-pro": None,
    "openai/gpt-5-codex": None,
    "openai/gpt-5.1-codex-max": None,
    "openai/o3-deep-research": None,
    "openai/gpt-daybreak-red-latest": None,
    "azure/o3-pro": None,
    "databricks/databricks-gpt-5-3-codex": None,
    "xai/grok-4.20-multi-agent": None,
    "litellm_proxy/o3-pro": None,
    "openai/*": None,
    "openai/responses/gpt-6-cyber": None,
    # It sends these to chat.
    "openai/computer-use-preview": Severity.WARNING,
    "openai/codex-mini-latest": Severity.WARNING,
    "openai/gpt-6-cyber": Severity.WARNING,
    "openai/gpt-rosalind-research": Severity.WARNING,
    "openai/gpt-6-rosalind": Severity.WARNING,
    "openai/gpt-5.3-codex-spark": Severity.WARNING,
    "openai/gpt-5.6-cyber": Severity.INFO,
    # A backend of which nothing is known, an aggregator that converts, an ID that nobody knows.
    "custom_openai/o3-pro": None,
    "hosted_vllm/o3-pro": None,
    "openrouter/openai/o3-pro": None,
    "vercel_ai_gateway/openai/gpt-5-pro": None,
    "openai/gpt-7-pro": None,
    "azure/my-o3-pro-deployment": None,
    "my-alias": None,
}


@pytest.mark.parametrize(("model", "severity"), LITELLM.items())
def test_litellm_is_judged_by_what_it_sends(model: str, severity: Severity | None) -> None:
    verdict = litellm_chat_verdict(model)
    assert (verdict.severity if verdict else None) is severity


def test_an_azure_deployment_is_judged_by_its_base_model() -> None:
    verdict = litellm_chat_verdict("azure/my-dep", base_model="azure/o3-pro")
    assert verdict is not None
    assert verdict.severity is Severity.WARNING
    assert "`azure/responses/my-dep`" in verdict.fix
    assert litellm_chat_verdict("azure/my-dep", base_model="azure/gpt-4o") is None


def test_a_deployment_that_asks_for_responses_is_right() -> None:
    assert litellm_chat_verdict("azure/my-dep", base_model="azure/o3-pro", mode="responses") is None
    assert litellm_chat_verdict("openai/computer-use-preview", mode="responses") is None


def test_a_backend_of_ones_own_may_call_its_model_anything() -> None:
    own = "https://models.example/v1"
    assert litellm_chat_verdict("openai/computer-use-preview", api_base=own) is None
    assert litellm_chat_verdict("hosted_vllm/o3-pro", api_base="http://localhost:8000/v1") is None
    assert litellm_chat_verdict("custom_openai/o3-pro", api_base="https://api.openai.com/v1")


@pytest.mark.parametrize(
    ("provider", "model", "families"),
    [
        (None, "text-embedding-3-small", {Family.EMBEDDINGS}),
        ("azure", "text-embedding-3-large", {Family.EMBEDDINGS}),
        ("kong", "text-embedding-ada-002", {Family.EMBEDDINGS}),
        (None, "whisper-1", {Family.AUDIO_TRANSCRIPTIONS}),
        (None, "tts-1-hd", {Family.AUDIO_SPEECH}),
        (None, "gpt-image-1", {Family.IMAGES}),
        (None, "dall-e-3", {Family.IMAGES}),
        (None, "gpt-realtime", {Family.REALTIME}),
        (None, "sora-2-pro", {Family.VIDEO}),
        (None, "omni-moderation-latest", {Family.MODERATIONS}),
        (None, "gpt-3.5-turbo-instruct", {Family.COMPLETIONS}),
        (None, "davinci-002", {Family.COMPLETIONS}),
        (None, "gpt-5-search-api", {Family.CHAT_COMPLETIONS}),
        (None, "gpt-4o-audio-preview", {Family.CHAT_COMPLETIONS}),
        (None, "gpt-audio-2025-08-28", {Family.CHAT_COMPLETIONS}),
        (None, "gpt-audio-mini", {Family.CHAT_COMPLETIONS}),
        (None, "o3-pro", {Family.RESPONSES}),
        (None, "voyage-3-large", {Family.EMBEDDINGS}),
        (None, "gemini/gemini-embedding-001", {Family.EMBEDDINGS}),
        ("cohere", "rerank-v3.5", {Family.RERANK}),
        ("opencode_go", "minimax-m3", {Family.ANTHROPIC_MESSAGES}),
        ("gemini", "gemini-omni-flash-preview", {Family.GEMINI_INTERACTIONS}),
    ],
)
def test_models_that_are_served_elsewhere(
    provider: str | None, model: str, families: set[Family]
) -> None:
    assert families_served(provider, model) == families


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        (None, "gpt-4o"),
        (None, "claude-opus-4-5"),
        (None, "some-new-model"),
        (None, "gpt-5.6-cyber"),
        ("azure", "gpt-5-search-api"),
        ("openrouter", "openai/text-embedding-3-small"),
        ("local", "text-embedding-3-small"),
        ("https://llm.example/v1", "whisper-1"),
        ("gemini", "gemini-2.5-flash-preview-tts"),
        ("openai", "text-embedding-*"),
    ],
)
def test_where_sources_are_silent_or_differ_nothing_is_claimed(
    provider: str | None, model: str
) -> None:
    assert families_served(provider, model) is None


@pytest.mark.parametrize(
    ("provider", "model", "facts"),
    [
        (None, "gpt-5.4", (True, False)),
        (None, "gpt-5.4-mini-2026-03-17", (True, False)),
        (None, "gpt-5.5", (True, True)),
        ("azure", "gpt-5.6-sol", (True, True)),
        (None, "gpt-6-astra", (False, True)),
        (None, "gpt-6.1-sol", (False, True)),
        (None, "gpt-5.1", None),
        (None, "gpt-4o", None),
        ("openrouter", "openai/gpt-5.4", None),
        ("https://llm.example/v1", "gpt-5.4", None),
    ],
)
def test_models_that_refuse_tools_on_chat(
    provider: str | None, model: str, facts: tuple[bool, bool] | None
) -> None:
    limit = tools_limit(provider, model)
    assert ((limit.effort_none_helps, limit.by_default) if limit else None) == facts


def test_an_id_that_a_newer_sdk_keeps_from_chat_becomes_a_remark() -> None:
    source = CatalogueSource("openai", "9.0.0", date(2027, 3, 1), "0" * 64)
    newer = Catalogue((source,), {}, {}, {}, frozenset(), frozenset({"gpt-9-pro"}))
    catalogue = merged(bundled(), newer)
    assert chat_verdict("openai", "gpt-9-pro") is None
    verdict = chat_verdict("openai", "gpt-9-pro", catalogue=catalogue)
    assert verdict is not None
    assert (verdict.severity, verdict.evidence.verified_on) == (Severity.INFO, "2027-03-01")
    assert chat_verdict("groq", "gpt-9-pro", catalogue=catalogue) is None

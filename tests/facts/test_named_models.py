"""Models that configs of unknown readers name together with who serves them."""

from __future__ import annotations

import textwrap
from random import Random

import pytest
from tests.secret_samples import sample

from agentlint.discovery import Candidate, FileKind, recognise_content
from agentlint.engine.load import Loaded, load_bytes
from agentlint.facts.files.extract import extract
from agentlint.facts.named_model import NamedModel
from agentlint.facts.route import Route, RouteScope
from agentlint.facts.secret import SecretCandidate
from agentlint.facts.tree import SOMEONE
from agentlint.text import SourceFile

OF_MODELS = "# model_providers: see https://llm.example for gpt-5.4-nano\n"
ONE = "main: { provider: openai, model: gpt-5.4 }"


def facts_of(text: str, path: str = "config/models.yaml") -> tuple[NamedModel, ...]:
    """The entries of a text, found as a run would find them."""
    source = SourceFile(path, textwrap.dedent(text))
    signature = recognise_content(source.text.encode())
    assert signature is not None
    facts = extract(source, FileKind.CONFIG, signature.id)
    assert not facts.notices
    assert not facts.of(Route)
    found = facts.of(NamedModel)
    assert all(one.span.cut(source.text) == one.model for one in found)
    return found


def named(text: str, path: str = "config/models.yaml") -> list[tuple[str, str]]:
    """The provider and model of each entry that is answered by one of whom something is known."""
    found = ((one.provider, one.model) for one in facts_of(text, path))
    return [told for told in found if told[0] != SOMEONE.raw]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("models.yaml", ONE),
        ("models.yaml", "models:\n  - provider: OpenAI\n    model_name: gpt-5.4\n"),
        ("models.yaml", "llm: { model_id: gpt-5.4, base_url: 'https://api.openai.com/v1' }"),
        ("models.yaml", "providers: { openai: { default_model: gpt-5.4, api_key_env: KEY } }"),
        ("models.yaml", "providers: [{ name: openai, default_model: gpt-5.4 }]"),
        ("models.yaml", "a: { provider: openai, model: openai/gpt-5.4 }"),
        ("models.yaml", "a: { provider: openai, model: gpt-5.4, api_endpoint: responses }"),
        ("models.yaml", "a: { provider: openai, model: gpt-5.4, cost: 1, api_key: '${KEY}' }"),
        ("models.yaml", "memory_provider: openai\nmemory_model: gpt-5.4\n"),
        ("models.yaml", "_routes: { code: { preferred_model: gpt-5.4, provider: openai } }"),
        ("models.yaml", "provider_defaults: { openai: { model: gpt-5.4 } }\nprovider: own"),
        ("config/llm.yaml", "model_provider: openai\nmodel: gpt-5.4\napi_key_env: KEY\n"),
        ("recipe.yaml", "settings: { goose_provider: openai, goose_model: gpt-5.4 }"),
        ("config.json", '{"providers": {"chatProvider": "openai", "chatModelId": "gpt-5.4"}}'),
        ("llm_config.toml", '[models.a]\nprovider = "openai"\nmodel_name = "gpt-5.4"\n'),
        ("config/llm.json", '{"a": {"provider": "openai", "modelId": "gpt-5.4"}}'),
        ("app.json", '{"a": {"model": "gpt-5.4", "baseURL": "https://api.openai.com/v1"}}'),
        ("app.json", '{"a": {"provider": "openai", "model": "gpt-5.4", "apiKeyEnv": "KEY"}}'),
    ],
)
def test_an_entry_names_a_model_and_who_serves_it(path: str, text: str) -> None:
    assert [model.removeprefix("openai/") for _, model in named(text, path)] == ["gpt-5.4"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("providers: { main: { type: openai, model: gpt-5.4 } }", True),
        ("providers: [{ name: main, type: openai, model: gpt-5.4 }]", True),
        ("# providers:\nopenai: { type: openai, model: gpt-5.4 }", True),
        ("# providers:\nmain: { type: openai, model: gpt-5.4, api_key_env: KEY }", True),
        ("# providers:\nmain: { provider_id: openai, model_name: gpt-5.4 }", True),
        # What is only of a type, and what may be called anywhere.
        ("# providers:\nmain: { type: openai, model: gpt-5.4 }", False),
        ("# providers:\nmain: { type: chat, model: gpt-5.4, api_key_env: KEY }", False),
        ("providers: { deepseek: { type: openai, model: gpt-5.4 } }", False),
        ("providers: { a: { name: Groq, type: openai, model: gpt-5.4 } }", False),
        ("providers: { main: { type: openai, model: gpt-5.4, base_url_env: URL } }", False),
        ("providers: { main: { type: openai, model: gpt-5.4, host: llm.example } }", False),
        ("providers: { main: { type: openai, model: gpt-5.4, url: 'http://vllm/v1' } }", False),
        ("providers: { main: { type: openai, provider: '${P}', model: gpt-5.4 } }", False),
        ("providers: { main: { type: openai, backend: azure, model: gpt-5.4 } }", False),
        ("providers: { main: { type: openai, model: gpt-5.4, enabled: false } }", False),
    ],
)
def test_a_type_may_say_who_serves(text: str, told: bool) -> None:
    assert named(text + "\n") == ([("openai", "gpt-5.4")] if told else [])


OWN = "openai: gpt-5.4, anthropic: claude-sonnet-5"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("models.yaml", f"models: {{ {OWN} }}"),
        (
            "config/llm.yaml",
            f"default_models: {{ {OWN}, groq: openai/gpt-oss-120b, ollama: auto }}",
        ),
        ("llm.json", '{"default_models": {"openai": "gpt-5.4", "anthropic": "claude-sonnet-5"}}'),
        (
            "llm.json",
            '{"provider":"x","defaultModels":{"openai": "gpt-5.4","anthropic":"claude-sonnet-5"}}',
        ),
        ("config.toml", '[default.models]\nopenai = "gpt-5.4"\nanthropic = "claude-sonnet-5"\n'),
    ],
)
def test_the_names_of_providers_may_stand_before_models_of_their_own(path: str, text: str) -> None:
    assert named(text, path) == [("openai", "gpt-5.4"), ("anthropic", "claude-sonnet-5")]


@pytest.mark.parametrize(
    "text",
    [
        # One pair may be anything, and so may what has other keys beside them or stands elsewhere.
        "models: { openai: gpt-5.4 }",
        "models: { openai: gpt-5.4, ollama: llama3 }",
        f"models: {{ {OWN}, chat: gpt-5.4 }}",
        f"labels: {{ {OWN} }} # models",
        "models: { openai: gpt-5.4, anthropic: gpt-5.4 }",
        "models: { openai: gpt-5.4, anthropic: auto }",
        "# provider:\nmodels: { openai: [gpt-5.4, gpt-4.1], anthropic: [claude-sonnet-5] }",
        f"available: {{ models: {{ {OWN} }} }}",
        f"results: {{ models: {{ {OWN} }} }}",
        f"llm: {{ models: {{ {OWN} }}, enabled: false }}",
        f"base_url: https://gateway.example/v1\nmodels: {{ {OWN} }}",
        f"providers: {{ openai: {{ base_url: 'http://vllm/v1' }} }}\nmodels: {{ {OWN} }}",
    ],
)
def test_pairs_of_names_and_models_may_be_anything_else(text: str) -> None:
    assert ("openai", "gpt-5.4") not in named(text + "\n")


def test_further_models_of_an_entry_are_its_providers() -> None:
    text = "a: { provider: openai, model: gpt-5.4, fallback_model: gpt-4.1 }"
    assert named(text) == [("openai", "gpt-5.4"), ("openai", "gpt-4.1")]
    listed = "providers: { openai: { api_key_env: KEY, fast_model: gpt-5.4-mini } }"
    assert named(listed) == [("openai", "gpt-5.4-mini")]
    apart = "a: { provider: openai, model: gpt-5.4, fast_model: gpt-4.1, fast_provider: azure }"
    assert ("openai", "gpt-4.1") not in named(apart)
    assert named("a: { provider: openai, model: gpt-5.4, vision_model: gpt-4.1 }") == [
        ("openai", "gpt-5.4")
    ]


@pytest.mark.parametrize(
    ("beside", "model", "provider"),
    [
        ("fallback: groq", "llama-3.1-8b-instant", "groq"),
        ("fallback: anthropic", "claude-opus-4-5", "anthropic"),
        ("fallback: true", "gpt-4.1", "openai"),
        ("fallback: none", "gpt-4.1", "openai"),
        ("timeout: 9", "gpt-4.1", "openai"),
        # Who serves it is not known, or elsewhere; another vendor's model is not its provider's.
        ("fallback: coder", "gpt-4.1", None),
        ("fallback: somebody", "gpt-4.1", None),
        ("fallback: groq, base_url: 'https://api.openai.com/v1'", "llama-3.1-8b-instant", None),
        ("timeout: 9", "claude-opus-4-5", None),
    ],
)
def test_what_stands_beside_a_further_model_may_say_who_serves_it(
    beside: str, model: str, provider: str | None
) -> None:
    text = f"a: {{ provider: openai, model: gpt-5.4, {beside}, fallback_model: {model} }}"
    assert named(text)[1:] == ([(provider, model)] if provider else [])


@pytest.mark.parametrize(
    ("fallbacks", "told"),
    [
        ("fallback_models: [gpt-4.1, gpt-4o]", ["gpt-4.1", "gpt-4o"]),
        ("fallback_model: gpt-4.1, fallback_models: [gpt-4o]", ["gpt-4.1", "gpt-4o"]),
        (
            "fallback_models: [a, gpt-4o, claude-opus-4-5, openai/gpt-4.1]",
            ["gpt-4o", "openai/gpt-4.1"],
        ),
        # A chain is no menu, and makes none of what stands beside it.
        (
            "fallback_models: [gpt-4.1, gpt-4o, gpt-4o-mini, gpt-4.1-mini, o3]",
            ["gpt-4.1", "gpt-4o", "gpt-4o-mini", "gpt-4.1-mini", "o3"],
        ),
        ("fallback_models: [gpt-4o], fallback_provider: azure", []),
        ("fallback_models: [gpt-4o], fallback: somebody", []),
        ("fallback_models: [gpt-4o], base_url: 'https://llm.example'", []),
        ("fallback_models: [gpt-4o], enabled: false", []),
        ("available_models: [gpt-4.1, gpt-4o]", []),
    ],
)
def test_each_model_of_a_chain_of_fallbacks_is_its_providers(
    fallbacks: str, told: list[str]
) -> None:
    found = named(f"a: {{ provider: openai, model: gpt-5.4, {fallbacks} }}")
    assert [
        model for provider, model in found if provider == "openai" and model != "gpt-5.4"
    ] == told


@pytest.mark.parametrize(
    "text",
    [
        "a: { provider: somebody, model: gpt-5.4 }",
        "a: { provider: openai, model: gpt-5.4, api_endpoint: gateway }",
        "a: { provider: openai, model: gpt-5.4, api_endpoint: /v1/responses }",
        "{ a_provider: openai, b_model: gpt-5.4 }",
        "{ provider: openai, memory_model: gpt-5.4 }",
        "{ memory_provider: openai, memory_model: gpt-5.4, memory_base_url: 'https://llm.example' }",
        "{ memory_provider: openai, memory_model: gpt-5.4, base_url: 'https://llm.example' }",
        "a: { provider: openai, model: our-model-o1 } # gpt-5.4",
        "a: { provider: anthropic, model: 'anthropic.claude-opus-4-1-20250805-v1:0' }",
        "a: { provider: openai, model: azure/gpt-5.4 }",
        "a: { provider: openai, model: gpt-5.4, base_url: 'http://llm:8000/v1' }",
        "a: { provider: openai, model: gpt-5.4, base_url: '${URL}' }",
        "{ memory_provider: openai, memory_model: gpt-5.4, database_url: 'ws://127.0.0.1:8000' }",
        "a: { provider: openai, model: gpt-5.4, config: { baseUrl: 'http://llm:4000/v1' } }",
        "a: { provider: openai, model: gpt-5.4, region: eu }",
        "gateway_url: http://llm\na: { provider: openai, model: gpt-5.4 }",
        "hosts: [{ id: openai, api_base: 'http://llm' }]\na: { provider: openai, model: gpt-5.4 }",
        "a: { provider: openai, model: gpt-5.4, type: azure }",
        "providers: { openai: { type: compatible, model: gpt-5.4 } }",
        "a: { provider: openai, model: gpt-5.4, contextWindow: 9 }",
        "a: { provider: openai, model: gpt-5.4, total_tokens: 9 }",
        "a: { provider: openai, model: gpt-5.4, enabled: false }",
        "a: { enabled: no, llm: { provider: openai, model: gpt-5.4 } }",
        "run_id: 7\na: { provider: openai, model: gpt-5.4 }",
        "available_models: [{ provider: openai, model: gpt-5.4 }]",
        "a: { provider: openai, model: gpt-5.4, replaced_by: gpt-6 }",
        "id: old\nreplacements: [{ provider: openai, model: gpt-5.4 }]",
        "a: { provider: google, model: gemini-3-flash }\n# Vertex AI",
        "a: { provider: openai, model: ['gpt-5.4'] }",
    ],
)
def test_what_is_not_certain_is_left_alone(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("routes.toml", '[models]\nmain = "openai:gpt-5.4"\n'),
        ("models.yaml", "models:\n  main: openai:gpt-5.4\n"),
        ("llm/model-routing.yml", "model_aliases: { main: 'openai:gpt-5.4', other: 7 }\n"),
        ("llms.json", '{"llm": {"models": {"main": "openai:gpt-5.4"}}}'),
    ],
)
def test_names_are_given_to_models(path: str, text: str) -> None:
    assert named(text, path) == [("openai", "gpt-5.4")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.yaml", "models: { main: 'openai:gpt-5.4' }"),
        ("models.yaml", "prices: { main: 'openai:gpt-5.4' } # model"),
        ("models.yaml", "models: ['openai:gpt-5.4']"),
        ("models.yaml", "deprecated: { models: { main: 'openai:gpt-5.4' } }"),
        ("models.yaml", "models: { main: 'openai:azure/gpt-5.4', x: 'openai:gpt-', y: 'openai:' }"),
        ("models.yaml", "models: { main: 'openai/gpt-5.4', own: 'us:gpt-5.4' } # openai:gpt-5.4"),
        ("models.yaml", "base_url: http://llm\nmodels: { main: 'openai:gpt-5.4' }"),
        ("models.yaml", "models: { main: 'openai:gpt-5.4' }\nopenai: { base_url: http://llm }"),
        ("models.yaml", "models: { main: 'openai:gpt-5.4', enabled: false }"),
        ("models.yaml", "models: { main: 'openai:gpt-5.4', cost: 7 }"),
    ],
)
def test_other_texts_with_a_colon_are_left_alone(path: str, text: str) -> None:
    assert named(text, path) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("primary: 'openai:gpt-5.4'", ["openai gpt-5.4"]),
        ("a: { preferred: openai:gpt-5.4, fallback: [xai:grok-4, cached:own, other] }",
         ["openai gpt-5.4", "xai grok-4"]),
        ("a: { fallbacks: anthropic:claude-opus-4-5, max_cost: 3, primary: other }",
         ["anthropic claude-opus-4-5"]),
        ("a: { model: openai:gpt-5.4, vision_model: openai:gpt-4.1 }",
         ["openai gpt-5.4", "openai gpt-4.1"]),
        ("a: { provider: openai, model: openai:gpt-5.4, fallback: [openai:gpt-4.1] }",
         ["openai openai:gpt-5.4", "openai gpt-4.1"]),
        ("models: { main: 'openrouter:openai/gpt-5.4' }", ["openrouter openai/gpt-5.4"]),
        # A platform before a slash, and vendors beside one.
        ("a: { primary: groq/llama-3.3-70b-versatile }", ["groq groq/llama-3.3-70b-versatile"]),
        ("a: { primary: openai/gpt-5.4, fallback: [groq/qwen3-32b] }",
         ["openai openai/gpt-5.4", "groq groq/qwen3-32b"]),
        ("models: { main: openai/gpt-5.4, local: ollama/qwen3, other: gemini/gemini-3-flash }",
         ["openai openai/gpt-5.4", "local ollama/qwen3", "gemini gemini/gemini-3-flash"]),
        ("a: { primary: openrouter/openai/gpt-5.4, provider: openrouter }",
         ["openrouter openrouter/openai/gpt-5.4"]),
        # What may be the owner's name alone, at a reseller or behind a host that nobody knows.
        ("a: { primary: openai/gpt-5.4, fallback: [google/gemini-3-flash] }", []),
        ("a: { primary: openai/gpt-5.4, fallback: [openrouter/qwen/qwen3-32b] }",
         ["openrouter openrouter/qwen/qwen3-32b"]),
        ("a: { primary: openai/gpt-5.4, fallback: [groq/qwen3-32b] } # OpenRouter",
         ["groq groq/qwen3-32b"]),
        ("proxy_url: http://llm\na: { primary: openai/gpt-5.4, fallback: [groq/qwen3-32b] }", []),
        ("own: { url: x, gateway: 'http://llm' }\na: { primary: openai/gpt-5.4, model: groq/qwen3 }",
         ["groq groq/qwen3"]),
        # Another provider, another key, no model, or no choice.
        ("a: { primary: openai:gpt-5.4, provider: azure }", []),
        ("a: { model: openai:gpt-5.4, type: azure }", []),
        ("a: { name: openai:gpt-5.4 }", []),
        ("a: { primary: openai:large, fallback: us:gpt-5.4 }", []),
        ("a: { primary: openai:gpt-5.4, total_tokens: 9 }", []),
        ("properties: { model: { default: openai:gpt-5.4 } }", []),
        ("openai: { base_url: http://llm }\na: { primary: openai:gpt-5.4 }", []),
        ("a: { primary: openai:gpt-5.4, enabled: false }", []),
    ],
)  # fmt: skip
def test_a_text_may_name_the_provider_before_the_model(text: str, told: list[str]) -> None:
    found = named(f"{text}\n# openai:gpt- models", "config/llm_routing.yaml")
    assert [f"{provider} {model}" for provider, model in found] == told


def test_where_no_file_of_models_is_only_a_key_of_a_model_names_one() -> None:
    assert named("a: { model: openai:gpt-5.4, primary: openai:gpt-4.1 }", "config/app.yaml") == [
        ("openai", "gpt-5.4")
    ]
    assert named('{"model": "openai:gpt-5.4"}', "pipeline/first.json") == []
    assert named("model: openai:gpt-5.4", "docs/first.yaml") == []


def test_texts_that_name_no_word_of_models_are_read_for_what_they_turn_to() -> None:
    text = "daily: { preferred: openai/gpt-5.4, fallback: [groq/qwen3-32b] }"
    assert recognise_content(text.encode()) is not None
    assert recognise_content(text.replace("groq/", "grok/").encode()) is None


def test_a_reference_is_told_with_the_way_to_its_provider() -> None:
    text = (
        "providers: { groq: { api_base: 'https://api.groq.com/openai/v1', api_key_env: A_KEY } }\n"
        "tasks: { daily: { preferred: openai:gpt-5.4, fallback: [groq/qwen3-32b] } }"
    )
    told = [
        (one.pointer, one.base_url.raw, one.credential.raw, [f.raw for f in one.fallbacks])
        for one in facts_of(text, "llm_routing.yaml")
    ]
    assert told == [
        (("tasks", "daily"), "", "", ["groq/qwen3-32b"]),
        (("tasks", "daily", "fallback"), "https://api.groq.com/openai/v1", "A_KEY", []),
    ]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("provider: litellm, model: groq/qwen3-32b", "groq"),
        ("provider: LiteLLM, model: openai/gpt-5.4, api_key_env: OPENAI_API_KEY", "openai"),
        ("provider: litellm_stateless, model: gemini/gemini-3-flash", "gemini"),
        ("provider: litellm, model: ollama/qwen3, base_url: 'http://127.0.0.1:11434'", "local"),
        # No provider before the model, and a proxy of LiteLLM.
        ("provider: litellm, model: gpt-5.4", None),
        ("provider: litellm, model: groq/qwen3-32b, api_key_env: LITELLM_KEY", None),
        ("provider: litellm, model: groq/qwen3-32b, base_url: 'http://127.0.0.1:4000'", None),
        ("provider: litellm, model: groq/qwen3-32b, base_url: 'https://llm.example'", None),
        # A reseller's models are named by their vendors, those of nobody else.
        ("provider: openrouter, model: anthropic/claude-opus-4.5", "openrouter"),
        ("provider: groq, model: openai/gpt-oss-120b", "groq"),
        ("provider: openrouter, model: groq/qwen3-32b", None),
        ("provider: anthropic, model: openai/gpt-5.4", None),
    ],
)
def test_a_provider_may_be_called_through_another_one(entry: str, told: str | None) -> None:
    found = named(f"a: {{ {entry} }} # claude-")
    assert [provider for provider, _ in found] == ([told] if told else [])


def test_the_cloud_that_shares_a_name_has_none_of_the_models_behind_another_ones() -> None:
    text = "a: { provider: litellm, model: gemini/gemini-3-flash }\n# Vertex AI"
    assert named(text) == [("gemini", "gemini/gemini-3-flash")]


GEMINI_URL = "https://generativelanguage.googleapis.com/v1beta/openai"
CLOUD_URL = "https://europe-west4-aiplatform.googleapis.com/v1"


ENTRY = "a: { provider: gemini, model: gemini-3-flash }\naliases: { vertex-ai: own }\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"a: {{ provider: gemini, model: gemini-3-flash, url: '{GEMINI_URL}' }}", ["gemini"]),
        (f"{ENTRY}providers: {{ gemini: {{ endpoint: '{GEMINI_URL}' }} }}", ["gemini"]),
        (f"{ENTRY}providers: {{ gemini: {{ endpoint: '{CLOUD_URL}' }} }}", []),
        (f"{ENTRY}providers: {{ gemini: {{ api_key_env: KEY }} }}", []),
        (f"{ENTRY}providers: {{ other: {{ endpoint: '{GEMINI_URL}' }} }}", []),
    ],
)
def test_an_address_tells_the_api_from_the_cloud_that_shares_its_models(
    text: str, told: list[str]
) -> None:
    assert [provider for provider, _ in named(f"{text}\n# vertex")] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("llm: { provider: openai }\nmodels: { chat: gpt-5.4, other: own }", ["gpt-5.4"]),
        ("llm: { provider: openai, models: { fast: gpt-5.4-mini, deep: gpt-5.4 } }",
         ["gpt-5.4-mini", "gpt-5.4"]),
        ("providers: { openai: { models: { deep: gpt-5.4 }, api_key_env: KEY } }", ["gpt-5.4"]),
        ("model: { name: gpt-5.4 }\napi: { endpoint: 'https://api.openai.com/v1/x' }", ["gpt-5.4"]),
        ("model: { provider: openai, name: gpt-5.4 }", ["gpt-5.4"]),
        ("api: { provider: openai }\nchat: { model: gpt-5.4, fast_model: gpt-4.1 }",
         ["gpt-5.4", "gpt-4.1"]),
        # Another vendor's model, another provider or host somewhere, or one that nobody can tell.
        ("llm: { provider: openai }\nmodels: { chat: claude-opus-4-5 }", []),
        ("llm: { provider: openai }\ndeep: { provider: groq }\nmodels: { chat: gpt-5.4 }", []),
        ("llm: { provider: '${P:-openai}' }\nmodels: { chat: gpt-5.4 }", []),
        ("llm: { provider: openai, base_url_env: URL }\nmodels: { chat: gpt-5.4 }", []),
        ("llm: { provider: openai }\napi: { base_url: 'http://llm' }\nmodels: { chat: gpt-5.4 }", []),
        ("llm: { provider: openai }\nazure: { key: x }\nmodels: { chat: gpt-5.4 }", []),
        ("llm: { provider: azure }\nmodels: { chat: gpt-5.4 }", []),
        ("search: { provider: openai }\nmodels: { chat: gpt-5.4 }", []),
        ("api: { provider: openai }\nchat: { model: gpt-5.4, url_env: URL }", []),
        ("api: { provider: openai }\nchat: { model: gpt-5.4, type: local }", []),
        ("a: { llm: { provider: openai } }\nmodels: { chat: gpt-5.4 }", []),
        ("llm: { provider: openai }\nmodels: { chat: GPT-5.4, other: gpt-5.4 for all }", []),
        ("llm: { provider: openai }\nmodels: { chat: gpt-5.4, cost: 3 }", []),
        ("llm: { provider: openai }\nmodels: { a: gpt-5.4, b: gpt-5.2, c: gpt-5.1, d: gpt-4.1 }", []),
    ],
)  # fmt: skip
def test_the_one_provider_of_a_section_answers_for_its_models(text: str, told: list[str]) -> None:
    assert [model for _, model in named(f"{text}\n# provider: gpt-", "app/settings.yaml")] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("openai: { model: gpt-5.4, api_key: '${KEY}' }", ["openai"]),
        ("claude: { model: claude-opus-4-5 }\nollama: { base_url: 'http://127.0.0.1:11434' }",
         ["anthropic"]),
        ("llm: { default: x, openai: { model: gpt-5.4 }, groq: { api_key_env: K } }", ["openai"]),
        # One alone that says no more, a host of one's own, and programs.
        ("openai: { model: gpt-5.4 }", []),
        ("openai: { model: gpt-5.4, api_key: x, base_url: 'http://llm' }", []),
        ("openai: { model: gpt-5.4, api_key: x, base_url_env: URL }", []),
        ("openai: { model: gpt-5.4, type: azure, api_key: x }", []),
        ("claude: { model: claude-opus-4-5, command: claude }\nollama: { base_url: x }", []),
        ("claude: { model: claude-opus-4-5, api_key: x }\ngemini: { args: [-p] }", []),
        ("claude: { model: claude-opus-4-5 }\ngemini: { model: gemini-3-flash }", []),
        ("writer: { model: gpt-5.4, api_key: x }", []),
    ],
)  # fmt: skip
def test_a_section_may_have_the_name_of_its_provider(text: str, told: list[str]) -> None:
    found = named(f"{text}\n# provider: gpt- model", "app/settings.yaml")
    assert [provider for provider, _ in found] == told


def test_the_settings_of_a_server_of_tools_are_no_table_of_models() -> None:
    text = (
        "mcp_tools: [{ base_url: 'http://127.0.0.1:8000', settings: { default_model: gpt-5.4 } }]"
    )
    assert named(text) == []


def test_models_of_ollamas_library_are_known_by_their_tags() -> None:
    text = "a: { provider: ollama, model: 'codellama:34b' }\nb: { provider: ollama, model: 'llava:13b' }"
    assert named(text) == [("local", "codellama:34b"), ("local", "llava:13b")]
    assert named("a: { provider: ollama, model: vicuna }") == []


def test_many_models_of_one_provider_are_a_menu() -> None:
    ids = ["gpt-5.4", "gpt-5.4-mini", "gpt-5.2", "gpt-5.1"]
    entries = [f"  - {{ provider: openai, model: {model} }}" for model in ids]
    other = "  - { provider: anthropic, model: claude-opus-4-5 }"
    assert named("\n".join(["models:", *entries, other])) == [("anthropic", "claude-opus-4-5")]
    assert len(named("\n".join(["models:", *entries[:3], other]))) == 4
    roles = "\n".join(f"role{at}: {{ provider: openai, model: gpt-5.4 }}" for at in range(6))
    assert len(named(roles)) == 6


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ("chain: [b, a]", ["a", "b"]),
        ("review_chain: [b]", ["b"]),
        ("chains: { review: [b, a] }", ["a", "b"]),
        ("call_sites: { review: { chain: [b, a] } }", ["a", "b"]),
        ("call_sites: { review: [b] }", ["b"]),
        ("routing: { review: [b, a] }", ["a", "b"]),
        ("tiers: { deep: [b, e], quick: [a] }", ["a", "b", "e"]),
        ("preferred_models: [b, a]", ["a", "b"]),
        ("chain: [model-b]", ["b"]),
        # What there is, and what a customer or a role may ask for.
        ("available: [a, b]", []),
        ("models: [a, b]", []),
        ("routing: { models: [a, b, c, e] }", []),
        ("tiers: { free: [a], pro: [a, b] }", []),
        ("roles: { admin: [a, b] }", []),
        ("tiers: [a, b]", []),
        # Tags and the like whose words are names as well, or are not all of them.
        ("tags: [a, b]", []),
        ("search: { tags: [a, b] }", []),
        ("preferred_capabilities: [a, b]", []),
        ("tasks: { review: [a, thorough] }", []),
        ("chain: [a, somebody]", []),
        ("chain: []", []),
    ],
)
def test_what_a_list_of_names_turns_to_is_no_menu(chosen: str, told: list[str]) -> None:
    ids = {"a": "gpt-5.4", "b": "gpt-5.4-mini", "c": "gpt-5.2", "e": "gpt-5.1"}
    entries = "\n".join(
        f"  {name}: {{ provider: openai, name: model-{name}, model: {model} }}"
        for name, model in ids.items()
    )
    assert named(f"models:\n{entries}\n{chosen}") == [("openai", ids[name]) for name in told]


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ("api_key: '${K}'", 4),
        ("api_url: 'https://api.openai.com/v1'", 4),
        ("timeout_s: 30", 4),
        ("system_prompt: 'You plan what the others do.'", 4),
        ("label_of_team: x, temperature: 0.2", 0),
        ("max_tokens: 4096", 0),
        ("api_url: 'http://llm:8000/v1'", 0),
        ("timeout_s: 30, context_window: 8000", 0),
    ],
)
def test_entries_with_what_a_call_needs_are_no_menu(beside: str, told: int) -> None:
    ids = ["gpt-5.4", "gpt-5.4-mini", "gpt-5.2", "gpt-5.1"]
    entries = [f"  - {{ provider: openai, model: {model}, {beside} }}" for model in ids]
    assert len(named("\n".join(["models:", *entries]))) == told


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ("temperature: 0.7", True),
        ("temperature: 1, max_tokens: 4096", True),
        ("system_prompt: 'You plan what the others do.'", True),
        ("systemInstruction: You plan what the others do.", True),
        ("system_prompt: true", False),
        ("system_prompt: not supported", False),
        ("supports_system_prompt: 'You plan what the others do.'", False),
        # A card says whether the model takes a temperature, and how long its answers may be.
        ("temperature: true", False),
        ("max_tokens: 4096", False),
        ("temperature: 0.7, context_window: 200000", False),
        ("temperature: 0.7, input_cost: 3", True),
    ],
)
def test_what_a_model_can_is_noted_of_a_choice_too(beside: str, told: bool) -> None:
    text = f"planner: {{ provider: openai, model: gpt-5.4, capabilities: [code], {beside} }}"
    assert bool(named(text)) is told


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ("cost_per_1k: 1, temperature: 0.1", True),
        ("cost_per_1k: 1, timeout_s: 30", True),
        ("cost_per_1k: 1, fallback_provider: groq", True),
        ("cost_per_1k: 1, fallbacks: [other]", True),
        ("pricing: { input: 3 }, base_url: 'https://api.openai.com/v1'", True),
        # A price list, whatever else it says of a model, and a catalogue.
        ("cost_per_1k: 1", False),
        ("cost_per_1k: 1, max_tokens: 4096", False),
        ("cost_per_1k: 1, fallback: none", False),
        ("cost_per_1k: 1, temperature: true", False),
        ("cost_per_1k: 1, temperature: 0.1, supports_vision: true", False),
        ("cost_per_1k: 1, url: 'https://openai.com/pricing'", False),
        ("max_context: 8000, fallbacks: [other]", False),
    ],
)
def test_what_a_call_needs_tells_a_choice_from_a_price_list(beside: str, told: bool) -> None:
    assert bool(named(f"planner: {{ provider: openai, model: gpt-5.4, {beside} }}")) is told


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ("latency: medium", True),
        ("latency: low, usage: general chat", True),
        ("usage: [chat, code]", True),
        ("score: 0.8, latency_ms: 900, api_key_env: KEY", True),
        ("status: active", True),
        ("status: Enabled", True),
        # Numbers of a run, or a place for them, and how one ended.
        ("latency_ms: 900", False),
        ("latency: 1.2s", False),
        ("score: 0.8", False),
        ("score: null", False),
        ("scores: [0.8, 0.9]", False),
        ("scores: { code: 0.8 }", False),
        ("score: 0.8, base_url: 'https://api.openai.com/v1'", False),
        ("usage: { input: 3 }", False),
        ("usage: 812, api_key_env: KEY", False),
        ("latency: low, output_tokens: 3", False),
        ("status: passed", False),
        ("status: deprecated", False),
        ("status: 200", False),
        ("status: '${STATUS}'", False),
    ],
)
def test_words_say_what_a_model_is_good_for_and_numbers_what_a_run_was(
    beside: str, told: bool
) -> None:
    assert bool(named(f"planner: {{ provider: openai, model: gpt-5.4, {beside} }}")) is told


def test_what_all_of_a_table_is_used_for_is_no_record() -> None:
    entry = "a: { provider: openai, model: gpt-5.4 }"
    assert named(f"usage: see docs/models.md\n{entry}\n")
    assert named(f"usage: {{ tokens: 3 }}\n{entry}\n") == []


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("provider: openai, provider_model_name: gpt-5.4", True),
        ("provider: openai, provider_model: gpt-5.4", True),
        ("provider: openai, upstream_model: gpt-5.4, model: smart", True),
        ("provider: openai, upstreamModel: gpt-5.4, model: gpt-5.4-mini", True),
        ("api_base: 'https://api.openai.com/v1', target_model: gpt-5.4", True),
        ("upstream_provider: openai, upstream_model: gpt-5.4", True),
        # Who answers is not said, or it is another one.
        ("upstream_model: gpt-5.4", False),
        ("target_model: gpt-5.4, description: fast", False),
        ("provider: own, target_model: gpt-5.4", False),
        ("provider: openai, base_url: 'https://llm.example/v1', provider_model: gpt-5.4", False),
        ("provider: openai, upstream_provider: own, upstream_model: gpt-5.4", False),
        ("provider: openai, source_model: gpt-5.4", False),
    ],
)
def test_a_model_may_go_by_the_name_that_its_provider_has_for_it(entry: str, told: bool) -> None:
    text = f"# model, provider:\nfast: {{ {entry} }}\n"
    assert named(text) == ([("openai", "gpt-5.4")] if told else [])


def test_prices_beside_an_address_in_any_other_json_are_a_list_of_offers() -> None:
    text = (
        '{"a": {"provider": "openai", "model": "gpt-5.4", "price": 3, '
        '"endpoint": "https://api.openai.com/v1"}}'
    )
    assert named(text, "src/offers.json") == []
    assert named(text, "config/llm.json")


CATALOGUE = """\
models:
  quick: { provider: openai, model: gpt-5.4-mini, context_window: 9, cost: 1 }
  deep: { provider: openai, model: gpt-5.4, context_window: 9, cost: 2 }
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("default: deep", True),
        ("defaults: { model: deep, timeout: 3 }", False),
        ("default_model: gpt-5.4", True),
        ("fallback: [other, deep]", True),
        ("routing: { plan: deep, chat: other }", True),
        ("tasks: { plan: { primary: deep } }", True),
        ("rules: { by_task: { plan: deep } }", True),
        ("rules: { by_vendor: { plan: deep } }", False),
        ("names: [deep]", False),
        ("about: { title: deep }", False),
        ("default: others", False),
        ("default: 7", False),
    ],
)
def test_an_entry_of_a_catalogue_that_the_file_turns_to_is_chosen(said: str, told: bool) -> None:
    assert named(f"{CATALOGUE}{said}\n") == ([("openai", "gpt-5.4")] if told else [])


@pytest.mark.parametrize(
    "entry",
    [
        "deep: { provider: openai, model: gpt-5.4, cost: 1, default: deep }",
        "deep: { provider: openai, default_model: gpt-5.4, cost: 1 }",
        "deep: { provider: openai, model: gpt-5.4, cost: 1, retires: 2027 }\ndefault: deep",
        "routing: { deep: { provider: openai, model: gpt-5.4, cost: 1 } }",
    ],
)
def test_what_an_entry_says_of_itself_chooses_none(entry: str) -> None:
    assert named(entry) == []


@pytest.mark.parametrize(
    ("provider", "model", "told"),
    [
        ("gpt", "gpt-5.4", "openai"),
        ("openai_prod", "gpt-5.4", "openai"),
        ("gemini-paid", "gemini-3-flash", "gemini"),
        ("Anthropic-2", "claude-opus-4-5", "anthropic"),
        ("gpt-eu", "gpt-5.4", "openai"),
        # Somebody else's models, another kind of host, and words that say more than which account.
        ("gpt", "claude-opus-4-5", None),
        ("gemini-paid", "gpt-5.4", None),
        ("azure-prod", "gpt-5.4", None),
        ("openrouter-free", "gpt-5.4", None),
        ("openai-compatible", "gpt-5.4", None),
        ("openai-gateway", "gpt-5.4", None),
        ("prod", "gpt-5.4", None),
    ],
)
def test_one_of_several_accounts_is_its_vendors(
    provider: str, model: str, told: str | None
) -> None:
    text = f"a: {{ provider: {provider}, model: {model} }} # openai"
    assert named(text) == ([(told, model)] if told else [])
    elsewhere = f"{told or 'openai'}: {{ base_url: 'http://llm' }}\n"
    assert named(elsewhere + text) == []


def test_json_that_is_not_named_as_a_config_may_be_a_record() -> None:
    text = '{"a": {"provider": "openai", "model": "gpt-5.4"}}'
    assert named(text, "pipeline/first.json") == []
    assert named(text, "config/first.json")
    assert named(text, "app/llm.json")


def test_a_table_beside_pages_of_documentation_may_only_be_shown() -> None:
    assert named(ONE, "docs/tiers.yaml") == []
    assert named(ONE, "docs/config/tiers.yaml")
    assert named(ONE.replace(" }", ", api_key_env: KEY }"), "docs/tiers.yaml")


@pytest.mark.parametrize(
    "folder", ["outputs", "app/data", "archive", "mlruns/1", "lab/trial_archives/a", "eval-runs"]
)
def test_what_programs_left_behind_chooses_nothing(folder: str) -> None:
    assert named(ONE, f"{folder}/config.yaml") == []


@pytest.mark.parametrize("folder", ["results-service", "data_api", "backup_agent", "trials"])
def test_a_folder_that_only_begins_so_is_a_part_of_a_program(folder: str) -> None:
    assert named(ONE, f"{folder}/config.yaml")


def test_samples_and_test_material_are_known_as_such() -> None:
    scopes = {
        path: extract(SourceFile(path, ONE), FileKind.CONFIG).of(NamedModel)[0].scope
        for path in ("config/models.yaml", "models.example.yaml", "tests/models.yaml")
    }
    assert list(scopes.values()) == [RouteScope.REPOSITORY, RouteScope.EXAMPLE, RouteScope.TEST]


def test_a_file_counts_as_read_where_it_names_a_model_and_its_secrets_are_found() -> None:
    key = sample("openai-project-key", Random(7))
    candidate = Candidate("models.yaml", "/nowhere", FileKind.CONFIG)
    other = f"a: {{ provider: gcp, model: large, key: {key} }} # gpt-"
    assert load_bytes(candidate, other.encode()) is None
    loaded = load_bytes(candidate, f"{ONE}\nkey: {key}\n".encode())
    assert isinstance(loaded, Loaded)
    assert loaded.facts.of(SecretCandidate)


def test_what_is_too_long_to_be_written_by_hand_is_not_even_parsed() -> None:
    assert recognise_content(ONE.encode()) is not None
    assert recognise_content(f"{ONE}\n{'# filler' * 9000}".encode()) is None


WAY = """\
providers:
  openai: { base_url: "https://api.openai.com/v1", api_key_env: OPENAI_API_KEY }
  groq: { api_key: "${GROQ_KEY}" }
roles:
  planner: { provider: openai, model: gpt-5.4, fallback: groq, fallback_model: llama-3.3-70b }
  coder: { provider: openai, model: gpt-5.4, fallbacks: [planner, { model: gpt-4.1 }] }
chains:
  - name: deep
    steps: [{ provider: openai, model: gpt-5.4, api_key: os.environ/DEEP_KEY }]
"""


def test_an_entry_is_told_with_its_names_and_the_way_to_it() -> None:
    url = "https://api.openai.com/v1"
    told = [
        (one.pointer, one.base_url.raw, one.credential.raw, [f.raw for f in one.fallbacks])
        for one in facts_of(WAY)
    ]
    assert told == [
        (("roles", "planner"), url, "OPENAI_API_KEY", ["llama-3.3-70b"]),
        (("roles", "planner", "fallback"), "", "${GROQ_KEY}", []),
        (("roles", "coder"), url, "OPENAI_API_KEY", ["planner", "gpt-4.1"]),
        (("chains", "deep", "steps"), url, "os.environ/DEEP_KEY", []),
    ]


@pytest.mark.parametrize(
    ("text", "base_url", "credential"),
    [
        ("base_url: 'https://api.openai.com/v1'\n" + ONE, "https://api.openai.com/v1", ""),
        (ONE[:-1] + ", options: { base_url: 'https://api.openai.com' } }",
         "https://api.openai.com", ""),
        ("a: { b: { providers: { openai: { api_key_env: A_KEY } } } }\n" + ONE, "", "A_KEY"),
        # Two of one name, no entry of `providers`, and a literal, whatever its key says.
        ("a: { providers: { openai: { api_key_env: A_KEY } } }\n"
         "b: { providers: { openai: { api_key_env: B_KEY } } }\n" + ONE, "", ""),
        ("others: { openai: { api_key_env: A_KEY } }\n" + ONE, "", ""),
        ("providers: { openai: { api_key: A_KEY } }\n" + ONE, "", ""),
        ("providers: { openai: { api_key_env: abc } }\n" + ONE, "", ""),
    ],
)  # fmt: skip
def test_only_what_a_file_says_plainly_is_told_of_the_way(
    text: str, base_url: str, credential: str
) -> None:
    (one,) = facts_of(text)
    assert (one.base_url.raw, one.credential.raw) == (base_url, credential)


@pytest.mark.parametrize(
    ("beside", "told", "address"),
    [
        ("host: 0.0.0.0, port: 8080", 1, ""),
        ("host: '::'", 1, ""),
        ("webServerHost: 127.0.0.1", 1, ""),
        ("listen_url: 'http://localhost:9000'", 1, ""),
        (
            "webServerHost: 0.0.0.0, base_url: 'https://api.openai.com/v1'",
            1,
            "https://api.openai.com/v1",
        ),
        # What another program is reached at is called.
        ("base_url: 'https://llm.example/v1'", 1, "https://llm.example/v1"),
        ("host: llm.example", 0, ""),
    ],
)
def test_where_a_server_waits_for_calls_is_no_host_of_a_model(
    beside: str, told: int, address: str
) -> None:
    found = facts_of(f"llm: {{ provider: openai, model: gpt-5.4, {beside} }}\n")
    assert [one.base_url.raw for one in found] == [address] * told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: { provider: openai, model: gpt-5.4, base_url: 'https://llm.example/v1' }", True),
        ("a: { model: anthropic/claude-opus-4-5, base_url: '${LLM_URL}' }", True),
        ("api_base: http://proxy:80/v1\na: { provider: groq, model: openai/gpt-oss-20b }", True),
        # A page about the model, a product, a host that is no URL, an offer with its price.
        ("a: { model: gpt-5.4, url: 'https://llm.example/gpt' }", False),
        ("a: { model: Pixel 9, base_url: 'https://shop.example' }", False),
        ("a: { provider: openai, model: gpt-5.4, base_url: llm }", False),
        # One of several places.
        (
            "{ model: gpt-5.4, a_base_url: 'https://api.openai.com/v1', b_base_url: 'https://b.example' }",
            False,
        ),
        ("a: { model: gpt-5.4, base_url: 'https://llm.example/v1', context_window: 8000 }", False),
    ],
)
def test_a_model_may_be_called_at_a_host_of_which_nobody_knows(text: str, told: bool) -> None:
    found = facts_of(f"{text}\n{OF_MODELS}")
    assert [one.provider for one in found] == [SOMEONE.raw] * told
    assert all(one.base_url.given for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "models: { fast: { provider: openai, id: gpt-5.4 } }",
        "agent: { chat_model: { provider: openai, name: gpt-5.4 } }",
        "llm: { provider: openai, name: gpt-5.4 }",
        "model: { provider: own, fallback: { provider: openai, name: gpt-5.4 } }",
        "agents: { critic: { provider: openai, name: gpt-5.4, temperature: 0.2 } }",
        "models: [{ provider: openai, name: gpt-5.4, api_key: '${KEY}' }]",
        "default: gpt-5.4\nmodels: [{ provider: openai, name: gpt-5.4 }]",
        "models: { fast: { provider: openai, id: gpt-5.4, name: Fast } }",
    ],
)
def test_a_model_may_be_all_that_an_entry_is_called_by(text: str) -> None:
    assert named(f"{text}\n{OF_MODELS}") == [("openai", "gpt-5.4")]


@pytest.mark.parametrize(
    "text",
    [
        # What there is, in a list or by its own name.
        "models: [{ provider: openai, id: gpt-5.4 }]",
        "models: { gpt-5.4: { provider: openai, id: gpt-5.4 } }",
        "models: { a: { provider: openai, id: gpt-5.4, context_window: 400000 } }",
        "models: { a: { provider: openai, id: gpt-5.4, score: 0.8 } }",
        # A name for people, one of another vendor or at a platform, and one beside the model itself.
        "llm: { provider: openai, name: GPT-5.4 }",
        "llm: { provider: openai, name: fast }",
        "llm: { provider: deepseek, name: deepseek }",
        "llm: { provider: openai, name: claude-opus-4-5 }",
        "llm: { provider: azure, name: gpt-5.4 }",
        "llm: { provider: openai, name: gpt-5.4, engine: gpt-5.4-mini }",
        "llm: { provider: openai, name: gpt-5.4, base_url: 'https://llm.example/v1' }",
        "author: { provider: openai, name: gpt-5.4 }",
    ],
)
def test_what_an_entry_is_called_may_be_anything_else(text: str) -> None:
    assert named(f"{text}\n{OF_MODELS}") == []


@pytest.mark.parametrize("key", ["api_key", "api_key_env"])
def test_no_credential_is_held(key: str) -> None:
    secret = sample("openai-project-key", Random(7))
    (one,) = facts_of(f"main: {{ provider: openai, model: gpt-5.4, {key}: {secret} }}")
    assert secret not in repr(one)


@pytest.mark.parametrize(
    "said", ["none", "true", "7", "the answer of yesterday", "{ after: 3 }", "[]"]
)
def test_what_names_nothing_is_no_fallback(said: str) -> None:
    (one,) = facts_of(f"main: {{ provider: openai, model: gpt-5.4, fallback: {said} }}")
    assert one.fallbacks == ()

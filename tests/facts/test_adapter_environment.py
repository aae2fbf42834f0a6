"""Variables of `.env` and compose files: which belong together, and which speak of models at all."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from tests.secret_samples import sample

from agentlint.discovery import FileKind, classify
from agentlint.facts.files.extract import extract
from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family
from agentlint.knowledge.providers import ProviderKind, all_providers
from agentlint.text import SourceFile

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_one_prefix_is_one_route(routes_of: RoutesOf) -> None:
    openai, claude = routes_of(
        ".env",
        "# models\n"
        "export OPENAI_MODEL='gpt-5.4'\n"
        "OPENAI_BASE_URL=https://g.example/v1/chat/completions # the gateway\n"
        "OPENAI_API_KEY=${GATEWAY_KEY}\n"
        "CLAUDE_MODEL=claude-haiku-4-5\n",
    )
    assert (openai.pointer, openai.kind, openai.scope) == (
        ("OPENAI",),
        RouteKind.ENVIRONMENT,
        RouteScope.REPOSITORY,
    )
    assert (openai.model.raw, openai.base_url.raw) == (
        "gpt-5.4",
        "https://g.example/v1/chat/completions",
    )
    assert (openai.family, openai.chosen_family.source) == (
        Family.CHAT_COMPLETIONS,
        FamilySource.PATH,
    )
    assert [(c.value.kind, c.value.ref) for c in openai.credentials] == [
        (ValueKind.ENV_REF, "GATEWAY_KEY")
    ]
    assert (claude.provider.raw, claude.family) == ("anthropic", None)


def test_a_variable_may_name_the_model_for_one_purpose(routes_of: RoutesOf) -> None:
    text = "OPENAI_API_KEY=\nOPENAI_MODEL=gpt-5.4\nOPENAI_MODEL_ASSISTANT=openai/gpt-4\n"
    routes = routes_of(".env", f"{text}OPENAI_BASE_URL=https://api.openai.com/v1\n")
    assert [(route.pointer, route.model.raw) for route in routes] == [
        (("OPENAI",), "gpt-5.4"),
        (("OPENAI_MODEL_ASSISTANT",), "openai/gpt-4"),
    ]
    assert routes[1].provider.literal == "openai"
    _, moved = routes_of(".env", f"{text}OPENAI_BASE_URL=https://gateway.example/v1\n")
    assert moved.provider.literal == "unknown"


@pytest.mark.parametrize(
    "name",
    [
        "OPENAI_MODEL_LITE",
        "OPENAI_MODEL_2",
        "OPENAI_MODEL_DEEP_RESEARCH",
        "OPENAI_MODEL_ID_CHEAP",
        "AGENT_MODEL_RED_TEAM_FALLBACK",
        "MODEL_BIG",
        "CLAUDE_MODEL_VERSION",
        "FAST_GEN_AI_MODEL_VERSION",
    ],
)
def test_whatever_word_tells_what_a_model_is_for(name: str, routes_of: RoutesOf) -> None:
    (route,) = routes_of(".env", f"{name}=gpt-5.4\n")
    assert (route.pointer, route.model.raw) == ((name,), "gpt-5.4")


@pytest.mark.parametrize(
    ("text", "answering"),
    [
        # What has the same end belongs to it, whatever it begins with.
        ("AI_MODEL_2=gpt-5.4\nAI_PROVIDER_2=groq", "groq"),
        ("AI_MODEL_2=gpt-5.4\nAI_BASE_URL_2=https://llm.example/v1", None),
        ("API_MODEL_2=gpt-5.4\nAPI_BASE_URL_2=https://llm.example/v1", None),
        ("OPENAI_MODEL_2=gpt-5.4\nOPENAI_BASE_URL_3=https://llm.example/v1", "openai"),
        ("LLM_PROVIDER=azure\nLLM_MODEL_MINI=gpt-5.4", "azure"),
        # One who serves the models of others is no line of models.
        ("LLM_MODEL_GROQ=gpt-5.4", "groq"),
        ("OPENAI_MODEL_AZURE=gpt-5.4", "azure"),
        ("OPENROUTER_MODEL_ANTHROPIC=gpt-5.4", "openrouter"),
        ("LLM_BASE_URL=https://llm.example/v1\nLLM_MODEL_OPENAI=gpt-5.4", "unknown"),
    ],
)
def test_who_answers_a_model_for_a_purpose(
    text: str, answering: str | None, routes_of: RoutesOf
) -> None:
    routes = routes_of(".env", text + "\n")
    assert [r.provider.literal for r in routes if r.model.given] == [answering]


def test_a_host_for_a_purpose_is_the_host_of_that_model(routes_of: RoutesOf) -> None:
    main, second = routes_of(
        ".env",
        "OPENAI_MODEL=gpt-5.4\nOPENAI_MODEL_2=gpt-5.5\nOPENAI_BASE_URL_2=https://llm.example/v1\n",
    )
    assert (main.provider.literal, main.base_url.given) == ("openai", False)
    assert second.base_url.raw == "https://llm.example/v1"


def test_a_prefix_may_name_its_model_twice(routes_of: RoutesOf) -> None:
    text = "OPENAI_MODEL=gpt-5.4\nOPENAI_MODEL_NAME=gpt-5.5\nOPENAI_MODEL=gpt-4o\n"
    assert [(route.pointer, route.model.raw) for route in routes_of(".env", text)] == [
        (("OPENAI",), "gpt-5.4"),
        (("OPENAI_MODEL_NAME",), "gpt-5.5"),
    ]
    assert len(routes_of(".env", "LLM_MODEL=review-deep\nLLM_MODEL_NAME=Our reviewer\n")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "OPENAI_MODEL_PATH=gpt-5.4",
        "OPENAI_MODEL_TEMPERATURE=0.1",
        "OPENAI_MODEL_DEPRECATED=gpt-4",
        "OPENAI_MODEL_JUDGE=high",
        "AZURE_OPENAI_MODEL_VERSION=2024-07-18",
        "OPENAI_MODEL_VERSION=0613",
        "SPACY_MODEL_VERSION=3.8.0",
        "SUNO_MODEL_VERSION=V4.5",
        "OPENAI_MODEL_DISPLAY_NAME=gpt-5.4",
        "OPENAI_MODEL_PROVIDER=mistral",
        "AZURE_AI_MODEL_DEPLOYMENT_NAME=gpt-4o",
        "OPENAI_MODELS_ALLOWED=gpt-5.4",
        "MODEL_TOKENIZER=gpt-4",
    ],
)
def test_a_variable_may_say_something_else_of_a_model(line: str, routes_of: RoutesOf) -> None:
    assert not routes_of(".env", line)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("OPENAI_MODEL=gpt-5.4", "OPENAI"),
        ("MODEL=gpt-5.4", "MODEL"),
        ("MODEL_NAME=qwen3:8b", "MODEL_NAME"),
        ("DEFAULT_MODEL=gpt-5.4", "DEFAULT"),
        ("OPENAI_EMBEDDING_MODEL=text-embedding-3-small", "OPENAI_EMBEDDING"),
        ("EMBEDDING_MODEL=Snowflake/arctic-embed-m", "EMBEDDING"),
        ("LLM_MODEL=review-deep", "LLM"),
        ("OPENAI_API_BASE_URL=http://litellm:4000/v1", "OPENAI"),
        ("AZURE_OPENAI_ENDPOINT=https://x.openai.azure.com", "AZURE_OPENAI"),
        ("OUR_MODEL_GATEWAY_BASE_URL=https://g.example", "OUR_MODEL_GATEWAY"),
        ("OPENAI_API_KEY=${KEY}", None),
        ("DATABASE_URL=postgres://db", None),
        ("API_BASE_URL=https://api.example.com", None),
        ("S3_ENDPOINT=https://s3.example.com", None),
        ("OTEL_EXPORTER_OTLP_ENDPOINT=http://otel:4317", None),
        ("STORE_MODEL_IN_DB=True", None),
        ("USER_MODEL=accounts.User", None),
        ("WHISPER_MODEL=large-v3", None),
        ("CAR_MODEL=model-3", None),
        ("OPENAI_MODEL=", None),
        ("openai_model=gpt-5.4", None),
    ],
)
def test_which_variables_speak_of_models(text: str, found: str | None, routes_of: RoutesOf) -> None:
    assert [route.pointer[-1] for route in routes_of(".env", text + "\n")] == (
        [found] if found else []
    )


def test_azure_and_local_servers_are_named_by_their_prefix(routes_of: RoutesOf) -> None:
    azure, ollama = routes_of(".env", "AZURE_OPENAI_MODEL=gpt-4-32k\nOLLAMA_MODEL=llama3.2:3b\n")
    assert (azure.provider.raw, ollama.provider.raw) == ("azure", "local")


@pytest.mark.parametrize(
    ("text", "answering"),
    [
        ("LLM_MODEL=gpt-5.4", None),
        ("OPENAI_BASE_URL=http://localhost:11434/v1\nLLM_MODEL=gpt-5.4", "unknown"),
        ("OPENAI_API_BASE=${GATEWAY}\nAIDER_MODEL=gpt-5.4", "unknown"),
        ("LLM_BASE_URL=http://litellm:4000\nEVAL_MODEL=gpt-5.4", "unknown"),
        ("LLM_BASE_URL=http://litellm:4000\nOPENAI_MODEL=gpt-5.4", "openai"),
        ("OPENAI_BASE_URL=https://api.openai.com/v1\nLLM_MODEL=gpt-5.4", None),
        ("OPENAI_BASE_URL=${URL:-https://api.openai.com/v1}\nLLM_MODEL=gpt-5.4", None),
        ("OPENAI_BASE_URL=https://g.example/v1\nOPENAI_CHAT_MODEL=gpt-5.4", "unknown"),
        ("OPENAI_BASE_URL=https://openrouter.ai/api/v1\nOPENAI_CHAT_MODEL=x", "openrouter"),
        ("OLLAMA_BASE_URL=http://ollama:11434\nOLLAMA_CHAT_MODEL=qwen3:8b", "local"),
        ("S3_ENDPOINT=https://s3.example.com\nLLM_MODEL=gpt-5.4", None),
        ("BASE_URL=https://www.example.com\nLLM_MODEL=gpt-5.4", None),
    ],
)
def test_a_base_url_under_another_prefix_leaves_nobody_certain(
    text: str, answering: str | None, routes_of: RoutesOf
) -> None:
    route = routes_of(".env", text + "\n")[-1]
    assert (route.model.given, route.provider.literal) == (True, answering)


_OTHERS = "CUSTOM_OPENAI_BASE_URL=https://llm.example/v1\n"


@pytest.mark.parametrize(
    ("text", "answering"),
    [
        (f"OPENAI_API_KEY=\n{_OTHERS}CUSTOM_OPENAI_MODEL=ours\n", "openai"),
        (f"OPENAI_API_KEY=\n{_OTHERS}CUSTOM_OPENAI_API_KEY=\nCUSTOM_OPENAI_MODEL=x\n", "openai"),
        (f"OPENAI_API_KEY=\n{_OTHERS}CUSTOM_OPENAI_API_KEY=\nCUSTOM_OPENAI_MODELS=a,b\n", "openai"),
        (f"OPENAI_API_KEY=${{K}}\n{_OTHERS}CUSTOM_OPENAI_API_KEY=${{L}}\n", "openai"),
        # One key for both, or a host for which nobody names another model.
        (f"{_OTHERS}CUSTOM_OPENAI_MODELS=a,b\n", "unknown"),
        (f"{_OTHERS}CUSTOM_OPENAI_API_KEY=${{L}}\n", "unknown"),
        (f"OPENAI_API_KEY=${{K}}\n{_OTHERS}CUSTOM_OPENAI_API_KEY=${{K}}\n", "unknown"),
        (f"OPENAI_API_KEY=\n{_OTHERS}CUSTOM_OPENAI_API_KEY=${{L}}\n", "unknown"),
        (f"OPENAI_API_KEY=\n{_OTHERS}CUSTOM_OPENAI_API_KEY=\nCUSTOM_OPENAI_MODELS=\n", "unknown"),
        (f"OPENAI_API_KEY=${{K}}\n{_OTHERS}", "unknown"),
        (f"{_OTHERS}CUSTOM_OPENAI_MODEL=ours\n", "unknown"),
        (f"OPENAI_API_KEY=\n{_OTHERS}CUSTOM_OPENAI_API_KEY=\n", "unknown"),
        (f"OPENAI_API_KEY=\n{_OTHERS}CUSTOM_OPENAI_MODEL=\n", "unknown"),
        (f"OPENAI_API_KEY=\n{_OTHERS}", "unknown"),
        # Nobody knows of which of several clients a model with no vendor's prefix is.
        (f"LLM_API_KEY=\nLLM_MODEL=gpt-5.4\n{_OTHERS}CUSTOM_OPENAI_MODEL=ours\n", "unknown"),
    ],
)
def test_the_host_of_another_model_is_only_its_own(
    text: str, answering: str, routes_of: RoutesOf
) -> None:
    model = "" if "LLM_MODEL" in text else "OPENAI_MODEL=gpt-5.4\n"
    wanted = "LLM" if "LLM_MODEL" in text else "OPENAI"
    routes = {route.pointer[-1]: route for route in routes_of(".env", text + model)}
    assert routes[wanted].provider.literal == answering


@pytest.mark.parametrize(
    ("text", "answering"),
    [
        ("CLAUDE_MODEL_ID=claude-sonnet-4@20250514", "vertex_ai"),
        ("CLAUDE_MODEL=us.anthropic.claude-sonnet-4-20250514-v1:0", "bedrock"),
        ("ANTHROPIC_API_KEY=\nMODEL=us.anthropic.claude-sonnet-4-20250514-v1:0", "bedrock"),
        ("CLAUDE_MODEL=claude-sonnet-4-20250514", "anthropic"),
        ("LLM_PROVIDER=anthropic\nLLM_MODEL=claude-sonnet-4@20250514", "anthropic"),
        ("OLLAMA_MODEL=qwen3:8b", "local"),
        ("QWEN_MODEL=Qwen/Qwen2.5-32B-Instruct", "unknown"),
        ("QWEN_MODEL=qwen-max", "dashscope"),
        ("TOGETHER_MODEL=Qwen/Qwen2.5-72B-Instruct", "together"),
        ("VLLM_MODEL=Qwen/Qwen2.5-72B-Instruct", "local"),
    ],
)
def test_an_id_in_the_spelling_of_a_cloud_is_called_there(
    text: str, answering: str, routes_of: RoutesOf
) -> None:
    (route,) = routes_of(".env", text + "\n")
    assert route.provider.literal == answering


def test_a_model_for_a_purpose_is_called_where_those_of_its_prefix_are(routes_of: RoutesOf) -> None:
    text = "OPENAI_API_KEY=\nOPENAI_MODEL=ours\nOPENAI_BASE_URL=https://llm.example/v1\n"
    routes = routes_of(".env", f"{text}OPENAI_MODEL_ASSISTANT=gpt-4\n")
    assert routes[-1].provider.literal == "unknown"


@pytest.mark.parametrize(
    ("text", "answering"),
    [
        ("MODEL=gpt-5.4\nCURSOR_API_KEY=${KEY}", "unknown"),
        ("MODEL=gpt-5.4\nOPENROUTER_API_KEY=${KEY}", "openrouter"),
        ("MODEL=gpt-5.4\nLLM_API_KEY=${KEY}", None),
        ("MODEL=gpt-5.4\nAPI_KEY=${KEY}", None),
        ("MODEL=gpt-5.4\nOPENAI_API_KEY=${KEY}\nTAVILY_API_KEY=${OTHER}", None),
        ("MODEL=gpt-5.4\nNPM_AUTH_TOKEN=${KEY}", None),
        ("EDENAI_MODEL=openai/gpt-5.4\nEDENAI_API_KEY=${KEY}", "unknown"),
        ("EDENAI_MODEL=openai/gpt-5.4\nEDENAI_API_KEY=", "unknown"),
        ("EDENAI_MODEL=openai/gpt-5.4\nOPENAI_API_KEY=${KEY}", "openai"),
        ("DEFAULT_LLM_MODEL=gpt-5.4\nDEFAULT_LLM_API_KEY=${KEY}", None),
        # What a model is for, or whose program it is, tells no more than `MODEL` does.
        *(
            (f"{name}=openai/gpt-5.4\n{key}_API_KEY=", answering)
            for name in ("LLM_MODEL", "AI_MODEL", "DEFAULT_MODEL", "CHAT_MODEL", "APP_MODEL")
            for key, answering in (
                ("OPENROUTER", "openrouter"),
                ("GROQ", "groq"),
                ("AZURE_OPENAI", "azure"),
                ("LITELLM", "litellm_proxy"),
                ("OPENAI", "openai"),
                ("CURSOR", "unknown"),
                ("LLM", None),
            )
        ),
        ("LLM_MODEL=openai/gpt-5.4\nLLM_API_KEY=${OPENROUTER_API_KEY}", "openrouter"),
        ("LLM_MODEL=openai/gpt-5.4\nAPI_KEY=${OPENROUTER_API_KEY}", "openrouter"),
        ("LLM_MODEL=openai/gpt-5.4\nLLM_API_KEY=${OUR_SECRET}", None),
        # The vendor's own key beside a reseller's leaves open who answers, beside a vendor's it does not.
        ("LLM_MODEL=openai/gpt-5.4\nOPENAI_API_KEY=\nOPENROUTER_API_KEY=", "unknown"),
        ("LLM_MODEL=gpt-5.4\nOPENAI_API_KEY=\nAZURE_OPENAI_API_KEY=", "unknown"),
        ("MODEL=openai/gpt-5.4\nAPI_KEY=\nOPENROUTER_API_KEY=", "unknown"),
        ("MODEL=openai/gpt-5.4\nTAVILY_API_KEY=\nOPENROUTER_API_KEY=", "unknown"),
        ("LLM_MODEL=gpt-5.4\nOPENAI_API_KEY=\nANTHROPIC_API_KEY=", None),
        ("LLM_MODEL=gpt-5.4\nOPENAI_API_KEY=\nTAVILY_API_KEY=", None),
        ("LLM_MODEL=gpt-5.4\nGEMINI_API_KEY=\nANTHROPIC_API_KEY=", "unknown"),
        ("LLM_MODEL=gpt-5.4\nSTRIPE_API_KEY=\nTAVILY_API_KEY=", "unknown"),
        ("LLM_MODEL=gpt-5.4\nLLM_API_KEY=\nTAVILY_API_KEY=", None),
        ("LLM_MODEL=gpt-5.4\nLLM_PROVIDER=openai\nOPENROUTER_API_KEY=", "openai"),
        ("OPENAI_MODEL=gpt-5.4\nOPENROUTER_API_KEY=", "openai"),
        ("EVAL_2_MODEL=gpt-5.4\nEVAL_2_API_KEY=${KEY}", None),
    ],
)
def test_a_key_tells_who_answers_where_no_prefix_does(
    text: str, answering: str | None, routes_of: RoutesOf
) -> None:
    (route,) = routes_of(".env", text + "\n")
    assert route.provider.literal == answering


@pytest.mark.parametrize(
    "variables",
    [
        "      - EDENAI_MODEL=openai/gpt-5.4\n      - EDENAI_API_KEY\n",
        "      EDENAI_MODEL: openai/gpt-5.4\n      EDENAI_API_KEY:\n",
        "      EDENAI_MODEL: openai/gpt-5.4\n      EDENAI_API_KEY: null\n      LLM_MODEL: null\n",
    ],
)
def test_a_key_that_a_service_is_handed_through_is_one_of_its_own(
    variables: str, routes_of: RoutesOf
) -> None:
    (route,) = routes_of("compose.yaml", f"services:\n  api:\n    environment:\n{variables}")
    assert route.provider.literal == "unknown"


@pytest.mark.parametrize(
    ("prefix", "answering"),
    [
        ("COPILOT", "github_copilot"),
        ("OUR_COPILOT", None),
        ("CURSOR", "unknown"),
        ("CURSOR_AGENT", "unknown"),
        ("DB_CURSOR", None),
        ("SALES_COPILOT", None),
        ("GITHUB_COPILOT", "github_copilot"),
        ("GITHUB", "github_models"),
        ("GITHUB_TRIAGE", None),
        ("META", "meta"),
        ("META_LLAMA", "meta"),
        ("META_REVIEWER", None),
        ("TOGETHER_AI", "together"),
        ("BETTER_TOGETHER", None),
        ("GOOGLE", "gemini"),
        ("GOOGLE_GENAI", "gemini"),
        ("GOOGLE_VERTEX", "vertex_ai"),
        ("GOOGLE_CHAT", "gemini"),
        ("AWS_BEDROCK", "bedrock"),
        ("CLOUDFLARE_AI_GATEWAY", "cloudflare_ai_gateway"),
        ("LOCAL_LLM", "local"),
        ("LOCAL_NEWS", None),
        ("AZURE_OPENAI", "azure"),
        ("MY_OPENAI", "openai"),
    ],
)
def test_common_nouns_name_a_provider_only_in_full(
    prefix: str, answering: str | None, routes_of: RoutesOf
) -> None:
    (route,) = routes_of(".env", f"{prefix}_MODEL=gpt-5.4\n")
    assert route.provider.literal == answering


def test_a_default_is_known_as_one(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        "compose.yaml",
        "services:\n  api:\n    environment:\n      LLM_MODEL: ${LLM_MODEL:-gpt-5.4}\n",
    )
    assert (route.model.kind, route.model.ref, route.model.default) == (
        ValueKind.ENV_REF,
        "LLM_MODEL",
        "gpt-5.4",
    )


COMPOSE = """\
x-shared: &shared
  LLM_MODEL: gpt-5.4
services:
  mapped:
    environment:
      <<: *shared
      LLM_BASE_URL: http://gateway:4000/v1
  listed:
    environment:
      - OPENAI_MODEL=gpt-5.4-mini
      - "OPENAI_BASE_URL=http://gateway:4000/v1"
      - OPENAI_API_KEY
      - DEBUG=1
  again:
    environment: *shared
  empty:
    environment:
"""


@pytest.mark.parametrize(
    "path", ["compose.yaml", "docker-compose.dev.yml", "ops/langfuse-compose.yml"]
)
def test_compose_files_in_both_forms_and_shared_variables_once(
    path: str, routes_of: RoutesOf
) -> None:
    mapped, listed = routes_of(path, COMPOSE)
    assert mapped.pointer == ("services", "mapped", "environment", "LLM")
    assert (mapped.model.raw, mapped.base_url.raw) == ("gpt-5.4", "http://gateway:4000/v1")
    assert (listed.model.raw, listed.base_url.raw) == ("gpt-5.4-mini", "http://gateway:4000/v1")
    assert listed.credentials == ()


def test_other_yaml_has_no_services(routes_of: RoutesOf) -> None:
    assert routes_of("config/services.yaml", COMPOSE) == ()


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        (".env", RouteScope.REPOSITORY),
        (".env.production", RouteScope.REPOSITORY),
        ("deploy/prod.env", RouteScope.REPOSITORY),
        (".env.example", RouteScope.EXAMPLE),
        (".env.sample", RouteScope.EXAMPLE),
        (".env.template", RouteScope.EXAMPLE),
        ("env.example", RouteScope.EXAMPLE),
        ("librechat.example.env", RouteScope.EXAMPLE),
        *(
            (f"deploy/{name}", RouteScope.EXAMPLE)
            for word in ("example", "sample", "template", "dist")
            for name in (f".env-{word}", f".env_{word}", f".ENV-{word.upper()}")
        ),
        ("env-example", RouteScope.EXAMPLE),
        ("env.dist", RouteScope.EXAMPLE),
        ("config/env.internal", RouteScope.REPOSITORY),
        ("ENV.production", RouteScope.REPOSITORY),
        (".ark.env.local", RouteScope.REPOSITORY),
        (".flaskenv", RouteScope.REPOSITORY),
        (".dev.vars", RouteScope.REPOSITORY),
        (".dev.vars.staging", RouteScope.REPOSITORY),
        (".dev.vars.example", RouteScope.EXAMPLE),
        ("env.prod.template", RouteScope.EXAMPLE),
        ("deploy/compose.env.example", RouteScope.EXAMPLE),
        ("deploy/dev.env.tpl", RouteScope.EXAMPLE),
        ("env.test", RouteScope.TEST),
        ("tests/.env", RouteScope.TEST),
    ],
)
def test_samples_and_tests_are_told_apart(
    path: str, scope: RouteScope, routes_of: RoutesOf
) -> None:
    assert classify(path) == (FileKind.CONFIG, "dotenv")
    (route,) = routes_of(path, "OPENAI_MODEL=gpt-5.4\n")
    assert route.scope is scope


@pytest.mark.parametrize(
    "path",
    [
        ".env.ts",
        ".env.rs",
        ".env.example.exs",
        ".env.vault",
        "src/env.py",
        ".environment",
        ".env-cmdrc",
        ".env_file_reader",
        ".env-example.js",
        ".env-example/settings",
        "env-sample.py",
        "config.env.js",
        "config.env.go",
        "env.yaml",
        "env.d.ts",
        "env.h100",
        "env.local.ts",
        "env.js.example",
        "config.env.yaml.example",
        ".dev.vars.ts",
        ".envrc",
        "dotenv",
        "prod.env.j2",
    ],
)
def test_files_of_other_kinds_are_not_read_as_variables(path: str) -> None:
    known = classify(path)
    assert known is None or known[1] != "dotenv"


def test_no_fact_holds_a_credential() -> None:
    secret = random.Random(5).randbytes(24).hex()
    text = (
        f"LLM_MODEL=gpt-5.4\nLLM_API_KEY={secret}\nLLM_BASE_URL=https://bot:{secret}@llm.acme.dev\n"
    )
    facts = extract(SourceFile(".env", text), FileKind.CONFIG, "dotenv").facts
    assert secret not in repr(facts)
    assert any(isinstance(fact, Route) for fact in facts)


@pytest.mark.parametrize(
    ("text", "provider"),
    [
        ("LLM_PROVIDER=openrouter\nLLM_MODEL=gpt-5.4\n", "openrouter"),
        ("LLM_PROVIDER=auto\nLLM_MODEL=gpt-5.4\n", "unknown"),
        ("LLM_PROVIDER=\nLLM_MODEL=gpt-5.4\n", None),
        ("OPENAI_PROVIDER=auto\nOPENAI_MODEL=gpt-5.4\n", "openai"),
        ("API_BASE_URL=https://openrouter.ai/api/v1\nLLM_MODEL=openai/gpt-5.4\n", "unknown"),
        ("API_BASE_URL=https://api.shop.example\nLLM_MODEL=gpt-5.4\n", None),
    ],
)
def test_a_variable_beside_the_model_says_who_answers(
    text: str, provider: str | None, routes_of: RoutesOf
) -> None:
    (found,) = (route for route in routes_of(".env", text) if route.model.given)
    assert found.provider.literal == provider


@pytest.mark.parametrize(
    ("others", "is_template"),
    [
        ("LOG_LEVEL=info\nPORT=8080\n", True),
        ("DB_PASSWORD=\nSESSION_SECRET=changeme\nANTHROPIC_API_KEY=sk-ant-...\n", True),
        ("OPENAI_MODEL=<model>\n", True),
        ("OPENAI_MODEL=gpt-5.4\n", False),
        ("OLLAMA_BASE_URL=http://localhost:11434\n", False),
        ("DB_PASSWORD=wren-41-Kestrel\n", False),
        ("ANTHROPIC_API_KEY=${GATEWAY_KEY}\n", False),
        ("ANTHROPIC_API_KEY={key}\n", False),
    ],
)
def test_a_file_is_a_template_while_no_route_and_no_credential_is_filled_in(
    others: str, is_template: bool, routes_of: RoutesOf
) -> None:
    text = f"OPENAI_API_KEY=<your key>\nOPENAI_BASE_URL=https://<host>/v1\n{others}"
    text = text.replace("{key}", sample("anthropic-api-key", random.Random(20261122)))
    scopes = {route.scope for route in routes_of(".env", text)}
    assert scopes == {RouteScope.EXAMPLE if is_template else RouteScope.REPOSITORY}


OF_MODELS = [
    provider.name
    for provider in all_providers()
    if provider.kind in (ProviderKind.VENDOR, ProviderKind.AGGREGATOR)
    and "_" not in provider.name
    and provider.name not in provider.ambiguous
]
AMBIGUOUS = [name for provider in all_providers() for name in provider.ambiguous]
CLOUDS = ["azure", "bedrock", "databricks", "snowflake", "oci", "github", "aws", "cloudflare"]
GATEWAY = "https://gateway.example/v1"


def test_the_names_of_providers_are_known() -> None:
    assert {"cerebras", "together", "fireworks", "perplexity", "moonshot", "groq", "xai"} <= {
        *OF_MODELS
    }
    assert {"nvidia", "huggingface", "hf", "google", "meta"} <= {*AMBIGUOUS}
    assert {name for provider in all_providers() for name in provider.ambiguous} <= {
        name for provider in all_providers() for name in (provider.name, *provider.names)
    }


@pytest.mark.parametrize(
    "prefix",
    [
        *OF_MODELS,
        "litellm",
        "ollama",
        "vllm",
        "claude",
        "google_genai",
        "meta_llama",
        "team_cerebras",
    ],
)
def test_a_base_url_under_the_name_of_a_provider_is_for_models(
    prefix: str, routes_of: RoutesOf
) -> None:
    (route,) = routes_of(".env", f"{prefix.upper()}_BASE_URL={GATEWAY}\n")
    assert route.base_url.raw == GATEWAY


@pytest.mark.parametrize(
    "prefix",
    [
        *sorted(AMBIGUOUS),
        *sorted(CLOUDS),
        "better_together",
        "google_oauth",
        "meta_pixel",
        "llama_cloud",
        "modal_dialog",
    ],
)
def test_a_base_url_under_a_name_of_several_meanings_is_anybodys(
    prefix: str, routes_of: RoutesOf
) -> None:
    assert routes_of(".env", f"{prefix.upper()}_BASE_URL={GATEWAY}\n") == ()
    assert routes_of(".env", f"{prefix.upper()}_ENDPOINT={GATEWAY}\n") == ()


@pytest.mark.parametrize(
    ("beside", "provider"),
    [
        ("", "openai"),
        ("OLLAMA_BASE_URL=http://localhost:11434\n", "openai"),
        ("ANTHROPIC_BASE_URL=https://gateway.example\n", "openai"),
        ("OPENAI_BASE_URL=https://gateway.example/v1\n", "unknown"),
        ("AI_GATEWAY_BASE_URL=https://gateway.example/v1\n", "unknown"),
    ],
)
def test_a_stated_provider_is_not_asked_at_the_host_of_another(
    beside: str, provider: str, routes_of: RoutesOf
) -> None:
    text = f"{beside}LLM_PROVIDER=openai\nLLM_MODEL=gpt-5.4\n"
    route = next(route for route in routes_of(".env", text) if route.model.given)
    assert route.provider.literal == provider


@pytest.mark.parametrize(
    ("path", "head", "told"),
    [
        ("chat.env", "# Copy to .env and fill in your keys.", True),
        ("env/chat.env", "# Chat\n#\n# Copy this file to .env.", True),
        (".env.defaults", "# Rename this to `.env.local`", True),
        ("chat.env", "# cp chat.env .env", True),
        # The copy itself, and what says it of another file or of something else.
        (".env", "# Copy this file to .env and fill in your keys.", False),
        ("deploy/.env", "# cp .env.example .env", False),
        ("chat.env", "# cp other.env .env", False),
        ("chat.env", "# Copy these entries to your main .env", False),
        ("chat.env", "# Copied to .env by the installer", False),
        ("chat.env", "OPENAI_LOG=1\n# Copy to .env", False),
    ],
)
def test_what_says_that_it_is_to_be_copied_is_a_template(
    path: str, head: str, told: bool, routes_of: RoutesOf
) -> None:
    (route,) = routes_of(path, f"{head}\nOPENAI_API_KEY=your-key\nOPENAI_MODEL=gpt-5.4\n")
    assert route.in_example is told


@pytest.mark.parametrize("key", ["${OPENAI_KEY}", "team-4711"])
def test_what_has_a_credential_is_no_template(key: str, routes_of: RoutesOf) -> None:
    text = f"# Copy to .env\nOPENAI_API_KEY={key}\nOPENAI_MODEL=gpt-5.4\n"
    (route,) = routes_of("chat.env", text)
    assert not route.in_example

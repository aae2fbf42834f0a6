"""Continue: one route a model, with a family where a flag or the provider tells it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]


def test_a_model_with_its_endpoint(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        ".continue/config.yaml",
        """
        name: Team
        schema: v1
        models:
          - uses: anthropic/claude-4-sonnet
          - name: Writer
            provider: openai
            model: gpt-5.4
            apiBase: https://gateway.example.com/v1
            apiKey: ${{ secrets.GATEWAY_KEY }}
            requestOptions:
              headers:
                X-Team: ${{ inputs.TEAM }}
        """,
    )
    assert (route.kind, route.role.raw, route.model.raw) == (
        RouteKind.TOOL_DEFAULT,
        "Writer",
        "gpt-5.4",
    )
    assert (route.provider.raw, route.base_url.raw) == ("openai", "https://gateway.example.com/v1")
    assert route.url_shape.form == "versioned"
    assert [(c.slot, c.value.kind, c.value.ref) for c in route.credentials] == [
        ("api_key", ValueKind.SECRET_REF, "GATEWAY_KEY"),
        ("header:X-Team", ValueKind.ENV_REF, "TEAM"),
    ]


@pytest.mark.parametrize(
    ("lines", "family", "told_by"),
    [
        ("provider: openai", Family.AUTO, FamilySource.DRIVER),
        (
            "provider: openai\n    useResponsesApi: false",
            Family.CHAT_COMPLETIONS,
            FamilySource.DECLARED,
        ),
        (
            "provider: openai\n    useLegacyCompletionsEndpoint: true",
            Family.COMPLETIONS,
            FamilySource.DECLARED,
        ),
        ("provider: anthropic", Family.ANTHROPIC_MESSAGES, FamilySource.DRIVER),
        ("provider: voyage\n    roles: [embed]", Family.EMBEDDINGS, FamilySource.DECLARED),
        ("provider: openai\n    roles: [chat, edit]", Family.AUTO, FamilySource.DRIVER),
        ("provider: ollama", None, FamilySource.NONE),
    ],
)
def test_the_provider_tells_the_family_unless_the_entry_chooses_another(
    routes_of: RoutesOf, lines: str, family: Family | None, told_by: FamilySource
) -> None:
    (route,) = routes_of(
        ".continue/agents/own.yaml", f"models:\n  - model: some-model\n    {lines}\n"
    )
    assert (route.family, route.chosen_family.source) == (family, told_by)


def test_the_older_json_and_a_file_of_any_name(routes_of: RoutesOf) -> None:
    text = '{"models": [{"title": "Own", "provider": "ollama", "model": "qwen3:8b"}]}'
    assert [r.role.raw for r in routes_of(".continue/config.json", text)] == ["Own"]
    elsewhere = (
        "models:\n- {provider: openai, model: writer, apiBase: 'http://localhost:4000/v1'}\n"
    )
    assert [r.model.raw for r in routes_of("setup/assistant.yaml", elsewhere)] == ["writer"]


def test_models_of_the_older_json_for_other_tasks(routes_of: RoutesOf) -> None:
    text = """
        {
          "tabAutocompleteModel": [
            { "title": "One", "provider": "mistral", "model": "codestral-latest" },
            { "title": "Two", "provider": "anthropic", "model": "claude-2.1", "apiKey": "$KEY" }
          ],
          "embeddingsProvider": { "provider": "openai", "model": "text-embedding-3-small" },
          "reranker": { "name": "voyage" },
          "tabAutocompleteOptions": { "model": "none" }
        }
        """
    routes = routes_of(".continue/config.json", text)
    assert [(r.pointer, r.role.raw, r.model.raw, r.family) for r in routes] == [
        (("tabAutocompleteModel", "0"), "One", "codestral-latest", None),
        (("tabAutocompleteModel", "1"), "Two", "claude-2.1", None),
        (("embeddingsProvider",), "", "text-embedding-3-small", Family.EMBEDDINGS),
    ]
    assert [c.slot for c in routes[1].credentials] == ["api_key"]
    one = '{"tabAutocompleteModel": {"provider": "mistral", "model": "codestral-latest"}}'
    assert [r.pointer for r in routes_of(".continue/config.json", one)] == [
        ("tabAutocompleteModel",)
    ]
    builtin = '{"embeddingsProvider": {"provider": "transformers.js"}}'
    assert routes_of(".continue/config.json", builtin) == ()
    assert routes_of("config.json", one) == ()


def test_other_lists_of_models(routes_of: RoutesOf) -> None:
    assert routes_of("models.yaml", "models:\n- {provider: openai, model: gpt-5.4}\n") == ()
    assert routes_of(".continue/config.yaml", "models: none\nmcpServers: []\n") == ()

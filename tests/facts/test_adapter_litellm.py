"""LiteLLM proxy configs: deployments, fallbacks, aliases, shared credentials, and where they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.discovery import FileKind
from agentlint.facts.files.extract import extract
from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.values.value import ValueKind
from agentlint.findings import Confidence
from agentlint.knowledge.dead_routes import Disregard
from agentlint.knowledge.families import Family
from agentlint.text import SourceFile

RoutesOf = Callable[[str, str], tuple[Route, ...]]
CONFIG = "config.yaml"


def _named(routes: tuple[Route, ...], name: str) -> Route:
    return next(route for route in routes if route.name == name)


def test_a_deployment_leaves_the_family_to_the_caller(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        CONFIG,
        """
        model_list:
          - model_name: review-fast
            litellm_params:
              model: openai/gpt-5.4-mini
              api_base: https://gateway.example.com/v1
              api_key: os.environ/OPENAI_API_KEY
        """,
    )
    assert (route.kind, route.alias.raw) == (RouteKind.DEPLOYMENT, "review-fast")
    assert (route.family, route.chosen_family.source) == (Family.AUTO, FamilySource.DEFAULT)
    assert not route.family_required
    assert (Family.CHAT_COMPLETIONS, Family.RESPONSES) in route.bridges
    assert [(c.slot, c.value.ref) for c in route.credentials] == [("api_key", "OPENAI_API_KEY")]


@pytest.mark.parametrize(
    ("model", "mode", "family", "source"),
    [
        ("openai/text-embedding-3-small", "embedding", Family.EMBEDDINGS, FamilySource.DECLARED),
        ("openai/responses/o3-pro", "", Family.RESPONSES, FamilySource.MODEL_PREFIX),
        ("azure/my-deployment", "responses", Family.RESPONSES, FamilySource.DECLARED),
        ("anthropic/claude-opus-4-5", "", Family.AUTO, FamilySource.DEFAULT),
    ],
)
def test_a_mode_or_a_prefix_pins_the_family(
    routes_of: RoutesOf, model: str, mode: str, family: Family, source: FamilySource
) -> None:
    info = f"\n    model_info:\n      mode: {mode}" if mode else ""
    (route,) = routes_of(
        CONFIG, f"model_list:\n  - model_name: a\n    litellm_params:\n      model: {model}{info}\n"
    )
    assert (route.family, route.chosen_family.source) == (family, source)


@pytest.mark.parametrize(
    ("model", "url", "form"),
    [
        ("openai/gpt-5.4", "https://x.example/v1", "versioned"),
        ("anthropic/claude-opus-4-5", "https://x.example", "root"),
        ("anthropic/claude-opus-4-5", "https://x.example/v1/messages", "full_endpoint"),
        ("ollama_chat/llama3.1", "http://localhost:11434", "root"),
        ("hosted_vllm/llama3.1", "http://localhost:8000/v1/chat/completions", ""),
        ("bedrock/anthropic.claude-opus-4-5", "https://x.example", ""),
    ],
)
def test_the_provider_decides_how_a_base_url_is_taken(
    routes_of: RoutesOf, model: str, url: str, form: str
) -> None:
    (route,) = routes_of(
        CONFIG,
        f"model_list:\n- model_name: a\n  litellm_params: {{model: {model}, api_base: '{url}'}}\n",
    )
    assert route.url_shape.form == form


def test_fallbacks_of_every_kind_and_block_reach_their_alias(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        model_list:
          - model_name: default
            litellm_params: { model: openai/gpt-5.4 }
          - model_name: deep
            litellm_params: { model: anthropic/claude-opus-4-5 }
        router_settings:
          fallbacks:
            - default: [deep, { model: deep, temperature: 0 }]
          default_fallbacks: [deep]
        litellm_settings:
          context_window_fallbacks: [{ "default": ["deep"] }]
          content_policy_fallbacks:
            - "*": [default]
        """,
    )
    assert [(f.target.raw, f.trigger) for f in _named(routes, "default").fallbacks] == [
        ("deep", "error"),
        ("deep", "error"),
        ("deep", "context_window"),
        ("deep", "default"),
        ("default", "content_policy"),
    ]
    assert [(f.target.raw, f.trigger) for f in _named(routes, "deep").fallbacks] == [
        ("deep", "default"),
        ("default", "content_policy"),
    ]


def test_group_aliases_and_routing_groups_are_names_for_other_routes(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        model_list:
          - model_name: deep
            litellm_params: { model: anthropic/claude-opus-4-5 }
            model_info: { id: deep-primary }
        router_settings:
          model_group_alias:
            critic: deep
            writer: { model: deep, hidden: true }
          routing_groups:
            - group_name: any
              models: [deep, critic]
        """,
    )
    aliases = [route for route in routes if route.kind is RouteKind.ALIAS]
    assert [(r.alias.raw, [t.raw for t in r.targets]) for r in aliases] == [
        ("critic", ["deep"]),
        ("writer", ["deep"]),
        ("any", ["deep", "critic"]),
    ]
    assert all(not route.model.given for route in aliases)
    assert [name.raw for name in routes[0].other_names] == ["deep-primary"]


def test_an_alias_for_a_list_leads_nowhere_and_stays_a_name(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        model_list:
          - model_name: deep
            litellm_params: { model: anthropic/claude-opus-4-5 }
        router_settings:
          model_group_alias: { critic: [deep], writer: deep, later: [] }
          fallbacks: [{ critic: [deep] }]
        """,
    )
    aliases = [route for route in routes if route.kind is RouteKind.ALIAS]
    assert [(r.alias.raw, r.effective, [t.raw for t in r.targets]) for r in aliases] == [
        ("critic", False, []),
        ("writer", True, ["deep"]),
        ("later", True, []),
    ]
    assert [f.target.raw for f in aliases[0].fallbacks] == ["deep"]


def test_fallbacks_of_an_unknown_name_are_kept_for_whoever_checks_names(
    routes_of: RoutesOf,
) -> None:
    routes = routes_of(
        CONFIG,
        """
        model_list:
          - model_name: deep
            litellm_params: { model: anthropic/claude-opus-4-5 }
        router_settings:
          fallbacks: [{ depe: [deep] }]
        """,
    )
    orphan = routes[-1]
    assert (orphan.role.raw, [t.raw for t in orphan.targets]) == ("depe", ["depe"])
    assert not orphan.alias.given


SHAPES = """\
model_list:
  - model_name: a
    litellm_params: { model: openai/gpt-5.4 }
"""


@pytest.mark.parametrize(
    "listed",
    [
        "[{ model_name: a, fallback_models: [b] }]",
        "[{ model: a, fallback: [b] }]",
        "[{ a: [b], b: [a] }]",
        "[{ a: b }]",
        "[{ a: { model: b } }]",
        "[b, c, d]",
        "[{}]",
        "{ a: [b] }",
    ],
)
def test_fallbacks_of_another_shape_are_refused_once_and_name_nobody(
    routes_of: RoutesOf, listed: str
) -> None:
    deployment, refused = routes_of(CONFIG, f"{SHAPES}router_settings: {{ fallbacks: {listed} }}\n")
    assert refused.dead.key.how is Disregard.REFUSED
    assert refused.pointer[:2] == ("router_settings", "fallbacks")
    assert not any((deployment.fallbacks, refused.fallbacks, refused.targets, refused.role.given))


@pytest.mark.parametrize(
    "settings",
    [
        "fallbacks: [{ a: [b] }]",
        "fallbacks: [{ model: b }]",
        "fallbacks: ['{{ fallback }}']",
        "fallbacks: [{ a: '${FALLBACKS}' }]",
        "fallbacks: [{ a: }]",
        "fallbacks: {}",
        "default_fallbacks: [b]",
        "context_window_fallbacks: [b]",
        "context_window_fallbacks: [{ a: [b], c: [b] }]",
    ],
)
def test_fallbacks_that_litellm_starts_with(routes_of: RoutesOf, settings: str) -> None:
    routes = routes_of(CONFIG, f"{SHAPES}router_settings: {{ {settings} }}\n")
    assert {route.effective for route in routes} == {True}


@pytest.mark.parametrize("entry", ["{ match: full, to_model: b }", "{ a: b }"])
def test_a_context_window_fallback_of_another_shape_is_passed_over(
    routes_of: RoutesOf, entry: str
) -> None:
    settings = f"router_settings: {{ context_window_fallbacks: [{entry}] }}\n"
    _, ignored = routes_of(CONFIG, SHAPES + settings)
    assert ignored.dead.key.how is Disregard.IGNORED
    assert ignored.pointer == ("router_settings", "context_window_fallbacks", "0")


def test_shared_and_master_credentials_are_references_or_nothing(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        CONFIG,
        """
        model_list:
          - model_name: deep
            litellm_params:
              model: anthropic/claude-opus-4-5
              litellm_credential_name: team
        credential_list:
          - credential_name: other
            credential_values: { api_key: os.environ/OTHER }
          - credential_name: team
            credential_values: { api_key: os.environ/TEAM_KEY }
        general_settings:
          master_key: not-to-be-kept
        """,
    )
    assert [(c.slot, c.value.kind, c.value.raw) for c in route.credentials] == [
        ("api_key", ValueKind.ENV_REF, "os.environ/TEAM_KEY"),
        ("master_key", ValueKind.LITERAL, ""),
    ]


@pytest.mark.parametrize(
    ("settings", "elsewhere"),
    [
        ("general_settings: {store_model_in_db: true}", True),
        ("include: [more.yaml]", True),
        ("general_settings: {database_url: os.environ/DATABASE_URL}", False),
    ],
)
def test_a_proxy_may_know_more_names(routes_of: RoutesOf, settings: str, elsewhere: bool) -> None:
    (route,) = routes_of(
        CONFIG, f"model_list: [{{model_name: a, litellm_params: {{model: x/y}}}}]\n{settings}\n"
    )
    assert route.names_elsewhere is elsewhere


def test_every_chat_call_goes_to_responses_where_settings_say_so(routes_of: RoutesOf) -> None:
    (route,) = routes_of(
        CONFIG,
        """
        model_list: [{model_name: a, litellm_params: {model: openai/gpt-4o}}]
        litellm_settings: {route_all_chat_openai_to_responses: true}
        """,
    )
    assert route.upstream_family is Family.RESPONSES


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("values.yaml", "proxy_config:\n  model_list:\n{items}"),
        (
            "configmap.yaml",
            "kind: ConfigMap\ndata:\n  config.yaml: |\n    model_list:\n{items}",
        ),
        ("two.yaml", "kind: Service\n---\nmodel_list:\n{items}"),
    ],
)
def test_it_is_found_in_charts_config_maps_and_streams(
    routes_of: RoutesOf, path: str, text: str
) -> None:
    item = "    - model_name: deep\n      litellm_params:\n        model: openai/gpt-5.4\n"
    (route,) = routes_of(path, text.replace("{items}", item))
    assert (route.alias.raw, route.model.raw) == ("deep", "openai/gpt-5.4")


def test_other_files_are_left_alone(routes_of: RoutesOf) -> None:
    assert routes_of(CONFIG, "model_list: [a, b]\nlitellm_settings: {}\n") == ()


TEMPLATE = """\
data:
  config.yaml: |
    model_list:
    {{- if .Values.openai.enabled }}
      - model_name: review-fast   # the cheap one
        litellm_params:
          model: "openai/gpt-5.4-mini"
          api_key: os.environ/OPENAI_API_KEY
    {{- end }}
      - litellm_params:
          model: {{ .Values.model }}
          api_base: 'http://vllm:8000/v1'
        model_name: local
    general_settings:
      model: not-a-deployment
"""


def test_a_chart_template_gives_routes_and_claims_nothing() -> None:
    source = SourceFile("templates/config.yaml", TEMPLATE)
    routes = extract(source, FileKind.CONFIG, "litellm").of(Route)
    assert [(r.alias.raw, r.model.raw, r.base_url.raw) for r in routes] == [
        ("review-fast", "openai/gpt-5.4-mini", ""),
        ("local", "{{ .Values.model }}", "http://vllm:8000/v1"),
    ]
    assert [route.model.span.cut(TEMPLATE) for route in routes if route.model.span] == [
        "openai/gpt-5.4-mini",
        "{{ .Values.model }}",
    ]
    assert {(route.family, route.confidence) for route in routes} == {(None, Confidence.LOW)}
    assert [c.value.ref for c in routes[0].credentials] == ["OPENAI_API_KEY"]


@pytest.mark.parametrize(
    ("path", "text", "scope"),
    [
        ("chart/templates/config.yaml", TEMPLATE, RouteScope.REPOSITORY),
        ("chart/templates/config.yaml", TEMPLATE.replace(".Values.", ".my_"), RouteScope.EXAMPLE),
        ("chart/templates/config.example.yaml", TEMPLATE, RouteScope.EXAMPLE),
        ("template/config.yaml", TEMPLATE, RouteScope.EXAMPLE),
    ],
)
def test_what_a_chart_installs_is_no_example(path: str, text: str, scope: RouteScope) -> None:
    routes = extract(SourceFile(path, text), FileKind.CONFIG, "litellm").of(Route)
    assert {route.scope for route in routes} == {scope}


@pytest.mark.parametrize(
    ("mode", "family"),
    [("audio", Family.UNKNOWN), ("response", Family.UNKNOWN), ("guardrail", None)],
)
def test_a_mode_of_no_family_is_told_from_one_that_nobody_knows(
    routes_of: RoutesOf, mode: str, family: Family | None
) -> None:
    (found,) = routes_of(
        CONFIG,
        "model_list:\n  - model_name: a\n    litellm_params:\n      model: openai/kokoro\n"
        f"    model_info:\n      mode: {mode}\n",
    )
    assert (found.family, found.chosen_family.source) == (family, FamilySource.DECLARED)


@pytest.mark.parametrize(
    ("block", "setting", "is_dead"),
    [
        ("general_settings", "fallbacks: [{ a: [b] }]", True),
        ("general_settings", "context_window_fallbacks: { a: [b] }", True),
        ("general_settings", "default_fallbacks: [b]", True),
        ("general_settings", "model_group_alias: { c: a }", True),
        ("general_settings", "fallback_models: b", True),
        ("router_settings", "fallback_models: [b]", True),
        ("litellm_settings", "fallback_models: [b]", True),
        ("general_settings", "fallbacks: []", False),
        ("general_settings", "model_group_alias: {}", False),
        ("general_settings", "fallbacks:", False),
        ("general_settings", "disable_fallbacks_on_per_model_rate_limits: true", False),
        ("router_settings", "default_fallbacks: [b]", False),
        ("router_settings", "max_fallbacks: 2", False),
        ("litellm_settings", "model_fallbacks: [b]", False),
        ("my_settings", "fallback_models: [b]", False),
    ],
)
def test_what_stands_where_nothing_looks_for_it(
    routes_of: RoutesOf, block: str, setting: str, is_dead: bool
) -> None:
    routes = routes_of(
        "values.yaml",
        "proxy_config:\n"
        "  model_list:\n"
        "    - { model_name: a, litellm_params: { model: openai/gpt-5.4 } }\n"
        "    - { model_name: b, litellm_params: { model: openai/gpt-5.4-mini } }\n"
        f"  {block}:\n    {setting}\n",
    )
    dead = [".".join(route.pointer) for route in routes if not route.effective]
    key = setting.partition(":")[0]
    assert dead == ([f"proxy_config.{block}.{key}"] if is_dead else [])
    assert [r.fallbacks for r in routes if not r.effective] == [()] * len(dead)

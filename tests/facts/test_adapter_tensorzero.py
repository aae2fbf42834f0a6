"""TensorZero: providers of models, and functions that call on models by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
CONFIG = "tensorzero.toml"


@pytest.mark.parametrize(
    ("settings", "family", "source", "form"),
    [
        ('type = "openai"', Family.CHAT_COMPLETIONS, FamilySource.DEFAULT, "versioned"),
        (
            'type = "openai"\napi_type = "responses"',
            Family.RESPONSES,
            FamilySource.DECLARED,
            "versioned",
        ),
        ('type = "openai"\napi_type = "chats"', Family.UNKNOWN, FamilySource.DECLARED, "versioned"),
        ('type = "anthropic"', Family.ANTHROPIC_MESSAGES, FamilySource.DRIVER, "full_endpoint"),
        (
            'type = "google_ai_studio_gemini"',
            Family.GEMINI_GENERATE_CONTENT,
            FamilySource.DRIVER,
            "",
        ),
        ('type = "aws_bedrock"', Family.BEDROCK_CONVERSE, FamilySource.DRIVER, ""),
        ('type = "deepseek"', Family.CHAT_COMPLETIONS, FamilySource.DEFAULT, ""),
    ],
)
def test_the_type_of_a_provider_tells_the_family(
    routes_of: RoutesOf, settings: str, family: Family, source: FamilySource, form: str
) -> None:
    (route,) = routes_of(
        CONFIG, f'[models.deep]\nrouting = ["a"]\n[models.deep.providers.a]\n{settings}\n'
    )
    assert (route.kind, route.alias.raw) == (RouteKind.DEPLOYMENT, "deep")
    assert (route.family, route.chosen_family.source) == (family, source)
    assert route.url_shape.form == form


def test_a_provider_that_routing_leaves_out_is_not_used(routes_of: RoutesOf) -> None:
    used, spare = routes_of(
        CONFIG,
        """
        [models."deep-5.4"]
        routing = ["west"]

        [models."deep-5.4".providers.west]
        type = "azure"
        deployment_id = "prod-54"
        endpoint = "https://west.openai.azure.com"
        api_key_location = { default = "dynamic::west_key", fallback = "env::WEST_KEY" }

        [models."deep-5.4".providers.east]
        type = "azure"
        deployment_id = "prod-54"
        endpoint = "https://east.openai.azure.com"
        api_key_location = "env::EAST_KEY"
        """,
    )
    assert (used.model.raw, used.base_url.raw) == ("prod-54", "https://west.openai.azure.com")
    assert [c.value.ref for c in used.credentials] == ["west_key", "WEST_KEY"]
    assert (used.effective, spare.effective) == (True, False)


def test_a_variant_leads_to_a_model_or_names_a_provider_s(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        [functions.review]
        type = "chat"
        tools = ["read_file"]

        [functions.review.variants.own]
        type = "chat_completion"
        model = "deep"
        reasoning_effort = "high"

        [functions.review.variants.short]
        type = "chat_completion"
        model = "openai::gpt-5.4"

        [functions.review.variants.responses]
        type = "chat_completion"
        model = "openai::responses::gpt-5.4"

        [evaluations.quality.evaluators.style.variants.judge]
        type = "chat_completion"
        model = "anthropic::claude-opus-4-5"
        """,
    )
    assert [(r.kind, r.alias.raw, r.role.raw) for r in routes] == [
        (RouteKind.ALIAS, "review", "own"),
        (RouteKind.TABLE, "review", "short"),
        (RouteKind.TABLE, "review", "responses"),
        (RouteKind.TABLE, "", "judge"),
    ]
    own, short, responses, judge = routes
    assert ([t.raw for t in own.targets], own.reasoning_effort.raw) == (["deep"], "high")
    assert own.function_tools.raw == "read_file"
    assert (short.family, short.model.raw) == (Family.CHAT_COMPLETIONS, "openai::gpt-5.4")
    assert responses.family is Family.RESPONSES
    assert (judge.family, judge.function_tools.given) == (Family.ANTHROPIC_MESSAGES, False)


def test_other_tables_are_left_alone(routes_of: RoutesOf) -> None:
    assert routes_of(CONFIG, '[models.user]\ntable = "users"\n[functions.f]\nhandler = "x"\n') == ()

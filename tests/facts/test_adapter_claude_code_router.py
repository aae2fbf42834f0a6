"""claude-code-router: the URL tells the family, and a role goes to a provider and a model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agentlint.facts.route import FamilySource, Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.dead_routes import Disregard
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
CONFIG = ".claude-code-router/config.json"


def test_listed_models_and_roles(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        {
          "Providers": [
            {
              "name": "gateway",
              "api_base_url": "https://gateway.example.com/v1/chat/completions",
              "api_key": "${GATEWAY_KEY}",
              "models": ["writer", "critic"]
            }
          ],
          "Router": {
            "default": "gateway,writer",
            "think": "critic",
            "background": "",
            "longContextThreshold": 60000
          }
        }
        """,
    )
    assert [(r.kind, r.role.raw, r.provider.raw, r.model.raw, r.family) for r in routes] == [
        (RouteKind.DEPLOYMENT, "", "gateway", "writer", Family.CHAT_COMPLETIONS),
        (RouteKind.DEPLOYMENT, "", "gateway", "critic", Family.CHAT_COMPLETIONS),
        (RouteKind.TABLE, "default", "gateway", "writer", Family.CHAT_COMPLETIONS),
        (RouteKind.TABLE, "think", "", "critic", None),
    ]
    assert (routes[0].url_shape.form, routes[0].url_shape.appended) == ("full_endpoint", None)
    assert [(c.value.kind, c.value.ref) for c in routes[0].credentials] == [
        (ValueKind.ENV_REF, "GATEWAY_KEY")
    ]
    for route in routes:
        assert (route.effective, route.dead.key.how) == (True, Disregard.SUPERSEDED)


def test_a_role_may_be_a_list(routes_of: RoutesOf) -> None:
    routes = routes_of(
        CONFIG,
        """
        {
          "Providers": [
            {"name": "local", "api_base_url": "http://localhost:8080/v1/chat/completions", "models": ["a"]}
          ],
          "Router": {"default": ["local,a"], "background": [""], "longContextThreshold": 60000}
        }
        """,
    )
    roles = [(r.role.raw, r.model.raw, r.family) for r in routes if r.kind is RouteKind.TABLE]
    assert roles == [("default", "a", Family.CHAT_COMPLETIONS)]


@pytest.mark.parametrize(
    ("url", "transformer", "family", "told_by"),
    [
        ("https://g.example/v1/responses", "gemini", Family.RESPONSES, FamilySource.PATH),
        (
            "https://g.example/v1beta/models/",
            "gemini",
            Family.GEMINI_GENERATE_CONTENT,
            FamilySource.DRIVER,
        ),
        (
            "https://g.example/anthropic",
            "Anthropic",
            Family.ANTHROPIC_MESSAGES,
            FamilySource.DRIVER,
        ),
        ("https://g.example/other", "enhancetool", None, FamilySource.NONE),
    ],
)
def test_the_path_tells_before_the_transformer(
    routes_of: RoutesOf, url: str, transformer: str, family: Family | None, told_by: FamilySource
) -> None:
    (route,) = routes_of(
        "router/config.json",
        f'{{"Providers": [{{"name": "g", "api_base_url": "{url}", "models": ["m"],'
        f' "transformer": {{"use": ["{transformer}"]}}}}]}}',
    )
    assert (route.family, route.chosen_family.source) == (family, told_by)
    assert route.url_shape.form == ("full_endpoint" if told_by is FamilySource.PATH else "")


def test_lists_of_providers_without_the_router_s_keys_are_none_of_its_own(
    routes_of: RoutesOf,
) -> None:
    assert routes_of(CONFIG, '{"Providers": [], "Router": {"default": "a,b"}}') == ()
    assert routes_of("app.json", '{"Providers": [{"name": "aws"}], "api_base_url": "x"}') == ()

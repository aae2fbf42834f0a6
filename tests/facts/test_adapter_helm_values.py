"""Variables in the values of a Helm chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from agentlint.facts.route import Route, RouteScope
from agentlint.reporters.report import Report

RoutesOf = Callable[[str, str], tuple[Route, ...]]
Check = Callable[[Mapping[str, str]], Report]

AS_LIST = (
    "app:\n  env:\n    - {name: OPENAI_MODEL, value: gpt-5.4}\n    - {name: LOG, value: info}\n"
)
AS_MAPPING = "config:\n  LOG: info\n  OPENAI_MODEL: gpt-5.4\n"


@pytest.mark.parametrize(
    "name", ["values.yaml", "values-prod.yaml", "values.dev.yml", "x.values.yaml"]
)
@pytest.mark.parametrize("text", [AS_LIST, AS_MAPPING])
def test_variables_are_routes_under_whatever_key(name: str, text: str, routes_of: RoutesOf) -> None:
    (route,) = routes_of(f"charts/app/{name}", text)
    assert (route.model.literal, route.provider.literal) == ("gpt-5.4", "openai")
    assert route.scope is RouteScope.REPOSITORY


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("charts/app/evaluations.yaml", AS_MAPPING),
        ("charts/app/valuesOf.yaml", AS_MAPPING),
        (
            "charts/app/values.yaml",
            AS_MAPPING.replace("OPENAI_MODEL", "DATA_MODEL").replace("gpt-5.4", "x"),
        ),
        ("charts/app/values.yaml", AS_MAPPING.replace("OPENAI_MODEL", "openai_MODEL")),
    ],
)
def test_other_files_and_keys_are_not_read(path: str, text: str, routes_of: RoutesOf) -> None:
    assert routes_of(path, text) == ()


def test_values_for_others_to_fill_in_are_a_sample(routes_of: RoutesOf) -> None:
    text = "env:\n  OPENAI_MODEL: <your-model>\n  OPENAI_BASE_URL: https://<your-gateway>/v1\n"
    (route,) = routes_of("charts/app/values.yaml", text)
    assert route.scope is RouteScope.EXAMPLE


def test_a_model_that_no_longer_answers_is_told(check: Check) -> None:
    report = check({"charts/app/values.yaml": AS_LIST.replace("gpt-5.4", "gpt-4-turbo-preview")})
    assert [finding.rule for finding in report.findings] == ["retired-model"]

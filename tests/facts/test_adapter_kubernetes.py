"""Variables of containers and ConfigMaps: which are routes, and whose model it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import pytest
from tests.secret_samples import sample

from agentlint.facts.route import Route, RouteKind
from agentlint.facts.values.value import ValueKind
from agentlint.reporters.report import Report

RoutesOf = Callable[[str, str], tuple[Route, ...]]
Check = Callable[[Mapping[str, str]], Report]

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: app}}
spec:
  template:
    spec:
      containers:
        - name: app
          image: example/app:1
          {from_others}
          env:
{variables}
"""
MODEL = "            - {name: OPENAI_MODEL, value: gpt-5.4}\n"
KEY = "            - {name: OPENAI_API_KEY, valueFrom: {secretKeyRef: {name: app, key: openai}}}\n"
URL = "            - {name: OPENAI_BASE_URL, value: 'https://gateway.example/v1'}\n"
CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\ndata:\n"


def deployment(*variables: str, from_others: str = "") -> str:
    return DEPLOYMENT.format(variables="".join(variables), from_others=from_others)


def test_the_variables_of_a_container_are_one_route_a_prefix(routes_of: RoutesOf) -> None:
    (route,) = routes_of("deploy/app.yaml", deployment(MODEL, KEY))
    assert (route.format, route.kind) == ("environment", RouteKind.ENVIRONMENT)
    assert (route.model.literal, route.provider.literal) == ("gpt-5.4", "openai")
    assert route.pointer[-4:] == ("containers", "0", "env", "OPENAI")
    assert [(key.value.kind, key.value.ref) for key in route.credentials] == [
        (ValueKind.SECRET_REF, "openai")
    ]


def test_every_manifest_of_a_file_is_read(routes_of: RoutesOf) -> None:
    both = f"{CONFIG_MAP}  LLM_MODEL: claude-haiku-4-5\n---\n{deployment(MODEL)}"
    assert [route.model.raw for route in routes_of("a.yaml", both)] == [
        "claude-haiku-4-5",
        "gpt-5.4",
    ]


def test_a_pod_may_prepare_itself(routes_of: RoutesOf) -> None:
    text = deployment(MODEL).replace("containers:", "initContainers:")
    assert [route.model.raw for route in routes_of("a.yaml", f"{text}# containers:\n")] == [
        "gpt-5.4"
    ]


@pytest.mark.parametrize(
    ("variables", "from_others", "provider"),
    [
        ((MODEL,), "", "openai"),
        ((MODEL,), "envFrom: [{configMapRef: {name: hosts}}]", "unknown"),
        ((MODEL,), "envFrom: [{secretRef: {name: keys}}]", "unknown"),
        ((MODEL, URL), "envFrom: [{secretRef: {name: keys}}]", ""),
    ],
)
def test_what_other_objects_set_may_move_a_model(
    variables: tuple[str, ...], from_others: str, provider: str, routes_of: RoutesOf
) -> None:
    (route,) = routes_of("a.yaml", deployment(*variables, from_others=from_others))
    assert route.provider.raw == provider


def test_a_model_that_a_config_map_tells_is_a_reference(routes_of: RoutesOf) -> None:
    referred = MODEL.replace("value: gpt-5.4", "valueFrom: {configMapKeyRef: {name: a, key: m}}")
    (route,) = routes_of("a.yaml", deployment(referred, KEY))
    assert (route.model.literal, route.model.kind) == (None, ValueKind.TEMPLATE)
    assert route.model.raw == "configMap a/m"


@pytest.mark.parametrize(
    "text",
    [
        deployment(MODEL).replace("apiVersion: apps/v1\n", "# apiVersion:\n"),
        deployment("            - {name: DATA_MODEL, value: relational}\n"),
        deployment("            - {name: OPENAI_MODEL}\n"),
        deployment("            - {name: STATIC_BASE_URL, value: 'https://cdn.example'}\n"),
        deployment("            - OPENAI_MODEL=gpt-5.4\n"),
        f"{CONFIG_MAP}  domain_model: openai\n  STATIC_BASE_URL: https://cdn.example\n",
        CONFIG_MAP.replace("ConfigMap", "Secret") + "  OPENAI_MODEL: Z3B0LTUuNA== # ConfigMap\n",
    ],
)
def test_other_variables_are_no_routes(text: str, routes_of: RoutesOf) -> None:
    assert routes_of("a.yaml", text) == ()


@pytest.mark.parametrize("text", [deployment(MODEL), f"{CONFIG_MAP}  OPENAI_MODEL: gpt-5.4\n"])
def test_manifests_of_any_name_are_found(text: str, check: Check) -> None:
    report = check({"deploy/prod/app.yaml": text.replace("gpt-5.4", "gpt-4-turbo-preview")})
    assert [finding.rule for finding in report.findings] == ["retired-model"]


@pytest.mark.parametrize(
    "text",
    [
        deployment("            - {name: OPENAI_API_KEY, value: KEY}\n"),
        f"{CONFIG_MAP}  OPENAI_API_KEY: KEY\n",
    ],
)
def test_a_key_in_a_manifest_is_found(text: str, check: Check) -> None:
    key = sample("openai-user-key", random.Random(7))
    report = check(
        {"deploy/app.yaml": text.replace("KEY}", f"{key}}}").replace("KEY\n", f"{key}\n")}
    )
    assert [finding.rule for finding in report.findings] == ["literal-secret"]


@pytest.mark.parametrize(
    "text",
    [
        deployment(MODEL),
        f"{CONFIG_MAP}  config.yaml: |\n    model_list: []\n    litellm_params: x\n",
    ],
)
def test_a_template_that_is_no_yaml_yet_is_no_news(text: str, check: Check) -> None:
    text = text.replace("metadata:", "{{- if .Values.image }}\nmetadata:")
    report = check({"charts/app/templates/app.yaml": text})
    assert (report.findings, report.notices) == ((), ())

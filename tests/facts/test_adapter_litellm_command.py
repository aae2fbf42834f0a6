"""LiteLLM as a container that is told its model by its command line."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from agentlint.facts.route import Route, RouteKind

RoutesOf = Callable[[str, str], tuple[Route, ...]]
IMAGE = "ghcr.io/berriai/litellm:main-latest"
MODEL = "gemini/gemini-1.5-flash"


def compose(command: object, image: str = IMAGE, key: str = "command") -> str:
    return json.dumps({"services": {"gateway": {"image": image, key: command}}})


def pod(**container: object) -> str:
    spec = {"containers": [{"name": "x", "image": "nginx"}, {"name": "gateway", **container}]}
    return json.dumps({"apiVersion": "v1", "kind": "Pod", "spec": spec})


@pytest.mark.parametrize(
    "command",
    [
        f"--model {MODEL} --port 4000",
        f"litellm --port 4000 --model={MODEL}",
        f"--model gemini/gemini-1.5-pro \\\n  --model '{MODEL}'\n",
        ["--model", MODEL],
        [f"--model={MODEL}", "--detailed_debug"],
        ["sh", "-c", f"litellm --model {MODEL}"],
    ],
)
def test_the_last_model_of_a_command_is_a_route(command: object, routes_of: RoutesOf) -> None:
    (route,) = routes_of("docker-compose.yml", compose(command))
    assert (route.format, route.kind, route.model.literal) == (
        "litellm",
        RouteKind.DEPLOYMENT,
        MODEL,
    )
    assert route.pointer == ("services", "gateway")


def test_a_container_of_kubernetes_is_read_as_well(routes_of: RoutesOf) -> None:
    arguments = [
        "--model",
        "openai/own",
        "--api_base",
        "https://models.example/v1",
        "--alias",
        "deep",
    ]
    (route,) = routes_of("k8s/gateway.yaml", pod(image=IMAGE, args=arguments))
    assert (route.model.raw, route.alias.raw) == ("openai/own", "deep")
    assert route.base_url.raw == "https://models.example/v1"


@pytest.mark.parametrize(
    "text",
    [
        compose(f"--model {MODEL}", image="vllm/vllm-openai:latest"),
        compose(f"--model {MODEL}", image="example/litellm-client:1"),
        compose(f"--model {MODEL}", key="labels"),
        compose("--config /app/config.yaml"),
        compose(["--model"]),
        compose("--model --port 4000"),
        compose(["--model", ""]),
    ],
)
def test_other_containers_and_commands_name_no_model(text: str, routes_of: RoutesOf) -> None:
    assert routes_of("docker-compose.yml", text) == ()


def test_a_model_by_reference_is_one(routes_of: RoutesOf) -> None:
    (route,) = routes_of("docker-compose.yml", compose(["--model", "${MODEL}"]))
    assert (route.model.literal, route.model.ref) == (None, "MODEL")

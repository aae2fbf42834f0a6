"""GitLab pipelines: what the scripts of a job call, with what its environment tells."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from agentlint.discovery import FileKind, classify
from agentlint.facts.route import Route, RouteKind, RouteScope
from agentlint.facts.values.value import ValueKind
from agentlint.knowledge.families import Family

RoutesOf = Callable[[str, str], tuple[Route, ...]]
PATH = ".gitlab-ci.yml"


def test_the_files_of_a_pipeline_are_known_by_name() -> None:
    for path in (PATH, "ci/review.gitlab-ci.yml", ".gitlab/ci/review.yml", ".gitlab-ci/jobs.yaml"):
        assert classify(path) == (FileKind.CONFIG, "gitlab-ci")
    assert classify("ci/review.yml") != (FileKind.CONFIG, "gitlab-ci")


def test_an_agent_that_a_job_starts_is_a_route_of_that_job(routes_of: RoutesOf) -> None:
    text = """
    review:
      script:
        - npm ci
        - claude -p "Review." --model claude-opus-4-8
    """
    (route,) = routes_of(PATH, textwrap.dedent(text))
    assert (route.format, route.kind, route.scope) == (
        "claude-code",
        RouteKind.CI_STEP,
        RouteScope.CI,
    )
    assert (route.role.literal, route.model.literal, route.provider.literal) == (
        "review",
        "claude-opus-4-8",
        "anthropic",
    )
    assert route.pointer == ("review", "script")


@pytest.mark.parametrize(
    "script",
    [
        "codex exec -m gpt-5.4 Review.",
        ["codex exec -m gpt-5.4 Review."],
        [["codex exec -m gpt-5.4 Review."]],
        ["codex exec \\\n  -m gpt-5.4 Review.\n"],
    ],
)
def test_a_script_is_a_text_or_lists_of_texts(routes_of: RoutesOf, script: object) -> None:
    import json

    (route,) = routes_of(PATH, json.dumps({"review": {"after_script": script}}))
    assert (route.format, route.model.literal) == ("codex", "gpt-5.4")


def test_a_call_over_http_is_a_route_of_its_endpoint(routes_of: RoutesOf) -> None:
    text = """
    ask:
      script: >-
        curl https://api.openai.com/v1/chat/completions -d '{"model": "gpt-5.4", "messages": []}'
    """
    (route,) = routes_of(PATH, textwrap.dedent(text))
    assert (route.kind, route.family) == (RouteKind.CALL, Family.CHAT_COMPLETIONS)


GATEWAY = "https://gateway.example"


@pytest.mark.parametrize(
    "job",
    [
        "review:\n  variables: {ANTHROPIC_BASE_URL: GATEWAY}\n",
        "variables: {ANTHROPIC_BASE_URL: {value: GATEWAY, description: The gateway}}\nreview:\n",
        ".base:\n  variables: {ANTHROPIC_BASE_URL: GATEWAY}\nreview:\n  extends: .base\n",
        ".a:\n  variables: {ANTHROPIC_BASE_URL: GATEWAY}\n.b:\n  extends: .a\nr:\n  extends: [.c, .b]\n",
        ".base: &base\n  variables: {ANTHROPIC_BASE_URL: GATEWAY}\nreview:\n  <<: *base\n",
    ],
)
def test_the_environment_of_a_job_tells_the_host(routes_of: RoutesOf, job: str) -> None:
    text = f"{job.replace('GATEWAY', GATEWAY)}  script: claude -p x --model opus\n"
    found = [route for route in routes_of(PATH, text) if route.kind is RouteKind.CI_STEP]
    assert [route.base_url.literal for route in found] == [GATEWAY]


def test_a_job_that_extends_one_of_another_file_may_call_anybody(routes_of: RoutesOf) -> None:
    text = "include: common.yml\nreview:\n  extends: .base\n  script: claude -p x --model claude-opus-4-8\n"
    (route,) = routes_of(PATH, text)
    assert route.base_url.kind is ValueKind.ENV_REF
    assert not route.provider.given


@pytest.mark.parametrize(
    "files",
    [
        {PATH: "include: common.yml\nreview:\n  script: SCRIPT\n"},
        {
            PATH: "include:\n  - template: A.gitlab-ci.yml\n  - local: b.yml\nreview:\n  script: SCRIPT\n"
        },
        {".gitlab/ci/review.yml": "review:\n  script: SCRIPT\n"},
        {PATH: ".base:\n  script: SCRIPT\n"},
        {".gitlab/ci/review.yml": "review:\n  variables: {ANTHROPIC_MODEL: claude-opus-4-8}\n"},
    ],
)
def test_another_file_may_say_who_is_called(routes_of: RoutesOf, files: dict[str, str]) -> None:
    ((path, text),) = files.items()
    (route,) = routes_of(path, text.replace("SCRIPT", "claude -p x --model claude-opus-4-8"))
    assert route.base_url.kind is ValueKind.ENV_REF or route.provider.literal == "unknown"


def test_templates_of_gitlab_set_no_host(routes_of: RoutesOf) -> None:
    text = "include: [{template: A.gitlab-ci.yml}]\nreview:\n  script: claude -p x --model opus\n"
    (route,) = routes_of(PATH, text)
    assert route.provider.literal == "anthropic"


def test_each_parent_is_merged_with_its_own_parents(routes_of: RoutesOf) -> None:
    text = """
    .a0: {variables: {ANTHROPIC_BASE_URL: https://a0.example}}
    .b0: {variables: {ANTHROPIC_BASE_URL: https://b0.example}}
    .a: {variables: {ANTHROPIC_BASE_URL: https://a.example}}
    .b: {extends: .b0}
    review: {extends: [.a, .b], script: claude -p x --model claude-opus-4-8}
    """
    found = routes_of(PATH, textwrap.dedent(text))
    assert [route.base_url.literal for route in found if route.model.given] == [
        "https://b0.example"
    ]


def test_an_inherited_script_runs_with_the_variables_of_the_job(routes_of: RoutesOf) -> None:
    text = f"""
    .base: {{script: claude -p x --model claude-opus-4-8}}
    review: {{extends: .base, variables: {{ANTHROPIC_BASE_URL: "{GATEWAY}"}}}}
    """
    found = routes_of(PATH, textwrap.dedent(text))
    assert [route.base_url.literal for route in found] == [GATEWAY]


def test_a_script_of_jobs_that_differ_may_call_anybody(routes_of: RoutesOf) -> None:
    text = f"""
    default: {{before_script: [claude -p x --model claude-opus-4-8]}}
    here: {{script: a, variables: {{ANTHROPIC_BASE_URL: "{GATEWAY}"}}}}
    there: {{script: b}}
    """
    route, _ = routes_of(PATH, textwrap.dedent(text))
    assert route.role.literal == "here"
    assert route.base_url.kind is ValueKind.ENV_REF


@pytest.mark.parametrize("chain", [2, 40])
def test_a_pipeline_that_gitlab_refuses_runs_nothing(routes_of: RoutesOf, chain: int) -> None:
    """Jobs that extend each other, and jobs that extend one another over too many steps."""
    last = 0 if chain == 2 else chain
    links = "".join(f"j{i}:\n  extends: j{i + 1}\n" for i in range(chain - 1))
    text = f"{links}j{chain - 1}:\n  extends: j{last}\n  script: codex exec -m gpt-5.4 x\n"
    assert routes_of(PATH, text) == ()


@pytest.mark.parametrize("model", ["$MODEL", "$[[ inputs.model ]]", '"claude-$VERSION"'])
def test_a_model_that_is_filled_in_is_no_name(routes_of: RoutesOf, model: str) -> None:
    assert routes_of(PATH, f"review:\n  script:\n    - claude -p x --model {model}\n") == ()


def test_variables_of_the_pipeline_and_of_a_job_are_routes(routes_of: RoutesOf) -> None:
    text = """
    variables:
      OPENAI_MODEL: gpt-5.4
    test:
      variables:
        ANTHROPIC_MODEL: claude-opus-4-8
      script: pytest
    """
    found = [
        (route.format, route.pointer, route.provider.literal)
        for route in routes_of(PATH, textwrap.dedent(text))
    ]
    assert found == [
        ("gitlab-ci", ("variables", "OPENAI"), "openai"),
        ("gitlab-ci", ("test", "variables", "ANTHROPIC"), "anthropic"),
    ]


def test_a_base_url_of_the_pipeline_holds_for_the_models_of_its_jobs(routes_of: RoutesOf) -> None:
    text = f"variables:\n  OPENAI_BASE_URL: {GATEWAY}\ntest:\n  variables:\n    OPENAI_MODEL: gpt-5.4\n"
    model = next(route for route in routes_of(PATH, text) if route.model.given)
    assert model.provider.literal == "unknown"


def test_what_is_no_job_has_no_script(routes_of: RoutesOf) -> None:
    text = "workflow:\n  script: codex exec -m gpt-5.4 x\nstages: [a]\nother: text\n"
    assert routes_of(PATH, text) == ()

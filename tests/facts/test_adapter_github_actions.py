"""GitHub workflows: the routes of steps by the release they pin, and all that a step is told."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable

import pytest

from agentlint.discovery import FileKind, classify, is_generated
from agentlint.facts.files.extract import extract
from agentlint.facts.route import FamilySource, Route, RouteKind, RouteScope
from agentlint.facts.tree import SOMEONE
from agentlint.facts.values.value import ValueKind
from agentlint.facts.workflow import WorkflowStep
from agentlint.knowledge.families import Family
from agentlint.text import SourceFile

RoutesOf = Callable[[str, str], tuple[Route, ...]]
PATH = ".github/workflows/review.yml"


def workflow(step: str, job: str = "") -> str:
    return (
        "on: pull_request\njobs:\n  review:\n    runs-on: ubuntu-latest\n"
        + textwrap.indent(job, "    ")
        + "    steps:\n      - "
        + textwrap.indent(textwrap.dedent(step), "        ").strip()
        + "\n"
    )


def step_of(text: str, path: str = PATH) -> WorkflowStep:
    known = classify(path)
    assert known
    return extract(SourceFile(path, text), *known).of(WorkflowStep)[-1]


@pytest.mark.parametrize(
    "claude_args",
    [
        "--model claude-opus-4-8",
        "--model=claude-opus-4-8 --max-turns 3",
        "'--max-turns 3 --model \"claude-opus-4-8\"'",
        "|\n    --max-turns 3\n    # --model claude-haiku-4-5\n    --model claude-opus-4-8",
        ">-\n    --model\n    claude-opus-4-8",
    ],
)
def test_claude_code_takes_its_model_from_its_options(
    claude_args: str, routes_of: RoutesOf
) -> None:
    (found,) = routes_of(
        PATH,
        workflow(
            f"name: Review\nuses: anthropics/claude-code-action@v1\n"
            f"with:\n  anthropic_api_key: ${{{{ secrets.KEY }}}}\n  claude_args: {claude_args}"
        ),
    )
    assert found.model.literal == "claude-opus-4-8"
    assert (found.kind, found.scope, found.role.raw) == (
        RouteKind.CI_STEP,
        RouteScope.CI,
        "Review",
    )
    assert (found.family, found.provider.raw) == (Family.ANTHROPIC_MESSAGES, "anthropic")
    (credential,) = found.credentials
    assert (credential.value.kind, credential.value.ref) == (ValueKind.SECRET_REF, "KEY")


def test_settings_and_variables_come_after_options(routes_of: RoutesOf) -> None:
    job = "env:\n  ANTHROPIC_BASE_URL: https://gateway.example.com\n  ANTHROPIC_MODEL: haiku\n"
    plain, settled = routes_of(
        PATH,
        workflow("uses: anthropics/claude-code-action@v1", job)
        + "      - uses: anthropics/claude-code-base-action@v1\n        with:\n          settings: |\n"
        '            {"model": "claude-opus-4-8", "env": {"ANTHROPIC_BASE_URL": "https://g.example"}}\n',
    )
    assert (plain.model.raw, plain.base_url.raw) == ("haiku", "https://gateway.example.com")
    assert (settled.model.raw, settled.base_url.raw) == ("claude-opus-4-8", "https://g.example")
    assert settled.url_shape.form == "root"


@pytest.mark.parametrize(
    ("ref", "effective"),
    [
        ("v1", [True, False]),
        ("v1.0.195", [True, False]),
        ("beta", [True]),
        ("v0.0.63", [True]),
        ("main", [True]),
        ("24dcd50c0568f0fc9e9211213a4fd2d9eb15c4e0", [True]),
    ],
)
def test_a_model_input_counts_by_the_pinned_release(
    ref: str, effective: list[bool], routes_of: RoutesOf
) -> None:
    found = routes_of(
        PATH, workflow(f"uses: anthropics/claude-code-action@{ref}\nwith:\n  model: opus")
    )
    assert [route.effective for route in found] == effective
    assert found[-1].model.raw == "opus"
    assert found[-1].dead or ref not in ("v1", "v1.0.195")


def test_bedrock_has_a_host_of_its_own(routes_of: RoutesOf) -> None:
    (found,) = routes_of(
        PATH,
        workflow("uses: anthropics/claude-code-action@v1\nwith:\n  use_bedrock: 'true'"),
    )
    assert (found.provider.raw, found.base_url.given) == ("bedrock", False)
    assert found.family is Family.PASSTHROUGH


@pytest.mark.parametrize(
    ("inputs", "env", "expected"),
    [
        ("use_bedrock: true", "{}", "bedrock"),
        ("use_foundry: 'true'", "{}", "azure"),
        ("use_bedrock: '1'", "{}", "anthropic"),
        ("use_bedrock: 'false'", "{}", "anthropic"),
        ("use_bedrock: ${{ inputs.bedrock }}", "{}", SOMEONE.raw),
        ("use_bedrock: 'true'", "{ ANTHROPIC_BASE_URL: 'https://gw.example.com' }", "bedrock"),
        ("use_bedrock: 'true'", "{ ANTHROPIC_BEDROCK_BASE_URL: 'https://gw.example.com' }", ""),
        ("prompt: x", "{ CLAUDE_CODE_USE_BEDROCK: 1 }", "anthropic"),
    ],
)
def test_the_inputs_of_an_action_choose_a_cloud(
    inputs: str, env: str, expected: str, routes_of: RoutesOf
) -> None:
    step = f"uses: anthropics/claude-code-action@v1\nwith:\n  {inputs}\nenv: {env}"
    found = next(
        route for route in routes_of(PATH, workflow(step)) if route.kind is RouteKind.CI_STEP
    )
    assert found.provider.raw == expected


def test_the_input_of_codex_declares_its_family(routes_of: RoutesOf) -> None:
    with_endpoint, without = routes_of(
        PATH,
        workflow("""\
            uses: openai/codex-action@v1
            with:
              model: gpt-5.4
              codex-args: --model gpt-5.4-mini
              responses-api-endpoint: https://g.example/v1/responses
            """)
        + "      - uses: openai/codex-action@v1\n",
    )
    assert with_endpoint.model.raw == "gpt-5.4-mini"
    assert with_endpoint.family_value.raw == "responses-api-endpoint"
    assert (with_endpoint.family, with_endpoint.chosen_family.source) == (
        Family.RESPONSES,
        FamilySource.DECLARED,
    )
    assert with_endpoint.url_shape.form == "full_endpoint"
    assert (without.chosen_family.source, without.provider.raw) == (FamilySource.DRIVER, "openai")


def test_gemini_takes_its_model_from_input_or_settings(routes_of: RoutesOf) -> None:
    one, two, three = routes_of(
        PATH,
        workflow(
            "uses: google-github-actions/run-gemini-cli@v0\nwith:\n  gemini_model: ${{ vars.M }}"
        )
        + "      - uses: google-github-actions/run-gemini-cli@v0\n        with:\n"
        '          settings: \'{"model": {"name": "gemini-3-pro"}}\'\n'
        "      - uses: google-github-actions/run-gemini-cli@v0\n        with:\n"
        '          settings: \'{"model": {"maxSessionTurns": 3}}\'\n',
    )
    assert (one.model.kind, two.model.raw, three.model.given) == (
        ValueKind.ENV_REF,
        "gemini-3-pro",
        False,
    )
    assert one.family is Family.GEMINI_GENERATE_CONTENT


@pytest.mark.parametrize(
    ("ref", "family", "provider", "dead"),
    [
        ("v1", Family.CHAT_COMPLETIONS, "", 0),
        ("v2.1.1", Family.CHAT_COMPLETIONS, "", 0),
        ("v3", None, "github_copilot", 1),
        ("v3.0.1", None, "github_copilot", 1),
        ("main", None, "", 0),
        ("7379148dd3d4bc0627a412d122d55cede60fbbe8", None, "", 0),
    ],
)
def test_ai_inference_is_read_as_its_major_version(
    ref: str, family: Family | None, provider: str, dead: int, routes_of: RoutesOf
) -> None:
    route, *ineffective = routes_of(
        PATH,
        workflow(
            f"uses: actions/ai-inference@{ref}\n"
            "with:\n  model: openai/gpt-5.4\n  endpoint: https://models.github.ai/inference"
        ),
    )
    assert (route.family, route.provider.raw, route.effective) == (family, provider, True)
    assert [r.effective for r in ineffective] == [False] * dead


def test_variables_of_other_steps_are_routes_once(routes_of: RoutesOf) -> None:
    found = routes_of(
        PATH,
        workflow(
            """\
            run: python review.py
            env:
              OPENAI_MODEL: gpt-5.4
              OPENAI_API_KEY: ${{ secrets.OPENAI_API_KEY }}
              DATABASE_URL: postgres://db
            """,
            job="env:\n  LLM_BASE_URL: https://g.example/v1/responses\n",
        ),
    )
    assert [(r.pointer[-1], r.kind, r.model.raw) for r in found] == [
        ("LLM", RouteKind.ENVIRONMENT, ""),
        ("OPENAI", RouteKind.ENVIRONMENT, "gpt-5.4"),
    ]
    assert (found[0].family, found[0].chosen_family.source) == (Family.RESPONSES, FamilySource.PATH)
    assert {r.scope for r in found} == {RouteScope.CI}


def test_other_actions_and_reusable_workflows_are_no_routes(routes_of: RoutesOf) -> None:
    text = workflow("uses: actions/checkout@v4\nwith:\n  model: gpt-5.4")
    assert routes_of(PATH, text) == ()
    assert routes_of("config/other.yml", workflow("uses: anthropics/claude-code-action@v1")) == ()


def test_a_step_knows_what_its_job_and_its_workflow_say() -> None:
    text = """\
on:
  pull_request:
    paths: ["gateway/**", litellm.yaml]
  workflow_dispatch:
permissions: read-all
env: { A: top, B: top, C: top }
jobs:
  review:
    permissions:
      contents: read
      issues: write
    env: { B: job, C: job }
    steps:
      - name: Ask
        uses: example/agents/review@v2
        env: { C: step, TOKEN: "${{ vars.TOKEN }}" }
        with:
          Prompt: hello
"""
    step = step_of(text)
    assert (step.action, step.ref, step.job, step.name.raw) == (
        "example/agents/review",
        "v2",
        "review",
        "Ask",
    )
    assert step.pointer == ("jobs", "review", "steps", "0")
    assert {s.name.value: s.value.raw for s in step.env} == {
        "A": "top",
        "B": "job",
        "C": "step",
        "TOKEN": "${{ vars.TOKEN }}",
    }
    assert (step.variable("TOKEN").kind, step.variable("TOKEN").ref) == (ValueKind.ENV_REF, "TOKEN")
    assert step.input("prompt").raw == "hello"
    assert {s.name.value: s.value.raw for s in step.permissions.scopes} == {
        "contents": "read",
        "issues": "write",
    }
    assert [t.value for t in step.triggers] == ["pull_request", "workflow_dispatch"]
    assert [p.value for p in step.paths] == ["gateway/**", "litellm.yaml"]
    for located in (*step.triggers, *step.paths, *(s.name for s in step.env)):
        assert located.span.cut(text) == located.value
    assert step.span.cut(text).startswith("name: Ask")


@pytest.mark.parametrize(
    ("said", "every", "scopes", "given"),
    [
        ("permissions: write-all\n", "write-all", 0, True),
        ("permissions: {}\n", "", 0, True),
        ("", "", 0, False),
    ],
)
def test_permissions_of_the_workflow_hold_where_the_job_is_silent(
    said: str, every: str, scopes: int, given: bool
) -> None:
    granted = step_of(said + workflow("run: make")).permissions
    assert (granted.every, len(granted.scopes), granted.span is not None) == (every, scopes, given)


@pytest.mark.parametrize("on", ["push", "[push, issues]", "{push: {branches: [main]}, issues: {}}"])
def test_triggers_in_every_form(on: str) -> None:
    step = step_of(f"on: {on}\njobs: {{a: {{steps: [{{run: make}}]}}}}\n")
    assert step.triggers[0].value == "push"
    assert step.run
    assert step.run.value == "make"


def test_composite_actions_have_steps_too(routes_of: RoutesOf) -> None:
    text = """\
name: Review
runs:
  using: composite
  steps:
    - uses: anthropics/claude-code-action@v1
      with:
        claude_args: --model ${{ inputs.model }} --max-turns 3
"""
    (found,) = routes_of(".github/actions/review/action.yml", text)
    assert (found.model.raw, found.model.ref) == ("${{ inputs.model }}", "model")
    assert step_of(text, "action.yml").job == ""


def test_no_fact_holds_a_credential_of_a_step() -> None:
    secret = "sk-proj-" + random.Random(3).randbytes(60).hex()
    password = random.Random(4).randbytes(16).hex()
    text = workflow(
        f"run: |\n  curl -H 'Authorization: Bearer {secret}' https://g.example\n"
        f"env:\n  OPENAI_API_KEY: {secret}\n  DB_PASSWORD: {password}\n  NOTE: key {secret} of mine"
    )
    step = step_of(text)
    assert secret not in repr(step)
    assert password not in repr(step)
    assert step.run
    assert "curl -H" in step.run.value


@pytest.mark.parametrize(
    ("path", "header", "skipped"),
    [
        (PATH, "# This file is generated. DO NOT EDIT.\n", True),
        (PATH, "name: do not edit\n", False),
        (PATH, "# kept by hand, not one of the generated ones\n", False),
        ("litellm.yaml", "# DO NOT EDIT\n", False),
    ],
)
def test_generated_workflows_are_not_read(path: str, header: str, skipped: bool) -> None:
    known = classify(path) or (FileKind.CONFIG, "")
    assert is_generated((header + workflow("run: make")).encode(), known[1]) is skipped


def test_workflows_compiled_by_gh_aw_are_no_workflows_here() -> None:
    assert classify(".github/workflows/triage.yml") == (FileKind.CONFIG, "github-workflow")
    assert classify(".github/workflows/triage.lock.yml") is None


def test_a_script_that_starts_an_agent_chooses_its_model(routes_of: RoutesOf) -> None:
    (found,) = routes_of(PATH, workflow("name: Review\nrun: codex exec -m gpt-5.4 'Review.'"))
    assert (found.format, found.model.literal, found.role.raw) == ("codex", "gpt-5.4", "Review")
    assert (found.kind, found.scope) == (RouteKind.CI_STEP, RouteScope.CI)
    assert (found.provider.literal, found.family) == ("openai", Family.RESPONSES)


@pytest.mark.parametrize(
    ("env", "provider", "base_url"),
    [
        ("{}", "anthropic", None),
        ("{ CLAUDE_CODE_USE_BEDROCK: 1 }", "bedrock", None),
        ("{ CLAUDE_CODE_USE_BEDROCK: 'True' }", "bedrock", None),
        ("{ CLAUDE_CODE_USE_BEDROCK: '0' }", "anthropic", None),
        ("{ CLAUDE_CODE_USE_BEDROCK: false }", "anthropic", None),
        ("{ CLAUDE_CODE_USE_BEDROCK: 0, CLAUDE_CODE_USE_VERTEX: 1 }", "vertex_ai", None),
        ("{ CLAUDE_CODE_USE_BEDROCK: '${{ vars.BEDROCK }}' }", SOMEONE.raw, None),
        (
            "{ CLAUDE_CODE_USE_BEDROCK: 1, ANTHROPIC_BASE_URL: 'https://gw.example.com' }",
            "bedrock",
            None,
        ),
        (
            "{ CLAUDE_CODE_USE_BEDROCK: 1, ANTHROPIC_BEDROCK_BASE_URL: 'https://gw.example.com' }",
            None,
            "https://gw.example.com",
        ),
        ("{ ANTHROPIC_BASE_URL: 'https://gw.example.com' }", None, "https://gw.example.com"),
    ],
)
def test_the_environment_sends_a_script_elsewhere(
    env: str, provider: str | None, base_url: str | None, routes_of: RoutesOf
) -> None:
    step = workflow(f"run: claude -p --model claude-opus-4-8 x\nenv: {env}")
    found = next(route for route in routes_of(PATH, step) if route.model.given)
    assert (found.provider.literal, found.base_url.literal) == (provider, base_url)


@pytest.mark.parametrize("model", ["$MODEL", '"${MODEL:-opus}"', "${{ vars.MODEL }}"])
def test_a_model_from_outside_is_no_choice_of_the_script(model: str, routes_of: RoutesOf) -> None:
    assert not routes_of(PATH, workflow(f"run: |\n  claude -p --model {model} x"))


def test_the_security_review_takes_its_model_from_an_input(routes_of: RoutesOf) -> None:
    (found,) = routes_of(
        PATH,
        workflow(
            "uses: anthropics/claude-code-security-review@main\n"
            "with:\n  claude-api-key: ${{ secrets.KEY }}\n  claude-model: claude-opus-4-8"
        ),
    )
    assert (found.format, found.model.literal) == ("claude-code-security-review", "claude-opus-4-8")
    assert (found.provider.literal, found.family) == ("anthropic", Family.ANTHROPIC_MESSAGES)
    assert [c.value.ref for c in found.credentials] == ["KEY"]


@pytest.mark.parametrize(
    ("action", "model", "provider", "family"),
    [
        ("anomalyco/opencode/github@latest", "openai/gpt-5.4", "openai", Family.RESPONSES),
        (
            "sst/opencode/github@v1.0.9",
            "anthropic/claude-opus-4-8",
            "anthropic",
            Family.ANTHROPIC_MESSAGES,
        ),
        ("anomalyco/opencode/github@v1", "openrouter/openai/gpt-5.4", "openrouter", None),
        ("anomalyco/opencode/github@v1", "${{ vars.FAST && 'openai/a' || 'openai/b' }}", "", None),
    ],
)
def test_opencode_names_a_provider_before_the_model(
    action: str, model: str, provider: str, family: Family | None, routes_of: RoutesOf
) -> None:
    text = workflow(f"name: Answer\nuses: {action}\nwith:\n  agent: review\n  model: {model}")
    (found,) = routes_of(PATH, text)
    assert (found.format, found.kind, found.role.raw) == (
        "opencode-action",
        RouteKind.CI_STEP,
        "Answer",
    )
    assert (found.model.raw, found.provider.raw, found.family) == (model, provider, family)
    assert found.provider.span is None or found.provider.span.cut(text) == provider


def test_opencode_takes_its_keys_from_the_environment(routes_of: RoutesOf) -> None:
    (found,) = routes_of(
        PATH,
        workflow(
            "uses: anomalyco/opencode/github@latest\n"
            "env:\n"
            "  ANTHROPIC_API_KEY: ${{ secrets.CLAUDE_KEY }}\n"
            "  GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n"
            "with:\n  use_github_token: true\n  model: anthropic/claude-opus-4-8",
            job="env:\n  OPENAI_API_KEY: ${{ secrets.OPENAI_KEY }}\n",
        ),
    )
    assert [(c.slot, c.value.ref) for c in found.credentials] == [
        ("api_key", "OPENAI_KEY"),
        ("api_key", "CLAUDE_KEY"),
    ]


@pytest.mark.parametrize("inputs", ["", "\nwith:\n  prompt: Review.", "\nwith:\n  model:"])
def test_opencode_calls_nothing_without_a_model(inputs: str, routes_of: RoutesOf) -> None:
    assert routes_of(PATH, workflow(f"uses: anomalyco/opencode/github@latest{inputs}")) == ()


@pytest.mark.parametrize(
    ("outer", "job", "step", "answering"),
    [
        ("OPENAI_BASE_URL: https://g.example/v1", "", "OPENAI_MODEL: gpt-5.4", "unknown"),
        ("", "OPENAI_BASE_URL: https://g.example/v1", "OPENAI_MODEL: gpt-5.4", "unknown"),
        ("", "OPENAI_MODEL: gpt-5.4", "OPENAI_BASE_URL: https://g.example/v1", "unknown"),
        ("OPENAI_BASE_URL: https://api.openai.com/v1", "", "OPENAI_MODEL: gpt-5.4", "openai"),
        ("OPENAI_BASE_URL: https://openrouter.ai/api/v1", "", "OPENAI_MODEL: x", "openrouter"),
        (
            "OPENAI_BASE_URL: https://g.example/v1",
            "OPENAI_BASE_URL: https://api.openai.com/v1",
            "OPENAI_MODEL: gpt-5.4",
            "openai",
        ),
        ("EDENAI_MODEL: gpt-5.4", "", "EDENAI_API_KEY: '${{ secrets.KEY }}'", "unknown"),
        ("", "CURSOR_API_KEY: '${{ secrets.KEY }}'", "MODEL: gpt-5.4", "unknown"),
        ("", "", "OPENAI_MODEL: gpt-5.4", "openai"),
    ],
)
def test_variables_hold_for_the_blocks_within_theirs(
    outer: str, job: str, step: str, answering: str, routes_of: RoutesOf
) -> None:
    text = workflow(f"run: ./ask\nenv: {{ {step} }}", f"env: {{ {job} }}\n")
    found = routes_of(PATH, f"env: {{ {outer} }}\n" + text)
    assert [route.provider.literal for route in found if route.model.given] == [answering]


def test_a_step_is_told_nothing_by_another(routes_of: RoutesOf) -> None:
    steps = "      - run: ./serve\n        env: { OPENAI_BASE_URL: https://g.example/v1 }\n"
    text = workflow("run: ./ask\nenv: { OPENAI_MODEL: gpt-5.4 }") + steps
    found = [route for route in routes_of(PATH, text) if route.model.given]
    assert [route.provider.literal for route in found] == ["openai"]


def _in_one_environment(variables: int, steps: int) -> SourceFile:
    env = ", ".join(f"A{number}: x" for number in range(variables))
    uses = "".join(f"    - {{name: s{number}, uses: a/b@v1}}\n" for number in range(steps))
    jobs = f"jobs:\n  a:\n    runs-on: x\n    steps:\n{uses}"
    return SourceFile(PATH, f"on: push\nenv: {{{env}}}\n{jobs}")


def test_of_steps_that_repeat_one_environment_as_many_are_told_as_fit_the_text() -> None:
    file = _in_one_environment(400, 400)
    facts = extract(file, FileKind.CONFIG, "github-workflow")
    told = sum(len(step.env) for step in facts.of(WorkflowStep))
    assert len(file.text) < told <= 2_000 + len(file.text)
    (notice,) = facts.notices
    reason = "more steps, with more variables around them, than a text of this size may give"
    assert notice.message == f"not read: {reason}"


def test_all_steps_of_a_large_workflow_are_told() -> None:
    facts = extract(_in_one_environment(30, 300), FileKind.CONFIG, "github-workflow")
    assert [len(step.env) for step in facts.of(WorkflowStep)] == [30] * 300
    assert not facts.notices


def test_of_variables_of_one_name_the_innermost_holds() -> None:
    text = workflow("run: ./ask\nenv: { B: step, D: step }", "env: { A: job, B: job, C: job }\n")
    file = SourceFile(PATH, "env: { A: all, E: all, A: again }\n" + text)
    (step,) = extract(file, FileKind.CONFIG, "github-workflow").of(WorkflowStep)
    told = [(variable.name.value, variable.value.raw) for variable in step.env]
    assert told == [("A", "job"), ("E", "all"), ("B", "step"), ("C", "job"), ("D", "step")]
    assert step.variable("B").raw == "step"
    assert not step.variable("b").given

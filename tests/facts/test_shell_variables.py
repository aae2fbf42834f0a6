"""What scripts set before they start an agent, and what is known of the host that it then calls."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable

import pytest

from agentlint.facts.route import Route
from agentlint.facts.tree import SOMEONE
from agentlint.facts.values.value import Value

RoutesOf = Callable[[str, str], tuple[Route, ...]]
WORKFLOW, GITLAB = ".github/workflows/w.yml", ".gitlab-ci.yml"
AGENT = "claude -p x --model claude-opus-4-8"
GATEWAY = "https://gateway.example"
UNKNOWN, VENDOR = "somebody", "the vendor"


def steps(*scripts: str) -> str:
    own = "".join(f"      - run: {json.dumps(script)}\n" for script in scripts)
    return f"on: push\njobs:\n  review:\n    runs-on: ubuntu-latest\n    steps:\n{own}"


def host(routes: tuple[Route, ...]) -> str:
    """Who answers the last of the routes that name a model."""
    route = next(route for route in reversed(routes) if route.model.given)
    url: Value = route.base_url
    return (url.literal or UNKNOWN) if url.given else route.provider.raw or VENDOR


SCRIPTS = [
    (f"export ANTHROPIC_BASE_URL={GATEWAY}\n{AGENT}", GATEWAY),
    (f'export ANTHROPIC_BASE_URL="{GATEWAY}"; {AGENT}', GATEWAY),
    (f"export ANTHROPIC_BASE_URL='{GATEWAY}' && {AGENT}", GATEWAY),
    (f"ANTHROPIC_BASE_URL={GATEWAY} {AGENT}", GATEWAY),
    (f"env A='b c' ANTHROPIC_BASE_URL={GATEWAY} {AGENT}", GATEWAY),
    (f"ANTHROPIC_BASE_URL=$(./url a) {AGENT}", UNKNOWN),
    (f'export ANTHROPIC_BASE_URL="$URL"\n{AGENT}', UNKNOWN),
    (f"export ANTHROPIC_BASE_URL='$URL'\n{AGENT}", UNKNOWN),
    (f"ANTHROPIC_BASE_URL={GATEWAY}\nexport ANTHROPIC_BASE_URL\n{AGENT}", UNKNOWN),
    (f': "${{ANTHROPIC_BASE_URL:={GATEWAY}}}"\n{AGENT}', UNKNOWN),
    (f"read -r ANTHROPIC_BASE_URL < url\n{AGENT}", UNKNOWN),
    (f"source .ci/gateway.env\n{AGENT}", UNKNOWN),
    (f"set -a; . ./.env; set +a\n{AGENT}", UNKNOWN),
    (f"export $(xargs < .env)\n{AGENT}", UNKNOWN),
    (f"mkdir -p ~/.claude && cp ci.json ~/.claude/settings.json\n{AGENT}", UNKNOWN),
    (f"export CLAUDE_CODE_USE_BEDROCK=1\n{AGENT}", "bedrock"),
    (f"CLAUDE_CODE_USE_VERTEX=1 {AGENT}", "vertex_ai"),
    ("GOOGLE_GENAI_USE_VERTEXAI=true gemini -p x -m gemini-3-pro-preview", "vertex_ai"),
    (f"CLAUDE_CODE_USE_BEDROCK=$BEDROCK {AGENT}", SOMEONE.raw),
    (f"CLAUDE_CODE_USE_BEDROCK=1 ANTHROPIC_BEDROCK_BASE_URL={GATEWAY} {AGENT}", GATEWAY),
    (f"CODEX_OSS_BASE_URL={GATEWAY} codex exec --oss -m gpt-oss:20b x", GATEWAY),
    (f"{AGENT} --settings ci.json", UNKNOWN),
    (f"""{AGENT} --settings '{{"env": {{"ANTHROPIC_BASE_URL": "{GATEWAY}"}}}}'""", UNKNOWN),
    ("codex exec -c model_provider=azure -m gpt-5.4 x", UNKNOWN),
    ("codex exec --config 'model_provider=\"azure\"' -m gpt-5.4 x", UNKNOWN),
    ("codex exec --profile azure -m gpt-5.4 x", UNKNOWN),
    ("codex exec --oss -m gpt-oss:20b x", "ollama"),
    # What says nothing of the host of this command.
    (AGENT, "anthropic"),
    (f"CLAUDE_CODE_USE_BEDROCK=0 {AGENT}", "anthropic"),
    (f"export CLAUDE_CODE_USE_VERTEX=false\n{AGENT}", "anthropic"),
    ("GOOGLE_GENAI_USE_VERTEXAI=false gemini -p x -m gemini-3-pro-preview", "gemini"),
    (f"source .venv/bin/activate\n. ~/.nvm/nvm.sh\n{AGENT}", "anthropic"),
    (f'[ -z "$ANTHROPIC_BASE_URL" ] || echo "$ANTHROPIC_BASE_URL"\n{AGENT}', "anthropic"),
    (f"{AGENT}\nexport ANTHROPIC_BASE_URL={GATEWAY}", "anthropic"),
    (f"ANTHROPIC_BASE_URL={GATEWAY} claude -p y --model opus; {AGENT}", "anthropic"),
    (f"export OPENAI_BASE_URL={GATEWAY}\n{AGENT}", "anthropic"),
    (f"""{AGENT} --settings '{{"permissions": {{}}}}'""", "anthropic"),
    ("codex exec -c model_reasoning_effort=high -m gpt-5.4 x", "openai"),
]


@pytest.mark.parametrize(("script", "expected"), SCRIPTS)
def test_a_script_sends_its_agents_to_a_host(
    script: str, expected: str, routes_of: RoutesOf
) -> None:
    assert host(routes_of(WORKFLOW, steps(script))) == expected
    job = json.dumps({"review": {"script": [script]}})
    assert host(routes_of(GITLAB, job)) == expected


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        (f'echo "ANTHROPIC_BASE_URL={GATEWAY}" >> "$GITHUB_ENV"', UNKNOWN),
        (f'cat >> "$GITHUB_ENV" <<EOF\nANTHROPIC_BASE_URL={GATEWAY}\nEOF', UNKNOWN),
        ('cat gateway.env >> "$GITHUB_ENV"', UNKNOWN),
        (f"export ANTHROPIC_BASE_URL={GATEWAY}", "anthropic"),
        ('echo "STAGE=test" >> "$GITHUB_ENV"', "anthropic"),
        ("node -e 'save(process.env.GITHUB_ENV, process.env[name])'", "anthropic"),
        ('cat .env.production >> "$GITHUB_ENV"', UNKNOWN),
        ("source gateway.env", "anthropic"),
    ],
)
def test_a_step_hands_on_what_it_writes_for_later_ones(
    earlier: str, expected: str, routes_of: RoutesOf
) -> None:
    assert host(routes_of(WORKFLOW, steps(earlier, AGENT))) == expected
    action = steps(earlier, AGENT).replace(
        AGENT, 'ls"\n      - uses: anthropics/claude-code-action@v1\n'
        '        with: {claude_args: "--model claude-opus-4-8"}\n        name: "x'
    )  # fmt: skip
    assert host(routes_of(WORKFLOW, action)) == expected


def test_a_switch_that_a_step_hands_on_leaves_open_who_is_called(routes_of: RoutesOf) -> None:
    earlier = 'echo "CLAUDE_CODE_USE_BEDROCK=1" >> $GITHUB_ENV'
    assert host(routes_of(WORKFLOW, steps(earlier, AGENT))) == SOMEONE.raw


def test_another_job_is_handed_nothing(routes_of: RoutesOf) -> None:
    first = steps('echo "ANTHROPIC_BASE_URL=$URL" >> "$GITHUB_ENV"')
    second = steps(AGENT).partition("  review:")[2]
    assert host(routes_of(WORKFLOW, f"{first}  other:{second}")) == "anthropic"


@pytest.mark.parametrize(
    ("pipeline", "expected"),
    [
        ("before_script: [EXPORT]\nreview: {script: [AGENT]}", GATEWAY),
        ("default: {before_script: [EXPORT]}\nreview: {script: [AGENT]}", GATEWAY),
        ("review: {before_script: [EXPORT], script: [AGENT]}", GATEWAY),
        ("review: {before_script: [EXPORT], after_script: [AGENT]}", "anthropic"),
        (
            "default: {before_script: [EXPORT]}\nreview: {before_script: [a], script: [AGENT]}",
            "anthropic",
        ),
        (
            "default: {before_script: [EXPORT]}\nreview: {inherit: {default: false}, script: [AGENT]}",
            "anthropic",
        ),
        (".gw: {script: [EXPORT]}\nreview: {script: [!reference [.gw, script], AGENT]}", GATEWAY),
        (".gw: [EXPORT]\nreview: {before_script: !reference [.gw], script: [AGENT]}", GATEWAY),
        (
            (
                ".a: {script: [AGENT]}\nb: {extends: .a, before_script: [EXPORT]}\n"
                "c: {extends: .a, before_script: [a]}"
            ),
            UNKNOWN,
        ),
        (
            (
                ".v: {variables: {URL: a}}\n"
                "review: {variables: !reference [.v, variables], script: [AGENT]}"
            ),
            UNKNOWN,
        ),
        (
            (
                ".v: {url: a}\n"
                "review: {variables: {ANTHROPIC_BASE_URL: !reference [.v, url]}, script: [AGENT]}"
            ),
            UNKNOWN,
        ),
        (
            (
                "workflow: {rules: [{if: a, variables: {ANTHROPIC_BASE_URL: b}}]}\n"
                "review: {script: [AGENT]}"
            ),
            UNKNOWN,
        ),
        (
            "review: {rules: [{if: a, variables: {ANTHROPIC_BASE_URL: b}}], script: [AGENT]}",
            UNKNOWN,
        ),
        ("review: {parallel: {matrix: [{ANTHROPIC_BASE_URL: [a, b]}]}, script: [AGENT]}", UNKNOWN),
        ("review: {rules: [{if: a, variables: {STAGE: b}}], script: [AGENT]}", "anthropic"),
        (
            (
                "variables: {ANTHROPIC_BASE_URL: a}\n"
                "review: {inherit: {variables: false}, script: [AGENT]}"
            ),
            "anthropic",
        ),
        (
            (
                f"variables: {{ANTHROPIC_BASE_URL: '{GATEWAY}'}}\n"
                "review: {inherit: {variables: [ANTHROPIC_BASE_URL]}, script: [AGENT]}"
            ),
            GATEWAY,
        ),
        (
            (
                ".a: {script: [!reference [.b, script]]}\n.b: {script: [!reference [.a, script]]}\n"
                "review: {before_script: !reference [.a, script], script: [AGENT]}"
            ),
            "anthropic",
        ),
    ],
)
def test_a_job_of_gitlab_is_sent_by_what_runs_before_it(
    pipeline: str, expected: str, routes_of: RoutesOf
) -> None:
    text = pipeline.replace("EXPORT", f"'export ANTHROPIC_BASE_URL={GATEWAY}'")
    assert host(routes_of(GITLAB, text.replace("AGENT", f"'{AGENT}'"))) == expected


def test_a_url_in_a_script_has_its_place(routes_of: RoutesOf) -> None:
    text = textwrap.dedent(f"""
        review:
          script:
            - |
              export ANTHROPIC_BASE_URL="{GATEWAY}"
              {AGENT}
    """)
    (route,) = routes_of(GITLAB, text)
    assert route.base_url.span
    assert route.base_url.span.cut(text) == GATEWAY

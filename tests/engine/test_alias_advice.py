"""Which names in instructions are aliases, and where one is no advice."""

from __future__ import annotations

import pytest

from agentlint.knowledge.data import table
from agentlint.knowledge.formats import find_format

CONFIG = """\
model_list:
  - model_name: fleet-quality
    litellm_params:
      model: ollama/qwen2.5-coder:7b
      api_base: http://10.0.0.7:11434
"""
BODY = """'{"model":"qwen2.5-coder:7b","prompt":"x"}'"""


@pytest.mark.parametrize(
    ("command", "advised"),
    [
        (f"curl http://10.0.0.7:4000/v1/chat/completions -d {BODY}", True),
        (f"curl http://10.0.0.7:11434/v1/chat/completions -d {BODY}", False),
        (f"curl http://10.0.0.7:11434/v1/chat/completions \\\n  -d {BODY}", False),
        (f"curl -d {BODY} http://USER@10.0.0.7:11434/v1/chat/completions", False),
        (f"curl http://localhost:11434/api/generate -d {BODY}", False),
        (f"curl http://localhost:11434/api/chat -d {BODY}", False),
        (
            f"curl http://10.0.0.7:11434/v1/models\ncurl http://10.0.0.7:4000/v1/messages -d {BODY}",
            True,
        ),
    ],
)
def test_a_call_of_the_upstream_is_not_told_to_use_an_alias(
    check, command: str, *, advised: bool
) -> None:
    text = f"Ask it:\n\n```bash\n{command}\n```\n"
    (found,) = check({"config.yaml": CONFIG, "AGENTS.md": text}).findings
    assert found.rule == "hardcoded-model-id"
    assert ("fleet-quality" in found.help) is advised
    assert bool(found.related) is advised


def test_of_a_list_in_front_matter_the_first_that_is_no_alias_is_told(check) -> None:
    agent = "---\nname: a\nmodels: [nvidia/openai/gpt-oss-120b, gpt-5.4, gpt-5.5]\n---\nReview.\n"
    key = '{"name": "k", "value": "env.KEY", "models": ["openai/gpt-oss-120b"], "weight": 1}'
    bifrost = f'{{"providers": {{"nvidia": {{"keys": [{key}]}}}}}}'
    found = check({"bifrost/config.json": bifrost, ".claude/agents/a.md": agent}).findings
    told = [finding.message for finding in found if finding.rule == "hardcoded-model-id"]
    assert told == ["model ID `gpt-5.4` is hard-coded in front matter, and 1 more below `models`"]


def step(inputs: str, action: str = "anthropics/claude-code-action@v1") -> str:
    steps = f"      - uses: {action}\n        with: {{{inputs}}}\n"
    return f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{steps}"


def agent(model: str) -> str:
    return f"---\nname: a\ndescription: Reviews\nmodel: {model}\n---\n\nReview.\n"


WORKFLOW = ".github/workflows/a.yml"
OPUS = "`opus`, the alias of Claude Code"


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        (".claude/settings.json", '{"model": "claude-opus-4-5-20251101"}', OPUS),
        (".claude/settings.json", '{"env": {"ANTHROPIC_MODEL": "claude-opus-4-8"}}', OPUS),
        (".claude/agents/a.md", agent("claude-opus-4-5-20251101"), OPUS),
        (WORKFLOW, step("claude_args: --model claude-opus-4-8"), OPUS),
        (".claude/settings.json", '{"model": "claude-opus-4-8[1m]"}', "`opus[1m]`, the alias of"),
        (
            WORKFLOW,
            step(
                "gemini_model: gemini-3.8-flash, use_vertex_ai: true",
                "google-github-actions/run-gemini-cli@v0",
            ),
            "`flash`, the alias of Gemini CLI",
        ),
        ("CLAUDE.md", "```bash\nclaude --model claude-opus-4-8 -p ping\n```\n", OPUS),
        (
            "CLAUDE.md",
            "```bash\ngemini -m gemini-3.8-flash -p ping\n```\n",
            "`flash`, the alias of",
        ),
        (".gemini/settings.json", '{"model": {"name": "gemini-3.8-flash"}}', "`flash`, the alias"),
        (".aider.conf.yml", "model: claude-opus-4-8\n", "`opus`, the alias of aider"),
        (
            ".aider.conf.yml",
            "weak-model: anthropic/claude-haiku-4-5\n",
            "`haiku`, the alias of aider",
        ),
        (".aider.conf.yml", "model: gemini/gemini-3.8-flash\n", "`flash`, the alias of aider"),
        (
            "CLAUDE.md",
            "```bash\naider --model claude-opus-4-8 -m ping\n```\n",
            "`opus`, the alias of aider",
        ),
    ],
)
def test_a_tool_s_own_alias_is_named_where_it_takes_one(
    check, path: str, text: str, advice: str
) -> None:
    (found,) = check({path: text}).findings
    assert found.rule == "hardcoded-model-id"
    assert advice in found.help


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        (
            WORKFLOW,
            step("claude_args: --model claude-opus-4-8, use_bedrock: true"),
            "in this one step",
        ),
        (WORKFLOW, step("model: gpt-5.4", "openai/codex-action@v1"), "in this one step"),
        (
            ".claude/settings.json",
            '{"env": {"CLAUDE_CODE_SUBAGENT_MODEL": "claude-opus-4-8"}}',
            "place for the ID",
        ),
        (".claude/settings.json", '{"model": "anthropic.claude-opus-4-8"}', "place for the ID"),
        (
            ".claude/settings.json",
            '{"model": "claude-opus-4-8", "env": {"ANTHROPIC_BASE_URL": "https://llm.acme.dev"}}',
            "place for the ID",
        ),
        (".codex/config.toml", 'model = "gpt-5.4"\n', "place for the ID"),
        ("opencode.json", '{"model": "openai/gpt-5.4"}', "place for the ID"),
        ("review.prompt.yml", "messages: []\nmodel: openai/gpt-5.4\n", "place for the ID"),
        (".aider.conf.yml", "model: gpt-5.4\n", "in `alias` of this file"),
        (
            ".aider.conf.yml",
            "model: openrouter/anthropic/claude-opus-4-8\n",
            "in `alias` of this file",
        ),
        (
            ".aider.conf.yml",
            "model: bedrock/anthropic.claude-opus-4-8\n",
            "in `alias` of this file",
        ),
        (".claude/agents/a.md", agent("gpt-5.4"), "leave `model` out"),
        (".github/agents/a.md", agent("claude-opus-4-8"), "leave `model` out"),
        (
            "CLAUDE.md",
            "```bash\nclaude-proxy --model claude-opus-4-8 -p ping\n```\n",
            "refer to it from here",
        ),
        (
            "CLAUDE.md",
            "```python\nclaude(model='claude-opus-4-8')\n```\n",
            "refer to it from here",
        ),
        ("CLAUDE.md", "Always use `gpt-5.4` for reviews.\n", "refer to it from here"),
    ],
)
def test_elsewhere_the_advice_is_what_the_place_allows(
    check, path: str, text: str, advice: str
) -> None:
    (found,) = check({path: text}).findings
    assert found.rule == "hardcoded-model-id"
    assert advice in found.help
    assert "alias of" not in found.help


def test_beside_a_route_table_the_advice_is_an_alias_of_it(check) -> None:
    (found,) = check({"config.yaml": CONFIG, "AGENTS.md": "Always use `gpt-5.4`.\n"}).findings
    assert found.help.startswith("name a route alias")


def test_the_aliases_of_tools_are_words_that_they_know() -> None:
    for row in table("model_patterns")["tool_words"]:
        assert set(row["lines"]) <= set(row["words"])
        assert all(find_format(format_id) for format_id in row["settings"])

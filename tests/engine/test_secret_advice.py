"""A literal secret is told with the spelling of a reference that the reader of its file expands."""

from __future__ import annotations

import random

import pytest

from agentlint.knowledge.secret_samples import sample

KEY = sample("anthropic-api-key", random.Random(3))


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        (".claude/settings.json", '{{"env": {{"ANTHROPIC_API_KEY": "{key}"}}}}', "apiKeyHelper"),
        (
            ".github/workflows/review.yml",
            "on: push\nenv:\n  ANTHROPIC_API_KEY: {key}\njobs: {{}}\n",
            "${{ secrets.ANTHROPIC_API_KEY }}",
        ),
        (
            "action.yml",
            "runs:\n  using: composite\n  steps:\n    - run: x\n      env:\n        A_KEY: {key}\n",
            "${{ secrets.A_KEY }}",
        ),
        (
            "litellm.yaml",
            "model_list:\n  - model_name: a\n    litellm_params:\n      api_key: {key}\n",
            "os.environ/ANTHROPIC_API_KEY",
        ),
        (
            "opencode.json",
            '{{"provider": {{"x": {{"options": {{"apiKey": "{key}"}}}}}}}}',
            "{env:ANTHROPIC_API_KEY}",
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    environment:\n      ANTHROPIC_API_KEY: {key}\n",
            "${ANTHROPIC_API_KEY}",
        ),
        (
            "ask.py",
            'import anthropic\nanthropic.Anthropic(api_key="{key}").messages.create()\n',
            'os.environ["ANTHROPIC_API_KEY"]',
        ),
        (".env", "ANTHROPIC_API_KEY={key}\n", "leave `ANTHROPIC_API_KEY` empty"),
        (
            ".mcp.json",
            '{{"mcpServers": {{"a": {{"env": {{"ANTHROPIC_API_KEY": "{key}"}}}}}}}}',
            "${ANTHROPIC_API_KEY}",
        ),
        ("AGENTS.md", "Use `ANTHROPIC_API_KEY={key}`.\n", "refer to it by name instead"),
    ],
)
def test_the_advice_is_in_the_reader_s_spelling(check, path: str, text: str, advice: str) -> None:
    found = [f for f in check({path: text.format(key=KEY)}).findings if f.rule == "literal-secret"]
    assert len(found) == 1
    assert advice in found[0].help
    assert KEY not in found[0].help

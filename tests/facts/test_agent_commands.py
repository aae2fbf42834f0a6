"""The commands of a script that start a coding agent, and the model that they name."""

from __future__ import annotations

import pytest

from agentlint.facts.pipelines.agent_commands import agent_commands


def models_of(script: str) -> list[tuple[str, str | None]]:
    return [
        (command.program, script[slice(*command.model)] if command.model else None)
        for command in agent_commands(script)
    ]


@pytest.mark.parametrize(
    ("script", "program", "model"),
    [
        ("claude -p --model claude-opus-4-8 'x'", "claude", "claude-opus-4-8"),
        ('claude --model="claude-opus-4-8" --print "x"', "claude", "claude-opus-4-8"),
        ("timeout 60m claude -p \\\n  --model 'opus' \\\n  \"$PROMPT\"", "claude", "opus"),
        ("codex exec -m gpt-5.4 'x'", "codex", "gpt-5.4"),
        ("codex --model gpt-5.4 exec 'x'", "codex", "gpt-5.4"),
        ("gemini -m gemini-3-flash -p x | tee out", "gemini", "gemini-3-flash"),
        ("opencode run --model openai/gpt-5.4 x", "opencode", "openai/gpt-5.4"),
        ("claude -p --model opus --model sonnet x", "claude", "sonnet"),
        ("npx -y @openai/codex@latest exec -m gpt-5.4 x", "codex", "gpt-5.4"),
        ("npx @anthropic-ai/claude-code -p --model opus x", "claude", "opus"),
        ("bunx opencode-ai run -m openai/gpt-5.4 x", "opencode", "openai/gpt-5.4"),
        ("aider --model gpt-5.4 --yes --message-file task.txt", "aider", "gpt-5.4"),
        ("aider \\\n  --model gpt-5.4 \\\n  --message x a.py", "aider", "gpt-5.4"),
        ("uvx --from aider-chat aider -m x --model gpt-5.4", "aider", "gpt-5.4"),
        ("python -m aider --model gpt-5.4 -m x", "aider", "gpt-5.4"),
        ("copilot --allow-all-tools --model gpt-5.4 -p x", "copilot", "gpt-5.4"),
        ("npx @github/copilot -p x --model=gpt-5.4", "copilot", "gpt-5.4"),
        ("cursor-agent -p --force --model gpt-5.4 x", "cursor-agent", "gpt-5.4"),
        ("qwen --yolo -m gpt-5.4 x", "qwen", "gpt-5.4"),
        ("goose run --no-session --model gpt-5.4 --recipe r.yaml", "goose", "gpt-5.4"),
        ("crush run --quiet --model openai/gpt-5.4 x", "crush", "openai/gpt-5.4"),
        ("droid exec --auto high -m gpt-5.4 x", "droid", "gpt-5.4"),
        ("amp --dangerously-allow-all -x x", "amp", None),
        ("claude -p x", "claude", None),
        ("claude -p --model", "claude", None),
    ],
)
def test_the_model_that_a_command_names(script: str, program: str, model: str | None) -> None:
    assert models_of(script) == [(program, model)]


@pytest.mark.parametrize(
    "script",
    [
        'claude -p "Say why\n--model gpt-5.4 is wrong."',
        "claude -p x && git commit -m gpt-5.4",
        "claude -p x\ncurl --model gpt-5.4",
        "claude -p -m gpt-5.4",
        "claude -p 'not closed --model gpt-5.4",
    ],
)
def test_what_is_no_option_of_the_command_names_no_model(script: str) -> None:
    assert models_of(script) == [("claude", None)]


@pytest.mark.parametrize(
    "script",
    [
        "claude --model opus",
        "# claude -p --model opus",
        "codex --model gpt-5.4",
        "claude-code -p x",
        "aider --version",
        "aider --model gpt-5.4",
        "pip install aider-chat",
        # The programs of others with these names, and what these do besides.
        "copilot svc logs -p --env test",
        "copilot deploy --name api",
        "copilot --version",
        "cursor-agent login",
        "qwen --version",
        "goose -dir migrations postgres $DSN up",
        "goose run",
        "goose -i run",
        "goose create -t sql add_users",
        "crush run build",
        "crush --quiet image.png",
        "crush -m 9 run",
        "droid -p profile.droid",
        "droid login exec",
        "amp charts list -x",
        "amp --json context",
        "amp validate -x index.html",
    ],
)
def test_what_starts_no_agent_by_itself_is_no_command(script: str) -> None:
    assert models_of(script) == []


def test_each_command_of_a_script_is_found() -> None:
    script = "npm ci\nclaude -p --model opus x; codex exec -m gpt-5.4 x\nn=$(gemini -p x)"
    assert models_of(script) == [("claude", "opus"), ("codex", "gpt-5.4"), ("gemini", None)]


@pytest.mark.parametrize(
    "text", ["claude " + "'" * 20_000, "claude " + "\\" * 20_000, "claude " * 9_000]
)
def test_a_hostile_script_takes_no_time(text: str) -> None:
    assert models_of(text) == []


@pytest.mark.parametrize(
    ("script", "prompts"),
    [
        ("claude -p 'x y'", ["'x y'"]),
        ("claude 'x' -p --model opus", ["'x'"]),
        ("claude -p --output-format json 'x'", ["'x'"]),
        ("claude -p x --append-system-prompt 'y' --unknown 'z' 'w'", ["x", "'y'"]),
        ("claude -p --allowedTools 'Bash(ls)' 'x'", []),
        ("claude -p \"$(cat <<'E'\nx\nE\n)\"", ["\"$(cat <<'E'\nx\nE\n)\""]),
        ('claude -p "$(gh issue view)" > out', []),
        ("codex exec --full-auto -p fast 'x' --image a", ["exec", "'x'"]),
        ("gemini --prompt='x' -y", ["--prompt='x'"]),
        ("opencode run -m a/b 'x'", ["run", "'x'"]),
    ],
)
def test_the_words_that_tell_an_agent_what_to_do(script: str, prompts: list[str]) -> None:
    (command,) = agent_commands(script)
    assert [script[slice(*prompt)] for prompt in command.prompts] == prompts

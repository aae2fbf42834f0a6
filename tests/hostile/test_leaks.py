"""A secret that stands anywhere in a tree is in nothing that agentlint prints or writes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.secret_samples import sample

KINDS = (
    "openai-project-key",
    "anthropic-api-key",
    "github-token",
    "aws-access-key-id",
    "json-web-token",
)
PIECE = 12
"""A run of so many characters of a secret is a leak as well."""


def places(secret: str) -> Mapping[str, str]:
    """A file for every kind of place that a secret can stand in, whole files and broken ones."""
    key = f'"{secret}"'
    return {
        "text/AGENTS.md": f"Call it with {secret} or `{secret}`, never gpt-5.4 {secret}.\n",
        "use/AGENTS.md": f"Always use `gpt-5.4` with {secret} for reviews.\n",
        "front/.claude/agents/a.md": f"---\nname: a\nmodel: {secret}\ntoken: {secret}\n---\nx\n",
        "broken-front/.claude/agents/a.md": f"---\nname: [a\n{secret}: {{\n---\nx\n",
        "fence/AGENTS.md": f"```yaml\nroutes:\n  {secret}:\n    model: {secret}\n```\n",
        "link/AGENTS.md": f"[x](docs/{secret}.md) <!-- agentlint: ignore[{secret}] {secret} -->\n",
        "heading/AGENTS.md": f"# Migration to {secret}\n\n| model | {secret} |\n|-|-|\n| a | b |\n",
        "values/litellm.yaml": f"model_list:\n- model_name: {secret}\n  litellm_params:\n"
        f"    model: openai/{secret}\n    api_key: {secret}\n    api_base: https://a/{secret}\n"
        f"router_settings:\n  fallbacks: [{{{secret}: [{secret}]}}]\n",
        "broken/litellm.yaml": f"# litellm_params\nmodel_list: [{secret}\n  {secret}: *{secret}\n",
        "alias/litellm.yaml": f"# litellm_params\na: *{secret}\n",
        "tag/litellm.yaml": f"# litellm_params\na: !{secret} {secret}\n%{secret}\n",
        "twice/routes.yaml": f"routes:\n  a:\n    endpoint_family: {secret}\n    {secret}: 1\n"
        f"    {secret}: 2\n    model: {secret}\n",
        "toml/.codex/config.toml": f"model = {key}\n[model_providers.{key}]\nbase_url = {key}\n"
        f"wire_api = {key}\n",
        "broken-toml/.codex/config.toml": f"{secret} = {secret}\n[{secret}]\n[{secret}]\n",
        "json/.mcp.json": f'{{"mcpServers": {{{key}: {{"command": {key}, "env": {{"K": {key}}}}}}}}}',
        "broken-json/.mcp.json": f'{{"a": {key}, {key}: {secret}',
        "python/app.py": f"from openai import OpenAI\nc = OpenAI(api_key={key})  # {secret}\n"
        f"c.chat.completions.create(model={key}, messages=[])\n",
        "broken-python/app.py": f"import openai\nx = {key}\ndef {secret}(:\n",
        "env/.env": f"OPENAI_API_KEY={secret}\nMODEL={secret}\n{secret}\nexport {secret}=1\n",
        f"name-{secret}/AGENTS.md": "Always use `gpt-5.4` for reviews.\n",
        f"name2/{secret}.instructions.md": "x\xff",
        "workflow/.github/workflows/a.yml": f"on: push\njobs:\n  a:\n    steps:\n    - run: curl {secret}\n"
        f"      env: {{OPENAI_API_KEY: {secret}}}\n",
        "log/routes.jsonl": f'{{"endpoint_family": {key}, "model": {key}}}\n{{{key}\n',
    }


def pieces(secret: str) -> set[str]:
    return {secret[at : at + PIECE] for at in range(4, len(secret) - PIECE + 1)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_canary_is_printed_nowhere(kind, write_tree, print_everything, assert_harmless) -> None:
    secret = sample(kind, random.Random(kind))
    printed = print_everything(write_tree(places(secret)))
    assert_harmless(printed)
    told = pieces(secret)
    leaks = {form: piece for form, text in printed.items() for piece in told if piece in text}
    assert leaks == {}
    assert "characters]" in printed["full"] or "[literal-secret]" in printed["full"]


@pytest.mark.parametrize("name", ["api_key", "password", "client_secret"])
def test_a_secret_known_by_its_name_only_is_not_shown_without_it(
    name: str, write_tree, print_everything: Callable[[Path], Mapping[str, str]]
) -> None:
    letters = random.Random(name)
    secret = "".join(letters.choices("abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789", k=32))
    printed = print_everything(
        write_tree(
            {
                "litellm.yaml": f"model_list:\n- model_name: a\n  litellm_params:\n    {name}: {secret}\n"
                "    model: openai/gpt-5.4\n",
                "AGENTS.md": f"Set `{name}={secret}` and always use `gpt-5.4`.\n",
                ".env": f"MODEL_{name.upper()}={secret}\n",
                "app.py": f'import openai\n{name} = "{secret}"\n',
                ".mcp.json": f'{{"mcpServers": {{"a": {{"env": {{"{name}": "{secret}"}}}}}}}}',
            }
        )
    )
    assert "literal-secret" in printed["concise"]
    told = pieces(secret)
    leaks = {form: piece for form, text in printed.items() for piece in told if piece in text}
    assert leaks == {}


def test_settings_and_arguments_do_not_give_a_secret_away(tmp_path: Path, agentlint) -> None:
    secret = sample("github-token", random.Random(3))
    (tmp_path / "AGENTS.md").write_text("x\n")
    told = pieces(secret)
    for text in (f"{secret} = 1\n", f'select = ["{"x" * 60} {secret}"]\n', f"a = '{secret}\n"):
        (tmp_path / "agentlint.toml").write_text(text)
        result = agentlint(tmp_path, "check", ".")
        assert result.returncode == 2
        assert not [piece for piece in told if piece in result.stdout + result.stderr]
    for arguments in (("check", secret), (f"--{secret}",), ("explain", f"{'x' * 60} {secret}")):
        result = agentlint(tmp_path, *arguments)
        assert result.returncode == 2
        assert not [piece for piece in told if piece in result.stdout + result.stderr]

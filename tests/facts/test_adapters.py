"""What every adapter keeps, whatever tree it is given."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from agentlint.discovery import FileKind
from agentlint.facts.extract import extract
from agentlint.facts.route import Route
from agentlint.facts.values import ValueKind
from agentlint.text import SourceFile

# Every format that the name of a file tells, so that each adapter takes the tree for one of its own.
FILES = (
    ("claude-settings", ".claude/settings.json"),
    ("codex", ".codex/config.json"),
    ("opencode", "opencode.json"),
    ("continue", ".continue/config.json"),
    ("gemini-cli", ".gemini/settings.json"),
    ("claude-code-router", ".claude-code-router/config.json"),
    ("crush", "crush.json"),
    ("promptfoo", "promptfooconfig.json"),
    ("librechat", "librechat.yaml"),
    ("aider", ".aider.conf.yml"),
    ("github-prompt", "triage.prompt.yml"),
)
KEYS = (
    "model", "models", "name", "id", "env", "provider", "providers", "npm", "options", "baseURL",
    "apiKey", "headers", "agent", "mode", "config", "model_providers", "model_provider", "base_url",
    "wire_api", "env_key", "http_headers", "profiles", "profile", "auth", "Providers", "Router",
    "api_base_url", "transformer", "use", "small_model", "fallbackModel", "apiKeyHelper", "alias",
    "modelConfigs", "customAliases", "modelConfig", "type", "large", "roles", "apiBase", "messages",
    "requestOptions", "defaultTest", "api-key", "weak-model", "modelOverrides", "model_list",
    "ANTHROPIC_DEFAULT_OPUS_MODEL", "litellm_params", "endpoints", "custom", "routes",
)  # fmt: skip
TEXTS = (
    "", "a", "a,b", ",", ":", "a:b", "=", "/", "a/b", "openai:chat:m", "${X}", "${X:-y}", "inherit",
    "default", "chat", "$(x)", "{env:X}", "{{ x }}", "Bearer ${X}", "\u00e9\\",
)  # fmt: skip
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(0, 9), st.sampled_from(TEXTS))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(st.dictionaries(st.sampled_from(KEYS), TREES, max_size=6), st.sampled_from(FILES))
@settings(max_examples=300, deadline=None)
def test_any_tree_gives_routes_that_stand_in_it_and_keep_no_credential(
    tree: dict[str, object], file: tuple[str, str]
) -> None:
    format_id, path = file
    text = json.dumps(tree)
    facts = extract(SourceFile(path, text), FileKind.CONFIG, format_id)
    for route in facts.of(Route):
        assert 0 <= route.span.start <= route.span.end <= len(text)
        for credential in route.credentials:
            assert credential.value.kind is not ValueKind.LITERAL or not credential.value.raw
            assert credential.value.default is None

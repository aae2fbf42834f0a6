"""A model reference is taken apart the same way, whichever host's spelling it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentlint.knowledge.names import MAX_ID, anchors, context_only, parse_model, recognise


@pytest.mark.parametrize(
    ("text", "prefixes", "base", "snapshot", "vendor"),
    [
        ("gpt-4o", (), "gpt-4o", None, "openai"),
        ("gpt-5.2-pro-2025-12-11", (), "gpt-5.2-pro", "2025-12-11", "openai"),
        ("openai/o3", ("openai",), "o3", None, "openai"),
        ("o3", (), "o3", None, "openai"),
        ("openai::gpt-4o-mini", ("openai",), "gpt-4o-mini", None, "openai"),
        ("openrouter/openai/o3-pro:free", ("openrouter", "openai"), "o3-pro", None, "openai"),
        ("gpt-5.3-codex:high", (), "gpt-5.3-codex", None, "openai"),
        ("openai.gpt-5.4", (), "gpt-5.4", None, "openai"),
        ("claude-opus-4-5-20251101", (), "claude-opus-4-5", "20251101", "anthropic"),
        ("claude-opus-4-5@20251101", (), "claude-opus-4-5", "20251101", "anthropic"),
        ("claude-sonnet-4@default", (), "claude-sonnet-4", None, "anthropic"),
        ("claude-opus-4-6[1m]", (), "claude-opus-4-6", None, "anthropic"),
        ("claude-opus-4.6-1m", (), "claude-opus-4.6-1m", None, "anthropic"),
        (
            "us.anthropic.claude-opus-4-1-20250805-v1:0",
            (),
            "claude-opus-4-1",
            "20250805",
            "anthropic",
        ),
        ("~anthropic/claude-opus-latest", ("~anthropic",), "claude-opus-latest", None, "anthropic"),
        ("deepseek-v3", (), "deepseek-v3", None, "deepseek"),
        ("deepseek-ai/DeepSeek-V3.1", (), "deepseek-ai/deepseek-v3.1", None, "deepseek"),
        ("Qwen/Qwen3-32B", (), "qwen/qwen3-32b", None, "qwen"),
        ("qwen2.5-coder:7b", (), "qwen2.5-coder", None, "qwen"),
        ("azure/my-deployment", ("azure",), "my-deployment", None, None),
        ("review-fast", (), "review-fast", None, None),
        ("", (), "", None, None),
    ],
)
def test_the_parts_of_a_reference(
    text: str, prefixes: tuple[str, ...], base: str, snapshot: str | None, vendor: str | None
) -> None:
    name = parse_model(text)
    assert (name.prefixes, name.base, name.snapshot, name.vendor) == (
        prefixes,
        base,
        snapshot,
        vendor,
    )


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("us.anthropic.claude-opus-4-5-20251101-v1:0", "bedrock"),
        ("anthropic.claude-3-haiku-20240307-v1:0", "bedrock"),
        ("claude-opus-4-5@20251101", "vertex_ai"),
        ("claude-opus-4-5", None),
        ("gpt-5.2-pro", None),
    ],
)
def test_the_spelling_gives_the_cloud_away(text: str, platform: str | None) -> None:
    assert parse_model(text).platform == platform


def test_hosts_that_disagree_on_dots_share_a_key() -> None:
    assert parse_model("gpt-5.3-codex").key == parse_model("gpt-5-3-codex").key
    assert parse_model("claude-opus-4.6").key == parse_model("claude-opus-4-6").key


@pytest.mark.parametrize("name", ["o1", "command-r", "llama3", "gemini-pro"])
def test_plain_names_are_ids_only_behind_a_provider_or_as_a_value(name: str) -> None:
    assert context_only(name)
    assert recognise(name) is None
    assert recognise(f"openrouter/{name}")


@pytest.mark.parametrize(
    "text",
    ["DeepSeek/Qwen", "Kimi/GLM/Qwen/DeepSeek", "Ollama/Mistral", "Ollama/Llama3", "xAI/grok"],
)
def test_brands_with_a_slash_between_are_no_id(text: str) -> None:
    assert recognise(text) is None
    assert recognise("ollama/qwen")


@given(st.text(max_size=300))
def test_any_text_can_be_taken_apart(text: str) -> None:
    name = parse_model(text)
    assert name.id == name.text[len(name.text) - len(name.id) :]
    assert len(name.text) <= MAX_ID


PARTS = st.sampled_from(
    [
        "gpt-5",
        "claude-opus-4",
        "llama-3-",
        "qwen",
        "-",
        "mini",
        "7b",
        "2024-01-01",
        ".",
        ":",
        "/",
        "0",
        "-a1b",
        "openai",
    ]
)


@given(st.lists(PARTS, max_size=60).map("".join))
def test_what_is_recognised_holds_an_anchor(text: str) -> None:
    name = recognise(text)
    if name is not None:
        assert name.vendor
        assert any(anchor.lower() in text.lower() for anchor in anchors())

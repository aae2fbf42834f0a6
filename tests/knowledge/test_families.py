"""What a route declares, in any tool's words or by its path, is read as the right family."""

import pytest

from agentlint.knowledge.families import (
    GENERIC,
    Family,
    canonical_path,
    family_of_path,
    family_of_word,
    nearest_word,
)

NAMED = [family for family in Family if family is not Family.UNKNOWN]


@pytest.mark.parametrize("family", NAMED)
def test_every_family_knows_its_own_name(family: Family) -> None:
    assert family_of_word(family.value) is family


@pytest.mark.parametrize(
    ("word", "family"),
    [
        ("chat", Family.CHAT_COMPLETIONS),
        ("Chat-Completions", Family.CHAT_COMPLETIONS),
        ("openai_chat", Family.CHAT_COMPLETIONS),
        ("OpenAI Responses", Family.RESPONSES),
        ("messages", Family.ANTHROPIC_MESSAGES),
        ("anthropic", Family.ANTHROPIC_MESSAGES),
        ("completions", Family.COMPLETIONS),
        ("embedding", Family.EMBEDDINGS),
        ("unknown", None),
        ("responces", None),
        ("", None),
    ],
)
def test_a_word_is_known_in_its_common_spellings(word: str, family: Family | None) -> None:
    assert family_of_word(word) is family


@pytest.mark.parametrize(
    ("tool", "word", "family"),
    [
        ("kong", "llm/v1/chat", Family.CHAT_COMPLETIONS),
        ("kong", "llm/v1/completions", Family.COMPLETIONS),
        ("kong", "preserve", Family.PASSTHROUGH),
        ("kong", "chat", None),
        ("litellm", "chat", Family.CHAT_COMPLETIONS),
        ("litellm", "completion", Family.COMPLETIONS),
        ("litellm", "image_generation", Family.IMAGES),
        ("codex", "responses", Family.RESPONSES),
        ("codex", "chat", Family.CHAT_COMPLETIONS),
        ("copilot", "completions", Family.CHAT_COMPLETIONS),
        ("copilot", "ws:/responses", Family.RESPONSES),
        ("models_dev", "completions", Family.CHAT_COMPLETIONS),
        ("agentgateway", "Completions", Family.CHAT_COMPLETIONS),
        ("agentgateway", "GenerateContent", Family.GEMINI_GENERATE_CONTENT),
        ("agentgateway", "Detect", Family.AUTO),
        ("tensorzero", "chat_completions", Family.CHAT_COMPLETIONS),
        ("ccr", "openai_responses", Family.RESPONSES),
        ("higress", "openai/v1/chatcompletions", Family.CHAT_COMPLETIONS),
        ("new_api", "openai-response", Family.RESPONSES),
        ("crush", "openai-compat", Family.CHAT_COMPLETIONS),
        ("opencode", "@ai-sdk/openai", Family.RESPONSES),
        ("opencode", "@ai-sdk/openai-compatible", Family.CHAT_COMPLETIONS),
        ("envoy", "AWSBedrock", Family.BEDROCK_CONVERSE),
    ],
)
def test_each_tool_has_its_own_words(tool: str, word: str, family: Family | None) -> None:
    assert family_of_word(word, dialect=tool) is family


def test_a_tool_without_a_table_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        family_of_word("chat", dialect="nobody")


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("/v1/chat/completions", Family.CHAT_COMPLETIONS),
        ("https://api.openai.com/v1/chat/completions/", Family.CHAT_COMPLETIONS),
        ("https://openrouter.ai/api/v1/chat/completions", Family.CHAT_COMPLETIONS),
        (
            "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2025-04-01",
            Family.CHAT_COMPLETIONS,
        ),
        ("/v1beta/openai/chat/completions", Family.CHAT_COMPLETIONS),
        ("http://localhost:11434/api/chat", Family.CHAT_COMPLETIONS),
        ("/v1/completions", Family.COMPLETIONS),
        ("/v1/responses", Family.RESPONSES),
        ("https://x.openai.azure.com/openai/responses?api-version=preview", Family.RESPONSES),
        ("/openai/v1/responses/compact", Family.RESPONSES),
        ("ws:/responses", Family.RESPONSES),
        ("POST /v1/responses", Family.RESPONSES),
        ("/v1/messages?beta=true", Family.ANTHROPIC_MESSAGES),
        ("/v1/messages/count_tokens", Family.ANTHROPIC_MESSAGES),
        ("/v1beta/models/gemini-2.5-pro:generateContent", Family.GEMINI_GENERATE_CONTENT),
        (
            "https://h/v1/projects/p/locations/l/publishers/google/models/m:streamGenerateContent?alt=sse",
            Family.GEMINI_GENERATE_CONTENT,
        ),
        (
            "https://h/v1/projects/p/locations/l/publishers/anthropic/models/claude:rawPredict",
            Family.ANTHROPIC_MESSAGES,
        ),
        ("/v1beta/interactions", Family.GEMINI_INTERACTIONS),
        ("/model/us.amazon.nova-pro-v1:0/converse-stream", Family.BEDROCK_CONVERSE),
        ("/model/us.anthropic.claude-opus-4-5/invoke", Family.ANTHROPIC_MESSAGES),
        ("/model/meta.llama3-70b/invoke", Family.PASSTHROUGH),
        ("/v1/embeddings", Family.EMBEDDINGS),
        ("/v2/rerank", Family.RERANK),
        ("/v1/images/generations", Family.IMAGES),
        ("/v1/audio/speech", Family.AUDIO_SPEECH),
        ("/v1/audio/translations", Family.AUDIO_TRANSCRIPTIONS),
        ("wss://api.openai.com/v1/realtime?model=gpt-realtime", Family.REALTIME),
        ("${BASE}/v1/responses", Family.RESPONSES),
        ("https://api.openai.com/v1", None),
        ("https://responses.example.com", None),
        ("https://chat.example.com/completions-guide", None),
        ("", None),
    ],
)
def test_paths_and_urls_are_read_by_their_end(path: str, family: Family | None) -> None:
    assert family_of_path(path) is family


@pytest.mark.parametrize("family", [f for f in NAMED if canonical_path(f)])
def test_the_path_that_a_fix_writes_is_read_back_as_its_family(family: Family) -> None:
    assert family_of_path(canonical_path(family).replace("{model}", "some-model")) is family


@pytest.mark.parametrize("family", [Family.AUTO, Family.PASSTHROUGH, Family.UNKNOWN])
def test_families_of_no_path(family: Family) -> None:
    assert canonical_path(family) == ""


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("responces", "responses"),
        ("antropic", "anthropic_messages"),
        ("chat_completion_api", "chat_completions"),
        ("/v1/responses", "responses"),
        ("/v1/response", "responses"),
        ("football", None),
    ],
)
def test_did_you_mean(word: str, meant: str | None) -> None:
    assert nearest_word(word, dialect=GENERIC) == meant


@pytest.mark.parametrize(
    ("dialect", "word", "meant"),
    [
        ("litellm", "embeddings", "embedding"),
        ("litellm", "tts", "audio_speech"),
        ("litellm", "speech_to_text", "audio_transcription"),
        ("kong", "chat", "llm/v1/chat"),
        # One of two words that LiteLLM has for them, and what it has none for.
        ("litellm", "images", None),
        ("litellm", "converse", None),
        ("litellm", "football", None),
    ],
)
def test_a_tool_may_have_another_word_for_what_is_well_known(
    dialect: str, word: str, meant: str | None
) -> None:
    assert nearest_word(word, dialect=dialect) == meant

"""Model IDs are found where they stand as words of their own, and nowhere inside other words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentlint.facts.detectors.model_ids import ModelMatch, find_model_ids
from agentlint.knowledge.names import anchors

IDS = [
    "gpt-4o",
    "gpt-4.1-mini",
    "gpt-5.6-sol",
    "gpt-oss-120b",
    "o3-pro",
    "o4-mini-2025-04-16",
    "chatgpt-4o-latest",
    "codex-mini-latest",
    "computer-use-preview",
    "text-embedding-3-small",
    "gpt-3.5-turbo-16k",
    "ft:gpt-4o-mini-2024-07-18:acme::abc123",
    "whisper-1",
    "claude-opus-4-5",
    "claude-3-5-sonnet-20241022",
    "claude-opus-4-5@20251101",
    "claude-opus-4-6[1m]",
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "gemini-2.5-pro",
    "gemini-2.5-flash-preview-05-20",
    "gemma3:27b",
    "grok-4-fast",
    "llama-3.3-70b-versatile",
    "llama3.1:8b",
    "codellama:34b",
    "codellama:7b-code",
    "starcoder2:15b-instruct",
    "llava:latest",
    "vicuna:7b",
    "meta.llama4-maverick-17b-instruct-v1:0",
    "mistral-large-latest",
    "codestral-2501",
    "deepseek-chat",
    "deepseek-flash",
    "deepseek-r1:1.5b",
    "qwen2.5-coder:7b",
    "qwen3-coder-480b-a35b-instruct",
    "kimi-k2-thinking",
    "glm-4.6",
    "MiniMax-M2",
    "command-r-08-2024",
    "amazon.nova-pro-v1:0",
    "voyage-3-large",
    "phi4:14b",
    "nemotron-3-super-120b-a12b",
]
PREFIXED = [
    "openai/gpt-4o",
    "openai:o1",
    "openai::gpt-4o-mini",
    "azure/o3",
    "openrouter/anthropic/claude-sonnet-4.5",
    "anthropic:claude-sonnet-4-5",
    "deepseek/deepseek-r1:free",
    "gpt-5.3-codex:high",
    "nvidia/openai/gpt-oss-120b",
    "accounts/fireworks/models/deepseek-v3",
    "models/gemini-2.5-flash",
    "publishers/google/models/gemini-2.5-flash",
    "@cf/meta/llama-3.1-8b-instruct",
    "workers-ai/@cf/meta/llama-3-8b-instruct",
    "Qwen/Qwen3-Coder-480B-A35B-Instruct",
    "meta-llama/Llama-3.3-70B-Instruct",
    "ovhcloud/Mistral-7B-Instruct-v0.3",
    "Moonshot/kimi-k3",
    "openhands/claude-sonnet-4-5",
    "bedrock/converse/us.deepseek.r1-v1:0",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-5-20251101-v1:0",
]
SURROUNDINGS = [
    "{}",
    "use {} here",
    "Use {}.",
    "{}: the default",
    "`{}`",
    '"{}",',
    "('{}')",
    "model={}",
    "MODEL={}\n",
    "**{}**",
    "*{}*",
    "_{}_",
    "**Use {}**",
    "- *Always use {}*.",
    "***Use {}***, please",
    "_Use {}_",
    "_{} only_",
    "__Use\n{}__ for reviews",
    "| {} |",
    "<td>{}</td>",
    "{}<br>",
    "[{}, other]",
    "->{}",
    "使用{}。",
    "「{}」、",
    "（{}）",
    "模型：{}，默认",
    "모델은{}입니다",
    "é {} é",
]


@pytest.mark.parametrize("model", IDS + PREFIXED)
def test_an_id_is_found_whole_whatever_stands_around_it(model: str) -> None:
    for surrounding in SURROUNDINGS:
        text = surrounding.format(model)
        found = [text[match.start : match.end] for match in find_model_ids(text)]
        assert found == [model], text


@pytest.mark.parametrize(
    ("text", "model", "prefix", "vendor"),
    [
        (
            "openrouter/anthropic/claude-opus-4.6",
            "claude-opus-4.6",
            "openrouter/anthropic",
            "anthropic",
        ),
        ("openai::gpt-4o", "gpt-4o", "openai", "openai"),
        ("gpt-4o", "gpt-4o", "", "openai"),
        ("Qwen/Qwen3-32B", "Qwen/Qwen3-32B", "", "qwen"),
        (
            "us.anthropic.claude-opus-4-5-20251101-v1:0",
            "us.anthropic.claude-opus-4-5-20251101-v1:0",
            "",
            "anthropic",
        ),
    ],
)
def test_a_match_names_the_id_its_prefix_and_its_vendor(
    text: str, model: str, prefix: str, vendor: str
) -> None:
    assert list(find_model_ids(text)) == [ModelMatch(0, len(text), model, vendor, prefix)]


TRAPS = [
    # Words that are built on an ID.
    "gpt-4-style",
    "gpt-4-based",
    "gpt-4-level",
    "gpt-4-class",
    "gpt-4o-baseline",
    "gpt-4-mcp",
    "deepseek-instance-1",
    "deepseek-flash-attention",
    "llama-3-8b-endpoint",
    "llama-3-70b-predictor",
    "qwen2.5:3b-class",
    "o1-visa",
    "claude-4-best-practices",
    "claude-opus-4-5-migration",
    "claude-code-gpt-5",
    # Families, products, packages, repositories.
    "gpt-5.x",
    "gpt-oss",
    "claude-3",
    "gemini-2.5",
    "claude-code",
    "claude-code-action@v1",
    "claude-code-router",
    "claude-flow@3.7.1",
    "claude-agent-sdk",
    "claude-plugin",
    "gemini-cli",
    "gemini-code-assist",
    "gemini-api",
    "codex-cli",
    "codex-rs",
    "qwen-code",
    "kimi-cli",
    "grok-cli",
    "gpt4all",
    "gpt4free",
    "gpt-researcher",
    "openai/codex",
    "llama.cpp",
    "llama-index",
    "llama-cli",
    "whisper.cpp",
    "@anthropic-ai/claude-code",
    "@openai/codex",
    "nvidia/cuda-12.1",
    "microsoft/vscode-1",
    "embed-anything",
    # Plain names.
    "o1",
    "o3",
    "O(1)",
    "o1js",
    "O11y",
    "command-line",
    "command-r",
    "command-a",
    "nova-3",
    "phi-4",
    "phi3",
    "sonar",
    "sonnet",
    "opus",
    "inherit",
    "AUTODETECT",
    "all-MiniLM-L6-v2",
    "rerank-2",
    # Display names.
    "GPT-4.1",
    "GPT-5 mini",
    "Claude Sonnet 4.5",
    "DeepSeek-V3.1",
    "Llama-3.1-8B-Instruct",
    # Paths, file names, URLs, hosts.
    "docs/gpt-4o.md",
    "docs/gpt-4o",
    "examples/gpt-5",
    "examples/gpt-5/run",
    "./gpt-4o",
    "../claude-opus-4-5",
    "/models/gpt-4o",
    "~/claude-opus-4-5",
    "prompts/claude-opus-4-5.txt",
    "claude-sonnet-4-5.md",
    "gpt-4o.json",
    "src/models/gpt-4o.py",
    "C:\\models\\gpt-4o",
    "https://platform.openai.com/docs/models/gpt-4o",
    "https://example.com/?model=gpt-4o&x=1",
    "https://example.com/#gpt-4o",
    "http://kimi-k2-thinking:8001",
    "kimi-k2-thinking:8001",
    "llama-3-3-70b-instruct.example.com",
    "#gpt-4o",
    # Wildcards, templates, placeholders, links.
    "openai/*",
    "gpt-*",
    "claude-*",
    "gpt-4*",
    "gpt-4o*",
    "claude-opus-4-*",
    "*always* use gpt-4o*",
    "**all** of gpt-4o**",
    "gpt-4* or gpt-4o*",
    "*use gpt-4*-mini*",
    "* use gpt-4o*",
    "_always_ use gpt-4o_",
    "my_gpt-4o_",
    "use gpt-4o_",
    "use _gpt-4o",
    "use __gpt-4o_",
    "*.md, gpt-4o*",
    "**a gpt-4o*",
    "<gpt-4o>",
    "<openai/gpt-4o>",
    "${PREFIX}gpt-4o",
    "gpt-4${SUFFIX}",
    "gpt-4{{ suffix }}",
    "{provider}/gpt-4o",
    "[gpt-4o](https://example.com)",
    "~openai/gpt-latest",
    "llava",
    "vicuna:wool",
    "starcoder2: a model",
    "codellama:",
    "codellama:docs",
]


@pytest.mark.parametrize("trap", TRAPS)
def test_traps_are_left_alone(trap: str) -> None:
    for before, after in [("", ""), ("see ", " there"), ("`", "`"), ('"', '",'), ("使用", "。")]:
        assert list(find_model_ids(before + trap + after)) == [], before


def test_all_ids_of_a_line_come_in_order() -> None:
    text = "first gpt-4o, then claude-opus-4-5 (or openai/o3), never gpt-4-style; qwen3:8b!"
    found = [text[match.start : match.end] for match in find_model_ids(text)]
    assert found == ["gpt-4o", "claude-opus-4-5", "openai/o3", "qwen3:8b"]


# One of each line and host that is in use; the whole catalogue is measured by bench/model_coverage.py.
SAMPLE = [
    "openai/gpt-5.5-pro",
    "azure/gpt-4.1-nano",
    "github_copilot/gpt-5.6-luna",
    "o3-deep-research",
    "gpt-realtime-2.1-mini",
    "anthropic/claude-fable-5-1",
    "vertex_ai/claude-haiku-4-5@20251001",
    "claude-3-7-sonnet-latest",
    "databricks-claude-opus-4-7",
    "apac.anthropic.claude-sonnet-4-20250514-v1:0",
    "gemini/gemini-3.1-flash-lite-preview",
    "google/gemma-3-27b-it",
    "imagen-4.0-generate-001",
    "veo-3.1-fast-generate-preview",
    "xai/grok-4-1-fast-non-reasoning",
    "grok-code-fast-1",
    "x-ai/grok-4-fast:online",
    "grok-imagine-image-quality",
    "groq/llama-3.3-70b-versatile",
    "cerebras/llama3.1-8b",
    "meta_llama/Llama-4-Maverick-17B-128E-Instruct-FP8",
    "together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo",
    "@cf/meta/llama-4-scout-17b-16e-instruct",
    "mistral/devstral-medium-2507",
    "mistral/ministral-8b-latest",
    "open-mixtral-8x22b",
    "pixtral-large-2411",
    "deepseek/deepseek-v3.2-exp",
    "fireworks_ai/accounts/fireworks/models/deepseek-r1-0528",
    "deepseek-ai/DeepSeek-V3.1",
    "dashscope/qwen3-max-preview",
    "alibaba/qwen-vl-max",
    "ollama/qwen3-coder:30b",
    "Qwen/QwQ-32B",
    "moonshot/kimi-k2.5",
    "moonshotai/Kimi-K2-Instruct-0905",
    "moonshot-v1-128k",
    "zai/glm-4.5-air",
    "zai-org/GLM-4.6",
    "z-ai/glm-5.1",
    "minimax/MiniMax-M2.5",
    "minimax-m3",
    "cohere/command-a-03-2025",
    "embed-multilingual-v3.0",
    "rerank-v3.5",
    "amazon.titan-embed-text-v2:0",
    "us.amazon.nova-premier-v1:0",
    "voyage/voyage-code-3",
    "nvidia_nim/nvidia/llama-3.3-nemotron-super-49b-v1.5",
    "microsoft/phi-4-mini-instruct",
    "perplexity/sonar-reasoning-pro",
    "ai21.jamba-1-5-large-v1:0",
    "stability.sd3-5-large-v1:0",
]


def test_the_lines_and_hosts_in_use_are_covered() -> None:
    missed = [model for model in SAMPLE if len(list(find_model_ids(model))) != 1]
    assert missed == []


@given(
    st.text(
        alphabet=st.sampled_from("gpt-4o.:/@[1m]*${}<>#~ \n`|,（）使用é\\claude-opus5"),
        max_size=200,
    )
)
def test_matches_are_whole_tokens_in_order(text: str) -> None:
    end = 0
    for match in find_model_ids(text):
        assert end <= match.start < match.end <= len(text)
        assert text[match.start : match.end].endswith(match.id)
        before, after = text[match.start - 1 : match.start], text[match.end : match.end + 1]
        assert not (before.isascii() and before.isalnum())
        assert not (after.isascii() and after.isalnum())
        end = match.end


@pytest.mark.parametrize(
    "unit",
    ["-", "a", "1", "-1", "-12", "-2024-01-01", "-7b", ":", "/", "openai/", "-preview", "b-"],
)
def test_no_spelling_makes_the_search_slow(unit: str) -> None:
    # A pattern that backtracks over such a token would take minutes.
    text = " ".join(f"{anchor}{unit * 190}"[:200] for anchor in anchors())
    started = time.process_time()
    list(find_model_ids(text))
    assert time.process_time() - started < 2


def test_one_long_run_without_blanks_is_read_once() -> None:
    text = "gpt-4o/" * 20_000
    started = time.process_time()
    assert list(find_model_ids(text)) == []
    assert time.process_time() - started < 5

"""What the prefix of an environment variable says: `OPENAI_`, `META_LLAMA_`, `DEFAULT_CHAT_`."""

from __future__ import annotations

from collections.abc import Sequence

from agentlint.knowledge.providers import Provider, provider_named

# What a model is for: such a prefix says nothing of who serves it.
_ROLES = frozenset(
    {
        "AGENT", "AI", "BACKUP", "BASE", "CHAT", "CODE", "CODING", "COMPLETION", "DEFAULT", "EMBED",
        "EMBEDDING", "EMBEDDINGS", "EVAL", "EVALUATION", "FALLBACK", "FAST", "GPT", "LARGE", "LLM",
        "LLMS", "MAIN", "PRIMARY", "RAG", "REASONING", "RERANK", "SECONDARY", "SMALL", "SMART",
        "SUMMARIZATION", "SUMMARIZER", "SUMMARY", "TASK", "TEXT", "THINKING", "VISION",
    }
)  # fmt: skip
# What a model is for that is called by the word behind `MODEL`: `OPENAI_MODEL_JUDGE`.
_PURPOSES = frozenset(
    {
        "ADVANCED", "ANALYSIS", "ASSISTANT", "CLASSIFIER", "CLASSIFICATION", "CRITIC", "DEEP", "EXTRACTION",
        "GENERATION", "JUDGE", "PLANNER", "PLANNING", "QUALITY", "QUICK", "REVIEW", "REVIEWER", "ROUTER",
        "STRONG", "TITLE", "TRANSLATION", "WRITER",
    }
)  # fmt: skip
# Names of providers that are words of every day, or of companies that sell much else.
_COMMON_NOUNS = frozenset(
    {"AWS", "CLOUDFLARE", "COPILOT", "GITHUB", "GOOGLE", "LOCAL", "META", "TOGETHER", "VERCEL"}
)
# Every product has one.
_NOBODYS = "COPILOT"
_LONGEST_NAME = 3
# What people call the one place that all calls are to go through.
_GATEWAYS = ("MODEL_GATEWAY", "AI_GATEWAY")


def provider_in(words: Sequence[str]) -> Provider | None:
    """The provider that the words of a prefix name, the first of several.

    A common noun names one with its surname (`META_LLAMA_`), or beside nothing but what the model is
    for (`GOOGLE_`, `LOCAL_CHAT_`): `META_REVIEWER_` is nobody's.
    """
    others = [word for word in words if not is_role((word,))]
    for index, word in enumerate(words):
        if word not in _COMMON_NOUNS:
            known = provider_named(word)
        elif others == [word] != [_NOBODYS]:
            known = _in_full(words[index:]) or provider_named(word)
        else:
            known = _in_full(words[index:])
        if known:
            return known
    return None


def is_gateway(prefix: str) -> bool:
    """Whether a prefix such as `TEAM_AI_GATEWAY` names a gateway to models."""
    return prefix.endswith(_GATEWAYS)


def is_role(words: Sequence[str]) -> bool:
    """Whether words tell what a model is for, and nothing else."""
    return all(word in _ROLES or word.isdigit() for word in words)


def is_purpose(word: str) -> bool:
    """Whether the last word of a variable's name tells what its model is for."""
    return word in _ROLES or word in _PURPOSES


def _in_full(words: Sequence[str]) -> Provider | None:
    """The provider whose name of several words begins here."""
    for length in range(min(_LONGEST_NAME, len(words)), 1, -1):
        parts = words[:length]
        known = provider_named("_".join(parts)) or provider_named("-".join(parts))
        if known:
            return known
    return None

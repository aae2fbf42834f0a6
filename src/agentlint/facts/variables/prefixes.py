"""What the prefix of an environment variable says: `OPENAI_`, `META_LLAMA_`, `DEFAULT_CHAT_`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agentlint.knowledge.data import word_set
from agentlint.knowledge.providers import Provider, ProviderKind, provider_named

_TABLE, _BEHIND = "model_variables", "behind_model"
_NO_PURPOSES = ("of_it", "several", "not_called")
# What a model is for: such a prefix says nothing of who serves it.
_ROLES = frozenset(
    {
        "AGENT", "AI", "BACKUP", "BASE", "CHAT", "CODE", "CODING", "COMPLETION", "DEFAULT", "EMBED",
        "EMBEDDING", "EMBEDDINGS", "EVAL", "EVALUATION", "FALLBACK", "FAST", "GPT", "LARGE", "LLM",
        "LLMS", "MAIN", "PRIMARY", "RAG", "REASONING", "RERANK", "SECONDARY", "SMALL", "SMART",
        "SUMMARIZATION", "SUMMARIZER", "SUMMARY", "TASK", "TEXT", "THINKING", "VISION",
    }
)  # fmt: skip
# Names of providers that are words of every day, or of companies that sell much else.
_COMMON_NOUNS = frozenset(
    {"AWS", "CLOUDFLARE", "COPILOT", "GITHUB", "GOOGLE", "LOCAL", "META", "TOGETHER", "VERCEL"}
)
# Every product has one.
_NOBODYS = "COPILOT"
# Tools that answer by servers of their own, whosever model it is: https://cursor.com/docs/models,
# https://docs.windsurf.com/windsurf/models, https://kiro.dev/docs/chat/model-selection.
_TOOLS = frozenset({"CURSOR", "WINDSURF", "KIRO"})
_LONGEST_NAME = 3
# What every provider has, and nobody else.
_ANYBODYS = frozenset({"EMBEDDING", "EMBEDDINGS", "GPT", "LLM", "LLMS"})
# What people call the one place that all calls are to go through.
_GATEWAYS = ("MODEL_GATEWAY", "AI_GATEWAY")


def provider_in(words: Sequence[str]) -> Provider | None:
    """The provider that the words of a prefix name, the first of several.

    A common noun names one with its surname (`META_LLAMA_`), or beside nothing but what the model is
    for (`GOOGLE_`, `LOCAL_CHAT_`): `META_REVIEWER_` is nobody's.
    """
    return next((provider for _, provider in _providers_in(words)), None)


def is_for_models(prefix: str) -> bool:
    """Whether a host under a prefix is sure to answer model calls: it names a gateway to models, what only
    models have (`LLM_`), or a provider by a name that has no other meaning.

    Clouds are called for much else, and under one name.
    """
    words = prefix.split("_")
    return (
        is_gateway(prefix)
        or not _ANYBODYS.isdisjoint(words)
        or any(_is_unambiguous(name, provider) for name, provider in _providers_in(words))
    )


def providers_in_name(words: Sequence[str]) -> Iterator[Provider]:
    """The providers that adjacent words of a name in a program name, such as `open_router`, where nothing
    else may be called so."""
    for length in range(_LONGEST_NAME, 0, -1):
        for start in range(len(words) - length + 1):
            parts = words[start : start + length]
            provider = provider_named("".join(parts)) or provider_named("_".join(parts))
            is_common = length == 1 and parts[0].upper() in _COMMON_NOUNS
            if provider and not is_common and provider.ambiguous.isdisjoint(parts):
                yield provider


def is_gateway(prefix: str) -> bool:
    """Whether a prefix such as `TEAM_AI_GATEWAY` names a gateway to models."""
    return prefix.endswith(_GATEWAYS)


def is_role(words: Sequence[str]) -> bool:
    """Whether words tell what a model is for, and nothing else."""
    return all(word in _ROLES or word.isdigit() for word in words)


def is_purpose(behind_model: str) -> bool:
    """Whether what stands behind `MODEL` in a variable's name tells what its model is for (`JUDGE`, `LITE`,
    `2`), and nothing else of a model (`PATH`) and no model that is not called (`OLD`)."""
    said = behind_model.split("_")
    return all(word_set(_TABLE, _BEHIND, kind).isdisjoint(said) for kind in _NO_PURPOSES)


def is_copilot(prefix: str) -> bool:
    """Whether a prefix is that of the variables which the CLI of GitHub Copilot reads: `COPILOT_MODEL`.

    https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-programmatic-reference
    """
    return prefix == _NOBODYS


def is_of_tool(words: Sequence[str]) -> bool:
    """Whether words name a tool whose models only its own servers answer for, and nothing else but what a
    model is for."""
    others = [word for word in words if not is_role((word,))]
    return len(others) == 1 and others[0] in _TOOLS


def _providers_in(words: Sequence[str]) -> Iterator[tuple[str, Provider]]:
    """The providers that words name, each with its name there."""
    others = [word for word in words if not is_role((word,))]
    for index, word in enumerate(words):
        is_common = word in _COMMON_NOUNS
        names = _longer_names(words[index:]) if is_common else []
        if not is_common or others == [word] != [_NOBODYS]:
            names.append(word)
        known = ((name, provider) for name in names if (provider := provider_named(name)))
        found = next(known, None)
        if found:
            yield found


def _longer_names(words: Sequence[str]) -> list[str]:
    """The names of several words that may begin here, the longest first."""
    lengths = range(min(_LONGEST_NAME, len(words)), 1, -1)
    return [mark.join(words[:length]) for length in lengths for mark in "_-"]


def _is_unambiguous(name: str, provider: Provider) -> bool:
    return provider.kind is not ProviderKind.CLOUD and name.lower() not in provider.ambiguous

"""The words of `rules/data/secret-words.toml`, as sets."""

from __future__ import annotations

from functools import cache

from agentlint.knowledge.data import table

_TABLE = "secret-words"


@cache
def words(section: str, name: str) -> frozenset[str]:
    """One list of the table; KeyError where there is none."""
    return frozenset(table(_TABLE)[section][name].split())


@cache
def providers_by_word() -> dict[str, str]:
    """Provider ids by the words in names that stand for them."""
    return {
        word: word if provider == "others" else provider
        for provider, listed in table(_TABLE)["providers"].items()
        for word in listed.split()
    }


@cache
def documentation_keys() -> frozenset[str]:
    """SHA-256, in hex, of the sample keys that vendors print in their documentation."""
    return frozenset(
        digest for row in table(_TABLE)["documentation_keys"] for digest in row["sha256"]
    )

"""The words of `rules/data/secret-words.toml`, as sets."""

from __future__ import annotations

from functools import cache

from agentlint.knowledge.data import table, word_set
from agentlint.text.hashing import sha256

_TABLE = "secret-words"


@cache
def words(section: str, name: str) -> frozenset[str]:
    """One list of the table; KeyError where there is none."""
    return word_set(_TABLE, section, name)


@cache
def providers_by_word() -> dict[str, str]:
    """Provider ids by the words in names that stand for them."""
    return {
        word: word if provider == "others" else provider
        for provider, listed in table(_TABLE)["providers"].items()
        for word in listed.split()
    }


def is_listed(text: str, section: str) -> bool:
    """Whether the SHA-256 of `text` stands in `section`; well-known values are kept as nothing else."""
    plain = text.removeprefix("0x").encode("utf-8", "replace")
    return sha256(plain).hexdigest() in _digests(section)


@cache
def _digests(section: str) -> frozenset[str]:
    return frozenset(digest for row in table(_TABLE)[section] for digest in row["sha256"])

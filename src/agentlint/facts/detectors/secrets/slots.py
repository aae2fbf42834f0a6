"""Values where whatever stands works, because it is compared with what clients send."""

from __future__ import annotations

from functools import cache

from agentlint.facts.detectors.secrets.names import split_words
from agentlint.facts.detectors.secrets.placeholders import (
    asks_for_another,
    is_elided,
    is_named_variable,
    is_published,
    parts_of,
)
from agentlint.facts.detectors.secrets.vocabulary import providers_by_word, words

# As many as a year or a counter has; more of them are drawn.
_MOST_DIGITS = 4


def is_to_be_chosen(value: str) -> bool:
    """Whether `value` says that whoever sets the gateway up is to put something else there: `<key>`,
    `sk-...`, `your-key-here`. Words that only hold the place elsewhere (`my-secret`) work here."""
    text = value.strip()
    if not text.isascii() or is_elided(text) or is_named_variable(text) or is_published(text):
        return True
    own = [word for word in split_words(text) if word not in common_words()]
    return text.lower() in words("placeholders", "whole") or asks_for_another("-".join(own))


def can_be_guessed(value: str, project: frozenset[str]) -> bool:
    """Whether `value` is words with at most a year or a counter, and says where it works (`acme-local`), or
    has no word that is anybody's own (`sk-litellm-master`, `SuperSecret2024`) but those by which the
    file calls its `project`."""
    text = value.strip()
    if not any(map(str.isalpha, text)) or sum(map(str.isdigit, text)) > _MOST_DIGITS:
        return False
    says_where = not words("placeholders", "stages").isdisjoint(parts_of(text.lower()))
    own = (word for word in split_words(text) if word not in common_words())
    return says_where or project.issuperset(own)


@cache
def common_words() -> frozenset[str]:
    """What people put into a key who do not think of one of their own."""
    return (
        words("placeholders", "stages")
        | words("names", "key_qualifiers")
        | words("weak", "of_key")
        | words("weak", "of_slot")
        | providers_by_word().keys()
    )

"""Whether a value that would be a credential only refers to one."""

from __future__ import annotations

from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness
from agentlint.knowledge.references import Reference, references


def is_reference(value: str) -> Reference | None:
    """The reference that the whole of `value` is, or None.

    A default inside one (`${X:-literal}`) is for the caller to judge.
    """
    for found in references(value):
        # `settings.KEY` and `f8d7s6.x3k9` have one shape; only the words tell code from a token.
        if found.target != "code" or randomness(found.name) < RANDOM:
            return found
    return None

"""Which of the credentials of a line its own sentence calls revoked."""

from __future__ import annotations

import random

import pytest
from tests.secret_samples import sample

from agentlint.facts.credentials.candidates import secret_candidates
from agentlint.facts.source import Source
from agentlint.text import Region

RNG = random.Random(20261122)
OLD, NEW = sample("openrouter-api-key", RNG), sample("openrouter-api-key", RNG)


def said_void(text: str) -> list[bool]:
    """For each credential of a text in which OLD and NEW stand, whether it is told as void."""
    written = text.replace("OLD", OLD).replace("NEW", NEW)
    found = secret_candidates(Region.whole(written), (), Source("AGENTS.md"))
    return [secret.said_void for secret in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As before: one credential, and what its line says of it.
        ("- `OLD` → revoked", [True]),
        ("`OLD` (rotated on 2026-03-01)", [True]),
        ("KEY=OLD # expired", [True]),
        ("| ci | `OLD` | revoked |", [True]),
        ("The key `OLD`, which CI used, has been revoked.", [True]),
        ("`OLD` stood here. It was revoked in March.", [True]),
        ("`OLD`. (revoked)", [True]),
        ("`OLD` has to be rotated", [False]),
        ("`OLD` is rotated weekly", [False]),
        # Two of them, of which one is in use.
        ("Old (revoked) key: `OLD`. New key: `NEW`", [True, False]),
        ("New key: `NEW`. Old (revoked) key: `OLD`", [False, True]),
        ("`OLD` (revoked), `NEW` (in use)", [True, False]),
        ("`OLD` was revoked, use `NEW` instead.", [True, False]),
        ("`OLD` was revoked; `NEW` is its successor.", [True, False]),
        ("`OLD` was revoked and `NEW` came after it.", [True, False]),
        ("`NEW` is in use, `OLD` was revoked.", [False, True]),
        ("Use `NEW` (the old one, `OLD`, was revoked).", [False, True]),
        ("| `OLD` | revoked | `NEW` | live |", [True, False]),
        ("`OLD` was revoked.\nUse `NEW`.", [True, False]),
        # An enumeration shares what is said of it.
        ("`OLD` and `NEW` were revoked.", [True, True]),
        ("- Revoked: `OLD`, `NEW`", [True, True]),
        # Another key is meant, which is not there.
        ("The old one was revoked. New key: `NEW`", [False]),
        ("The old one was revoked, use `NEW`.", [False]),
        ("Use `NEW`. The old one was revoked.", [False]),
        ("It was revoked: do not use `OLD`.", [True]),
    ],
)
def test_only_what_its_own_sentence_calls_void_is_told_so(text: str, expected: list[bool]) -> None:
    assert said_void(text) == expected

"""How a value of a config is read: a literal, or a reference in somebody's spelling."""

from __future__ import annotations

import pytest

from agentlint.facts.values.value import ValueKind, classified
from agentlint.knowledge.data import rows
from agentlint.text import Span

OF_PROGRAMS = "python"
"""An expression that is read from the syntax tree, not by its spelling."""


@pytest.mark.parametrize(
    ("text", "dialect", "kind", "name", "default"),
    [
        ("os.environ/OPENAI_API_KEY", "litellm", "env_ref", "OPENAI_API_KEY", None),
        ("os.environ.OPENAI_API_KEY", "code", "env_ref", "OPENAI_API_KEY", None),
        ("{{ secrets.KEY }}", "actions-unfinished", "template", "KEY", None),
        ("${secrets.KEY}", "actions-unfinished", "template", "KEY", None),
        ("{{ .Values.secrets.KEY }}", "template", "template", ".Values.secrets.KEY", None),
        ("${MODEL}", "shell", "env_ref", "MODEL", None),
        ("${MODEL:-gpt-5.4}", "shell", "env_ref", "MODEL", "gpt-5.4"),
        ("${MODEL:?not set}", "shell", "env_ref", "MODEL", None),
        ("$MODEL", "shell", "env_ref", "MODEL", None),
        ("Bearer $TOKEN", "shell", "env_ref", "TOKEN", None),
        ("$env:MODEL", "powershell", "env_ref", "MODEL", None),
        ("%MODEL%", "windows", "env_ref", "MODEL", None),
        ("{env:MODEL}", "opencode", "env_ref", "MODEL", None),
        ("{file:./key.txt}", "opencode", "file_ref", "./key.txt", None),
        ("${{ secrets.KEY }}", "actions", "secret_ref", "KEY", None),
        ("${{ vars.MODEL }}", "actions", "env_ref", "MODEL", None),
        ("${{ matrix.model }}", "actions", "template", "matrix.model", None),
        ("${{ vars.MODEL || 'gpt-5.4' }}", "actions", "template", "vars.MODEL", "gpt-5.4"),
        ("${{ vars.A || secrets.B||'x/y:1' }}", "actions", "template", "vars.A", "x/y:1"),
        (
            "${{ inputs.m == 'a' && 'b' || 'c' }}",
            "actions",
            "template",
            "inputs.m == 'a' && 'b' || 'c'",
            None,
        ),
        ("${{ vars.MODEL || '' }}", "actions", "template", "vars.MODEL || ''", None),
        ('${{ env "DECK_KEY" }}', "deck", "env_ref", "DECK_KEY", None),
        ("{vault://env/key}", "kong", "secret_ref", "env/key", None),
        ("env.KEY", "bifrost", "env_ref", "KEY", None),
        ("env::KEY", "tensorzero", "env_ref", "KEY", None),
        ("path::/run/key", "tensorzero", "file_ref", "/run/key", None),
        ("op://vault/item/key", "secret-store", "secret_ref", "vault/item/key", None),
        ("{{ env.KEY }}", "template", "template", "env.KEY", None),
        ("https://${HOST}/v1", "template", "template", "https://${HOST}/v1", None),
        ("$(pass show key)", "command", "command", "pass show key", None),
        ("process.env.KEY", "code", "env_ref", "KEY", None),
        ('os.environ["KEY"]', "code", "env_ref", "KEY", None),
        ("user_provided", "librechat", "secret_ref", "user_provided", None),
    ],
)
def test_a_reference_tells_its_spelling_and_what_it_points_at(
    text: str, dialect: str, kind: str, name: str, default: str | None
) -> None:
    value = classified(text, Span(0, len(text)))
    assert (value.dialect, value.kind, value.ref, value.default) == (dialect, kind, name, default)


@pytest.mark.parametrize(
    "text",
    [
        "gpt-5.4",
        "sdk",
        "environment-check",
        "anthropic.claude",
        "projects/acme/locations/eu/publishers/google/models/gemini-2.5-pro",
        "file:qwen3",
        "command:latest",
        "secrets/v2",
        "router(fast)",
        "https://gateway.example.com/v1",
    ],
)
def test_what_may_be_a_name_is_a_literal(text: str) -> None:
    """As a credential some of these would be references; as a model or an alias they are names."""
    assert classified(text, Span(0, len(text))).kind is ValueKind.LITERAL


def test_formats_name_dialects_of_the_table() -> None:
    known = {row["dialect"] for row in rows("references", "reference")}
    for row in rows("formats", "format"):
        assert set(row["reference_dialects"]) <= known | {OF_PROGRAMS}, row["id"]


def test_every_spelling_that_counts_anywhere_is_a_kind_of_value() -> None:
    targets = {row["target"] for row in rows("references", "reference") if not row["vague"]}
    assert targets == {"env", "secret", "file", "command", "template"}

"""Files of one person, by the end of their path."""

from __future__ import annotations

import pytest

from agentlint.discovery import classify_or_guess
from agentlint.facts.files.extract import extract
from agentlint.facts.local_file import LocalFile
from agentlint.text import SourceFile


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("CLAUDE.local.md", "CLAUDE.local.md"),
        ("packages/web/CLAUDE.local.md", "CLAUDE.local.md"),
        ("claude.LOCAL.md", "CLAUDE.local.md"),
        ("AGENTS.local.md", "AGENTS.local.md"),
        (".claude/settings.local.json", ".claude/settings.local.json"),
        ("CLAUDE.md", None),
        ("MY-CLAUDE.local.md", None),
        ("settings.local.json", None),
        ("tests/fixtures/CLAUDE.local.md", None),
        ("templates/.claude/settings.local.json", None),
    ],
)
def test_which_files_are_one_persons(path: str, name: str | None) -> None:
    kind, format_id = classify_or_guess(path)
    facts = extract(SourceFile(path, "{}\n"), kind, format_id)
    assert [fact.name for fact in facts.of(LocalFile)] == ([name] if name else [])

"""A key in a list in JSON is left for people to take out: an empty text in its place may open the door."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.engine import Run, run


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (".env", "{}='[\"{}\"]'\n", "leave `API_KEYS` empty"),
        (
            "compose.yaml",
            "services:\n  a:\n    environment:\n      {}: '[\"{}\"]'\n",
            "write `${API_KEYS}` in place of the whole list",
        ),
    ],
)
def test_no_fix_empties_a_text_of_a_list(name: str, text: str, told: str, tmp_path: Path) -> None:
    key = sample("openai-project-key", Random(3))
    (tmp_path / name).write_text(text.format("API_KEYS", key), encoding="utf-8")
    (finding,) = run(Run(tmp_path, (tmp_path,), Settings(), date(2026, 11, 22))).findings
    assert finding.rule == "literal-secret"
    assert len(finding.span) == len(key)
    assert finding.fix is None
    assert finding.help
    assert told in finding.help

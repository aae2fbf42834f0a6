"""A model that has been shut down is moved nowhere; up to that day a fix sends it to Responses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, run

LITELLM = """\
model_list:
  - model_name: coder
    litellm_params: {{ model: openai/{model}, api_key: os.environ/OPENAI_API_KEY }}
"""
TABLE = """\
routes:
  coder: {{ provider: openai, model: {model}, endpoint_path: /v1/chat/completions }}
"""


@pytest.mark.parametrize(
    ("text", "model", "today", "moved"),
    [
        (LITELLM, "codex-mini-latest", date(2026, 2, 11), True),
        (LITELLM, "codex-mini-latest", date(2026, 2, 12), False),
        (TABLE, "codex-mini-latest", date(2026, 2, 11), True),
        (TABLE, "codex-mini-latest", date(2026, 2, 12), False),
        (TABLE, "o3-pro", date(2026, 11, 22), True),
    ],
)
def test_what_has_ended_is_not_moved(
    text: str, model: str, today: date, moved: bool, tmp_path: Path
) -> None:
    (tmp_path / "gateway-routes.yaml").write_text(text.format(model=model), encoding="utf-8")
    found = run(Run(tmp_path, (tmp_path,), Settings(), today)).findings
    (finding,) = (one for one in found if one.rule == "responses-only-on-chat")
    assert (finding.fix is not None) is moved
    assert finding.help
    assert ("has been shut down" in finding.help) is not moved


@pytest.mark.parametrize(
    "model", ["gemini-1.5-pro", "gemini-1.5-flash-8b", "gemini-1.5-flash-latest"]
)
def test_the_vendor_itself_tells_of_an_end_and_of_what_to_move_to(
    model: str, tmp_path: Path
) -> None:
    (tmp_path / "AGENTS.md").write_text(f"Always use `{model}`.\n", encoding="utf-8")
    found = run(Run(tmp_path, (tmp_path,), Settings(), date(2026, 11, 23))).findings
    (finding,) = (one for one in found if one.rule == "retired-model")
    assert finding.help
    assert finding.help.startswith("move to `gemini-3.6-flash` (https://ai.google.dev/")

"""What a run reads before any rule judges it, and what it reads further for the sake of a few files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from agentlint.config import Settings
from agentlint.engine import Run, collect, run
from agentlint.facts.route import Route

TODAY = date(2026, 11, 20)
FALLING_BACK = """\
model_list:
  - model_name: review-fast
    litellm_params: { model: openai/gpt-5.4-mini }
litellm_settings: { fallbacks: [{ review-fast: [review-deep] }] }
"""
FALLBACK = """\
model_list:
  - model_name: review-deep
    litellm_params: { model: anthropic/claude-opus-4-5 }
"""


def test_the_project_of_a_run_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(FALLING_BACK)
    (tmp_path / "broken.yaml").write_text("model_list: [litellm_params\n")
    collected = collect(Run(tmp_path, (tmp_path,), Settings(), TODAY))
    assert [route.alias.raw for route in collected.project.all(Route)] == ["review-fast"]
    assert set(collected.sources) == {"config.yaml", "broken.yaml"}
    assert {notice.path for notice in collected.notices} == {"broken.yaml"}


def test_a_hook_on_one_file_knows_the_names_of_the_others(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(FALLING_BACK)
    request = Run(tmp_path, (config,), Settings(select=("undefined-alias",)), TODAY)
    assert [finding.rule for finding in run(request).findings] == ["undefined-alias"]
    (tmp_path / "more.yaml").write_text(FALLBACK)
    report = run(request)
    assert (report.findings, report.files_read) == ((), 1)

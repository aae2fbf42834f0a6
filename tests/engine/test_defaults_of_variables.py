"""A credential that is a variable's default is told as that: the variable is there already."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from tests.secret_samples import sample

from agentlint.config import Settings
from agentlint.engine import Run, run
from agentlint.findings import Finding


def found(root: Path, line: str) -> Finding:
    text = f"services:\n  app:\n    image: acme/app:1\n    environment:\n      {line}\n"
    (root / "compose.yaml").write_text(text, encoding="utf-8")
    report = run(Run(root, (root,), Settings(), date(2026, 11, 22)))
    (finding,) = report.findings
    return finding


@pytest.mark.parametrize("value", ["${PG_PASSWORD:-postgres}", "${PG_PASSWORD-postgres}"])
@pytest.mark.parametrize("line", ["DATABASE_PASSWORD: {}", "- DATABASE_PASSWORD={}"])
def test_a_default_that_everybody_knows(line: str, value: str, tmp_path: Path) -> None:
    finding = found(tmp_path, line.format(value))
    assert finding.rule == "default-credential"
    assert "falls back to" in finding.message
    assert finding.help
    assert "${PG_PASSWORD:?}" in finding.help


def test_a_value_that_everybody_knows(tmp_path: Path) -> None:
    finding = found(tmp_path, "DATABASE_PASSWORD: postgres")
    assert "is set to" in finding.message
    assert finding.help
    assert ":?" not in finding.help


@pytest.mark.parametrize("line", ["API_KEY: ${{ACME_KEY:-{}}}", '- "API_KEY=${{ACME_KEY:-{}}}"'])
def test_a_secret_that_is_a_default(line: str, tmp_path: Path) -> None:
    finding = found(tmp_path, line.format(sample("openai-project-key", Random(3))))
    assert finding.rule == "literal-secret"
    assert finding.help
    assert "`${ACME_KEY:?}`" in finding.help
    assert "${API_KEY}" not in finding.help
    assert finding.fix is None


def test_a_reader_that_expands_no_such_reference_has_no_default(tmp_path: Path) -> None:
    models = "model_list:\n- {model_name: a, litellm_params: {model: openai/gpt-5.4}}\n"
    text = f"{models}general_settings:\n  master_key: ${{KEY:-sk-1234}}\n"
    (tmp_path / "litellm_config.yaml").write_text(text, encoding="utf-8")
    found = run(Run(tmp_path, (tmp_path,), Settings(), date(2026, 11, 22))).findings
    assert [finding.rule for finding in found] == ["wrong-reference-dialect"]


def test_a_secret_that_is_none(tmp_path: Path) -> None:
    finding = found(tmp_path, f"API_KEY: {sample('openai-project-key', Random(3))}")
    assert finding.help
    assert "${OPENAI_API_KEY}" in finding.help

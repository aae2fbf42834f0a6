"""`agentlint facts`: what a rule would be given, as JSON and without secrets."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.secret_samples import sample

from agentlint.cli.app import app


def facts(*args: str) -> Result:
    return CliRunner().invoke(app, ["facts", *args], catch_exceptions=False)


def test_every_fact_has_its_type_and_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "routes.yaml").write_text("routes:\n  critic:\n    model: gpt-5.4\n")
    document = json.loads(facts("routes.yaml").stdout)
    assert (document["version"], document["path"], document["kind"]) == (1, "routes.yaml", "config")
    (route,) = (fact for fact in document["facts"] if fact["fact"] == "Route")
    assert route["pointer"] == ["routes", "critic"]
    assert (route["chosen_family"]["family"], route["family_required"]) == (None, True)
    assert route["model"]["raw"] == "gpt-5.4"
    assert route["model"]["span"] == {"start": 29, "end": 36, "line": 3, "column": 12}


def test_a_secret_is_told_by_its_kind_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    secret = sample("openai-project-key", random.Random(7))
    (tmp_path / "config.yaml").write_text(
        "model_list:\n  - model_name: a\n    litellm_params:\n"
        f"      model: openai/gpt-5.4\n      api_key: {secret}\n"
    )
    output = facts("config.yaml").stdout
    found = [fact for fact in json.loads(output)["facts"] if fact["fact"] == "SecretCandidate"]
    assert found
    assert secret not in output
    assert secret[12:40] not in output


def test_what_cannot_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "binary.yaml").write_bytes(b"\x00\xff\xfe\x00" * 40)
    for name in ("missing.yaml", ".", "binary.yaml"):
        result = facts(name)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1

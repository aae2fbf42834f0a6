"""`agentlint models`: what is known of an ID, and refreshing it from files at hand."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from agentlint.cli.app import app
from agentlint.knowledge.catalogue import bundled
from agentlint.knowledge.providers import title_of

COST_MAP = {
    "o9-pro": {
        "litellm_provider": "openai",
        "mode": "responses",
        "supported_endpoints": ["/v1/responses"],
    }
}


def agentlint(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


def test_an_id_is_told_with_its_sources() -> None:
    result = agentlint("models", "o3-pro", "--as-of", "2026-11-20")
    assert result.exit_code == 0
    assert "o3-pro (openai)" in result.output
    assert "OpenAI serves it on `/v1/responses` only" in result.output
    assert "OpenAI shuts it down on 2026-12-11 (in 21 days)" in result.output


def test_an_id_that_two_tables_spell_is_told_once() -> None:
    result = agentlint("models", "gemini-2.5-pro", "--as-of", "2026-11-20")
    assert result.output.count("gemini-2.5-pro (google)\n") == 1
    assert "calls are answered by gemini-3.8-flash from then on" in result.output


def test_a_successor_is_told_with_what_it_does_not_do() -> None:
    result = agentlint("models", "davinci-002", "--as-of", "2026-11-23")
    assert ", successor gpt-5.6-terra, which Completions does not serve\n" in result.output


def test_json_is_versioned() -> None:
    result = agentlint("models", "gpt-5.5-pro", "--output-format", "json")
    document = json.loads(result.output)
    assert document["version"] == 1
    assert {"id", "facts", "served", "retirements", "sources"} <= document["models"][0].keys()


def test_an_unknown_pattern_is_an_error() -> None:
    result = agentlint("models", "no-such-model")
    assert result.exit_code == 2
    assert "no known model" in result.output


def test_a_refresh_is_written_printed_and_read_again(tmp_path: Path) -> None:
    source, overlay = tmp_path / "map.json", tmp_path / "new.json"
    source.write_text(json.dumps(COST_MAP))
    result = agentlint("models", "update", "--from", str(source), "-o", str(overlay))
    assert result.exit_code == 0, result.output
    assert "+ openai/o9-pro: responses" in result.output
    assert agentlint("models", "o9-pro").exit_code == 2
    shown = agentlint("models", "o9-pro", "--catalogue", str(overlay))
    assert "listed at OpenAI: responses" in shown.output


def test_what_a_check_goes_by_is_told_without_being_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, below = tmp_path / "map.json", tmp_path / "docs"
    source.write_text(json.dumps(COST_MAP))
    below.mkdir()
    agentlint("models", "update", "--from", str(source), "-o", str(tmp_path / "new.json"))
    (tmp_path / "agentlint.toml").write_text('[models]\ncatalogue = "new.json"\n')
    monkeypatch.chdir(below)
    (tmp_path / ".git").mkdir()
    assert "listed at OpenAI: responses" in agentlint("models", "o9-pro").output
    assert agentlint("models", "o9-pro", "--isolated").exit_code == 2
    (tmp_path / "new.json").unlink()
    assert "models.catalogue: no such file" in agentlint("models", "o9-pro").output


def test_a_refresh_overwrites_an_earlier_one_and_nothing_else(tmp_path: Path) -> None:
    source, overlay = tmp_path / "map.json", tmp_path / "new.json"
    source.write_text(json.dumps(COST_MAP))
    for _ in range(2):
        written = agentlint("models", "update", "--from", str(source), "-o", str(overlay))
        assert written.exit_code == 0, written.output
    refused = agentlint("models", "update", "--from", str(source), "-o", str(source))
    assert refused.exit_code == 2
    assert "holds something else, and is not overwritten" in refused.output
    assert json.loads(source.read_text()) == COST_MAP


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', "not json"])
def test_a_file_that_is_no_source_changes_nothing(tmp_path: Path, text: str) -> None:
    source, overlay = tmp_path / "map.json", tmp_path / "new.json"
    source.write_text(text)
    result = agentlint("models", "update", "--from", str(source), "-o", str(overlay))
    assert result.exit_code == 2
    assert not overlay.exists()


def test_the_settings_name_a_catalogue_inside_the_root(tmp_path: Path) -> None:
    (tmp_path / "AGENTS.md").write_text("x\n")
    settings = tmp_path / "agentlint.toml"
    settings.write_text('[models]\ncatalogue = "../outside.json"\n')
    result = agentlint("check", str(tmp_path))
    assert result.exit_code == 2
    assert "models.catalogue: the path leads out of the root" in result.output
    settings.write_text('[models]\ncatalogue = "missing.json"\n')
    assert (
        "models.catalogue: no such file or folder: missing.json"
        in agentlint("check", str(tmp_path)).output
    )


def test_each_fact_is_told_once_and_what_is_past_in_the_past() -> None:
    titan = agentlint("models", "amazon.titan-embed-text-v1").output
    assert titan.count("Bedrock serves it on embeddings only") == 1
    ended = agentlint("models", "o3-pro", "--as-of", "2026-12-12").output
    assert "OpenAI shut it down on 2026-12-11 (1 day ago)" in ended
    assert "(today)" in agentlint("models", "o3-pro", "--as-of", "2026-12-11").output


def test_an_earliest_shutdown_that_is_past_may_have_been() -> None:
    provider, models = next(iter(bundled().shutdown.items()))
    model, day = next(iter(models.items()))
    before = agentlint("models", model, "--as-of", str(day - timedelta(1))).output
    after = agentlint("models", model, "--as-of", str(day)).output
    assert f"{title_of(provider)} shuts it down on {day} at the earliest" in before
    assert f"{title_of(provider)} may have shut it down, on {day} at the earliest" in after

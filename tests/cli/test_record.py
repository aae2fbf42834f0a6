"""`agentlint record new` fills in what the repository tells and leaves the rest to its author."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from agentlint.cli.app import app
from agentlint.discovery import FileKind
from agentlint.facts.files.extract import extract
from agentlint.facts.record import Record
from agentlint.knowledge.records import record_kinds
from agentlint.text import SourceFile

EXAMPLE = Path(__file__).parents[2] / "examples" / "gateway-team"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """The example repository as one of its own: where it stands, it is only a sample."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "team"))


def written(kind: str, path: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["record", "new", kind, str(path), *options])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("layout", ["yaml", "json"])
@pytest.mark.parametrize("kind", [kind.id for kind in record_kinds()])
def test_what_is_written_is_a_template_of_its_kind(kind: str, layout: str, team: Path) -> None:
    text = written(kind, team, "--output-format", layout)
    (record,) = extract(SourceFile(f"a.{layout}", text, False), FileKind.CONFIG).of(Record)
    assert record.kind == kind
    assert record.is_template
    assert record.unsafe == ()


def test_a_smoke_test_lists_every_alias_and_one_that_does_not_exist(team: Path) -> None:
    log = json.loads(written("gateway-smoke-test", team))
    assert log["aliases_tested"] == ["critic", "fallback", "reviewer", "writer"]
    assert [row["alias"] for row in log["results"]] == [*log["aliases_tested"], "invalid-alias"]


def test_families_and_instructions_are_those_of_the_repository(team: Path) -> None:
    text = written("gateway-run", team)
    assert 'instruction_source: "AGENTS.md"\n' in text
    assert 'critic_endpoint_family: "anthropic_messages"\n' in text
    assert 'rollback_note: "docs/rollback.md"\n' in written("migration-check", team)
    assert "claude-opus-4-5" in json.loads(written("model-approval", team))["candidate_model_id"]


def test_what_the_settings_exclude_is_in_no_record(team: Path) -> None:
    settings = team / "agentlint.toml"
    settings.write_text('exclude = ["gateway*"]\n')
    log = json.loads(written("gateway-smoke-test", team))
    assert log["aliases_tested"] == ["<alias>"]
    settings.write_text("exclud = []\n")
    result = CliRunner().invoke(app, ["record", "new", "gateway-smoke-test", str(team)])
    assert result.exit_code == 2
    assert "did you mean `exclude`?" in result.output


def test_an_empty_folder_gives_a_template_of_placeholders(tmp_path: Path) -> None:
    log = json.loads(written("gateway-smoke-test", tmp_path))
    assert log["aliases_tested"] == ["<alias>"]


def test_a_kind_that_is_none_and_a_path_that_is_not_there_are_told(tmp_path: Path) -> None:
    runner = CliRunner()
    assert "migration-check" in runner.invoke(app, ["record", "new", "nonsense"]).output
    missing = runner.invoke(app, ["record", "new", "gateway-run", str(tmp_path / "none")])
    assert missing.exit_code == 2
    assert "Traceback" not in missing.output

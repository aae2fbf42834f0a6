"""Which settings file holds: that of the working directory, and never that of the files which are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.command import agentlint

FAULTY = "Always use `gpt-5.4` for reviews.\n"
SILENT = 'ignore = ["hardcoded-model-id"]\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of two folders, one of which has settings of its own."""
    root = tmp_path / "r"
    for name in ("pkg/a", "pkg/b", ".git"):
        (root / name).mkdir(parents=True)
    for name in ("pkg/a", "pkg/b"):
        (root / name / "AGENTS.md").write_text(FAULTY)
    (root / "pkg/a/agentlint.toml").write_text(SILENT)
    return root


def found(folder: Path, *args: str) -> list[str]:
    result = agentlint(folder, "check", "--output-format", "json", *args)
    assert result.returncode in (0, 1), result.stderr
    return [finding["path"] for finding in json.loads(result.stdout)["findings"]]


def test_a_file_gets_one_verdict_whatever_others_are_named(repository: Path) -> None:
    a, b = "pkg/a/AGENTS.md", "pkg/b/AGENTS.md"
    assert found(repository, a) == [a]
    assert found(repository, a, b) == [a, b]
    assert found(repository, "pkg/a") == [a]
    assert found(repository) == [a, b]


def test_settings_of_the_root_hold_for_files_below_other_settings(repository: Path) -> None:
    (repository / "agentlint.toml").write_text(SILENT)
    (repository / "pkg/a/agentlint.toml").write_text("")
    assert found(repository, "pkg/a/AGENTS.md") == []


def test_they_are_looked_for_from_the_working_directory_up(repository: Path) -> None:
    assert found(repository / "pkg/a", "AGENTS.md", "../b/AGENTS.md") == []
    (repository / "pkg/a/deep").mkdir()
    assert found(repository / "pkg/a/deep", "../AGENTS.md") == []
    assert found(repository / "pkg/b", "../a") == ["pkg/a/AGENTS.md"]
    (repository / "agentlint.toml").write_text(SILENT)
    assert found(repository / "pkg/b") == []


def test_elsewhere_the_root_has_them(repository: Path) -> None:
    (repository.parent / "agentlint.toml").write_text("selct = 1\n")
    (repository / "pkg/a/agentlint.toml").unlink()
    assert len(found(repository.parent, "r")) == 2
    (repository / "agentlint.toml").write_text(SILENT)
    assert found(repository.parent, "r/pkg/a", "r/pkg/b") == []


def test_a_file_that_the_command_line_names_is_read_in_place_of_any(repository: Path) -> None:
    own = repository.parent / "own.toml"
    own.write_text('exclude = ["/pkg/b"]\n')
    assert found(repository / "pkg/a", "--config", str(own), "..") == ["pkg/a/AGENTS.md"]
    assert len(found(repository / "pkg/a", "--isolated", "..")) == 2


def test_patterns_and_paths_are_told_from_the_folder_of_the_file(repository: Path) -> None:
    folder = repository / "pkg/a"
    for text in (
        '[per-file-ignores]\n"/AGENTS.md" = ["ALL"]\n',
        '[per-file-ignores]\n"AGENTS.md" = ["ALL"]\n',
        'exclude = ["/AGENTS.md"]\n',
        'exclude = ["*", "!CLAUDE.md"]\n',
    ):
        (folder / "agentlint.toml").write_text(text)
        assert found(folder, "../..") == ["pkg/b/AGENTS.md"], text
    (folder / "agentlint.toml").write_text('exclude = ["pkg/a/AGENTS.md"]\n')
    assert len(found(folder, "../..")) == 2
    (folder / "agentlint.toml").write_text('baseline = "known.jsonl"\n')
    assert agentlint(folder, "baseline").stdout == "Wrote 1 finding to pkg/a/known.jsonl.\n"
    assert (folder / "known.jsonl").exists()
    assert found(folder) == []


def test_a_baseline_above_the_settings_may_not_lie_out_of_the_root(repository: Path) -> None:
    folder = repository / "pkg/a"
    (folder / "agentlint.toml").write_text('baseline = "../../known.jsonl"\n')
    assert agentlint(folder, "baseline").returncode == 0
    assert (repository / "known.jsonl").exists()
    (folder / "agentlint.toml").write_text('baseline = "../../../known.jsonl"\n')
    assert "leads out of the root" in agentlint(folder, "baseline").stderr


def test_a_table_beside_an_agentlint_toml_is_told_to_be_unused(repository: Path) -> None:
    (repository / "agentlint.toml").write_text("")
    (repository / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert "notice" not in agentlint(repository, "check").stdout
    (repository / "pyproject.toml").write_text("[tool.agentlint]\nprofile = 'strict'\n")
    said = agentlint(repository, "check", "--output-format", "concise").stdout
    assert "pyproject.toml: notice[unused-settings] [tool.agentlint] is not used" in said
    assert "unused-settings" not in agentlint(repository, "check", "--isolated").stdout
    (repository / "agentlint.toml").unlink()
    assert "unused-settings" not in agentlint(repository, "check").stdout


def test_a_header_of_pyproject_in_an_agentlint_toml_is_explained(repository: Path) -> None:
    (repository / "agentlint.toml").write_text("[tool.agentlint]\nprofile = 'strict'\n")
    assert agentlint(repository, "check").stderr == (
        "Error: agentlint.toml: unknown key `tool`; `[tool.agentlint]` is for pyproject.toml, "
        "here its keys stand at the top\n"
    )


@pytest.mark.parametrize(
    ("settings", "args"),
    [
        ("", ("--ignore", "ALL")),
        ("", ("--select", "literal-secret", "--ignore", "literal-secret")),
        ('ignore = ["ALL"]\n', ()),
    ],
)
def test_a_run_without_any_rule_says_so(
    repository: Path, settings: str, args: tuple[str, ...]
) -> None:
    (repository / "agentlint.toml").write_text(settings)
    result = agentlint(repository, "check", *args)
    assert result.returncode == 0
    assert "notice[unused-settings] no rule is left to run" in result.stdout
    assert agentlint(repository, "check", "--strict-collection", *args).returncode == 0


def test_a_run_of_one_rule_says_nothing_of_the_kind(repository: Path) -> None:
    (repository / "agentlint.toml").write_text('ignore = ["hardcoded-model-id"]\n')
    for args in ((), ("--select", "unused-suppression")):
        assert "notice" not in agentlint(repository, "check", *args).stdout


def test_exclude_takes_several_patterns_and_a_path_as_it_is_typed(repository: Path) -> None:
    assert found(repository, "--exclude", "a,b") == []
    assert found(repository, "--exclude", "./pkg/a") == ["pkg/b/AGENTS.md"]
    assert found(repository, "--exclude", "[a,x]") == ["pkg/b/AGENTS.md"]
    named = ("pkg/a/AGENTS.md", "--exclude", "./pkg/a/AGENTS.md", "--force-exclude")
    assert found(repository, *named) == []


def test_a_rule_that_is_named_runs_though_the_settings_ignore_it(repository: Path) -> None:
    (repository / "agentlint.toml").write_text(SILENT)
    assert found(repository) == []
    assert len(found(repository, "--select", "hardcoded-model-id")) == 2
    assert len(found(repository, "--extend-select", "hardcoded-model-id")) == 2

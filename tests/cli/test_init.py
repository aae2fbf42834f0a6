"""`agentlint init` takes agentlint into use, overwrites nothing and says what it did."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.cli.command import agentlint

from agentlint.cli.adoption import ci_step, with_entry
from agentlint.config import read_settings
from agentlint.knowledge.pages import rule_pages

ROUTES = """\
model_gateway_base_url_ref: MODEL_GATEWAY_BASE_URL
routes:
  writer:
    model: gpt-5.4
    endpoint_family: responses
"""
HOOKS = """\
# our hooks
repos:
-   repo: https://github.com/psf/black   # keep this
    rev: 24.1.0
    hooks:
    -   id: black

# the end
default_stages: [pre-commit]
"""
FILES = {"agentlint.toml", ".pre-commit-config.yaml", ".github/workflows/agentlint.yml"}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "AGENTS.md").write_text("Always use `gpt-5.4` for reviews.\n")
    (tmp_path / "gateway-routes.yaml").write_text(ROUTES)
    return tmp_path


def written(root: Path) -> set[str]:
    files = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    return files - {"AGENTS.md", "gateway-routes.yaml"}


def test_it_writes_what_the_repository_calls_for_and_the_files_work(repository: Path) -> None:
    result = agentlint(repository, "init")
    assert result.returncode == 0, result.stderr
    assert written(repository) == FILES
    assert all(f"created  {file}\n" in result.stdout for file in FILES)
    settings = read_settings(repository / "agentlint.toml", list(rule_pages()))
    assert settings.gateway.base_url_env == "MODEL_GATEWAY_BASE_URL"
    hooks = YAML(typ="safe").load(repository / ".pre-commit-config.yaml")
    assert [hook["id"] for hook in hooks["repos"][0]["hooks"]] == ["agentlint-repo"]
    workflow = YAML(typ="safe").load(repository / ".github/workflows/agentlint.yml")
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["agentlint"]["permissions"] == {"contents": "read"}
    assert agentlint(repository, "check").returncode == 1


def test_a_second_time_it_changes_nothing(repository: Path) -> None:
    agentlint(repository, "init")
    before = {file: (repository / file).read_bytes() for file in FILES}
    result = agentlint(repository, "init")
    assert result.returncode == 0
    assert result.stdout.count("kept ") == 3
    assert {file: (repository / file).read_bytes() for file in FILES} == before


def test_a_dry_run_shows_the_texts_and_writes_none(repository: Path) -> None:
    result = agentlint(repository, "init", "--dry-run")
    assert result.returncode == 0
    assert 'base-url-env = "MODEL_GATEWAY_BASE_URL"' in result.stdout
    assert all(f"would create {file}:\n" in result.stdout for file in FILES)
    assert written(repository) == set()


def test_hooks_are_added_to_those_at_hand_and_nothing_else_changes(repository: Path) -> None:
    (repository / ".pre-commit-config.yaml").write_text(HOOKS)
    result = agentlint(repository, "init")
    assert "extended .pre-commit-config.yaml\n" in result.stdout
    text = (repository / ".pre-commit-config.yaml").read_text()
    assert [line for line in text.splitlines() if line in HOOKS.splitlines()] == HOOKS.splitlines()
    assert len(YAML(typ="safe").load(text)["repos"]) == 2


@pytest.mark.parametrize(
    "text", ["repos: [{repo: local, hooks: []}]\n", "repos: []\n", "x: [\n", "- repos\n", ""]
)
def test_a_configuration_of_another_form_is_left_alone(repository: Path, text: str) -> None:
    (repository / ".pre-commit-config.yaml").write_text(text)
    result = agentlint(repository, "init")
    assert result.returncode == 0
    assert (repository / ".pre-commit-config.yaml").read_text() == text
    assert "    - repo: https://github.com/" in result.stdout


@given(
    indent=st.sampled_from(["", "  ", "    "]),
    newline=st.sampled_from(["\n", "\r\n"]),
    tail=st.sampled_from(["", "\n", "\n\n# end\n", "\nci:\n  skip: [x]\n", "\n  # loose\n"]),
    number=st.integers(1, 3),
)
def test_the_text_around_a_new_entry_is_kept(indent, newline, tail, number) -> None:
    item = "{0}- repo: r{1}  # c\n{0}  rev: v1\n{0}  hooks:\n{0}  - id: h"
    items = "\n".join(item.format(indent, i) for i in range(number))
    text = f"# head\nrepos:\n{items}{tail}".replace("\n", newline)
    after = with_entry(text, "- repo: new\n  rev: v2\n  hooks: []\n")
    assert after is not None
    kept = [line for line in after.splitlines() if "new" not in line]
    assert [line for line in kept if line.strip() not in ("rev: v2", "hooks: []")] == (
        text.splitlines()
    )
    loaded = YAML(typ="safe").load(after)["repos"]
    assert [entry["repo"] for entry in loaded] == [*(f"r{i}" for i in range(number)), "new"]


def test_gitlab_gets_a_job_to_put_in_and_no_workflow(repository: Path) -> None:
    (repository / ".gitlab-ci.yml").write_text("build:\n  script: [make]\n")
    result = agentlint(repository, "init")
    assert "codequality: gl-code-quality-report.json" in result.stdout
    assert not (repository / ".github").exists()
    assert (repository / ".gitlab-ci.yml").read_text() == "build:\n  script: [make]\n"


def test_with_a_baseline_only_what_is_new_is_reported(repository: Path) -> None:
    assert agentlint(repository, "init", "--baseline").returncode == 0
    result = agentlint(repository, "check")
    assert (result.returncode, result.stdout) == (
        0,
        "Nothing new found in 3 files, 1 finding in the baseline.\n",
    )


def test_settings_in_pyproject_are_enough(repository: Path) -> None:
    (repository / "pyproject.toml").write_text("[tool.agentlint]\n")
    result = agentlint(repository, "init")
    assert "kept     pyproject.toml: it holds settings already.\n" in result.stdout
    assert not (repository / "agentlint.toml").exists()


def test_what_it_counts_is_what_a_check_shows(repository: Path) -> None:
    shown = "1 finding today: `agentlint check` shows it, `agentlint baseline` sets it aside.\n"
    assert agentlint(repository, "init", "--dry-run").stdout.endswith(shown)
    (repository / "agentlint.toml").write_text('ignore = ["hardcoded-model-id"]\n')
    result = agentlint(repository, "init")
    assert result.stdout.endswith("\nNothing found in 2 files.\n")
    assert agentlint(repository, "check").stdout.startswith("Nothing found")


def test_it_says_that_there_is_nothing_to_check(tmp_path: Path) -> None:
    result = agentlint(tmp_path, "init", "--dry-run")
    assert "\nNo file to check: no instruction file or config of model calls" in result.stdout


@pytest.mark.parametrize("path", ["AGENTS.md", "/", "~"])
def test_what_is_no_repository_is_refused_before_it_is_read(
    repository: Path, tmp_path_factory, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    result = agentlint(repository, "init", str(Path(path).expanduser()))
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert written(home) == set()
    (home / ".git").mkdir()
    assert agentlint(home, "init").returncode == 0


def test_settings_that_cannot_be_used_are_told(repository: Path) -> None:
    (repository / "agentlint.toml").write_text("ignroe = []\n")
    result = agentlint(repository, "init")
    assert (result.returncode, result.stdout) == (2, "")
    assert "did you mean `ignore`?" in result.stderr
    assert written(repository) == {"agentlint.toml"}


def test_a_baseline_holds_nothing_that_the_settings_exclude(repository: Path) -> None:
    (repository / "old").mkdir()
    (repository / "old" / "AGENTS.md").write_text("Always use `gpt-5.4` for reviews.\n")
    (repository / "agentlint.toml").write_text('exclude = ["old"]\n')
    result = agentlint(repository, "init", "--baseline")
    assert result.stdout.endswith(
        'put `baseline = "agentlint-baseline.jsonl"` into agentlint.toml.\n'
    )
    assert '"old/' not in (repository / "agentlint-baseline.jsonl").read_text()


def test_the_baseline_that_the_settings_name_is_the_one_that_is_written(repository: Path) -> None:
    (repository / "agentlint.toml").write_text('baseline = "known.jsonl"\n')
    result = agentlint(repository, "init", "--baseline")
    assert "created  known.jsonl\n" in result.stdout
    assert result.stdout.endswith("1 finding today.\n")
    assert agentlint(repository, "check").returncode == 0
    before = (repository / "known.jsonl").read_bytes()
    assert "kept     known.jsonl: " in agentlint(repository, "init", "--baseline").stdout
    assert (repository / "known.jsonl").read_bytes() == before
    assert "\nNothing new found in 3 files, 1 finding" in agentlint(repository, "init").stdout


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_nothing_is_written_through_a_link(repository: Path, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (repository / ".github").symlink_to(elsewhere)
    result = agentlint(repository, "init")
    assert result.returncode == 2
    assert "a link out of the repository" in result.stderr
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("files", "branch"),
    [
        ({"HEAD": "ref: refs/heads/trunk\n"}, "trunk"),
        ({"HEAD": "ref: refs/heads/try-it\n", "refs/heads/main": ""}, "main"),
        (
            {"HEAD": "ref: refs/heads/try-it\n", "packed-refs": "# x\n1f refs/heads/master\n"},
            "master",
        ),
        (
            {
                "HEAD": "ref: refs/heads/main\n",
                "refs/heads/main": "",
                "refs/remotes/origin/HEAD": "ref: refs/remotes/origin/develop\n",
            },
            "develop",
        ),
        ({"HEAD": "1f2e\n"}, "main"),
        ({"HEAD": "ref: refs/heads/a]: x\n"}, "main"),
        ({}, "main"),
    ],
)
def test_the_workflow_runs_on_the_branch_that_there_is(
    repository: Path, files: dict[str, str], branch: str
) -> None:
    for name, text in files.items():
        (repository / ".git" / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / ".git" / name).write_text(text)
    assert f"branches: [{branch}]" in ci_step(repository).text

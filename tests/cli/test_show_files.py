"""Which files a check reads, why, and with which settings can be asked."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from tests.cli.command import agentlint
from tests.secret_samples import sample

FILES = {
    "CLAUDE.md": "# Team\n\nSee @docs/models.md for models.\n",
    "docs/models.md": "Always use `gpt-5.4`.\n",
    "gateway-routes.yaml": "routes:\n  fast:\n    model: gpt-5.4\n    endpoint_family: responses\n",
    "app.py": "import openai\nopenai.OpenAI().responses.create(model='gpt-5.4')\n",
    "README.md": "# Readme\n",
    "package.json": "{}\n",
    "agentlint.toml": "",
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / ".git").mkdir()
    return tmp_path


def listed(folder: Path, *args: str) -> dict[str, str]:
    result = agentlint(folder, "check", "--show-files", "--output-format", "json", *args)
    assert result.returncode == 0, result.stderr
    return {file["path"]: file["why"] for file in json.loads(result.stdout)["files"]}


def test_each_file_is_told_with_its_reason(repository: Path) -> None:
    reasons = listed(repository)
    assert reasons["CLAUDE.md"] == "instruction file, by its name (claude-md)"
    assert reasons["docs/models.md"] == "instruction file, because of CLAUDE.md"
    assert reasons["gateway-routes.yaml"].startswith("config, by its ")
    assert reasons["app.py"].startswith("program, by its content")
    assert set(reasons) == {"CLAUDE.md", "docs/models.md", "gateway-routes.yaml", "app.py"}


def test_a_page_and_a_config_of_others_that_are_named(repository: Path) -> None:
    assert listed(repository, "README.md") == {"README.md": "document, since it was named"}
    key = sample("openrouter-api-key", random.Random(4))
    (repository / "notes.txt").write_text(f"OPENROUTER_API_KEY={key}\n")
    assert listed(repository, "notes.txt") == {"notes.txt": "secrets alone"}


def test_a_config_that_only_looked_like_one_of_models_is_told_as_searched(repository: Path) -> None:
    key = sample("openrouter-api-key", random.Random(4))
    (repository / "map.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n"
        f"  OPENROUTER_API_KEY: {key}\n  BASE_MODEL_DIR: weights\n"
    )
    assert listed(repository)["map.yaml"] == "secrets alone"


def test_what_is_read_beside_is_told_so(repository: Path) -> None:
    (repository / "AGENTS.md").write_text("Always use `gpt-5.4`.\n")
    beside = listed(repository, "AGENTS.md")
    assert beside["gateway-routes.yaml"].startswith("not checked: ")


def test_people_see_a_table_and_the_settings(repository: Path) -> None:
    result = agentlint(repository / "docs", "check", "..", "--show-files")
    assert result.stdout.splitlines()[0].split("  ")[0] == "../CLAUDE.md"
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "models.md instruction file, because of ../CLAUDE.md" in rows
    assert result.stderr == "4 files to check, the settings of ../agentlint.toml.\n"
    alone = agentlint(repository, "check", "--show-files", "--isolated", "gone.md")
    assert alone.returncode == 2
    alone = agentlint(repository, "check", "--show-files", "--isolated", "package.json")
    assert alone.stderr.startswith(
        "0 files to check, no settings file.\npackage.json: notice[not-known]"
    )


def test_standard_input_and_other_formats(repository: Path) -> None:
    args = ("check", "--show-files", "--stdin-filename", "AGENTS.md", "-")
    result = agentlint(repository, *args, stdin="Use it.\n")
    assert result.stdout == "AGENTS.md  instruction file, by its name (agents-md)\n"
    assert (
        agentlint(repository, "check", "--show-files", "--output-format", "sarif").returncode == 2
    )
    assert agentlint(repository, "check", "--show-files", "--repos", "x").returncode == 2

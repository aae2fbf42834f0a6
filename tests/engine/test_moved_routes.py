"""`--diff-base`: a change of where model calls go is a migration, and wants a way back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from agentlint.config import Settings
from agentlint.engine import Run, run

TABLE = """\
routes:
  writer:
    model: gpt-5.4
    endpoint_family: responses
    base_url: {writer}
  critic:
    model: gpt-5.4
    endpoint_family: responses
    base_url: {critic}
"""
DIRECT = "https://api.openai.com/v1"
GATEWAY = "https://gateway.example.com/v1"
LITELLM = """\
model_list:
  - model_name: deep
    litellm_params:
      model: {model}
      api_key: os.environ/KEY
"""
MESSAGE = "this change moves {} from `{}` to `{}` with no rollback note beside it"


class Repository:
    """Files on a branch that has left `main`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        nowhere = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        names = {"GIT_AUTHOR_NAME": "a", "GIT_COMMITTER_NAME": "a"}
        mails = {"GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_EMAIL": "a@example.org"}
        self._environment = {**os.environ, **names, **mails, **nowhere}
        self._git("init", "-q", "-b", "main")

    def commit(self, files: dict[str, str]) -> None:
        self.write(files)
        self._git("add", ".")
        self._git("commit", "-q", "-m", "old")

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def move(self, path: str, new_path: str) -> None:
        (self.root / new_path).parent.mkdir(parents=True, exist_ok=True)
        self._git("mv", path, new_path)

    def moves(self, *paths: str) -> list[str]:
        """What the run says of moved routes, as `path:line message`."""
        chosen = tuple(self.root / path for path in paths) or (self.root,)
        report = run(Run(self.root, chosen, Settings(), date(2026, 11, 20), diff_base="main"))
        return [
            f"{f.path}:{report.sources[f.path].position(f.span.start).line} {f.message}"
            for f in report.findings
            if f.rule == "missing-rollback-note"
        ]

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.root, env=self._environment, check=True)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., list[str]]:
    """What is said of a file once it went from one text to another, with more files beside it."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    repository = Repository(tmp_path)

    def told(path: str, before: str, after: str, **others: str) -> list[str]:
        beside = {name.replace("_", "."): text for name, text in others.items()}
        repository.commit({path: before, **beside})
        repository.write({path: after})
        return repository.moves()

    return told


def test_a_new_host_is_a_migration(changed) -> None:
    before = TABLE.format(writer=DIRECT, critic=DIRECT)
    after = TABLE.format(writer=GATEWAY, critic=DIRECT)
    message = MESSAGE.format("`writer`", "openai", "gateway.example.com")
    assert changed("gateway-routes.yaml", before, after) == [f"gateway-routes.yaml:5 {message}"]


def test_routes_that_move_together_are_told_once(changed) -> None:
    before = TABLE.format(writer=DIRECT, critic=DIRECT)
    after = TABLE.format(writer=GATEWAY, critic=GATEWAY)
    message = MESSAGE.format("`writer` and 1 other route", "openai", "gateway.example.com")
    assert changed("gateway-routes.yaml", before, after) == [f"gateway-routes.yaml:5 {message}"]


def test_a_new_provider_is_a_migration(changed) -> None:
    before = LITELLM.format(model="openai/gpt-5.4")
    after = LITELLM.format(model="anthropic/claude-opus-4-5")
    message = MESSAGE.format("`deep`", "openai", "anthropic")
    assert changed("config.yaml", before, after) == [f"config.yaml:4 {message}"]


def test_a_variable_of_a_workflow_moves_calls(changed) -> None:
    text = "on: push\npermissions: {{}}\nenv:\n  OPENAI_BASE_URL: {}\njobs: {{}}\n"
    before, after = text.format(DIRECT), text.format(GATEWAY)
    assert len(changed(".github/workflows/a.yml", before, after)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DIRECT, "https://api.openai.com/v1/responses"),
        (DIRECT, "HTTPS://API.OPENAI.COM/v1"),
        (GATEWAY, "https://gateway.example.com:8443/v2"),
        ("${OLD_URL}", "${NEW_URL}"),
        (DIRECT, "${GATEWAY_URL}"),
    ],
)
def test_the_same_host_or_one_that_nobody_knows_is_none(changed, before: str, after: str) -> None:
    old = TABLE.format(writer=before, critic=DIRECT)
    new = TABLE.format(writer=after, critic=DIRECT)
    assert changed("gateway-routes.yaml", old, new) == []


def test_one_more_deployment_of_a_name_is_none(changed) -> None:
    before = LITELLM.format(model="openai/gpt-5.4")
    more = LITELLM.format(model="anthropic/claude-opus-4-5").partition("\n")[2]
    assert changed("config.yaml", before, before + more) == []


def test_a_new_model_of_the_same_provider_is_none(changed) -> None:
    before = LITELLM.format(model="openai/gpt-5.4")
    assert changed("config.yaml", before, LITELLM.format(model="openai/gpt-5.5")) == []


def test_a_new_file_and_a_sample_are_none(tmp_path: Path, changed) -> None:
    before = TABLE.format(writer=DIRECT, critic=DIRECT)
    after = TABLE.format(writer=GATEWAY, critic=DIRECT)
    assert changed("routes.example.yaml", before, after) == []
    (tmp_path / "gateway-routes.yaml").write_text(after)
    assert Repository(tmp_path).moves() == []


def test_a_file_that_was_renamed_is_compared_with_its_old_self(tmp_path: Path, changed) -> None:
    before = TABLE.format(writer=DIRECT, critic=DIRECT)
    assert changed("gateway-routes.yaml", before, before) == []
    repository = Repository(tmp_path)
    repository.move("gateway-routes.yaml", "deploy/gateway-routes.yaml")
    repository.write({"deploy/gateway-routes.yaml": TABLE.format(writer=GATEWAY, critic=DIRECT)})
    moves = MESSAGE.format("`writer`", "openai", "gateway.example.com")
    assert repository.moves() == [f"deploy/gateway-routes.yaml:5 {moves}"]


def test_a_way_back_in_the_file_or_beside_it_is_enough(tmp_path: Path, changed) -> None:
    before = TABLE.format(writer=DIRECT, critic=DIRECT)
    after = TABLE.format(writer=GATEWAY, critic=DIRECT)
    noted = f"previous_base_url: {DIRECT}\n{after}"
    assert changed("gateway-routes.yaml", before, noted) == []
    (tmp_path / "gateway-routes.yaml").write_text(after)
    (tmp_path / "ROLLBACK.md").write_text("# Rollback\n\nSet the old base URL again.\n")
    repository = Repository(tmp_path)
    assert repository.moves() == []
    assert repository.moves("gateway-routes.yaml") == []


def test_a_file_that_was_broken_before_is_none(changed) -> None:
    after = TABLE.format(writer=GATEWAY, critic=DIRECT)
    assert changed("gateway-routes.yaml", "routes: [\n", after) == []

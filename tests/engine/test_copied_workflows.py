"""GitHub reads the workflows at the root of a checkout: a copy below another folder is only shown."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.cli.command import agentlint
from tests.secret_samples import sample

HOME = ".github/workflows/review.yml"
COPY = f"copies/tool/{HOME}"
WORKFLOW = """on: pull_request
permissions: {}
jobs:
  review:
    runs-on: ubuntu-latest
    env:
      GATEWAY_API_KEY: PASSWORD
      OPENAI_API_KEY: TOKEN
    steps:
      - uses: anthropics/claude-code-action@v1
        with:
          claude_args: --model claude-3-opus-20240229
"""
RUN = [("hardcoded-model-id", "warning"), ("retired-model", "error")]
SHOWN = [("retired-model", "warning")]


def put(root: Path, *paths: str, text: str = WORKFLOW) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def found(folder: Path, *args: str, stdin: str = "") -> dict[str, list[tuple[str, str]]]:
    """The rules and severities of each file."""
    ran = agentlint(folder, "check", "--output-format", "json", *args, stdin=stdin)
    told: dict[str, list[tuple[str, str]]] = {}
    for finding in json.loads(ran.stdout)["findings"]:
        told.setdefault(finding["path"], []).append((finding["rule"], finding["severity"]))
    return {path: sorted(rules) for path, rules in told.items()}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    put(tmp_path, HOME, COPY)
    return tmp_path


def test_only_that_at_the_root_is_run(checkout: Path) -> None:
    assert found(checkout) == {HOME: RUN, COPY: SHOWN}


@pytest.mark.parametrize(
    "asked",
    [
        (".", ["copies"]),
        (".", ["copies/tool/.github"]),
        (".", [COPY]),
        (".", ["--force-exclude", COPY]),
        ("copies", ["."]),
        ("copies/tool", ["."]),
        ("copies/tool/.github/workflows", ["review.yml"]),
        (".", ["--jobs", "2", COPY]),
    ],
)
def test_whatever_part_of_the_checkout_is_asked_for(
    checkout: Path, asked: tuple[str, Sequence[str]]
) -> None:
    folder, args = asked
    assert found(checkout / folder, *args) == {COPY: SHOWN}


def test_in_an_editor(checkout: Path) -> None:
    assert found(checkout, "--stdin-filename", COPY, "-", stdin=WORKFLOW) == {COPY: SHOWN}
    assert found(checkout, "--stdin-filename", HOME, "-", stdin=WORKFLOW) == {HOME: RUN}


def test_a_checkout_in_a_folder_of_several_has_a_root_of_its_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / ".git").mkdir(parents=True)
        put(tmp_path / name, HOME, COPY)
    expected = {f"{name}/{HOME}": RUN for name in ("one", "two")}
    expected |= {f"{name}/{COPY}": SHOWN for name in ("one", "two")}
    assert found(tmp_path) == expected
    assert found(tmp_path, f"one/{HOME}", f"two/{COPY}") == {
        f"one/{HOME}": RUN,
        f"two/{COPY}": SHOWN,
    }


def test_a_submodule_has_a_root_of_its_own(checkout: Path) -> None:
    (checkout / "copies/tool/.git").write_text("gitdir: ../../.git/modules/tool\n")
    assert found(checkout, HOME, COPY) == {HOME: RUN, COPY: RUN}
    assert found(checkout / "copies/tool") == {HOME: RUN}


@pytest.mark.parametrize("mark", ["agentlint.toml", ".github/CODEOWNERS"])
def test_without_git_a_folder_with_settings_is_a_root(tmp_path: Path, mark: str) -> None:
    put(tmp_path, mark, text="")
    put(tmp_path, COPY)
    assert found(tmp_path) == {COPY: SHOWN}


def test_without_git_a_folder_may_be_one_of_several_checkouts(tmp_path: Path) -> None:
    put(tmp_path, COPY)
    assert found(tmp_path) == {COPY: RUN}


def test_its_credentials_are_as_open(checkout: Path) -> None:
    rng = random.Random(16)
    token = sample("openai-project-key", rng)
    password = "".join(rng.choices("abcdefghkmnpqrstuvwxyz23456789", k=24))
    text = WORKFLOW.replace("PASSWORD", password).replace("TOKEN", token)
    put(checkout, HOME, COPY, text=text)
    told = found(checkout)
    secrets = [("literal-secret", "error")] * 2
    assert told == {HOME: sorted([*RUN, *secrets]), COPY: sorted([*SHOWN, *secrets])}


def test_a_cache_does_not_keep_what_a_folder_was(checkout: Path) -> None:
    for number in range(60):
        put(checkout, f"pages/{number}/AGENTS.md", text="Run the tests.\n")
    assert found(checkout)[COPY] == SHOWN
    shutil.rmtree(checkout / ".git")
    (checkout / "copies/tool/.git").mkdir()
    assert found(checkout)[COPY] == RUN

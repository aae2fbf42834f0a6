"""A secret is in nothing that any command prints or writes, whatever goes wrong."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.secret_samples import sample

from agentlint.engine import judge as judging
from agentlint.reporters import FORMATS
from agentlint.rules import Rule

SECRET = sample("github-token", random.Random(9))
PIECES = [SECRET[at : at + 12] for at in range(4, len(SECRET) - 11)]
MADE_UP = "sk-" + "proj-" + "A1b2C3d4" * 6
"""The shape of a credential in a text that no generator gives."""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    (root / f"name-{SECRET}").mkdir(parents=True)
    (root / f"name-{SECRET}" / "AGENTS.md").write_text(f"# {SECRET}\n\nAlways use `gpt-5.4`.\n")
    (root / f"{SECRET}.instructions.md").write_bytes(b"caf\xe9\n")
    (root / "AGENTS.md").write_text(
        f"# Call {MADE_UP}\n\nAlways use `gpt-5.4` with {SECRET}. "
        f"<!-- agentlint: ignore[hardcoded-model-id] {SECRET} -->\n\nNever {MADE_UP}\n"
    )
    (root / "litellm.yaml").write_text(
        f"model_list:\n- model_name: {SECRET}\n  litellm_params:\n    model: openai/{MADE_UP}\n"
        f"    api_key: {SECRET}\n    api_base: https://{SECRET}@a/v1\n"
        f"router_settings: {{fallbacks: [{{{SECRET}: [{MADE_UP}]}}]}}\n"
    )
    (root / "app.py").write_text(f"import openai\nx = '{SECRET}'\ndef {SECRET}(:\n")
    return root


def assert_silent(what: str, *texts: str) -> None:
    for text in texts:
        assert not [piece for piece in PIECES if piece in text], what
        assert MADE_UP[8:40] not in text, what


COMMANDS = (
    *(("check", ".", "--output-format", name, "--show-suppressed") for name in FORMATS),
    ("check", ".", "--statistics"),
    ("baseline", ".", "-o", "-"),
    ("record", "new", "smoke-test", "."),
    ("routes", "."),
    ("routes", "--output-format", "json", "."),
    ("routes", "--output-format", "markdown", "."),
    ("routes", "--output-format", "mermaid", "."),
    ("routes", "--output-format", "dot", "."),
    ("facts", "litellm.yaml"),
    ("facts", "AGENTS.md"),
    ("facts", "app.py"),
    ("facts", f"name-{SECRET}/AGENTS.md"),
    ("check", f"nowhere-{SECRET}"),
    ("check", ".", "--baseline", f"{SECRET}.jsonl"),
    ("check", ".", "-o", f"json={SECRET}/x.json"),
    ("check", ".", "--diff-base", SECRET),
    ("check", ".", "--exclude", SECRET),
    ("check", ".", "--as-of", SECRET),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command)[:40])
def test_no_command_prints_it(command: tuple[str, ...], tree: Path, agentlint) -> None:
    result = agentlint(tree, *command, PYTHONWARNINGS="default", PYTHONDEVMODE="1")
    assert result.stdout or result.stderr
    assert "Traceback" not in result.stderr
    assert_silent(" ".join(command[:2]), result.stdout, result.stderr)


def test_no_file_that_is_written_holds_it(tree: Path, agentlint, tmp_path: Path) -> None:
    written = [tmp_path / f"{name}.out" for name in FORMATS]
    outputs = [word for name in FORMATS for word in ("-o", f"{name}={tmp_path / name}.out")]
    agentlint(tree, "check", ".", *outputs)
    baseline = tmp_path / "baseline.jsonl"
    agentlint(tree, "baseline", ".", "-o", str(baseline))
    assert baseline.stat().st_size > 0
    for file in (*written, baseline):
        assert_silent(file.name, file.read_text(encoding="utf-8"))


def test_a_rule_that_fails_with_it_in_its_error_does_not_tell_it(
    tree: Path, monkeypatch: pytest.MonkeyPatch, print_report, capfd
) -> None:
    from datetime import date

    from agentlint.config import Settings
    from agentlint.engine import Run, run

    def failing(fact, context):  # type: ignore[no-untyped-def]
        raise ValueError(f"cannot read {SECRET}")
        yield

    load = judging.load_rule
    monkeypatch.setattr(judging, "load_rule", lambda rule: Rule(load(rule).on, failing))
    report = run(Run(tree, (tree,), Settings(), date(2026, 11, 20)))
    assert report.failed
    assert_silent("a failing rule", *print_report(report).values(), *capfd.readouterr())

"""Adopting agentlint at the command line: `agentlint baseline`, `--baseline` and `--diff-base`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.command import agentlint

FAULTY = "Always use `gpt-5.4` for reviews.\n"
BASELINE = "agentlint-baseline.jsonl"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    (tmp_path / "AGENTS.md").write_text(FAULTY)
    return tmp_path


def test_what_was_there_is_hidden_and_what_is_new_is_not(faulty: Path) -> None:
    written = agentlint(faulty, "baseline")
    assert (written.returncode, written.stdout) == (0, f"Wrote 1 finding to {BASELINE}.\n")
    quiet = agentlint(faulty, "check", "--baseline", BASELINE)
    assert quiet.returncode == 0
    assert quiet.stdout == "Nothing new found in 1 file, 1 finding in the baseline.\n"
    (faulty / "AGENTS.md").write_text(
        "# Title\n\n" + FAULTY + "\nAlways use `gpt-5.4-mini` for drafts.\n"
    )
    new = agentlint(faulty, "check", "--baseline", BASELINE, "--output-format", "concise")
    assert new.returncode == 1
    assert "`gpt-5.4`" not in new.stdout


def test_what_is_gone_is_said(faulty: Path) -> None:
    agentlint(faulty, "baseline")
    (faulty / "AGENTS.md").write_text("Always use the alias `review-deep`.\n")
    text = agentlint(faulty, "check", "--baseline", BASELINE)
    assert text.returncode == 0
    said = (
        "1 finding of hardcoded-model-id in the baseline is gone; `agentlint baseline` takes it out"
    )
    assert f"AGENTS.md: notice[stale-baseline] {said}\n" in text.stdout
    annotated = agentlint(
        faulty, "check", "--baseline", BASELINE, "--output-format", "github"
    ).stdout
    assert annotated == f"::notice file=AGENTS.md,title=agentlint stale-baseline::{said}.\n"
    printed = agentlint(faulty, "check", "--baseline", BASELINE, "--output-format", "json").stdout
    (stale,) = json.loads(printed)["baseline"]["stale"]
    assert (stale["path"], stale["rule"], stale["count"]) == ("AGENTS.md", "hardcoded-model-id", 1)


def test_the_file_can_be_named_or_printed(faulty: Path) -> None:
    printed = agentlint(faulty, "baseline", "-o", "-").stdout
    assert json.loads(printed.splitlines()[0]) == {"agentlint-baseline": 1}
    agentlint(faulty, "baseline", "-o", "known.jsonl", ".")
    assert (faulty / "known.jsonl").read_text() == printed
    assert agentlint(faulty, "baseline", "--ignore", "hardcoded-model-id", "-o", "-").stdout == (
        '{"agentlint-baseline": 1}\n'
    )


def test_mistakes_are_one_line(faulty: Path) -> None:
    (faulty / "not.jsonl").write_text("# a\n")
    for args, message in (
        (
            ("check", "--baseline", "none.jsonl"),
            "Error: --baseline: no such file or folder: none.jsonl\n",
        ),
        (("check", "--baseline", "not.jsonl"), "Error: not.jsonl:1: not a line of JSON\n"),
        (("baseline", "nowhere"), "Error: no such file or folder: nowhere\n"),
        (("check", "--diff-base", "-x"), "Error: --diff-base: `-x` is not the name of a commit\n"),
        (
            ("check", "--statistics", "--output-format", "sarif"),
            "Error: --statistics prints these formats only: full, concise, json\n",
        ),
    ):
        result = agentlint(faulty, *args)
        assert (result.returncode, result.stdout, result.stderr) == (2, "", message)
    mixed = agentlint(
        faulty, "check", "--diff-base", "HEAD", "--stdin-filename", "A.md", "-", stdin=FAULTY
    )
    assert mixed.returncode == 2


def test_reports_are_not_written_through_links(faulty: Path) -> None:
    """In a repository of strangers a link may lead to any file of the user."""
    precious = faulty.parent / f"{faulty.name}-precious"
    precious.write_text("precious")
    (faulty / "report.json").symlink_to(precious)
    result = agentlint(faulty, "check", "-o", "json=report.json")
    assert (result.returncode, result.stderr) == (2, "Error: --output: report.json: is a link\n")
    (faulty / BASELINE).symlink_to(precious)
    assert agentlint(faulty, "baseline").returncode == 2
    assert precious.read_text() == "precious"


def test_a_report_can_go_to_a_device(faulty: Path) -> None:
    result = agentlint(faulty, "check", "-o", "json=/dev/stdout", "--output-format", "github")
    assert result.returncode == 1
    assert '"findings"' in result.stdout


def test_suppressed_findings_are_shown_when_asked_for(faulty: Path) -> None:
    comment = "<!-- agentlint: ignore[hardcoded-model-id] for the audit -->\n"
    (faulty / "AGENTS.md").write_text(comment + FAULTY)
    hidden = agentlint(faulty, "check", "--output-format", "sarif")
    shown = agentlint(faulty, "check", "--output-format", "sarif", "--show-suppressed")
    assert json.loads(hidden.stdout)["runs"][0]["results"] == []
    assert len(json.loads(shown.stdout)["runs"][0]["results"]) == 1
    assert (hidden.returncode, shown.returncode) == (0, 0)
    text = agentlint(faulty, "check", "--show-suppressed").stdout
    assert "AGENTS.md:2:13: suppressed[hardcoded-model-id]" in text
    assert "(for the audit)" in text


def test_statistics_take_the_place_of_findings(faulty: Path) -> None:
    result = agentlint(faulty, "check", "--statistics")
    assert result.returncode == 1
    assert result.stdout == (
        "1  hardcoded-model-id  [ ] A model ID hard-coded in an instruction\n"
        "Found 1 warning in 1 file.\n"
    )


def test_the_settings_name_the_baseline_of_both_commands(faulty: Path) -> None:
    (faulty / "agentlint.toml").write_text('baseline = "known.jsonl"\n')
    written = agentlint(faulty, "baseline")
    assert written.stdout == "Wrote 1 finding to known.jsonl.\n"
    assert agentlint(faulty, "check").returncode == 0
    assert agentlint(faulty, "check", "--isolated").returncode == 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("../known.jsonl", "agentlint.toml: baseline: the path leads out of the root"),
        (
            "none.jsonl",
            "agentlint.toml: baseline: no such file or folder: none.jsonl; `agentlint b",
        ),
    ],
)
def test_a_baseline_of_the_settings_that_cannot_be_read_is_an_error(
    faulty: Path, path: str, said: str
) -> None:
    (faulty / "agentlint.toml").write_text(f'baseline = "{path}"\n')
    result = agentlint(faulty, "check")
    assert result.returncode == 2
    assert said in result.stderr


def test_an_empty_file_that_the_settings_name_is_written(faulty: Path) -> None:
    (faulty / "agentlint.toml").write_text('baseline = "known.jsonl"\n')
    (faulty / "known.jsonl").write_text("")
    assert agentlint(faulty, "check").stderr.startswith("Error: known.jsonl: not a baseline")
    assert agentlint(faulty, "baseline").returncode == 0
    assert agentlint(faulty, "check").returncode == 0


def test_entries_that_a_run_did_not_look_into_stay(faulty: Path) -> None:
    (faulty / ".git").mkdir()
    (faulty / "sub").mkdir()
    (faulty / "sub/AGENTS.md").write_text(FAULTY)
    assert agentlint(faulty, "baseline").stdout == f"Wrote 2 findings to {BASELINE}.\n"
    whole = (faulty / BASELINE).read_text()
    kept = "Kept {} of files or rules that this run did not look into.\n"
    for args, wrote, left in (
        (("sub",), "1 finding", "1 finding"),
        (("--select", "literal-secret"), "0 findings", "2 findings"),
        (("--ignore", "hardcoded-model-id"), "0 findings", "2 findings"),
        (("--exclude", "sub"), "1 finding", "1 finding"),
    ):
        result = agentlint(faulty, "baseline", *args)
        assert result.stdout == f"Wrote {wrote} to {BASELINE}.\n" + kept.format(left)
        assert (faulty / BASELINE).read_text() == whole
    settings = faulty / "agentlint.toml"
    settings.write_text('[per-file-ignores]\n"sub/*" = ["hardcoded-model-id"]\n')
    assert kept.format("1 finding") in agentlint(faulty, "baseline").stdout
    settings.unlink()
    (faulty / "sub/AGENTS.md").unlink()
    (faulty / "AGENTS.md").write_text("Use the alias.\n")
    assert agentlint(faulty, "baseline", "sub").stdout == (
        f"Wrote 0 findings to {BASELINE}.\n" + kept.format("1 finding")
    )
    assert agentlint(faulty, "baseline").stdout == f"Wrote 0 findings to {BASELINE}.\n"
    assert (faulty / BASELINE).read_text() == '{"agentlint-baseline": 1}\n'


def test_a_baseline_in_conflict_is_written_anew_by_a_run_over_everything_only(faulty: Path) -> None:
    (faulty / ".git").mkdir()
    agentlint(faulty, "baseline")
    good = (faulty / BASELINE).read_text()
    torn = f"{good}<<<<<<< HEAD\n"
    (faulty / BASELINE).write_text(torn)
    for narrower in (["AGENTS.md"], ["--exclude", "AGENTS.md"], ["--profile", "default"]):
        refused = agentlint(faulty, "baseline", *narrower)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr.startswith(f"Error: {BASELINE}:3: not a line of JSON; without paths")
        assert (faulty / BASELINE).read_text() == torn
    written = agentlint(faulty, "baseline")
    assert written.stderr.startswith(f"Nothing was kept of what was there: {BASELINE}:3: ")
    assert (faulty / BASELINE).read_text() == good


def test_the_settings_are_told_the_path_that_they_need(faulty: Path) -> None:
    (faulty / ".git").mkdir()
    sub = faulty / "pkg/sub"
    sub.mkdir(parents=True)
    (sub / "AGENTS.md").write_text(FAULTY)
    for settings in (faulty / "agentlint.toml", faulty / "pkg/agentlint.toml"):
        settings.write_text("")
        hint = agentlint(sub, "baseline").stderr
        settings.write_text(hint.split("`")[1] + "\n")
        checked = agentlint(sub, "check")
        assert (checked.returncode, checked.stderr) == (0, "")
    elsewhere = faulty / "other"
    (elsewhere / "repo/.git").mkdir(parents=True)
    said = f"`--baseline {BASELINE}` makes a check use it.\n"
    assert agentlint(elsewhere, "baseline", "repo").stderr == said


def test_one_line_tells_what_is_gone_of_a_rule_in_a_file(faulty: Path) -> None:
    (faulty / "AGENTS.md").write_text(FAULTY + "\nAlways use `gpt-4.1` for drafts.\n")
    agentlint(faulty, "baseline", "--select", "hardcoded-model-id")
    (faulty / "AGENTS.md").rename(faulty / "CLAUDE.md")
    said = agentlint(faulty, "check", "--baseline", BASELINE).stdout.splitlines()
    (line,) = (line for line in said if "stale-baseline" in line)
    assert line.startswith("AGENTS.md: notice[stale-baseline] 2 findings of hardcoded-model-id in ")


def test_no_option_is_blamed_that_nobody_gave(faulty: Path) -> None:
    (faulty / BASELINE).mkdir()
    assert agentlint(faulty, "baseline").stderr == f"Error: {BASELINE}: Is a directory\n"
    (faulty / BASELINE).rmdir()
    (faulty / BASELINE).write_text("mine\n")
    refused = f"Error: {BASELINE} holds something else, and is not overwritten\n"
    assert agentlint(faulty, "baseline").stderr == refused

"""`agentlint check --fix` and its relatives, as a user of ruff expects them."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.secret_samples import sample

TABLE = b"routes:\r\n  writer:\r\n    model: gpt-5.4\r\n    endpoint_path: /v1/responses\r\n"
FIXED = TABLE.replace(b"gpt-5.4\r\n", b"gpt-5.4\r\n    endpoint_family: responses\r\n")
ORDER = b"Always use `gpt-5.4-mini` for reviews.\n"
HEAVY = ("agentlint.fixes", "agentlint.engine.fixing", "agentlint.cli.fixing", "difflib")


def agentlint(folder: Path, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "agentlint", "check", "--as-of", "2026-11-20", *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    (tmp_path / "routes.yaml").write_bytes(TABLE)
    return tmp_path


def test_fix_writes_and_reports_what_is_left(faulty: Path) -> None:
    (faulty / "AGENTS.md").write_bytes(ORDER)
    result = agentlint(faulty, "--fix", "--output-format", "concise")
    assert result.returncode == 1
    assert (faulty / "routes.yaml").read_bytes() == FIXED
    printed = result.stdout.decode().splitlines()
    assert "hardcoded-model-id" in printed[0]
    assert printed[1:] == ["Fixed 1 finding.", "Found 1 warning in 2 files, as of 2026-11-20."]


def test_a_second_fix_changes_nothing_and_exits_with_0(faulty: Path) -> None:
    assert agentlint(faulty, "--fix").returncode == 0
    before = (faulty / "routes.yaml").stat().st_mtime_ns
    assert agentlint(faulty, "--fix").stdout == b"Nothing found in 1 file, as of 2026-11-20.\n"
    assert (faulty / "routes.yaml").stat().st_mtime_ns == before


def test_a_run_tells_what_is_fixable_and_marks_it(faulty: Path) -> None:
    printed = agentlint(faulty, "--output-format", "concise").stdout.decode().splitlines()
    assert printed[0].endswith("names no endpoint family [*]")
    assert printed[-1] == "[*] 1 fixable with `--fix`."
    assert (faulty / "routes.yaml").read_bytes() == TABLE


UNSAFE = FIXED.replace(b"gpt-5.4", b"gpt-5.4-pro").replace(
    b"/v1/responses", b"/v1/chat/completions"
)
UNSAFE = UNSAFE.replace(b"responses", b"chat_completions")


@pytest.mark.parametrize(("option", "done"), [("--diff", "Would fix"), ("--fix-only", "Fixed")])
def test_a_run_without_report_tells_what_unsafe_fixes_would_mend(
    tmp_path: Path, option: str, done: str
) -> None:
    (tmp_path / "routes.yaml").write_bytes(UNSAFE)
    told = agentlint(tmp_path, option).stderr.decode()
    assert told == f"{done} 0 findings (1 more with `--unsafe-fixes`).\n"
    assert agentlint(tmp_path, option, "--unsafe-fixes").stderr.decode() == f"{done} 1 finding.\n"


def test_a_run_tells_what_only_unsafe_fixes_would_mend(tmp_path: Path) -> None:
    (tmp_path / "routes.yaml").write_bytes(UNSAFE)
    printed = agentlint(tmp_path, "--output-format", "concise").stdout.decode().splitlines()
    assert "[*]" not in printed[0]
    assert printed[-1] == "No safe fixes; 1 fixable with `--fix --unsafe-fixes`."
    asked = agentlint(tmp_path, "--unsafe-fixes", "--output-format", "concise").stdout.decode()
    assert asked.splitlines()[-1] == "[*] 1 fixable with `--fix --unsafe-fixes`."
    assert agentlint(tmp_path, "--fix", "--unsafe-fixes").returncode == 0


def test_diff_shows_and_writes_nothing(faulty: Path) -> None:
    result = agentlint(faulty, "--diff")
    assert result.returncode == 1
    assert b"+    endpoint_family: responses\r\n" in result.stdout
    assert result.stderr == b"Would fix 1 finding.\n"
    assert (faulty / "routes.yaml").read_bytes() == TABLE
    agentlint(faulty, "--fix")
    after = agentlint(faulty, "--diff")
    assert (after.returncode, after.stdout) == (0, b"")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_applies_the_diff(faulty: Path) -> None:
    diff = agentlint(faulty, "--diff").stdout
    subprocess.run(["git", "apply", "-"], cwd=faulty, input=diff, check=True)
    assert (faulty / "routes.yaml").read_bytes() == FIXED


def test_fix_only_tells_no_finding(faulty: Path) -> None:
    (faulty / "AGENTS.md").write_bytes(ORDER)
    result = agentlint(faulty, "--fix-only")
    assert (result.returncode, result.stdout) == (0, b"")
    assert result.stderr == b"Fixed 1 finding.\n"
    assert (faulty / "routes.yaml").read_bytes() == FIXED


def test_show_fixes_lists_them_by_file(faulty: Path) -> None:
    result = agentlint(faulty, "--fix", "--show-fixes")
    assert result.stderr.decode().splitlines() == [
        "routes.yaml:",
        "    1 × missing-endpoint-family: add `endpoint_family: responses`",
    ]


def test_standard_input_becomes_the_fixed_text(faulty: Path) -> None:
    result = agentlint(faulty, "--fix", "--stdin-filename", "other.yaml", "-", stdin=TABLE)
    assert result.stdout == FIXED
    assert b"Fixed 1 finding." in result.stderr
    clean = agentlint(faulty, "--fix", "--stdin-filename", "other.yaml", "-", stdin=FIXED)
    assert clean.stdout == FIXED
    diff = agentlint(faulty, "--diff", "--stdin-filename", "other.yaml", "-", stdin=TABLE)
    assert diff.stdout.startswith(b"--- a/other.yaml\n")


def test_a_hook_fixes_the_files_that_it_is_given(faulty: Path) -> None:
    (faulty / "other.yaml").write_bytes(TABLE)
    agentlint(faulty, "--force-exclude", "--fix", "other.yaml")
    assert (faulty / "other.yaml").read_bytes() == FIXED
    assert (faulty / "routes.yaml").read_bytes() == TABLE


def test_a_link_is_fixed_where_it_leads_and_stays_a_link(faulty: Path) -> None:
    (faulty / ".git").mkdir()
    (faulty / "docs").mkdir()
    (faulty / "docs" / "link.yaml").symlink_to("../routes.yaml")
    agentlint(faulty, "--fix", "docs/link.yaml")
    assert (faulty / "docs" / "link.yaml").is_symlink()
    assert (faulty / "routes.yaml").read_bytes() == FIXED


def test_fixes_and_changed_lines_do_not_go_together(faulty: Path) -> None:
    result = agentlint(faulty, "--fix", "--diff-base", "HEAD")
    assert result.returncode == 2
    assert b"--diff-base" in result.stderr
    assert (faulty / "routes.yaml").read_bytes() == TABLE


def test_no_report_and_no_diff_shows_the_credential_that_a_fix_takes_out(tmp_path: Path) -> None:
    key = sample("anthropic-api-key", random.Random(3))
    params = f"    litellm_params:\n      model: openai/x\n      api_key: {key}\n"
    text = f"model_list:\n  - model_name: a\n{params}"
    (tmp_path / "config.yaml").write_text(text)
    for form in ("json", "sarif", "rdjson", "full"):
        printed = agentlint(tmp_path, "--unsafe-fixes", "--output-format", form).stdout.decode()
        assert key not in printed
        assert "os.environ/ANTHROPIC_API_KEY" in printed
    diff = agentlint(tmp_path, "--unsafe-fixes", "--diff")
    assert key.encode() not in diff.stdout + diff.stderr
    assert b"are not shown as they are" in diff.stderr
    agentlint(tmp_path, "--unsafe-fixes", "--fix")
    fixed = (tmp_path / "config.yaml").read_text()
    assert fixed == text.replace(key, "os.environ/ANTHROPIC_API_KEY")


def test_formats_for_tools_carry_the_fix(faulty: Path) -> None:
    sarif = json.loads(agentlint(faulty, "--output-format", "sarif").stdout)
    (change,) = sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    place = {"startLine": 3, "startColumn": 19, "endLine": 3, "endColumn": 19}
    assert replacement["deletedRegion"] == place
    assert replacement["insertedContent"] == {"text": "\r\n    endpoint_family: responses"}
    rdjson = json.loads(agentlint(faulty, "--output-format", "rdjson").stdout)
    (suggestion,) = rdjson["diagnostics"][0]["suggestions"]
    assert suggestion["text"] == "\r\n    endpoint_family: responses"


def test_a_run_without_findings_loads_nothing_of_fixing(tmp_path: Path) -> None:
    (tmp_path / "routes.yaml").write_bytes(FIXED)
    code = (
        "import sys, contextlib\n"
        "from agentlint.cli.app import app\n"
        "with contextlib.suppress(SystemExit): app(['check', '.'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_or_interrupted_fix_leaves_each_file_old_or_new(tmp_path: Path) -> None:
    names = [f"routes-{number:02}.yaml" for number in range(60)]
    moments = random.Random(11)
    ended_midway = 0
    for how in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM) * 4:
        for name in names:
            (tmp_path / name).write_bytes(TABLE)
        process = subprocess.Popen(
            [sys.executable, "-m", "agentlint", "check", "--fix", "."],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and (tmp_path / names[0]).read_bytes() == TABLE:
            time.sleep(0.001)
        time.sleep(moments.uniform(0.0, 0.03))
        process.send_signal(how)
        process.wait(timeout=30)
        found = {(tmp_path / name).read_bytes() for name in names}
        assert found <= {TABLE, FIXED}
        ended_midway += len(found) == 2
        beside = [name for name in os.listdir(tmp_path) if name not in names]
        assert how is signal.SIGKILL or beside == []
        for name in beside:
            (tmp_path / name).unlink()
    assert ended_midway > 0


def test_what_cannot_be_written_is_not_offered(faulty: Path) -> None:
    os.link(faulty / "routes.yaml", faulty / "copy.txt")
    (faulty / "more.yaml").write_bytes(TABLE)
    plain = agentlint(faulty, "--output-format", "concise").stdout.decode()
    lines = plain.splitlines()
    assert [line.endswith("[*]") for line in lines[:2]] == [True, False]
    assert lines[-1] == "[*] 1 fixable with `--fix`."
    notice = "routes.yaml: notice[not-fixed] not fixed: it has several names (hard links)\n"
    shown = agentlint(faulty, "--diff")
    assert shown.stderr.decode() == f"{notice}Would fix 1 finding.\n"
    assert b"routes.yaml" not in shown.stdout
    fixed = agentlint(faulty, "--fix", "--output-format", "concise").stdout.decode()
    assert notice in fixed
    assert "Fixed 1 finding." in fixed
    assert "fixable" not in fixed
    assert agentlint(faulty, "--diff").returncode == 0
    stdin = agentlint(faulty, "--fix", "--stdin-filename", "routes.yaml", "-", stdin=TABLE)
    assert stdin.stdout == FIXED


def test_a_list_of_checkouts_offers_no_fix_that_would_not_be_written(faulty: Path) -> None:
    (faulty / "a").mkdir()
    (faulty / "routes.yaml").rename(faulty / "a/routes.yaml")
    listed = ("--repos", "-", "--output-format", "concise")
    assert b"1 fixable" in agentlint(faulty, *listed, stdin=b"a\n").stdout
    os.link(faulty / "a/routes.yaml", faulty / "copy.txt")
    assert b"fixable" not in agentlint(faulty, *listed, stdin=b"a\n").stdout


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes all")
def test_a_file_of_mode_read_only_is_not_offered(faulty: Path) -> None:
    (faulty / "routes.yaml").chmod(0o444)
    assert b"fixable" not in agentlint(faulty).stdout
    assert b"Would fix 0 findings." in agentlint(faulty, "--diff").stderr

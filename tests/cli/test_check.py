"""The command line as a user meets it: exit codes, formats, standard input, messages."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.command import agentlint
from tests.secret_samples import expand, sample

from agentlint.cli.app import app
from agentlint.knowledge.retirements import all_retirements

FAULTY = "Always use `gpt-5.4` for reviews.\n"
CLEAN = "Always use the alias `review-deep`.\n"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    (tmp_path / "AGENTS.md").write_text(FAULTY)
    return tmp_path


def test_the_exit_code_tells_findings_from_none_and_from_errors(faulty: Path) -> None:
    assert agentlint(faulty, "check").returncode == 1
    assert agentlint(faulty, "check", "--exit-zero").returncode == 0
    assert agentlint(faulty, "check", "--ignore", "hardcoded-model-id").returncode == 0
    assert agentlint(faulty, "check", "--select", "nope").returncode == 2
    assert agentlint(faulty, "check", "missing.md").returncode == 2
    assert agentlint(faulty, "check", "--output-format", "nope").returncode == 2


@pytest.mark.parametrize(("severity", "code"), [("error", 0), ("warning", 1), ("info", 1)])
def test_only_findings_as_bad_as_asked_for_fail_a_run(
    faulty: Path, severity: str, code: int
) -> None:
    result = agentlint(faulty, "check", "--fail-on", severity)
    assert result.returncode == code
    assert "hardcoded-model-id" in result.stdout


def test_a_severity_of_the_settings_is_the_one_that_fails(faulty: Path) -> None:
    (faulty / "agentlint.toml").write_text('[severity]\nhardcoded-model-id = "info"\n')
    assert agentlint(faulty, "check", "--fail-on", "warning").returncode == 0
    assert agentlint(faulty, "check", "--fail-on", "warning", "--diff").returncode == 0


def test_a_mistake_is_one_line_on_standard_error(faulty: Path) -> None:
    (faulty / "agentlint.toml").write_text("selct = []\n")
    result = agentlint(faulty, "check")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr == ("Error: agentlint.toml: unknown key `selct`; did you mean `select`?\n")
    assert agentlint(faulty, "check", "--isolated").returncode == 1


def test_the_same_paths_from_any_folder(faulty: Path) -> None:
    (faulty / "sub").mkdir()
    here = agentlint(faulty, "check", "--output-format", "json", ".").stdout
    assert agentlint(faulty / "sub", "check", "--output-format", "json", "..").stdout == here
    assert agentlint(Path("/"), "check", "--output-format", "json", str(faulty)).stdout == here
    assert json.loads(here)["findings"][0]["path"] == "AGENTS.md"


def test_standard_input_is_judged_as_the_file_it_names(faulty: Path) -> None:
    (faulty / "AGENTS.md").write_text(CLEAN)
    args = ("check", "--output-format", "concise", "--stdin-filename", "AGENTS.md", "-")
    result = agentlint(faulty, *args, stdin=FAULTY)
    assert result.returncode == 1
    assert result.stdout.startswith("AGENTS.md:1:13: warning[hardcoded-model-id]")
    assert agentlint(faulty, "check", "-", stdin=FAULTY).returncode == 2
    assert agentlint(faulty, "check", "-", "AGENTS.md", stdin=FAULTY).returncode == 2


def test_standard_input_obeys_force_exclude(faulty: Path) -> None:
    (faulty / "agentlint.toml").write_text('exclude = ["AGENTS.md"]\n')
    args = ("check", "--stdin-filename", "AGENTS.md", "-")
    assert agentlint(faulty, *args, stdin=FAULTY).returncode == 1
    assert agentlint(faulty, *args, "--force-exclude", stdin=FAULTY).returncode == 0


def test_reports_go_to_files_as_well(faulty: Path) -> None:
    result = agentlint(faulty, "check", "-o", "json=a.json", "-o", "sarif=b.sarif")
    assert result.returncode == 1
    assert "hardcoded-model-id" in result.stdout
    assert len(json.loads((faulty / "a.json").read_text())["findings"]) == 1
    assert len(json.loads((faulty / "b.sarif").read_text())["runs"][0]["results"]) == 1
    assert agentlint(faulty, "check", "-o", "nope=a").returncode == 2
    assert agentlint(faulty, "check", "-o", "json=no/such/folder").returncode == 2


def test_colour_follows_the_environment(faulty: Path) -> None:
    assert "\x1b[" not in agentlint(faulty, "check").stdout
    assert "\x1b[" in agentlint(faulty, "check", env={"FORCE_COLOR": "1"}).stdout
    both = {"FORCE_COLOR": "1", "NO_COLOR": "1"}
    assert "\x1b[" not in agentlint(faulty, "check", env=both).stdout
    assert "\x1b[" in agentlint(faulty, "check", "--color", "always").stdout


def test_a_file_named_by_a_hook_is_judged_with_the_aliases_of_the_repository(
    tmp_path: Path,
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "AGENTS.md").write_text("Use `gpt-5.4` for reviews.\n")
    (tmp_path / "config.yaml").write_text(
        "model_list:\n- model_name: gpt-5.4\n  litellm_params:\n    model: azure/eu-7\n"
    )
    assert agentlint(tmp_path, "check", "AGENTS.md").returncode == 0
    (tmp_path / "config.yaml").unlink()
    assert agentlint(tmp_path, "check", "AGENTS.md").returncode == 1


def test_the_day_can_be_fixed(tmp_path: Path) -> None:
    (tmp_path / "AGENTS.md").write_text(
        "<!-- agentlint: ignore[hardcoded-model-id] audit until=2026-01-31 -->\n" + FAULTY
    )
    assert agentlint(tmp_path, "check", "--as-of", "2026-01-31").returncode == 0
    assert agentlint(tmp_path, "check", "--as-of", "2026-02-01").returncode == 1
    epoch = {"SOURCE_DATE_EPOCH": "1767225600"}
    assert agentlint(tmp_path, "check", env=epoch).returncode == 0
    for args in (["--as-of", "2026-01-01"], []):
        ran = agentlint(tmp_path, "check", *args, env=epoch)
        assert ran.stdout.endswith("1 finding suppressed, as of 2026-01-01.\n")
    assert "as of" not in agentlint(tmp_path, "check").stdout


@pytest.mark.parametrize(
    ("as_of", "epoch", "said"),
    [
        ("soon", "", "--as-of: `soon` is not a day (YYYY-MM-DD)"),
        ("", "", "--as-of: `` is not a day (YYYY-MM-DD)"),
        ("20261231", "", "--as-of: `20261231` is not a day (YYYY-MM-DD)"),
        ("2026-W10-1", "", "--as-of: `2026-W10-1` is not a day (YYYY-MM-DD)"),
        ("1700000000", "1", "--as-of: `1700000000` is not a day (YYYY-MM-DD)"),
        (None, "2026-01-01", "SOURCE_DATE_EPOCH: `2026-01-01` is not a time (seconds since 1970)"),
    ],
)
def test_what_is_no_day_is_told(tmp_path: Path, as_of: str | None, epoch: str, said: str) -> None:
    options = () if as_of is None else ("--as-of", as_of)
    ran = agentlint(tmp_path, "check", *options, env={"SOURCE_DATE_EPOCH": epoch})
    assert (ran.returncode, ran.stderr) == (2, f"Error: {said}\n")


def test_a_shutdown_that_was_only_announced_stays_a_warning_past_its_day(tmp_path: Path) -> None:
    ends = [end for end in all_retirements() if end.provider == "openai" and not end.is_confirmed]
    if not ends:
        pytest.skip("no shutdown lies ahead of the table of retirements")
    last = max(ends, key=lambda end: end.day)
    (tmp_path / "routes.yaml").write_text(
        f"routes:\n  writer:\n    model: {last.model}\n    endpoint_family: responses\n"
    )
    said = agentlint(
        tmp_path, "check", "--select", "retired-model", "--as-of", str(last.day)
    ).stdout
    message = f"OpenAI was to retire `{last.model}` on {last.day}"
    assert said.splitlines()[0] == f"warning[retired-model]: {message}"


def test_a_web_token_past_its_own_last_day_is_a_warning(tmp_path: Path) -> None:
    token = expand("{jwt:scope=admin,exp=1767225600}", random.Random(3))
    (tmp_path / "AGENTS.md").write_text(f"Authorization: Bearer {token}\n")
    for day, said in (
        ("2026-01-01", "error[literal-secret]: JSON Web Token"),
        ("2026-01-02", "warning[literal-secret]: JSON Web Token"),
    ):
        told = agentlint(tmp_path, "check", "--as-of", day).stdout
        assert told.startswith(said)
        assert ("expired on 2026-01-01" in told) is said.startswith("warning")


def test_explain_and_rules_tell_the_same_rules() -> None:
    rules = json.loads(agentlint(Path("/"), "rules", "--output-format", "json").stdout)
    for rule in rules:
        page = CliRunner().invoke(app, ["explain", rule["id"]]).stdout
        assert page.startswith(f"# {rule['title']}\n")
    wrong = agentlint(Path("/"), "explain", "literal-secrets")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        "Error: unknown rule `literal-secrets`; did you mean `literal-secret`?\n",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("chek", "no such command `chek`; did you mean `check`?"),
        ("frobnicate", "no such command `frobnicate`"),
    ],
)
def test_an_unknown_command_is_refused_with_the_one_that_is_near(name: str, said: str) -> None:
    result = agentlint(Path("/"), name)
    assert (result.returncode, result.stderr.splitlines()[-1]) == (2, f"Error: {said}")


def test_modules_of_the_linted_tree_are_not_imported(faulty: Path) -> None:
    for module in ("yaml", "re", "json", "click", "ruamel", "tomllib"):
        (faulty / f"{module}.py").write_text("open('PWNED', 'w')\n")
    assert agentlint(faulty, "check").returncode == 1
    assert not (faulty / "PWNED").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--stdin-filename", "x"], "--stdin-filename names what `-` reads, and there is no `-`"),
        (["--show-fixes"], "--show-fixes needs --fix, --fix-only or --diff"),
        (["--select", ""], "--select: a rule is required, and none is named"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(
    faulty: Path, words: list[str], said: str
) -> None:
    result = agentlint(faulty, "check", *words)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"Error: {said}\n")


@pytest.mark.parametrize("colour", [(), ("--color", "never")], ids=["plain", "by click"])
def test_a_file_may_have_the_name_of_standard_input(
    tmp_path: Path, colour: tuple[str, ...]
) -> None:
    (tmp_path / "-").write_text(f"key: {sample('openai-project-key', random.Random(3))}\n")
    result = agentlint(tmp_path, "check", "./-", "--isolated", *colour)
    assert (result.returncode, result.stderr) == (1, "")
    assert "--> -:1:6" in result.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["check", "-o", "json=AGENTS.md"],
        ["check", "-o", "markdown=sub/CLAUDE.md"],
        ["baseline", "-o", "AGENTS.md"],
    ],
)
def test_no_report_is_written_where_agents_read(faulty: Path, words: list[str]) -> None:
    (faulty / "sub").mkdir()
    name = words[-1].rpartition("=")[2]
    result = agentlint(faulty, *words)
    said = f"Error: --output: {name} is a file that agents or their tools read\n"
    assert (result.returncode, result.stdout, result.stderr) == (2, "", said)
    assert (faulty / "AGENTS.md").read_text() == FAULTY
    assert not (faulty / "sub" / "CLAUDE.md").exists()


@pytest.mark.parametrize("command", [("check", "-o", "json={}"), ("baseline", "-o", "{}")])
@pytest.mark.parametrize("name", ["gateway-routes.yaml", "app.py", "data.json"])
def test_no_file_of_somebody_is_overwritten(
    faulty: Path, command: tuple[str, ...], name: str
) -> None:
    (faulty / name).write_text("precious: 1\n")
    result = agentlint(faulty, *(word.format(name) for word in command))
    said = f"Error: --output: {name} holds something else, and is not overwritten\n"
    assert (result.returncode, result.stdout, result.stderr) == (2, "", said)
    assert (faulty / name).read_text() == "precious: 1\n"


def test_an_empty_file_and_an_earlier_report_are_written_anew(faulty: Path) -> None:
    (faulty / "report").write_text("\n")
    for form in ("json", "sarif", "full", "gitlab", "json"):
        assert agentlint(faulty, "check", "-o", f"{form}=report").stderr == ""
    assert (faulty / "report").read_text().startswith("{")


def test_a_report_and_a_baseline_are_not_written_over_each_other(faulty: Path) -> None:
    agentlint(faulty, "check", "-o", "json=report")
    agentlint(faulty, "baseline", "-o", "known")
    assert agentlint(faulty, "baseline", "-o", "known").returncode == 0
    for command in (("check", "-o", "json=known"), ("baseline", "-o", "report")):
        assert agentlint(faulty, *command).stderr.endswith("is not overwritten\n")


def test_a_baseline_is_not_written_over_something_else_without_being_told(faulty: Path) -> None:
    (faulty / "agentlint-baseline.jsonl").write_text("mine\n")
    assert agentlint(faulty, "baseline").returncode == 2
    assert (faulty / "agentlint-baseline.jsonl").read_text() == "mine\n"


def test_the_summary_of_a_step_may_have_been_begun_by_others(faulty: Path) -> None:
    summary = faulty / "summary"
    summary.write_text("# Built\n")
    command = ("check", "-o", f"markdown={summary}")
    assert agentlint(faulty, *command).returncode == 2
    ran = agentlint(faulty, *command, env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert ran.returncode == 1
    assert summary.read_text().startswith("# Built\n")
    assert "hardcoded-model-id" in summary.read_text()


def test_a_dash_is_no_file(faulty: Path) -> None:
    result = agentlint(faulty, "check", "-o", "sarif=-")
    said = "Error: --output: `-` is no file; --output-format says what is printed\n"
    assert (result.returncode, result.stdout, result.stderr) == (2, "", said)
    assert not (faulty / "-").exists()


def test_an_empty_name_is_refused_and_does_not_mean_this_folder(faulty: Path) -> None:
    for args in (("check", ""), ("check", "AGENTS.md", ""), ("baseline", ""), ("init", "")):
        result = agentlint(faulty, *args)
        assert (result.returncode, result.stdout) == (2, "")
        assert "a path is required, and this one is empty" in result.stderr
    assert agentlint(faulty, "check", "--baseline", "").returncode == 2
    assert agentlint(faulty, "check", ".").returncode == 1


def test_people_are_told_paths_that_lead_to_the_file(faulty: Path) -> None:
    (faulty / ".git").mkdir()
    (faulty / "sub").mkdir()
    (faulty / "sub/AGENTS.md").write_text(FAULTY)
    beside = faulty.parent / f"{faulty.name}-beside"
    beside.mkdir()
    for folder, args, paths in (
        (faulty, (), ["AGENTS.md", "sub/AGENTS.md"]),
        (faulty / "sub", (), ["AGENTS.md"]),
        (faulty / "sub", ("..",), ["../AGENTS.md", "AGENTS.md"]),
        (beside, (f"../{faulty.name}/sub",), [f"../{faulty.name}/sub/AGENTS.md"]),
    ):
        printed = agentlint(folder, "check", "--output-format", "concise", *args).stdout
        assert [line.split(":")[0] for line in printed.splitlines()[:-1]] == paths
        assert f"--> {paths[0]}:1:13\n" in agentlint(folder, "check", *args).stdout
        report = json.loads(agentlint(folder, "check", "--output-format", "json", *args).stdout)
        assert {finding["path"] for finding in report["findings"]} <= {"AGENTS.md", "sub/AGENTS.md"}


def test_a_report_that_cannot_be_written_is_printed_all_the_same(faulty: Path) -> None:
    result = agentlint(faulty, "check", "-o", "sarif=missing/report.sarif")
    assert result.returncode == 2
    assert "hardcoded-model-id" in result.stdout
    assert result.stderr.startswith("Error: --output: ")


def test_a_report_is_written_beside_a_diff_and_beside_fixes(faulty: Path) -> None:
    for option in ("--diff", "--fix-only"):
        result = agentlint(faulty, "check", option, "-o", "json=report.json")
        assert "hardcoded-model-id" not in result.stdout
        report = json.loads((faulty / "report.json").read_text())
        assert [finding["rule"] for finding in report["findings"]] == ["hardcoded-model-id"]


@pytest.mark.parametrize(
    "options",
    [
        ("--show-files", "-o", "json=report.json"),
        ("--show-files", "--statistics"),
        ("--diff", "--statistics"),
        ("--fix-only", "--statistics"),
    ],
)
def test_what_would_print_nothing_is_refused(options: tuple[str, ...], faulty: Path) -> None:
    result = agentlint(faulty, "check", *options)
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert not (faulty / "report.json").exists()

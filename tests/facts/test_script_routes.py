"""What a pipeline hands to the agents that its scripts start is the pipeline's to expand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from agentlint.engine.fixing import FixRun
from agentlint.facts.pipelines.agent_commands import agent_commands
from agentlint.knowledge.agents import program_named, programs
from agentlint.reporters import Report

Check = Callable[[Mapping[str, str]], Report]
Fixed = Callable[[bool], FixRun]
COMMANDS = {
    "claude": "claude -p x --model gateway-review",
    "codex": "codex exec -m gateway-review x",
    "gemini": "gemini -m gateway-review -p x",
    "opencode": "opencode run -m gateway/review x",
    "aider": "aider --model gateway-review --message x",
    "copilot": "copilot --model gateway-review -p x",
    "cursor-agent": "cursor-agent -p --model gateway-review x",
    "qwen": "qwen -m gateway-review -p x",
    "goose": "goose run --model gateway-review -t x",
    "crush": "crush run -m gateway-review x",
    "droid": "droid exec -m gateway-review x",
    "amp": "amp -x x",
}
WORKFLOW, ACTION, GITLAB = ".github/workflows/w.yml", "action.yml", ".gitlab-ci.yml"
READER = {WORKFLOW: "GitHub Actions", ACTION: "GitHub Actions", GITLAB: "GitLab CI"}
OWN = [
    *((path, "${{ vars.GATEWAY_URL }}") for path in (WORKFLOW, ACTION)),
    *((path, "${{ secrets.GATEWAY_URL }}") for path in (WORKFLOW,)),
    *((path, "https://${{ vars.HOST }}") for path in (WORKFLOW, ACTION)),
    (ACTION, "${{ inputs.url }}"),
    *((GITLAB, own) for own in ("$GATEWAY_URL", "${GATEWAY_URL}", "%GATEWAY_URL%")),
    (GITLAB, "https://$HOST"),
    (GITLAB, "$[[ inputs.url ]]"),
]
FOREIGN = [
    (WORKFLOW, "$GATEWAY_URL"),
    (ACTION, "$GATEWAY_URL"),
    (GITLAB, "${{ vars.GATEWAY_URL }}"),
]
SENT = [program.name for program in programs() if program.direct.base_url]


def pipeline(path: str, program: str, url: str) -> str:
    command, variable = (
        COMMANDS[program],
        program_named(program).direct.base_url or "OPENAI_BASE_URL",
    )
    if path == GITLAB:
        return f"review:\n  variables: {{{variable}: '{url}'}}\n  script: [{command}]\n"
    step = f"{{run: {command}, shell: bash, env: {{{variable}: '{url}'}}}}"
    if path == ACTION:
        return f"name: r\ndescription: d\nruns: {{using: composite, steps: [{step}]}}\n"
    return f"on: push\npermissions: {{}}\njobs: {{r: {{runs-on: u, steps: [{step}]}}}}\n"


def test_every_program_has_a_command_that_names_its_model() -> None:
    assert set(COMMANDS) == {program.name for program in programs()}
    for program in programs():
        (found,) = agent_commands(COMMANDS[program.name])
        assert (found.program, found.model is not None) == (program.name, bool(program.model))


@pytest.mark.parametrize(("path", "url"), OWN)
@pytest.mark.parametrize("program", COMMANDS)
def test_the_references_of_a_pipeline_are_its_own(
    program: str, path: str, url: str, check: Check, fixed: Fixed
) -> None:
    report = check({path: pipeline(path, program, url)})
    assert [found.rule for found in report.findings] == []
    assert not fixed(False).files


@pytest.mark.parametrize(("path", "url"), FOREIGN)
@pytest.mark.parametrize("program", SENT)
def test_the_references_of_another_pipeline_are_told_as_such(
    program: str, path: str, url: str, check: Check
) -> None:
    (found,) = check({path: pipeline(path, program, url)}).findings
    assert found.message.startswith(f"{READER[path]} does not expand `{url}`")

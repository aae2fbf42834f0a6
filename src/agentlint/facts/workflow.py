"""A step of a GitHub workflow, with everything that holds for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from agentlint.facts.setting import Setting
from agentlint.facts.values.value import ABSENT, Located, Value
from agentlint.text import Span


class Permissions(Struct, frozen=True, omit_defaults=True):
    """What the token of a job may do, as the job says or else the workflow.

    `every` is `read-all`, `write-all` or "" where `scopes` tell it one by one: `contents: write`.
    `span` is None where neither says anything, so that the repository's own default holds.
    """

    span: Span | None = None
    every: str = ""
    scopes: tuple[Setting, ...] = ()


class WorkflowStep(Struct, frozen=True, omit_defaults=True, dict=True):
    """One step of a job or of a composite action; a job that calls a workflow counts as its one step.

    `pointer` is the key path of the step, `job` the id of its job ("" in an action). `action` is what
    `uses` names, without its `ref`, and "" for a step that runs a script. `env` holds the variables of
    the step, its job and its workflow, of equal names the innermost. `run` is the script with every
    credential masked, and `prompt_secrets` names the secrets that it writes into the prompt of an agent,
    each where it does. `handed_on` is what a job gives as secrets to the workflow that it calls, and
    `filled_in` the headers, options and variables of the script that a value of `vars` fills. `paths`
    are those that a pull request must touch for the workflow to run.
    """

    path: str
    span: Span
    pointer: tuple[str, ...]
    job: str = ""
    name: Value = ABSENT
    action: str = ""
    ref: str = ""
    uses: Value = ABSENT
    inputs: tuple[Setting, ...] = ()
    env: tuple[Setting, ...] = ()
    run: Located[str] | None = None
    prompt_secrets: tuple[Located[str], ...] = ()
    handed_on: tuple[Setting, ...] = ()
    filled_in: tuple[Setting, ...] = ()
    permissions: Permissions = Permissions()
    triggers: tuple[Located[str], ...] = ()
    paths: tuple[Located[str], ...] = ()
    in_test: bool = False

    def input(self, name: str) -> Value:
        """The value of an input, ABSENT where it is not given; input names know no letter case."""
        return self._inputs.get(name.lower(), ABSENT)

    def variable(self, name: str) -> Value:
        """The value of an environment variable, ABSENT where it is not set."""
        return self._variables.get(name, ABSENT)

    @cached_property
    def _inputs(self) -> Mapping[str, Value]:
        return {setting.name.value.lower(): setting.value for setting in self.inputs}

    @cached_property
    def _variables(self) -> Mapping[str, Value]:
        return {setting.name.value: setting.value for setting in self.env}

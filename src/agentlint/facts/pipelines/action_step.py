"""A step of a workflow that runs an action or a script: its inputs, and what they say of a route."""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.documents import DataDocument, Mapping, Scalar, parse
from agentlint.facts.pipelines.workflows import StepNode
from agentlint.facts.route import ChosenFamily, Credential, FamilySource, Route, RouteKind
from agentlint.facts.source import Source
from agentlint.facts.tree import credential, entries
from agentlint.facts.values.value import ABSENT, Value, classified
from agentlint.facts.variables.shell import ShellVariables
from agentlint.facts.workflow import WorkflowStep
from agentlint.knowledge.families import Family
from agentlint.text import Pattern, Span, Spans

_MAJOR = Pattern(r"v?(\d{1,4})(?:\.\d{1,6}){0,3}")
_EXPRESSION = r"\$\{\{[^{}\r\n]{1,400}\}\}"
_TEXT = rf"(?P<quote>[\"'])(?P<quoted>{_EXPRESSION}|[^\"'\r\n]{{1,400}})(?P=quote)"
_FLAG = Pattern(
    r"(?:^|(?<=\s))(?P<flag>--?[\w-]{1,40})(?:=|[ \t]{1,8})"
    rf"(?:{_TEXT}|(?P<plain>{_EXPRESSION}|[^\s\"'-][^\s\"']{{0,400}}))"
)
_OF_ENV = Pattern(r"\$\{\{\s{0,8}env\.(?P<name>[A-Za-z_]\w{0,127})\s{0,8}\}\}")
_COMMENT = Pattern(r"^[ \t]{0,200}#[^\r\n]{0,2000}", re.MULTILINE)


class ActionStep(Struct, frozen=True):
    """A step that runs a known action or a script, with the `shell` that runs it."""

    found: StepNode
    source: Source
    shell: ShellVariables

    @property
    def step(self) -> WorkflowStep:
        return self.found.step

    @property
    def major(self) -> int | None:
        """The major version that the step is pinned to, 0 for a beta, None where nothing tells."""
        match = _MAJOR.fullmatch(self.step.ref)
        return int(match[1]) if match else 0 if self.step.ref == "beta" else None

    def node(self, name: str) -> Scalar | None:
        """The text of an input."""
        for entry in entries(self.found.node, "with"):
            if entry.key.text.lower() == name and isinstance(entry.value, Scalar):
                return entry.value
        return None

    def settings(self) -> Mapping:
        """What the `settings` input holds as JSON; nothing where it is a path."""
        node = self.node("settings")
        if node is not None and node.text.lstrip().startswith("{"):
            document = parse("json", node.region)
            if isinstance(document, DataDocument):
                for root in document.roots:
                    if isinstance(root, Mapping):
                        return root
        return Mapping((), self.step.span)

    def pointer_of(self, name: str) -> tuple[str, ...]:
        """The key path of an input."""
        return (*self.step.pointer, "with", name)

    def credentials(self, *inputs: str) -> tuple[Credential, ...]:
        values = (self.step.input(name) for name in inputs)
        return tuple(one for value in values for one in credential("api_key", value))

    def route(self, format_id: str, model: Value, family: Family | None) -> Route:
        step, set_to = self.step, self._variable(model)
        return Route(
            format=format_id,
            path=step.path,
            pointer=step.pointer,
            span=step.span,
            kind=RouteKind.CI_STEP,
            scope=self.source.pipeline_scope,
            role=step.name,
            model=replace(model, raw=set_to.raw, kind=set_to.kind, ref=None, dialect="")
            if set_to.literal
            else model,
            model_origin=set_to.span if set_to.literal else None,
            chosen_family=ChosenFamily.by(FamilySource.DRIVER, family),
        )

    def _variable(self, value: Value) -> Value:
        """What the workflow sets the variable to that a value names: `${{ env.MODEL }}`."""
        named = _OF_ENV.fullmatch(value.raw.strip())
        return self.shell(named["name"]) if named else ABSENT


class CommandOptions(Struct, frozen=True):
    """The options of a command line, each with the values that it is given."""

    values: dict[str, list[Value]] = field(default_factory=dict)

    @classmethod
    def of(cls, node: Scalar | None) -> CommandOptions:
        """Options of a text; a line that begins with `#` is none, as the actions read it."""
        flags = cls()
        if node is None:
            return flags
        comments = Spans(Span(*match.span()) for match in _COMMENT.finditer(node.text))
        for match in _FLAG.finditer(node.text):
            if comments.any_contains(Span(match.start(), match.start() + 1)):
                continue
            group = "quoted" if match["quoted"] else "plain"
            span = node.region.span(match.start(group), match.end(group))
            flags.values.setdefault(match["flag"], []).append(classified(match[group], span))
        return flags

    def last(self, *names: str) -> Value:
        found = [value for name in names for value in self.values.get(name, ())]
        return found[-1] if found else ABSENT

"""Coding agents: what starts one where nobody watches it, and whom it calls."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from msgspec import Struct, convert

from agentlint.knowledge.data import Row, rows, typed_rows
from agentlint.knowledge.families import Family


class Upstream(Struct, frozen=True):
    """Whom a program calls: a provider, or what the variable `base_url` holds, with an endpoint family.

    Chosen by one of `options`, by a variable `switch`, or by an `input` of the program's action. Any may be
    empty; `family` is None where the model decides it.
    """

    provider: str
    family: Family | None = None
    base_url: str = ""
    switch: str = ""
    on: frozenset[str] = frozenset()
    input: str = ""
    options: frozenset[str] = frozenset()

    def is_switched_on(self, value: str) -> bool:
        """Whether `value` of its switch sends the program there; `0` and `false` do not."""
        return value.strip().lower() in self.on


class Program(Struct, frozen=True):
    """A `[[program]]` row of `rules/data/agents.toml`, and the `upstreams` that it may call instead of the
    one that it calls when left alone, which is `direct`."""

    name: str
    format: str
    packages: tuple[str, ...]
    first: frozenset[str]
    unattended: frozenset[str]
    model: frozenset[str]
    model_variable: str
    before_prompt: frozenset[str]
    takes_value: frozenset[str]
    settings: frozenset[str]
    settings_elsewhere: frozenset[str]
    host_keys: tuple[str, ...]
    direct: Upstream
    upstreams: tuple[Upstream, ...]

    def works_alone(self, words: Sequence[str]) -> bool:
        """Whether a command line of these words, options without their values, is one of this program's,
        and nobody watches it."""
        first = next(iter(words), "")
        is_own = not self.first or not self.first.isdisjoint((first, first[:1]))
        return is_own and not self.unattended.isdisjoint(words)

    def may_call(self, provider: str) -> bool:
        """Whether it calls a provider by itself; any other one answers behind a gateway."""
        return any(provider == one.provider for one in (self.direct, *self.upstreams))

    def upstream(self, switch: Callable[[Upstream], str | None]) -> Upstream | None:
        """Whom it calls, by what each `switch` is set to: "" for one that is not set, None for one whose
        value only a run can tell. None where such a one decides."""
        for upstream in self.upstreams:
            value = switch(upstream)
            if value is None:
                return None
            if upstream.is_switched_on(value):
                return upstream
        return self.direct


class Command(Struct, frozen=True):
    """A `[[command]]` row: a tool that any of `names` starts, which takes a model behind each of `options`.

    `provider` answers for it; "" where the model's vendor does. Each option of `hosts` says another one.
    """

    names: tuple[str, ...]
    options: frozenset[str]
    provider: str
    hosts: Mapping[str, str]

    def answering(self, words: Sequence[str]) -> str:
        """Who answers where a command line has these words."""
        found = (self.hosts[word] for word in words if word in self.hosts)
        return next(found, self.provider)


@cache
def commands() -> tuple[Command, ...]:
    return typed_rows("agents", "command", Command)


def program_named(name: str) -> Program:
    """The program that a script starts as `name`, or from the npm package of that name; raises KeyError
    for any other."""
    return _by_name()[name]


def find_program(name: str) -> Program | None:
    """As `program_named`; None for any other."""
    return _by_name().get(name)


@cache
def programs() -> tuple[Program, ...]:
    return tuple(_program(row) for row in rows("agents", "program"))


@cache
def host_variables() -> frozenset[str]:
    """The variables by which a program is sent to another host."""
    named = (
        name
        for program in programs()
        for upstream in (program.direct, *program.upstreams)
        for name in (upstream.base_url, upstream.switch)
    )
    return frozenset(filter(None, named))


def is_switch(variable: str) -> bool:
    """Whether a variable tells an agent whom to call."""
    return variable in _switches()


def moved_by(variable: str, value: str) -> tuple[str, str] | None:
    """Whose calls a variable of an agent takes elsewhere by its value, and to whom: those for Anthropic to
    Bedrock, by `CLAUDE_CODE_USE_BEDROCK=1`; None for any other variable or value."""
    program, upstream = _switches().get(variable, (None, None))
    if program is None or upstream is None or not upstream.is_switched_on(value):
        return None
    return program.direct.provider, upstream.provider


@cache
def _switches() -> Mapping[str, tuple[Program, Upstream]]:
    return {
        upstream.switch: (program, upstream)
        for program in programs()
        for upstream in program.upstreams
        if upstream.switch
    }


def is_agent_action(action: str) -> bool:
    """Whether a GitHub Action hands its step's job to an agent; `action` is spelled as in `uses:`, in small
    letters and without the release."""
    return action in _formats("action")


def format_of_action(action: str) -> str:
    """The format of the inputs of an action that asks a model, "" for any other; `action` as above."""
    return _formats("action").get(action) or _formats("caller").get(action, "")


@cache
def _formats(kind: str) -> Mapping[str, str]:
    return {name: row["format"] for row in rows("agents", kind) for name in row["names"]}


@cache
def _by_name() -> Mapping[str, Program]:
    return {name: program for program in programs() for name in (program.name, *program.packages)}


def _program(row: Row) -> Program:
    others = [other for other in rows("agents", "upstream") if other["program"] == row["name"]]
    return convert({**row, "direct": row, "upstreams": others}, Program)

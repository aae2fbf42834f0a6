"""Models that are given to a tool by an option of its own at the command line, and who answers for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from agentlint.knowledge.agents import Command, commands, program_named, programs
from agentlint.text import Pattern

# What may stand before the name of a tool: the key of a config, a prompt, variables, what starts it.
_BEFORE = (
    r"[ \t]{0,40}(?:(?:-[ \t]{1,4})?[\w-]{1,40}:[ \t]{1,4})?[\"'`]?(?:[$>%][ \t]{1,4})?"
    r"(?:\w{1,60}=[\"']?\$\([ \t]{0,4})?(?:[A-Z_]{1,40}=[^\s;&|]{0,200}[ \t]{1,4}){0,4}"
    r"(?:(?:sudo|time|npx|bunx|pnpm|yarn|dlx|timeout)[ \t]{1,4}"
    r"(?:-{1,2}[\w-]{1,20}[ \t]{1,4}|\d{1,5}[smh]?[ \t]{1,4})?){0,3}"
)


def own_option(text: str, first: int, at: int, command: str) -> re.Match[str] | None:
    """The option that stands between `first` and the model at `at`, if it belongs to the tool that
    `command` starts; a `key` and a `call`, as other ways to give a model have, it never is."""
    option = _options().search(text, first, at)
    tool = _started(command) if option else None
    return option if option and tool and option["flag"] in tool.options else None


def ends_in_option(text: str) -> bool:
    """Whether a text ends in an option of some tool behind which a model stands."""
    return _options().search(text) is not None


def provider_of_command(command: str) -> str:
    """Who answers for the models that the tool is given which a `command` starts; "" where no row says."""
    tool = _started(command)
    return tool.answering(command.split()) if tool else ""


def reader_of_command(command: str) -> str:
    """The format of the settings of the agent that a `command` starts; "" for any other command."""
    started = _agents().match(command)
    return program_named(started["name"]).format if started else ""


def _started(command: str) -> Command | None:
    started = _names().match(command)
    return _by_name()[" ".join(started["name"].split())] if started else None


@cache
def _by_name() -> dict[str, Command]:
    return {name: command for command in commands() for name in command.names}


@cache
def _names() -> Pattern:
    return _starting(_by_name())


@cache
def _agents() -> Pattern:
    return _starting(name for one in programs() for name in (one.name, *one.packages))


def _starting(names: Iterable[str]) -> Pattern:
    """What begins a command that starts one of the tools of these names."""
    spelled = "|".join(re.escape(name).replace(r"\ ", r"[ \t]{1,4}") for name in names)
    return Pattern(rf"{_BEFORE}(?P<name>{spelled})(?:@[\w.-]{{1,30}})?[ \t\\]")


@cache
def _options() -> Pattern:
    options = "|".join(re.escape(one) for command in commands() for one in command.options)
    return Pattern(
        rf"(?<![\w-])(?P<flag>{options})(?:\s{{1,4}}|=)[\"']?(?P<key>(?!))?(?P<call>(?!))?\Z"
    )

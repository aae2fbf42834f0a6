"""The commands by which a script hands a job to a coding agent, with the model and prompt of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from agentlint.knowledge.agents import Program, program_named, programs
from agentlint.text import Pattern

_QUOTED = r"\"(?:[^\"\\]|\\[\s\S]){0,8000}\"|'[^']{0,8000}'"
# Variables that are set for one command alone: `NAME=value claude …`.
_ASSIGNED_VALUE = (
    rf"(?:\$\([^()\r\n]{{0,200}}\)|\\[^\r\n]|[^\s\\\"'$;&|()]|\$(?!\()|{_QUOTED}){{0,400}}+"
)
_ASSIGNED = rf"(?:env[ \t]{{1,4}})?(?:[A-Za-z_]\w{{0,80}}={_ASSIGNED_VALUE}[ \t]{{1,4}}){{0,8}}+"
_WORD = Pattern(rf"(?:\\[^\r\n]|[^\s\\\"']|{_QUOTED}){{1,2000}}")
_ELSEWHERE = Pattern(r"\d?[<>]")
# What another command prints, with words that are that command's.
_COMPUTED = Pattern(r"\$\((?!cat\s{0,4}<<)|`")
_NAME = Pattern(r"[\w-]{1,40}")


@cache
def _command() -> Pattern:
    """A command that starts a program of the table."""
    names = [program.name for program in programs()]
    packages = [package for program in programs() for package in program.packages]
    return Pattern(
        rf"(?:^|[;&|]|\$\()[ \t]{{0,40}}(?P<assigned>{_ASSIGNED})"
        r"(?:(?:npx|bunx|uvx|timeout)(?:[ \t]{1,4}[\w@/.-]{1,60}){0,3}?[ \t]{1,4}"
        r"|python3?[ \t]{1,4}-m[ \t]{1,4})?"
        rf"(?P<program>{'|'.join((*names, *packages))})(?:@[\w.-]{{1,30}})?"
        rf"(?P<words>[ \t](?:[ \t]|\\\r?\n|\\.|[^\s\\\"';&|]|{_QUOTED}){{1,2000}})",
        re.MULTILINE,
    )


class AgentCommand(Struct, frozen=True):
    """A command that runs `program` with nobody watching.

    `model` is where its model stands in the script, None where the command names none; `prompts` are
    the places of the words that are certain to tell the agent what to do. `assigned` is where the
    variables stand that are set for it alone, and `options` are those of its options, in order, each
    with the word behind it or joined to it.
    """

    program: str
    model: tuple[int, int] | None
    prompts: tuple[tuple[int, int], ...] = ()
    assigned: tuple[int, int] = (0, 0)
    options: tuple[tuple[str, str], ...] = ()


def agent_commands(script: str) -> Iterator[AgentCommand]:
    """The commands of a shell script that start a coding agent, in order."""
    for command in _command().finditer(script):
        words = list(_WORD.finditer(script, *command.span("words")))
        program = program_named(command["program"])
        if program.works_alone([_option(word[0]) for word in words]):
            prompts = tuple(word.span() for word in _prompts(words, program))
            yield AgentCommand(
                program.name,
                _value(words, program.model),
                prompts,
                command.span("assigned"),
                tuple(_given(words)),
            )


def _prompts(words: list[re.Match[str]], program: Program) -> Iterator[re.Match[str]]:
    """The words that are no option, and not what an option takes, which may be several words."""
    at, may_tell = 0, True
    while at < len(words):
        word, at = words[at], at + 1
        name = _option(word[0])
        if not name.startswith("-"):
            may_tell = may_tell and not _ELSEWHERE.match(word[0])
            if may_tell and not _COMPUTED.search(word[0]):
                yield word
        elif name in program.takes_value:
            at += word[0] == name
        else:
            may_tell = name in program.before_prompt
            if may_tell and word[0].startswith(f"{name}="):
                yield word


def _given(words: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    for word, following in zip(words, [*words[1:], None], strict=True):
        name = _option(word[0])
        if name.startswith("-"):
            joined = word[0][len(name) :].removeprefix("=")
            yield name, joined or (following[0] if following else "")


def _option(word: str) -> str:
    """The name of an option, without a value that is joined to it."""
    name = _NAME.match(word)
    return name[0] if name else ""


def _value(words: list[re.Match[str]], options: frozenset[str]) -> tuple[int, int] | None:
    """Where the value of the last of `options` stands, without the quotes around it."""
    found: tuple[int, int] | None = None
    for word, following in zip(words, [*words[1:], None], strict=True):
        name = _option(word[0])
        if name not in options:
            continue
        if word[0][len(name) :].startswith("="):
            found = _unquoted(word, word.start() + len(name) + 1)
        elif word[0] == name and following is not None:
            found = _unquoted(following, following.start())
    return found


def _unquoted(word: re.Match[str], start: int) -> tuple[int, int]:
    end, text = word.end(), word.string
    quoted = end - start >= 2 and text[start] in "\"'" and text[end - 1] == text[start]
    return (start + 1, end - 1) if quoted else (start, end)

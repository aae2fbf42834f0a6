"""The commands by which a script hands a job to a coding agent, with the model and prompt of each.

Commands: https://code.claude.com/docs/en/headless, https://developers.openai.com/codex/noninteractive,
https://geminicli.com/docs/cli/headless/, https://opencode.ai/docs/cli/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from agentlint.text import Pattern

# Packages of npm that `npx` runs the program of.
_PACKAGES = {
    "@anthropic-ai/claude-code": "claude",
    "@openai/codex": "codex",
    "@google/gemini-cli": "gemini",
    "opencode-ai": "opencode",
}
# What makes a program work by itself, and the options that name its model.
_PROGRAMS = {
    "claude": (frozenset({"-p", "--print"}), frozenset({"--model"})),
    "codex": (frozenset({"exec"}), frozenset({"--model", "-m"})),
    "gemini": (frozenset({"-p", "--prompt"}), frozenset({"--model", "-m"})),
    "opencode": (frozenset({"run"}), frozenset({"--model", "-m"})),
}
# Options behind which a prompt may stand: those that give one, and those that take no value.
_BEFORE_PROMPT = {
    "claude": frozenset(
        {
            "-p", "--print", "--system-prompt", "--append-system-prompt", "--verbose", "-c",
            "--continue", "--dangerously-skip-permissions",
        }
    ),
    "codex": frozenset(
        {
            "--full-auto", "--json", "--skip-git-repo-check", "--yolo",
            "--dangerously-bypass-approvals-and-sandbox",
        }
    ),
    "gemini": frozenset({"-p", "--prompt", "-i", "--prompt-interactive", "-y", "--yolo", "-d", "--debug"}),
    "opencode": frozenset({"-c", "--continue"}),
}  # fmt: skip
# Options of which exactly one word is the value.
_WITH_VALUE = {
    "claude": frozenset({"--model", "--output-format", "--max-turns", "--permission-mode"}),
    "codex": frozenset(
        {"--model", "-m", "--sandbox", "-s", "--cd", "-C", "--config", "-c", "--profile", "-p"}
    ),
    "gemini": frozenset({"--model", "-m", "--approval-mode", "--output-format", "-o"}),
    "opencode": frozenset({"--model", "-m", "--agent"}),
}
_QUOTED = r"\"(?:[^\"\\]|\\[\s\S]){0,8000}\"|'[^']{0,8000}'"
# Variables that are set for one command alone: `NAME=value claude …`.
_ASSIGNED_VALUE = (
    rf"(?:\$\([^()\r\n]{{0,200}}\)|\\[^\r\n]|[^\s\\\"'$;&|()]|\$(?!\()|{_QUOTED}){{0,400}}+"
)
_ASSIGNED = rf"(?:env[ \t]{{1,4}})?(?:[A-Za-z_]\w{{0,80}}={_ASSIGNED_VALUE}[ \t]{{1,4}}){{0,8}}+"
_COMMAND = Pattern(
    rf"(?:^|[;&|]|\$\()[ \t]{{0,40}}(?P<assigned>{_ASSIGNED})"
    r"(?:(?:npx|bunx|timeout)(?:[ \t]{1,4}[\w@/.-]{1,60}){0,3}?[ \t]{1,4})?"
    rf"(?P<program>{'|'.join((*_PROGRAMS, *_PACKAGES))})(?:@[\w.-]{{1,30}})?"
    rf"(?P<words>[ \t](?:[ \t]|\\\r?\n|\\.|[^\s\\\"';&|]|{_QUOTED}){{1,2000}})",
    re.MULTILINE,
)
_WORD = Pattern(rf"(?:\\[^\r\n]|[^\s\\\"']|{_QUOTED}){{1,2000}}")
_ELSEWHERE = Pattern(r"\d?[<>]")
# What another command prints, with words that are that command's.
_COMPUTED = Pattern(r"\$\((?!cat\s{0,4}<<)|`")
_NAME = Pattern(r"[\w-]{1,40}")


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
    for command in _COMMAND.finditer(script):
        words = list(_WORD.finditer(script, *command.span("words")))
        program = _PACKAGES.get(command["program"], command["program"])
        unattended, options = _PROGRAMS[program]
        if any(_option(word[0]) in unattended for word in words):
            prompts = tuple(word.span() for word in _prompts(words, program))
            yield AgentCommand(
                program,
                _value(words, options),
                prompts,
                command.span("assigned"),
                tuple(_given(words)),
            )


def _prompts(words: list[re.Match[str]], program: str) -> Iterator[re.Match[str]]:
    """The words that are no option, and not what an option takes, which may be several words."""
    at, may_tell = 0, True
    while at < len(words):
        word, at = words[at], at + 1
        name = _option(word[0])
        if not name.startswith("-"):
            may_tell = may_tell and not _ELSEWHERE.match(word[0])
            if may_tell and not _COMPUTED.search(word[0]):
                yield word
        elif name in _WITH_VALUE[program]:
            at += word[0] == name
        else:
            may_tell = name in _BEFORE_PROMPT[program]
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

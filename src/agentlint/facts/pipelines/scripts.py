"""Scripts as their shell reads them: the commands of several lines, and the comments.

Quotes, what a backslash takes away from a line end, and here-documents:
https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html (sections 2.2, 2.3 and 2.7.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from agentlint.documents import Node, Scalar, walk
from agentlint.facts.pipelines.workflows import ACTION, WORKFLOW, StepNode, step_nodes
from agentlint.facts.source import Source
from agentlint.facts.tree import entries
from agentlint.text import Pattern, Region, Span

_ANY = "{0,262144}+"
_DOUBLE_QUOTED = rf"\"(?:[^\"\\]|\\[\s\S]){_ANY}\""
_SHELL = Pattern(
    rf"\\(?:\r\n|[\s\S])|'[^']{_ANY}'|{_DOUBLE_QUOTED}|(?P<comment>(?<![^\s;&|()])#[^\r\n]{_ANY})"
    r"|(?<!<)<<(?!<)-?[ \t]{0,8}(?P<quote>[\"']?)(?P<word>[A-Za-z_]\w{0,80})(?P=quote)"
    r"|(?P<end>\r\n|\r|\n)"
)
_JAVASCRIPT = Pattern(
    rf"\\[\s\S]|'(?:[^'\\\r\n]|\\[\s\S]){_ANY}'|\"(?:[^\"\\\r\n]|\\[\s\S]){_ANY}\""
    rf"|`(?:[^`\\]|\\[\s\S]){_ANY}`|(?P<comment>//[^\r\n]{_ANY}|/\*(?:[^*]|\*(?!/)){_ANY}(?:\*/)?)"
)
_OPTION_COMMENT = Pattern(r"^[ \t]{0,200}(?P<comment>#[^\r\n]{0,2000})", re.MULTILINE)
_LINE = Pattern(rf"[\t]{{0,99}}(?P<word>[^\r\n]{_ANY})(?:\r\n|\r|\n|\Z)")
SCRIPT_ACTION = "actions/github-script"
_PROGRAM = SCRIPT_ACTION, "script"
_OPTIONS = frozenset({"claude_args", "codex-args"})
GITLAB = "gitlab-ci"
GITLAB_SCRIPTS = ("before_script", "script", "after_script")


class Script(Struct, frozen=True):
    """`commands` are the places of those that take several lines: what stands on one of them belongs to
    the whole command, between whose lines no comment can stand."""

    comments: tuple[Region, ...]
    commands: tuple[Span, ...] = ()


def scripts(root: Node, source: Source) -> Iterator[Script]:
    """The scripts and the lists of options in a pipeline that routes are read from."""
    if source.format in (WORKFLOW, ACTION):
        for found in step_nodes(root, source):
            yield from _of_step(found)
    elif source.format == GITLAB:
        for pointer, node in walk(root):
            if isinstance(node, Scalar) and any(key in GITLAB_SCRIPTS for key in pointer):
                yield shell_script(node.region)


def _of_step(found: StepNode) -> Iterator[Script]:
    run = found.node.get("run")
    if isinstance(run, Scalar):
        yield shell_script(run.region)
    for entry in entries(found.node, "with"):
        name, value = entry.key.text.lower(), entry.value
        if isinstance(value, Scalar) and name in _OPTIONS:
            yield _options(value.region)
        elif isinstance(value, Scalar) and (found.step.action.lower(), name) == _PROGRAM:
            yield _javascript(value.region)


def shell_script(script: Region) -> Script:
    """A script of a POSIX shell; of one that is not closed properly, as much as can be told."""
    comments: list[Region] = []
    commands: list[Span] = []
    began, position, ends_at = 0, 0, ""
    while token := _SHELL.search(script.text, position):
        position = token.end()
        if token["comment"]:
            comments.append(script.cut(*token.span("comment")))
        elif token["word"]:
            ends_at = ends_at or token["word"]
        elif token["end"]:
            if ends_at:
                position = _behind_document(script.text, position, ends_at)
            commands += _of_several_lines(script, began, position)
            began, ends_at = position, ""
    commands += _of_several_lines(script, began, len(script.text))
    return Script(tuple(comments), tuple(commands))


def _behind_document(text: str, start: int, word: str) -> int:
    """Where a here-document ends that begins at `start`: behind the line that is its word."""
    for line in _LINE.finditer(text, start):
        if line["word"] == word:
            return line.end()
    return len(text)


def _of_several_lines(script: Region, start: int, end: int) -> Iterator[Span]:
    command = script.text[start:end]
    if "\n" in command.strip():
        stripped = len(command) - len(command.lstrip())
        yield script.span(start + stripped, start + len(command.rstrip()))


def _options(text: Region) -> Script:
    """Options of a command line: a line that begins with `#` is a comment, as the actions read it."""
    found = _OPTION_COMMENT.finditer(text.text)
    return Script(tuple(text.cut(*line.span("comment")) for line in found))


def _javascript(script: Region) -> Script:
    found: Iterator[re.Match[str]] = _JAVASCRIPT.finditer(script.text)
    return Script(tuple(script.cut(*token.span()) for token in found if token["comment"]))

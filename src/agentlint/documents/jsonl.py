"""JSON lines into nodes: one root a line, as logs and records are appended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentlint.documents.json import parse as parse_json
from agentlint.documents.limits import MAX_JSON_CHARACTERS, size_problem
from agentlint.documents.nodes import DataDocument, Node, Problem
from agentlint.text import Pattern

if TYPE_CHECKING:
    from agentlint.text import Region

# Each line costs a reader of its own; a log that people keep is far shorter.
_MAX_LINES = 10_000
_LINE = Pattern(rf"[^\r\n]{{1,{MAX_JSON_CHARACTERS}}}")


def parse(region: Region) -> DataDocument:
    """One root for each line that is JSON; only the first line that is not is a problem."""
    too_large = size_problem(region, max_characters=MAX_JSON_CHARACTERS, max_lines=_MAX_LINES)
    if too_large:
        return DataDocument("jsonl", region, problems=(too_large,))
    roots: list[Node] = []
    problems: list[Problem] = []
    for line in _LINE.finditer(region.text):
        read = parse_json(region.cut(line.start(), line.end()))
        roots += read.roots
        problems += read.problems
    return DataDocument("jsonl", region, tuple(roots), problems=tuple(problems[:1]))

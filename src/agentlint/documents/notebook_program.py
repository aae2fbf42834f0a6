"""The code cells of a notebook as one Python program, in which every offset is that of the cells' text.

Cells are run one after the other in one namespace: what one imports or makes, later ones use. What is no
Python in them is blanked: other cells, lines for IPython or a shell, and a cell that cannot be parsed,
which costs only itself. The code that a line gives a magic to run is kept.
https://ipython.readthedocs.io/en/stable/interactive/reference.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from agentlint.documents.limits import syntax_problem
from agentlint.documents.notebook import CellKind
from agentlint.documents.python_parser import NOT_PYTHON, module_of
from agentlint.text import Pattern, Region, Span

if TYPE_CHECKING:
    from agentlint.documents.nodes import Problem
    from agentlint.documents.notebook import NotebookDocument

# Magics of a whole cell below which the rest of it is run as any other.
_RUN_HERE = frozenset({"time", "timeit", "capture", "prun", "memit", "mprun", "snakeviz", "debug"})
_CELL_MAGIC = Pattern(r"\s{0,400}%%(?P<name>\w{1,40})")
# Magics of a line that run the code behind them and their options: `%time x = f()`, `%timeit -n 3 f()`.
_LINE_MAGIC = Pattern(
    r"[ \t]{0,400}%(?:time|timeit|prun|memit)"
    r"(?:[ \t]{1,20}-{1,2}[A-Za-z][\w-]{0,20}(?:[ \t]{1,20}\d{1,9})?){0,9}[ \t]{1,20}(?=[^\s-])"
)
_FOR_IPYTHON = ("%", "!", "?")
_HELP = Pattern(r"%{0,2}[A-Za-z_*][\w.*]{0,200}\?{1,2}")
# `files = !ls`, `took = %timeit -o f()`
_ASSIGNED = Pattern(r"[\w., \t*\[\]]{1,200}=[ \t]{0,20}[!%]")
_VISIBLE = Pattern(r"[^\r\n]")
_CALLED_WITH = "model"
_BROKEN = f"a cell is {NOT_PYTHON}; the other cells were read"
_STATEMENT = "0"
"""What stands in for a line that is blanked: a block of such lines alone is a block still."""


class CellProgram(Struct, frozen=True):
    """`problems` tell of the first cell that could not be parsed and may have called a model."""

    region: Region
    problems: tuple[Problem, ...] = ()


def program_of(notebook: NotebookDocument) -> CellProgram:
    """The code of a notebook; blanks alone for one whose kernel runs another language."""
    parts: list[str] = []
    problems: list[Problem] = []
    at = 0
    for cell in notebook.cells:
        text = notebook.text[cell.start : cell.end]
        is_program = cell.kind is CellKind.CODE and notebook.is_python
        code = _code(text) if is_program else _blank(text)
        if code is None:
            code = _blank(text)
            if _CALLED_WITH in text:
                problems.append(syntax_problem(_BROKEN, Span(cell.start, cell.start)))
        parts += _blank(notebook.text[at : cell.start]), code
        at = cell.end
    parts.append(_blank(notebook.text[at:]))
    return CellProgram(Region.whole("".join(parts)), tuple(problems[:1]))


def _code(text: str) -> str | None:
    """A cell with what is no Python blanked, None for one that is broken."""
    unindented = _unindented(text)
    for code in dict.fromkeys((text, unindented)):
        if _is_python(code):
            return code
    magic = _CELL_MAGIC.match(unindented)
    if magic and magic["name"] not in _RUN_HERE:
        return _blank(text)
    kept = _with_code_of_magics(unindented)
    without = (_without_magics(code) for code in dict.fromkeys((kept, unindented)))
    return next(filter(_is_python, without), None)


def _unindented(text: str) -> str:
    """IPython takes the indent of the first line from all lines. Line breaks stand in for it, so that each
    character stays at its offset."""
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    if not indent:
        return text
    lines = text.split("\n")
    breaks = "\n" * len(indent)
    return "\n".join(
        breaks + line[len(indent) :] if line.startswith(indent) else line for line in lines
    )


def _is_python(text: str) -> bool:
    return module_of(Region.whole(text)) is not None


def _with_code_of_magics(text: str) -> str:
    """A cell in which the code that magics of a line run stands as a line of its own."""
    if "%" not in text:
        return text
    return "\n".join(map(_run_by_magic, text.split("\n")))


def _run_by_magic(line: str) -> str:
    """Line breaks stand in for the magic and its options, so that each character stays at its offset."""
    magic = _LINE_MAGIC.match(line)
    if magic is None:
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return "\n" * (magic.end() - len(indent)) + indent + line[magic.end() :]


def _without_magics(text: str) -> str:
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        is_magic = not goes_on and _is_magic(line.strip())
        lines.append(_stand_in(line) if is_magic else _blank(line) if goes_on else line)
        goes_on = (goes_on or is_magic) and line.rstrip().endswith("\\")
    return "\n".join(lines)


def _is_magic(line: str) -> bool:
    return bool(line.startswith(_FOR_IPYTHON) or _HELP.fullmatch(line) or _ASSIGNED.match(line))


def _stand_in(line: str) -> str:
    said = line.lstrip()
    indent = line[: len(line) - len(said)]
    return indent + _STATEMENT + _blank(said[1:]) if said else line


def _blank(text: str) -> str:
    return _VISIBLE.sub(" ", text)

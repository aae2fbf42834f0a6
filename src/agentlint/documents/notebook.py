"""Jupyter notebooks: what people wrote in the cells, as one text in which every part knows its place.

A notebook is JSON, megabytes of it where its cells drew pictures. Only what leads to the source of a cell
is read here. All else is passed over by the parser of the standard library, as which Jupyter reads it.
Format: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

from enum import StrEnum
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING, Any, TypeGuard

from msgspec import Struct, field

from agentlint.documents.json import unescaped
from agentlint.documents.limits import (
    MAX_JSON_CHARACTERS,
    MAX_VALUES,
    LimitReachedError,
    StoppedError,
    SyntaxFoundError,
    stop_problem,
)
from agentlint.documents.pieces import gather
from agentlint.text import Pattern, Region, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentlint.documents.nodes import Problem
    from agentlint.documents.pieces import Piece

MAX_SOURCE = 2 * MAX_JSON_CHARACTERS
"""Characters of all cells together, as written."""
_BLANK = Pattern(rf"[ \t\r\n]{{0,{MAX_JSON_CHARACTERS}}}")
_BETWEEN = "\n\n"
_PICTURE = Pattern(r"data:image/[\w.+-]{1,40};base64,")
# In an address, a plus may have become a blank.
_BASE64 = Pattern(rf"[A-Za-z0-9+/= ]{{0,{MAX_JSON_CHARACTERS}}}")
_PYTHON = "python"


class CellKind(StrEnum):
    CODE = "code"
    MARKDOWN = "markdown"
    RAW = "raw"


class Cell(Struct, frozen=True):
    """The source of a cell is `text[start:end]` of its notebook."""

    kind: CellKind
    start: int
    end: int


class Printed(Struct, frozen=True):
    """What a cell printed or showed as text, and where all that it gave stands in the file."""

    text: str
    span: Span


class NotebookDocument(Struct, frozen=True):
    """`region` is the source of all cells, each followed by an empty line. `language` is that of the code,
    in small letters, "" where the notebook does not say. `printed` are the first MAX_SOURCE characters that
    cells printed."""

    region: Region
    cells: tuple[Cell, ...] = ()
    language: str = ""
    printed: tuple[Printed, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        return self.region.text

    @property
    def is_python(self) -> bool:
        return not self.language or self.language.startswith(_PYTHON)


def parse(region: Region) -> NotebookDocument:
    """The cells of a notebook; where it is broken or a limit is reached, those before, and a problem."""
    reader = _Reader(region.text)
    problems: tuple[Problem, ...] = ()
    try:
        reader.read()
    except StoppedError as stopped:
        problems = (stop_problem(stopped, "JSON", region),)
    pieces: list[Piece] = []
    cells: list[Cell] = []
    length = 0
    for written in reader.cells:
        start = length
        for string_start, string_end in written.strings:
            for piece in unescaped(region.text, string_start, string_end):
                pieces.append(piece)
                length += len(piece[0])
        cells.append(Cell(written.kind, start, length))
        pieces.append((_BETWEEN, written.end, written.end))
        length += len(_BETWEEN)
    joined = gather(region, pieces, 0)
    printed = tuple(_shortened(reader.printed, region))
    return NotebookDocument(joined, tuple(cells), reader.language, printed, problems)


def _shortened(outputs: Iterable[_Output], region: Region) -> Iterator[Printed]:
    left = MAX_SOURCE
    for output in outputs:
        text = output.text[:left]
        left -= len(text)
        if text:
            yield Printed(text, region.span(output.start, output.end))


class _Written(Struct):
    """A cell as the file has it: where the parts of its source stand."""

    kind: CellKind = CellKind.RAW
    strings: list[tuple[int, int]] = field(default_factory=list)

    @property
    def end(self) -> int:
        return self.strings[-1][1] if self.strings else 0


class _Output(Struct, frozen=True, gc=False):
    text: str
    start: int
    end: int


class _Reader:
    """Knows the four levels that lead to a source, so nothing here goes deeper than those."""

    def __init__(self, text: str) -> None:
        self.cells: list[_Written] = []
        self.language = ""
        self.printed: list[_Output] = []
        self._text = text
        self._at = 0
        self._values = 0
        self._characters = 0
        self._decode = JSONDecoder().raw_decode

    def read(self) -> None:
        if self._next() != "{":
            raise SyntaxFoundError("no notebook", self._at)
        for key in self._members():
            following = self._next()
            if key == "cells" and following == "[":
                for _ in self._items():
                    self._cell()
            elif key == "metadata":
                self.language = _language(self._value())
            else:
                self._value()
        if self._next():
            raise SyntaxFoundError("text after the value", self._at)

    def _cell(self) -> None:
        if self._next() != "{":
            self._value()
            return
        cell = _Written()
        for key in self._members():
            self._next()
            if key == "source":
                self._source(cell)
                continue
            start = self._at
            value = self._value()
            if key == "outputs":
                self.printed += (_Output(text, start, self._at) for text in _printed(value))
            elif key == "cell_type" and value in (CellKind.CODE, CellKind.MARKDOWN):
                cell.kind = CellKind(value)
        if cell.strings:
            self.cells.append(cell)

    def _source(self, cell: _Written) -> None:
        """A list of strings that are put together, or one string."""
        if self._next() == "[":
            for _ in self._items():
                self._part(cell)
        else:
            self._part(cell)

    def _part(self, cell: _Written) -> None:
        if self._next() != '"':
            self._value()
            return
        start = self._at + 1
        self._value()
        for part_start, part_end in _without_pictures(self._text, start, self._at - 1):
            self._characters += part_end - part_start
            if self._characters > MAX_SOURCE:
                what = f"more than {MAX_SOURCE:,} characters in its cells"
                raise LimitReachedError(what, part_start)
            cell.strings.append((part_start, part_end))

    def _members(self) -> Iterator[str]:
        """The keys of the object that begins here; whoever asks reads the value before the next one."""
        self._at += 1
        if self._next() != "}":
            yield self._key()
            while self._next() == ",":
                self._at += 1
                self._next()
                yield self._key()
        self._close("}")

    def _items(self) -> Iterator[None]:
        """As `_members`, for the items of a list."""
        self._at += 1
        if self._next() != "]":
            yield None
            while self._next() == ",":
                self._at += 1
                yield None
        self._close("]")

    def _key(self) -> str:
        if self._next() != '"':
            raise SyntaxFoundError("a key in double quotes is missing", self._at)
        key = str(self._value())
        if self._next() != ":":
            raise SyntaxFoundError("a colon is missing after a key", self._at)
        self._at += 1
        return key

    def _close(self, bracket: str) -> None:
        if self._next() != bracket:
            raise SyntaxFoundError("a comma or closing bracket is missing", self._at)
        self._at += 1

    def _value(self) -> Any:
        self._next()
        self._values += 1
        if self._values > MAX_VALUES:
            raise LimitReachedError(f"more than {MAX_VALUES:,} keys and lines of cells", self._at)
        try:
            value, self._at = self._decode(self._text, self._at)
        except JSONDecodeError as error:
            raise SyntaxFoundError("a value is missing or not one of JSON", error.pos) from None
        except (RecursionError, MemoryError):
            raise LimitReachedError("nested too deeply", self._at) from None
        except ValueError:  # https://docs.python.org/3/library/stdtypes.html#int-max-str-digits
            raise LimitReachedError("a number of thousands of digits", self._at) from None
        return value

    def _next(self) -> str:
        """The first character behind blanks, "" at the end of the text."""
        while (blank := _BLANK.match(self._text, self._at)) and blank.end() > self._at:
            self._at = blank.end()
        return self._text[self._at : self._at + 1]


def _without_pictures(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a string around the pictures that people put into their text, a megabyte each."""
    while picture := _PICTURE.search(text, start, end):
        yield start, picture.end()
        start = picture.end()
        while (data := _BASE64.match(text, start, end)) and data.end() > start:
            start = data.end()
    yield start, end


def _printed(outputs: object) -> Iterator[str]:
    """The texts among the outputs of a cell: streams, values as they are shown, and tracebacks."""
    for output in filter(_is_object, outputs if isinstance(outputs, list) else ()):
        shown = output.get("data")
        plain = shown.get("text/plain") if _is_object(shown) else None
        for lines in (output.get("text"), plain, output.get("traceback")):
            parts = [lines] if isinstance(lines, str) else lines
            if isinstance(parts, list):
                yield "".join(part for part in parts if isinstance(part, str))


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _language(metadata: object) -> str:
    """What the kernel of a notebook runs, as its metadata say it in one of two places."""
    tables = metadata if _is_object(metadata) else {}
    for table, key in (("kernelspec", "language"), ("language_info", "name")):
        place = tables.get(table)
        language = place.get(key) if _is_object(place) else None
        if isinstance(language, str) and language:
            return language.lower()
    return ""

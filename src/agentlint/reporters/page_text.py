"""A rule's page for a terminal: headings bold, paragraphs wrapped, code set off."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from agentlint.knowledge.pages import RulePage
from agentlint.reporters.addresses import rule_address
from agentlint.text import Pattern

_BOLD, _CODE, _DIM, _PLAIN = "\x1b[1m", "\x1b[36m", "\x1b[2m", "\x1b[0m"
_METADATA = Pattern(r"^```toml rule\n.{0,4000}?^```\n", re.MULTILINE | re.DOTALL)
_BLOCK = Pattern(
    r"^(?P<fence>`{3,6})(?P<info>[^\n]{0,200})\n(?P<code>(?:.{0,20000}?\n)??)(?P=fence)$"
    r"|^(?P<text>[^\n]{1,2000}(?:\n(?!`{3})[^\n]{1,2000}){0,200})",
    re.MULTILINE | re.DOTALL,
)
_FILE = Pattern(r"\bpath=(?P<name>\S{1,200})")
_STRONG = Pattern(r"\*\*([^*]{1,400})\*\*")
_SPAN = Pattern(r"(`{1,3})([^`]{1,400})\1")
_ITEM = Pattern(r"(?:[-*]|\d{1,3}\.) {1,3}")
_WRAPPED = "↪ "
_MARGIN = "    "


def render(page: RulePage, text: str, width: int, *, colour: bool) -> str:
    """What is shown of the page, on lines of at most `width` columns, its metadata told in one line."""
    body = _METADATA.sub("", text, count=1).split("\n", 1)[1].strip("\n")
    head = [_styled(page.title, _BOLD, colour), _facts(page), ""]
    return "\n".join((*head, *_lines(body, width, colour))).rstrip("\n") + "\n"


def _facts(page: RulePage) -> str:
    profile = "strict profile" if page.strict else ""
    facts = (page.id, str(page.severity), page.category, page.cwe, profile, rule_address(page.id))
    return " · ".join(fact for fact in facts if fact)


def _lines(body: str, width: int, colour: bool) -> Iterator[str]:
    for number, block in enumerate(_BLOCK.finditer(body)):
        if number:
            yield ""
        if block["code"] is not None:
            name = _FILE.search(block["info"])
            if name:
                yield _styled(f"{_MARGIN}{name['name']}", _DIM, colour)
            for line in block["code"].splitlines():
                yield from _code_line(line, width, colour)
        elif block["text"].startswith("#"):
            yield _styled(block["text"].lstrip("# "), _BOLD, colour)
        else:
            yield from _paragraph(block["text"].split("\n"), width, colour)


def _paragraph(lines: list[str], width: int, colour: bool) -> Iterator[str]:
    """Lines of prose, rows of a table or items of a list."""
    if lines[0].startswith("|"):
        yield from lines
        return
    for item in _items(lines):
        start = _ITEM.match(item)
        indent = " " * len(start.group()) if start else ""
        text = textwrap.fill(
            item, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        if colour:
            text = _SPAN.sub(lambda m: f"{_CODE}{m[2]}{_PLAIN}", text)
            text = _STRONG.sub(lambda m: f"{_BOLD}{m[1]}{_PLAIN}", text)
        yield text


def _items(lines: list[str]) -> Iterator[str]:
    """The lines of a paragraph joined, each item of a list on its own."""
    item: list[str] = []
    for line in lines:
        if item and _ITEM.match(line):
            yield " ".join(item)
            item = []
        item.append(line.strip())
    yield " ".join(item)


def _code_line(line: str, width: int, colour: bool) -> Iterator[str]:
    """A line of code; what does not fit follows behind a mark."""
    room = max(20, width - len(_MARGIN) - len(_WRAPPED))
    parts = [line[at : at + room] for at in range(0, len(line), room)] or [""]
    for number, part in enumerate(parts):
        mark = _WRAPPED if number else ""
        yield _styled(f"{_MARGIN}{mark}{part}".rstrip(), _CODE, colour)


def _styled(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{_PLAIN}" if colour and text else text

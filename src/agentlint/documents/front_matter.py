"""The front matter of a Markdown text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentlint.documents.languages import parse_data
from agentlint.documents.nodes import Mapping, MarkdownDocument, ProblemKind
from agentlint.text import Pattern, line_starts

if TYPE_CHECKING:
    from agentlint.documents.nodes import DataDocument
    from agentlint.text import Region

_FRONT_MATTER = Pattern(r"(---|\+\+\+)[ \t]{0,99}(?:\r\n|\r|\n)")
_KEY = Pattern(r"\s{0,40}[\"']?[\w$][\w $./-]{0,80}[\"']?[ \t]{0,9}:(?=\s|$)")


def without_body(region: Region) -> MarkdownDocument:
    """A Markdown text of which no more than the front matter is read."""
    return MarkdownDocument(region, read_front_matter(region)[0], ())


def read_front_matter(region: Region) -> tuple[DataDocument | None, int]:
    """The document between a mark on the first line and the next line like it, if it has keys.

    Also the offset at which the body begins.
    """
    text = region.text
    opening = _FRONT_MATTER.match(text)
    if opening is None:
        return None, 0
    mark = opening[1]
    starts = line_starts(text)
    for start, end in zip(starts[1:], [*starts[2:], len(text)], strict=True):
        if text.startswith(mark, start) and text[start:end].strip() == mark:
            inside = region.cut(opening.end(), start)
            document = _read_yaml(inside) if mark == "---" else parse_data("toml", inside)
            return (document, end) if mark == "+++" or _holds_keys(document) else (None, 0)
    return None, 0


def _read_yaml(region: Region) -> DataDocument:
    """What strict YAML says, or what it says key by key where it refuses the whole."""
    document = parse_data("yaml", region)
    if any(problem.kind is ProblemKind.SYNTAX for problem in document.problems):
        from agentlint.documents import yaml_keys

        return yaml_keys.read(region) or document
    return document


def _holds_keys(document: DataDocument) -> bool:
    """Whether a block between two `---` is front matter, and not prose between thematic breaks."""
    if all(isinstance(root, Mapping) for root in document.roots) and not document.problems:
        return True
    first = next((line for line in document.region.text.splitlines() if _says(line)), "")
    return _KEY.match(first) is not None


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")

"""Any YAML into nodes, by ruamel's events: what each stands for, and what a fault is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)
from ruamel.yaml.reader import ReaderError

from agentlint.documents.limits import (
    PARSER_ERRORS,
    LimitReachedError,
    limit_problem,
    syntax_problem,
)
from agentlint.documents.nodes import DataDocument, Problem, ScalarKind
from agentlint.documents.pieces import gather
from agentlint.documents.yaml_blocks import ANY
from agentlint.documents.yaml_events import EventReader, ScalarText
from agentlint.documents.yaml_tree import TreeBuilder
from agentlint.text import Pattern

if TYPE_CHECKING:
    from agentlint.text import Region

_TAGGED_KINDS = {
    f"tag:yaml.org,2002:{name}": kind
    for name, kind in {
        "int": ScalarKind.INTEGER,
        "float": ScalarKind.FLOAT,
        "bool": ScalarKind.BOOLEAN,
        "null": ScalarKind.NULL,
        "timestamp": ScalarKind.DATE,
    }.items()
}

# What ruamel says, by a fragment of it, and what we say. Its own words may quote the file.
_REASONS = (
    ("mapping values are not allowed here", "a key is not expected here"),
    ("could not find expected ':'", "a key without a colon"),
    ("sequence entries are not allowed here", "a list item is not expected here"),
    ("end of stream", "a quote is not closed"),
    ("document separator", "a quote is not closed before the end of the document"),
    ("unknown escape", "an escape that YAML does not know"),
    ("special characters", "a control character"),
    ("cannot start any token", "a character that cannot start a value"),
    ("expected <block end>", "the indentation does not fit what stands before"),
    ("expected ',' or", "a bracket is not closed, or a comma is missing"),
    ("comment or a line break", "text after a block indicator or directive"),
    ("undefined tag handle", "a tag handle that is not declared"),
)
_COLON = Pattern(r"\s{0,999}:")
_COLON_ALONE = Pattern(rf"(\s{{0,999}}:)(?:\s|#[^\r\n]{ANY}+){ANY}+")
_TEMPLATE = Pattern(r"(?<!\$)\{\{|\{%")  # `${{ }}` is GitHub's, and read as text
_TEMPLATE_LINE = Pattern(r"(?m)^[ \t]{0,99}(?:\{\{|\{%)")


def read(region: Region) -> DataDocument:
    """The documents of the stream up to the first fault, which is among the problems."""
    tree = TreeBuilder(region)
    comments: list[tuple[int, int]] = []
    try:
        events = EventReader(region.text)
        comments = events.comments
        while not isinstance(event := events.get_event(), StreamEndEvent):
            _take(event, tree)
    except (YAMLError, LimitReachedError, *PARSER_ERRORS) as error:
        tree.problems.append(_problem(region, error))
    return tree.document(comments)


def _take(event: Any, tree: TreeBuilder) -> None:
    match event:
        case ScalarEvent(value=ScalarText()):
            _take_scalar(event, tree)
        case ScalarEvent():
            _take_absent(event, tree)
        case AliasEvent():
            tree.alias(event.anchor, event.start_mark.index, event.end_mark.index)
        case CollectionStartEvent():
            is_mapping = isinstance(event, MappingStartEvent)
            tree.open(event.start_mark.index, is_mapping=is_mapping, anchor=event.anchor)
        case CollectionEndEvent():
            start, end = event.start_mark.index, event.end_mark.index
            tree.close(end if end > start else 0)  # a bracket, and no mere end of an indentation
        case DocumentStartEvent():
            tree.forget_anchors()


def _take_scalar(event: ScalarEvent, tree: TreeBuilder) -> None:
    text: ScalarText = event.value
    value = gather(tree.region, text.pieces, text.start)
    if event.ctag is None:
        kind, start = ScalarKind.STRING if event.style else None, text.start
    else:
        kind, start = _TAGGED_KINDS.get(str(event.ctag), ScalarKind.STRING), text.tag
    tree.scalar(kind, value, start, text.end, event.anchor)


def _take_absent(event: ScalarEvent, tree: TreeBuilder) -> None:
    start, end = event.start_mark.index, event.end_mark.index
    between = tree.region.text[tree.end : end]
    # ruamel may place it just before the next token, or after a comment
    if alone := _COLON_ALONE.fullmatch(between):
        end = tree.end + alone.end(1)
    elif between != between.rstrip():
        colon = _COLON.match(between)
        end = tree.end + (colon.end() if colon else 0)
    if event.ctag is None:
        tree.absent(end, end, anchor=event.anchor)
    else:
        kind = ScalarKind.NULL if str(event.ctag) in _TAGGED_KINDS else ScalarKind.STRING
        tree.absent(start, end, kind, event.anchor)


def _problem(region: Region, error: Exception) -> Problem:
    match error:
        case LimitReachedError():
            return limit_problem(error.message, region.span(error.at, error.at))
        case MarkedYAMLError() if mark := error.problem_mark or error.context_mark:
            at = min(int(mark.index), len(region.text))
            return syntax_problem(_reason(region, at, str(error.problem)), region.span(at, at))
        case ReaderError():
            at = min(int(error.position), len(region.text))
            return syntax_problem(_reason(region, at, error.reason), region.span(at, at))
    return syntax_problem("not valid YAML", region.span(0, 0))


def _reason(region: Region, at: int, said: str) -> str:
    text = region.text
    line_start = text.rfind("\n", 0, at) + 1
    if _TEMPLATE.search(text, line_start, at + 200) or _TEMPLATE_LINE.search(text, 0, at):
        return "not valid YAML: a template, to be rendered before it is YAML"
    for fragment, words in _REASONS:
        if fragment in said:
            return f"not valid YAML: {words}"
    return "not valid YAML"

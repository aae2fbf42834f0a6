"""Every parser of the tool: text of a known format in, a tree whose parts know their place out.

This is the only room that imports a parser, and each is imported when the first text of its format
is read. No parser raises: a text that is broken, too large or too deep gives a document whose
`problems` say so.
"""

from __future__ import annotations

from agentlint.documents.front_matter import without_body
from agentlint.documents.inline import inlines
from agentlint.documents.languages import data_language, parse, parse_code
from agentlint.documents.nodes import (
    Block,
    BlockKind,
    DataDocument,
    Document,
    DuplicateKey,
    Entry,
    Inline,
    InlineKind,
    Mapping,
    MarkdownDocument,
    Node,
    Problem,
    ProblemKind,
    Scalar,
    ScalarKind,
    Sequence,
    walk,
)

__all__ = [
    "Block",
    "BlockKind",
    "DataDocument",
    "Document",
    "DuplicateKey",
    "Entry",
    "Inline",
    "InlineKind",
    "Mapping",
    "MarkdownDocument",
    "Node",
    "Problem",
    "ProblemKind",
    "Scalar",
    "ScalarKind",
    "Sequence",
    "data_language",
    "inlines",
    "parse",
    "parse_code",
    "walk",
    "without_body",
]

"""Where things are: files as text, spans in code points, and regions of embedded text."""

from agentlint.text.compiled import compile_pattern
from agentlint.text.escape import one_line, printable
from agentlint.text.pattern import Pattern
from agentlint.text.region import Region, Run
from agentlint.text.source import ANY_BYTES, LINE_END, MARKS, Position, SourceFile, line_starts
from agentlint.text.span import Span, Spans
from agentlint.text.spelling import (
    escapes_letters,
    has_letters_beyond_ascii,
    may_spell_any,
    snake_case,
)

__all__ = [
    "ANY_BYTES",
    "LINE_END",
    "MARKS",
    "Pattern",
    "Position",
    "Region",
    "Run",
    "SourceFile",
    "Span",
    "Spans",
    "compile_pattern",
    "escapes_letters",
    "has_letters_beyond_ascii",
    "line_starts",
    "may_spell_any",
    "one_line",
    "printable",
    "snake_case",
]

"""How much of a file is read before a parser gives up aloud.

Every file is hostile. The figures come from measuring each parser on inputs made to hurt it: within
them the worst takes about two seconds of a slow machine, above them some take minutes. They are far
above what people write: the largest of 900 instruction files has 107 kB, and a configuration of
800 routes has 240 kB, 7,000 lines and 18,000 values. A text over a limit is not read further and
its document says so; nothing is dropped in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentlint.documents.nodes import Problem, ProblemKind

if TYPE_CHECKING:
    from agentlint.text import Region, Span

MAX_CHARACTERS = 256 * 1024
"""Code points of one text; JSON, which is read fastest, may have twice as many."""
MAX_JSON_CHARACTERS = 512 * 1024
MAX_LINES = 20_000
"""Lines of one text other than JSON."""
MAX_VALUES = 60_000
"""Scalars and collections that one JSON or TOML text may hold, keys included."""
MAX_YAML_VALUES = 30_000
MAX_NODES = 30_000
"""Nodes of a YAML tree, each alias counted as all that it stands for."""
MAX_DEPTH = 64
"""Collections within collections in YAML and TOML, again with each alias followed."""
MAX_JSON_DEPTH = 500
MAX_MARKDOWN_NESTING = 100
"""Levels of the block parser: a quote is one, a list and its item are two."""
MAX_QUOTE_LOOKAHEAD = 50_000
"""Lines that the quotes of a Markdown text may look ahead to, all told, and not take in."""
MAX_ALIASES = 1_000
MAX_MERGES = 200

PARSER_ERRORS = (
    RecursionError,
    ValueError,
    OverflowError,
    AssertionError,
    KeyError,
    AttributeError,
    TypeError,
    IndexError,
    MemoryError,
)
"""What the parsers we call were seen to raise besides their own errors, on hostile texts."""


class StoppedError(Exception):
    """Raised inside a parser to read no further; `at` is an offset, or in Markdown a line."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class LimitReachedError(StoppedError):
    """At a limit."""


class SyntaxFoundError(StoppedError):
    """At what the language does not have."""


def size_problem(
    region: Region, *, max_characters: int = MAX_CHARACTERS, max_lines: int = MAX_LINES
) -> Problem | None:
    """Why this text is too large to parse, or None."""
    text, start = region.text, region.span(0, 0)
    if len(text) > max_characters:
        return limit_problem(f"longer than {max_characters:,} characters", start)
    if text.count("\n") + text.count("\r") - text.count("\r\n") > max_lines:
        return limit_problem(f"more than {max_lines:,} lines", start)
    return None


def stop_problem(error: StoppedError, language: str, region: Region) -> Problem:
    """Why a text was not read further, for people who know the language by this name."""
    where = region.span(error.at, error.at)
    if isinstance(error, LimitReachedError):
        return limit_problem(error.message, where)
    return syntax_problem(f"not valid {language}: {error.message}", where)


def limit_problem(what: str, span: Span) -> Problem:
    return Problem(ProblemKind.LIMIT, f"not read: {what}", span)


def syntax_problem(what: str, span: Span) -> Problem:
    return Problem(ProblemKind.SYNTAX, what, span)

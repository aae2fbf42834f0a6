"""The words by which users of a coding agent choose a model: `opus`, `opusplan`, `flash`."""

from __future__ import annotations

from functools import cache

from agentlint.facts.source import Source
from agentlint.knowledge.data import Row, table


def is_tool_word(name: str, source: Source, text: str) -> bool:
    """Whether a name is a tool's own, in a file that the tool reads or in a text that names the tool."""
    return any(
        name.lower() in row["words"]
        and (row["tool"] in _readers(source.format) or row["title"] in text)
        for row in table("model_patterns")["tool_words"]
    )


def is_word_of_any_tool(name: str) -> bool:
    """Whether some coding agent takes a name for a word of its own, whatever a gateway means by it."""
    return name.lower() in _all_words()


@cache
def _all_words() -> frozenset[str]:
    return frozenset(word for row in table("model_patterns")["tool_words"] for word in row["words"])


@cache
def _readers(format_id: str) -> frozenset[str]:
    """The tools that read the instruction files of a format, as `rules/data/files.toml` knows them."""
    rows: list[Row] = table("files")["instruction"]
    return frozenset(
        tool for row in rows if row["id"] == format_id for tool in row.get("readers", ())
    )

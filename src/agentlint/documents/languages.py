"""Which languages are read, and the way from a language to its parser."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentlint.documents.code import CodeDocument
    from agentlint.documents.nodes import DataDocument, Document
    from agentlint.documents.notebook import NotebookDocument
    from agentlint.text import Region

_WORDS = {
    "yaml": ("yaml", "yml"),
    "toml": ("toml",),
    "json": ("json", "jsonc", "json5", "hujson", "code-workspace"),
    "jsonl": ("jsonl", "ndjson"),
    "markdown": ("markdown", "md", "mdc", "mdx", "mkd", "mdown"),
    "dotenv": ("dotenv", "env", "envrc"),
}
# Those of whole files alone, which are told by their names.
_OF_FILES = frozenset({"dockerfile"})
_LANGUAGES = {word: language for language, words in _WORDS.items() for word in words}


def data_language(word: str) -> str | None:
    """The language that a fence's info word or a file's suffix stands for, if it is one we read.

    Case and a leading dot do not count: `YML`, `.yml` and `yml` are all "yaml".
    """
    return _LANGUAGES.get(word.lower().removeprefix("."))


def parse(language: str, region: Region) -> Document:
    """Read `region` as `language`: one of `data_language`'s answers, a word that it knows, or the language
    of a whole file that no suffix tells.

    The nodes of the document speak in offsets of the file, however deep the region stands in it.
    The parser is imported when the first text of its language is read. Raises ValueError for a
    language that is not read, and nothing for any text.
    """
    known = language if language in _OF_FILES else data_language(language)
    if known is None:
        raise ValueError(f"no parser for {language!r}")
    document: Document = import_module(f"agentlint.documents.{known}").parse(region)
    return document


def parse_code(region: Region) -> CodeDocument:
    """Read `region` as a Python module; raises nothing for any text."""
    document: CodeDocument = import_module("agentlint.documents.python").parse(region)
    return document


def parse_notebook(region: Region) -> NotebookDocument:
    """Read `region` as a Jupyter notebook; raises nothing for any text."""
    document: NotebookDocument = import_module("agentlint.documents.notebook").parse(region)
    return document


def parse_data(language: str, region: Region) -> DataDocument:
    """`parse` for a language whose documents are trees, which is all but Markdown."""
    document: DataDocument = import_module(f"agentlint.documents.{language}").parse(region)
    return document

"""The facts of a config file as a whole, credentials by the shape of their values left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from agentlint.discovery import weak_formats
from agentlint.documents import DataDocument
from agentlint.facts.credentials.candidates import NamedValue
from agentlint.facts.credentials.defaults import default_credentials
from agentlint.facts.files.data_facts import data_facts
from agentlint.facts.files.instruction_imports import config_imports
from agentlint.facts.record import Record
from agentlint.facts.repeated_key import repeated_keys
from agentlint.facts.route import Route
from agentlint.facts.source import Source
from agentlint.facts.truncation import LeftOut
from agentlint.knowledge.formats import mcp_client_at

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact

_FILES_WITH_STEPS = ("github-workflow", "github-action")
# Words one of which stands wherever somebody is named who answers for a model.
_NAMES_SOMEONE = (
    "rovider",
    "://",
    ":gpt-",
    ":claude-",
    ":gemini-",
    ":deepseek-",
    ":grok-",
    "groq:",
    "openai: ",
    "openai = ",
    'openai":',
    "anthropic: ",
    "anthropic = ",
    'anthropic":',
    "groq/",
    "gemini/",
)
_NAMES_MODELS = ("odel", "fallback")


def config_facts(
    document: DataDocument, values: Iterable[NamedValue], source: Source
) -> Iterator[Fact | LeftOut]:
    """What a document and the named values of its trees tell."""
    found = tuple(data_facts(document, source))
    yield from found
    if not any(isinstance(fact, Route | Record) for fact in found):
        yield from _named_models(document, source)
    yield from repeated_keys(document, source)
    yield from default_credentials(values, source)
    yield from config_imports(document, source)
    client = mcp_client_at(source.format, source.path)
    if client:
        from agentlint.facts.mcp_reference import mcp_references

        yield from mcp_references(document, client, source)
    if source.format in _FILES_WITH_STEPS:
        from agentlint.facts.pipelines.workflows import workflow_steps

        for root in document.roots:
            yield from workflow_steps(root, source)


def _named_models(document: DataDocument, source: Source) -> Iterator[Fact]:
    """What a file says of models whose reader nobody knows; what reads it is imported for the first."""
    text = document.region.text
    may_be_anyones = not source.format or source.format in weak_formats()
    if not may_be_anyones or not any(word in text for word in _NAMES_MODELS):
        return
    if any(word in text for word in _NAMES_SOMEONE):
        from agentlint.facts.tables.named_models import named_models

        yield from named_models(document, source)

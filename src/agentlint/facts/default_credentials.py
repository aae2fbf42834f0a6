"""Credentials that work and that everybody knows, such as `sk-1234` and `postgres`."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.discovery import is_for_development
from agentlint.documents import DataDocument
from agentlint.facts.detectors.secrets import is_published_default, weak_default, weak_in_slot
from agentlint.facts.secret import DefaultCredential
from agentlint.facts.secrets import MADE_UP, NamedValue, named_values
from agentlint.facts.source import Source
from agentlint.knowledge.secret_shapes import kinds_by_slot
from agentlint.text import Span

# What a pipeline starts lives on a runner that nobody else can reach, and only as long as the job.
_PIPELINES = ("github-workflow", "github-action", "gitlab-ci")


def default_credentials(document: DataDocument, source: Source) -> Iterator[DefaultCredential]:
    """Passwords and signing keys that work and that everybody knows, outside samples and pipelines."""
    if source.scope in MADE_UP or source.format in _PIPELINES:
        return
    if is_for_development(source.path):
        return
    for value in named_values(document):
        path, text, span = _given(value)
        in_slot = (source.format, value.path) in kinds_by_slot()
        if weak_default(path, text) or (in_slot and weak_in_slot(text)):
            yield DefaultCredential(source.path, span, value.name, is_published_default(text))


def _given(value: NamedValue) -> tuple[str, str, Span]:
    """The path, text and place of a value; of an item of a list (`- NAME=value`) what is assigned."""
    scalar, start = value.scalar, len(value.name) + 1
    if not value.is_item:
        return value.path, scalar.text, scalar.span
    text = scalar.text[start:]
    return f"{value.path}.{value.name}", text, scalar.region.span(start, start + len(text))

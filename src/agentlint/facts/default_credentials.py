"""Credentials that work and that everybody knows, such as `sk-1234` and `postgres`."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents import DataDocument
from agentlint.facts.detectors.secrets import weak_default
from agentlint.facts.secret import DefaultCredential
from agentlint.facts.secrets import MADE_UP, named_values
from agentlint.facts.source import Source

# What a pipeline starts lives on a runner that nobody else can reach, and only as long as the job.
_PIPELINES = ("github-workflow", "github-action", "gitlab-ci")


def default_credentials(document: DataDocument, source: Source) -> Iterator[DefaultCredential]:
    """Passwords and signing keys that work and that everybody knows, outside samples and pipelines."""
    if source.scope in MADE_UP or source.format in _PIPELINES:
        return
    for value in named_values(document):
        if weak_default(value.path, value.scalar.text):
            yield DefaultCredential(source.path, value.scalar.span, value.name)

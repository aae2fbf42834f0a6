"""The facts of a config file as a whole, credentials by the shape of their values left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agentlint.documents import DataDocument
from agentlint.facts.data_facts import data_facts
from agentlint.facts.default_credentials import default_credentials
from agentlint.facts.left_out import LeftOut
from agentlint.facts.repeated_key import repeated_keys
from agentlint.facts.source import Source

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact

_FILES_WITH_STEPS = ("github-workflow", "github-action")


def config_facts(document: DataDocument, source: Source) -> Iterator[Fact | LeftOut]:
    yield from data_facts(document, source)
    yield from repeated_keys(document, source)
    yield from default_credentials(document, source)
    if source.format in _FILES_WITH_STEPS:
        from agentlint.facts.workflows import workflow_steps

        for root in document.roots:
            yield from workflow_steps(root, source)

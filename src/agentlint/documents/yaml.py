"""YAML 1.2 into nodes: anchors resolved, merge keys expanded, every scalar mapped to the file.

The tree is built from what stands there, never by a loader, so no text can run or construct anything.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from agentlint.documents import yaml_lines
from agentlint.documents.limits import size_problem
from agentlint.documents.nodes import DataDocument

if TYPE_CHECKING:
    from agentlint.text import Region


def parse(region: Region) -> DataDocument:
    """The documents of a YAML stream as roots; after a fault, those that end before it."""
    too_large = size_problem(region)
    if too_large:
        return DataDocument("yaml", region, problems=(too_large,))
    return yaml_lines.read(region) or _read_any(region)


def _read_any(region: Region) -> DataDocument:
    """What any YAML says; ruamel, which knows it all, is imported by the first text that needs it."""
    document: DataDocument = import_module("agentlint.documents.yaml_stream").read(region)
    return document

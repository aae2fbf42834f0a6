"""What a finding says, as sentences."""

from __future__ import annotations

from agentlint.findings import Finding
from agentlint.reporters.safe import safe
from agentlint.text import Pattern

_NAME = Pattern(r"[\w-][./\\]|[./\\][\w-]|\d")
"""What stands in the name of a file or a model, and in no word that a sentence begins with."""


def message_of(finding: Finding) -> str:
    """What is wrong, then what to do, safe to print."""
    texts = (finding.message, finding.help)
    return " ".join(sentence(safe(text)) for text in texts if text)


def sentence(text: str) -> str:
    """`text` with a capital and a full stop; a name keeps its spelling: `agentlint.toml`, `gpt-4`."""
    first = text.split(maxsplit=1)[:1]
    if first and not _NAME.search(first[0]):
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."

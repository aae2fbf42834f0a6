"""What a finding says, as sentences."""

from __future__ import annotations

from agentlint.findings import Finding
from agentlint.reporters.safe import safe


def told(finding: Finding) -> str:
    """What is wrong, then what to do, safe to print."""
    texts = (finding.message, finding.help)
    return " ".join(sentence(safe(text)) for text in texts if text)


def sentence(text: str) -> str:
    """`text` with a capital and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."

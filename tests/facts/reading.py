"""What tests of prose share: reading a Markdown text, and what it does with the models that it names."""

from __future__ import annotations

from agentlint.documents import MarkdownDocument, parse
from agentlint.facts.mention import Stance
from agentlint.facts.source import Source
from agentlint.facts.wording.mentions import mentions
from agentlint.text import Region


def markdown(text: str) -> MarkdownDocument:
    document = parse("markdown", Region.whole(text))
    assert isinstance(document, MarkdownDocument)
    return document


def stances_in(text: str) -> list[Stance]:
    """The stance towards each model of an instruction file."""
    return [mention.stance for mention in mentions(markdown(text), Source("AGENTS.md"))]


def stances_in_sample(code: str, language: str = "") -> list[Stance]:
    """The stance towards each model of a sample in an instruction file."""
    return stances_in(f"# A\n\n```{language}\n{code}\n```\n")

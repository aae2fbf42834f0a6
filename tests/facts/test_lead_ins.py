"""What a label above a block says of it."""

from __future__ import annotations

import pytest

from agentlint.documents import Block, MarkdownDocument, parse
from agentlint.facts.wording.lead_ins import Above, is_ban
from agentlint.text import Region


@pytest.mark.parametrize(
    "text",
    [
        "Don't",
        "Don’ts",
        "**Don't:**",
        "2. Never do",
        "Never, under any circumstances, do any of these:",
        "You must not:",
        "Agents should never use the following models:",
        "The model is set by the gateway. You must not:",
        "[!CAUTION]\nDo not:",
        "🚫 Forbidden",
        "What not to do",
        "Things to avoid",
        "Anti-patterns (do not copy)",
        "The following are strictly forbidden:",
        "Not allowed",
        "Bad examples",
        "Keep these out of the code:",
        "Hard rules: never",
        "Rules (don'ts)",
    ],
)
def test_a_label_that_forbids_what_follows(text: str) -> None:
    assert is_ban(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Do",
        "Dos and don'ts",
        "Never commit secrets:",
        "Don't forget the following:",
        "Do not proceed until you:",
        "Never skip these steps:",
        "Avoid errors by doing the following:",
        "If you do not have a key:",
        "You must:",
        "Never guess. Use the following:",
        "Note: never commit secrets",
    ],
)
def test_a_label_that_forbids_something_else_or_nothing(text: str) -> None:
    assert not is_ban(text)


def below(heading: str) -> tuple[Above, Block]:
    """An item in a list below a heading, and what stands above it."""
    document = parse("markdown", Region.whole(f"## {heading}\n\n- Use it.\n"))
    assert isinstance(document, MarkdownDocument)
    above = Above()
    for block in document.blocks[:-1]:
        above = above.after(block)
    return above, document.blocks[-1]


@pytest.mark.parametrize(
    "heading",
    [
        "Changelog",
        "📜 Release notes",
        "Unreleased",
        "1.4.0",
        "[v1.4.0] - 2026-03-01",
        "Version 2.0.1",
        "2026-03-01",
        "Decision log",
        "Progress log",
        "End-to-end Testing Results:",
        "Benchmark results",
        "2026-02-20 — Phase 5: a second provider",
        "Checklist (completed 2026-02-11)",
        "Deprecated",
        "Deprecated models",
        "Previously",
        "Old setup (removed)",
        "Model routing (no longer used)",
        "Model routing (before the migration)",
        "**Roadmap**",
        "TODO",
        "Out of scope",
        "Future work",
        "Rejected alternatives",
        "Alternatives considered",
        "⚠️ Ask first",
        "Ask before you",
        "You need approval to",
        "Requires approval",
    ],
)
def test_a_heading_below_which_nothing_is_ordered(heading: str) -> None:
    above, block = below(heading)
    assert above.set_aside(block)


@pytest.mark.parametrize(
    "heading",
    [
        "Rules",
        "Other rules",
        "2.1 Reviews",
        "3. Models",
        "Legacy code",
        "Old browsers",
        "Lessons",
        "Next steps",
        "Decisions",
        "Key decisions",
        "Before you start",
        "Conversation history",
        "Reporting results",
        "Completed work needs a review",
        "Model routing (2026)",
        "Reviews (approval needed from CI)",
        "Ask the reviewer",
    ],
)
def test_a_heading_below_which_orders_are_orders(heading: str) -> None:
    above, block = below(heading)
    assert not above.set_aside(block)
    assert not above.of_mistakes(block)


@pytest.mark.parametrize(
    "heading", ["Pitfalls", "Common mistakes", "Red flags", "3. Common Mistakes (read this)"]
)
def test_a_heading_below_which_mistakes_stand(heading: str) -> None:
    above, block = below(heading)
    assert above.of_mistakes(block)
    assert not above.set_aside(block)


def test_a_label_that_orders_ends_what_looks_back_or_tells_mistakes() -> None:
    for heading in ("Pitfalls", "Changelog"):
        above, block = below(f"{heading}\n\n### Do")
        assert not above.of_mistakes(block)
        assert not above.set_aside(block)


def test_a_bold_label_behind_a_sign_holds_for_the_paragraph_below_it() -> None:
    shown = "❌ **Incorrect**\n\nUse `X`.\n\n✅ **Correct**\n\nUse `Y`.\n"
    document = parse("markdown", Region.whole(shown))
    assert isinstance(document, MarkdownDocument)
    above = Above()
    forbidden = []
    for block in document.blocks:
        forbidden.append(above.forbid(block))
        above = above.after(block)
    assert forbidden == [False, True, False, False]

"""Hidden characters: what a page leaves in a copied text is told from what could carry something."""

from __future__ import annotations

import pytest

from agentlint.discovery import FileKind
from agentlint.facts.files.extract import extract
from agentlint.facts.hidden_text import HiddenText
from agentlint.text import SourceFile

ZERO = "\u200b"
EDGE = f"One unit{ZERO} is enough.\n"


def _hidden(text: str) -> tuple[HiddenText, ...]:
    return extract(SourceFile("AGENTS.md", text), FileKind.INSTRUCTION, "agents-md").of(HiddenText)


@pytest.mark.parametrize(
    ("line", "carries_nothing"),
    [
        (f"One unit{ZERO} is enough.", True),
        (f"One{ZERO}\u00a0unit is enough.", True),
        (f"| one{ZERO}| unit |", True),
        (f"{ZERO}One unit is enough.", True),
        ("One unit is enough.\u2060", True),
        (f"One u{ZERO}nit is enough.", False),
        (f"One unit{ZERO}. It is enough.", False),
        (f"One{ZERO} unit{ZERO} is enough.", False),
        ("One unit\u00ad is enough.", False),
        ("One unit\x08 is enough.", False),
        ("One unit\U000e0069 is enough.", False),
    ],
)
def test_one_zero_width_character_at_the_edge_of_a_word(line: str, carries_nothing: bool) -> None:
    (hidden,) = _hidden(f"{line}\n")
    assert hidden.carries_nothing is carries_nothing


def test_many_of_them_could_spell_something() -> None:
    few, many = _hidden(EDGE * 7), _hidden(EDGE * 8)
    assert [hidden.carries_nothing for hidden in few] == [True] * 7
    assert [hidden.carries_nothing for hidden in many] == [False] * 8


def test_at_the_end_of_a_value_it_makes_another_value() -> None:
    text = f"model: gpt-5.4{ZERO}\n"
    (hidden,) = extract(SourceFile(".aider.conf.yml", text), FileKind.CONFIG, "aider").of(
        HiddenText
    )
    assert not hidden.carries_nothing


def test_a_selector_written_twice_behind_an_emoji_hides_nothing() -> None:
    assert not _hidden("\u26a0\ufe0f\ufe0f Mind the gap.\n")
    assert _hidden("\u26a0\ufe0f\ufe0f\ufe0f Mind the gap.\n")
    assert _hidden("\u26a0\ufe0f\ufe00 Mind the gap.\n")

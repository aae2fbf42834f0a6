"""Whether a text may spell a word, before anything is parsed."""

from __future__ import annotations

from agentlint.text.pattern import Pattern

# Letters to the parsers of JSON, TOML and YAML: \u006c, \x6c, \U0000006c.
_ESCAPED_LETTER = Pattern(r"\\[uUx][0-9a-fA-F]{2}")


def escapes_letters(text: str) -> bool:
    """Whether `text` holds letters written as escapes, which may spell any word."""
    return "\\" in text and _ESCAPED_LETTER.search(text) is not None


def may_spell(text: str, word: str) -> bool:
    """Whether `word` stands in `text`, or escapes do behind which it may stand."""
    return word in text or escapes_letters(text)

"""Whether a text may spell a word, before anything is parsed, and words in one spelling."""

from __future__ import annotations

from collections.abc import Iterable

from agentlint.text.pattern import Pattern

# Letters to the parsers of JSON, TOML and YAML: \u006c, \x6c, \U0000006c.
_ESCAPED_LETTER = Pattern(r"\\[uUx][0-9a-fA-F]{2}")

# Of the Latin, Greek and Cyrillic scripts, and of Chinese, Japanese and Korean.
_BEYOND_ASCII = Pattern(r"[\xc0-\u024f\u0370-\u052f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


_HUMP = Pattern(r"(?<=[a-z0-9])(?=[A-Z])")


def snake_case(name: str) -> str:
    """A name in small letters, with `_` where a hump begins: `base_url` for `baseUrl`."""
    return _HUMP.sub("_", name).lower()


def has_letters_beyond_ascii(text: str) -> bool:
    """Whether a text has letters that English does without; dashes, arrows and signs are none."""
    return not text.isascii() and _BEYOND_ASCII.search(text) is not None


def escapes_letters(text: str) -> bool:
    """Whether `text` holds letters written as escapes, which may spell any word."""
    return "\\" in text and _ESCAPED_LETTER.search(text) is not None


def may_spell_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of `words` stands in `text`, or escapes do behind which it may stand."""
    return any(word in text for word in words) or escapes_letters(text)

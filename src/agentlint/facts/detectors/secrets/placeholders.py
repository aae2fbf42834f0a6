"""Values that only look like secrets: slots to fill in, masks, filler, samples from documentation."""

from __future__ import annotations

import re
from functools import cache

from agentlint.facts.detectors.secrets.filler import is_degenerate
from agentlint.facts.detectors.secrets.masks import is_masked_within
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.vocabulary import is_listed, words
from agentlint.text import compile_pattern

_LONGEST_SEARCHED = 400
"""Of a value; longer ones are no word that somebody is to replace, and long ones hold any word."""
_SEPARATORS = ascii_pattern(r"[^A-Za-z0-9]+")
# The whole value in brackets, or a named slot inside it: <token>, sk-{key}, Bearer [REDACTED]
_SLOT = ascii_pattern(
    r"\A<[^<>]{0,4000}>\Z|\A\[[^\[\]]{0,200}\]\Z|\A\{[^{}]{0,200}\}\Z|\A«[^«»]{0,200}»\Z|\A\([^()]{0,200}\)\Z"
    r"|<[A-Za-z][\w .-]{0,60}>|\{[A-Za-z][\w .-]{0,60}\}|\[[A-Za-z][\w .-]{0,60}\]"
)
_ELISION = ascii_pattern(r"\.{3}|…|\*{3}|•{2}|·{3}|_{4}|-{4}|\?{3}|#{4}")
# [abc]{20}, [\w-]+, {16,}, [A-Z..., \d+, .*, (?i)
_REGEX = ascii_pattern(
    r"\[[^\]]{1,60}\](?:\{\d{1,4}\}|[+*])|\{\d{1,4},\d{0,4}\}"
    r"|\[\^?(?:[a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d|\\[dswDSW])|\\[dswDSW][+*{]|\.[*+]\)?|\(\?"
)
# Of names too: v2, x64, MSVC2022, MiniLM, 128k.
_WORD_OR_NUMBER = (
    r"(?:[a-z]{1,24}|[A-Z]{1,24}|(?:[A-Z][a-z]{1,24}){1,3}[A-Z]{0,3}|\d{1,4}[kKmMbB]?"
    r"|(?:[a-z]{1,8}|[A-Z]{1,8}|[A-Z][a-z]{1,7})(?:20\d\d|\d{1,2})[a-z]?)"
)
_WORDS = ascii_pattern(rf"{_WORD_OR_NUMBER}(?:[-_. /]{_WORD_OR_NUMBER}){{2,40}}")
# N8N_WEBHOOK_TOKEN: digits and rare pairs of letters make many a name look random.
_VARIABLE = ascii_pattern(
    r"[A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){0,8}"
    r"_(?:KEYS?|TOKENS?|SECRETS?|PASSWORDS?|PASSWD|PASS|PWD|CREDENTIALS?|CREDS?|AUTH|PAT)"
)
_SAMPLE_HOST = ascii_pattern(
    r"(?i:(?:[\w-]{1,63}\.){0,5}(?:example(?:\.\w{2,4})?|test|invalid|your[\w-]{0,40}\.\w{2,6}"
    r"|(?:my)?domain\.com|company\.com|host(?:name)?|server|localhost))"
)
_LEET = str.maketrans("@4031$57!", "aaoeissti")


def is_placeholder(value: str) -> bool:
    """Whether `value` stands for one still to be filled in, or is masked, filler or a known sample."""
    return is_open(value) or is_worded(value.strip())


def is_open(value: str) -> bool:
    """As `is_placeholder`, but for words that may be what somebody chose: `acme-gateway-main`."""
    text = value.strip()
    return (
        not text
        or not text.isascii()
        or text.lower() in words("placeholders", "whole")
        or is_filler(text)
        or _has_short_filler_word(text)
        or _VARIABLE.fullmatch(text) is not None
    )


def is_dummy(value: str) -> bool:
    """Whether `value` is what people write where a client insists on a key that nobody reads."""
    return value.strip().lower() in words("dummies", "values")


def is_filler(text: str) -> bool:
    """The part of `is_placeholder` that holds for the random part of a provider's token as well."""
    return (
        has_filler_word(text)
        or is_degenerate(text)
        or ((piece := _main_piece(text)) != text and is_degenerate(piece))
        or is_elided(text)
        or is_masked_within(text)
        or is_published(text)
    )


def has_filler_word(text: str) -> bool:
    """Whether a word that is long enough to mean it stands anywhere in `text`: changeme, your-, apikey."""
    return _filler_words().search(text[:_LONGEST_SEARCHED].lower()) is not None


def is_published(text: str) -> bool:
    """Whether `text` is a sample that its vendor prints, or a default that a project ships."""
    return is_listed(text, "documentation_keys") or is_listed(text, "published_defaults")


def is_worded(text: str) -> bool:
    """Whether `text` is three or more words or short numbers with separators, in any language, or the
    name of a variable for a credential."""
    return not text.isascii() or any(pattern.fullmatch(text) for pattern in (_WORDS, _VARIABLE))


def is_pattern(text: str) -> bool:
    """Whether `text` is a regular expression: what secrets look like, and none of them."""
    return _REGEX.search(text) is not None


def is_sample_host(host: str) -> bool:
    """Whether nobody runs `host`: example.com, your-server.net, localhost."""
    return _SAMPLE_HOST.fullmatch(host) is not None


def unmasked_leet(text: str) -> str:
    """`text` in lower case with the usual digits and signs read as the letters they stand for."""
    return text.lower().translate(_LEET)


@cache
def _filler_words() -> re.Pattern[str]:
    """All of them at once: one by one they take three times as long."""
    return compile_pattern("|".join(map(re.escape, sorted(words("placeholders", "anywhere")))))


def asks_for_another(text: str) -> bool:
    """Whether a word of `text` is one that holds the place of something else: `your-key`, `changeme`."""
    return has_filler_word(text) or _has_short_filler_word(text)


def parts_of(text: str) -> list[str]:
    """What stands between the separators of `text`."""
    return _SEPARATORS.split(text)


def _has_short_filler_word(text: str) -> bool:
    pieces = parts_of(text.lower())
    return any(piece.rstrip("0123456789") in words("placeholders", "pieces") for piece in pieces)


def longest_piece(text: str) -> str:
    """The longest part between separators: `abc123def` of `sk_abc123def`."""
    return max(parts_of(text), key=len)


def _main_piece(text: str) -> str:
    """The longest part if it is most of `text`, else all of it."""
    longest = longest_piece(text)
    return longest if len(longest) > len(text) / 2 else text


def is_named_variable(text: str) -> bool:
    """Whether `text` is the name of a variable for a credential, such as `LITELLM_MASTER_KEY`."""
    return _VARIABLE.fullmatch(text) is not None


def is_elided(text: str) -> bool:
    """Whether part of `text` is left out, still to be filled in, or a pattern."""
    is_plain = text.replace("-", "").replace("_", "").isalnum()
    if is_plain and "____" not in text and "----" not in text:
        return False
    return is_pattern(text) or any(part.search(text) for part in (_ELISION, _SLOT))

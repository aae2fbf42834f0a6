"""What the name before a value says of it: a password, a key, a token, or no secret at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from agentlint.facts.detectors.secrets.vocabulary import providers_by_word, words

_WORD = re.compile(r"[A-Z]{1,64}(?![a-z])|[A-Z]?[a-z]{1,64}|[^\W\d_a-zA-Z]{1,64}")
_PATH_PARTS = re.compile(r"[./\[\]#]{1,8}")
_LONGEST_NAME = 200

PASSWORD, SECRET, TOKEN, KEY = "password", "secret-value", "access-token", "api-key"
_LISTS = {PASSWORD: "password", SECRET: "secret", TOKEN: "token", KEY: "key"}


@dataclass(frozen=True, slots=True)
class CredentialName:
    """A name that announces a credential.

    `kind` is one of the generic kinds of the table. A `strong` name cannot well mean anything else; after
    a weak one (`key`, `auth`) the value has to be beyond doubt. `provider` is "" where no word tells.
    """

    kind: str
    strong: bool
    provider: str
    words: frozenset[str]


@lru_cache(maxsize=4096)
def credential_name(name: str) -> CredentialName | None:
    """What `name` announces: an identifier, header, option, or a key path with `.` or `/` in it."""
    parts = [
        part for part in _PATH_PARTS.split(name[-_LONGEST_NAME:]) if part and not part.isdigit()
    ]
    while len(parts) > 1 and parts[-1].lower() in words("names", "neutral"):
        parts.pop()
    if not parts or _is_told_otherwise(parts):
        return None
    own = split_words(parts[-1])
    above = [word for part in parts[:-1] for word in split_words(part)]
    return _named(own, above, shouted=parts[-1].isupper())


def split_words(name: str) -> list[str]:
    """The words of an identifier in lower case; digits separate and are left out."""
    return [word.lower() for word in _WORD.findall(name)]


def is_browser_name(name: str) -> bool:
    """Whether values under this name are shipped to every visitor by the tool that reads it."""
    return name.lower().startswith(_browser_prefixes())


@cache
def _browser_prefixes() -> tuple[str, ...]:
    return tuple(words("names", "browser_prefixes"))


def _is_told_otherwise(parts: list[str]) -> bool:
    above = {part.lower().replace("_", "").replace("-", "") for part in parts[:-1]}
    return is_browser_name(parts[-1]) or not above.isdisjoint(words("names", "not_below"))


def _named(own: list[str], above: list[str], *, shouted: bool) -> CredentialName | None:
    for at in range(len(own) - 1, -1, -1):
        kind = _kind_of(own[at])
        if kind is None:
            continue
        before, after = own[:at], own[at + 1 :]
        if _is_described(kind, before, after):
            return None
        return CredentialName(
            kind=KEY if kind == "weak" else kind,
            strong=_is_strong(kind, own[at], before, above, shouted=shouted),
            provider=_provider(own, above),
            words=frozenset(own + above),
        )
    return None


def _kind_of(word: str) -> str | None:
    """The generic kind that a word announces, also as the end of a compound (`dbpassword`)."""
    for kind, listed in _LISTS.items():
        if word in words("names", listed):
            return kind
    if word in words("names", "weak"):
        return "weak"
    return _compound_kind(word)


_COMPOUNDS = (
    ("password", PASSWORD), ("passwd", PASSWORD), ("passphrase", PASSWORD), ("passwort", PASSWORD),
    ("secret", SECRET), ("apikey", SECRET), ("accesskey", SECRET), ("secretkey", SECRET), ("privatekey", SECRET),
    ("credential", SECRET), ("credentials", SECRET), ("token", TOKEN),
)  # fmt: skip


def _compound_kind(word: str) -> str | None:
    for ending, kind in _COMPOUNDS:
        if word.endswith(ending):
            return kind
    if not word.isascii():
        endings = ((kind, words("names", listed)) for kind, listed in _LISTS.items())
        return next((kind for kind, listed in endings if word.endswith(tuple(listed))), None)
    stem = word.removesuffix("key")
    if stem != word and (stem in words("names", "key_qualifiers") or stem in providers_by_word()):
        return SECRET
    return None


def _is_described(kind: str, before: list[str], after: list[str]) -> bool:
    if not words("names", "never_before").isdisjoint(before):
        return True
    if kind in (TOKEN, KEY) and not words("names", "not_before").isdisjoint(before[-2:]):
        return True
    if kind == SECRET and after == ["id"]:
        return False
    return not words("names", "not_after").isdisjoint(after)


def _is_strong(kind: str, word: str, before: list[str], above: list[str], *, shouted: bool) -> bool:
    if kind in (PASSWORD, SECRET):
        return True
    if kind == TOKEN:
        return bool(before) or word != "tokens"
    if kind == KEY:
        telling = words("names", "key_qualifiers") | providers_by_word().keys()
        return not telling.isdisjoint(before + above[-1:]) or (shouted and bool(before))
    return False


def _provider(own: list[str], above: list[str]) -> str:
    """The provider that a word names; the words nearest to the value count first."""
    known = providers_by_word()
    return next((known[word] for word in [*own, *reversed(above)] if word in known), "")

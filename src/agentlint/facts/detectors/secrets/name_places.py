"""Where in a text key-like names stand, and how they are worded there."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.detectors.secrets.edges import after_escape
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.names import PARAMETER_MARKS
from agentlint.facts.detectors.secrets.patterns import compiled
from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness

# What every key-like name holds in lower case: cheap to look for, judged as a word afterwards.
_STEMS = (b"key", b"token", b"secret", b"pass", b"pwd", b"cred", b"auth", b"jwt", b"_pat", b"-pat")
# Looked for where a text is not all English, as the letters outside ASCII tell.
_FOREIGN_STEMS = (
    b"clave", b"contrase", b"senha", b"kennwort", b"parola", b"haslo", b"wachtwoord", b"segredo",
    b"chave", b"schluessel",
)  # fmt: skip
_OTHER_SCRIPTS = (
    "contraseña", "schlüssel", "hasło", "şifre", "пароль", "ключ", "токен",
    "密码", "密碼", "口令", "密钥", "密鑰", "秘钥", "令牌",
    "パスワード", "トークン", "キー", "シークレット", "비밀번호", "비번", "토큰", "키",
)  # fmt: skip
_ASCII = bytes(range(128))
_IN_NAMES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-")
_LONGEST_BEFORE, _LONGEST_AFTER = 60, 40
_LONGEST_WORDS = 42
_WORD_END = r"[_./-]"
# Of random words of this length nine in ten are over it, and no name that anybody gives is.
_SHORTEST_DRAWN, _DRAWN = 24, 4 * RANDOM
# Told backwards, from the name: a search from the front would begin anew at every letter.
_WORDS_BEFORE = r"(?:[ \t][A-Za-z0-9]{2,20}){1,2}"


def name_spans(hay: Haystack) -> list[tuple[int, int, str]]:
    """Start, end and wording of whatever may be a key-like name, in order."""
    text, spans = hay.text, {}
    for start, end in _stem_spans(hay):
        first, last = _whole_name(text, start, end)
        if last - first < _SHORTEST_DRAWN or not _is_drawn(text, first, start, last):
            spans[first, last] = _spoken(text, first, last)
    return [(start, end, spoken) for (start, end), spoken in sorted(spans.items())]


def _stem_spans(hay: Haystack) -> Iterator[tuple[int, int]]:
    foreign = not hay.text.isascii()
    for stem in _STEMS + _FOREIGN_STEMS if foreign else _STEMS:
        for at in hay.places(stem):
            yield at, at + len(stem)
    for word in _words_of_other_scripts(hay.text) if foreign else ():
        at = hay.text.find(word)
        while at >= 0:
            yield at, at + len(word)
            at = hay.text.find(word, at + 1)


def _words_of_other_scripts(text: str) -> Iterator[str]:
    """Those whose letters outside ASCII stand in `text`, one behind the other: most texts have none."""
    letters = _beyond_ascii(text)
    return (word for word in _OTHER_SCRIPTS if _beyond_ascii(word) in letters)


def _beyond_ascii(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII)


def _whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    lowest, highest = max(0, start - _LONGEST_BEFORE), min(len(text), end + _LONGEST_AFTER)
    while start > lowest and text[start - 1] in _IN_NAMES:
        start -= 1
    while end < highest and text[end] in _IN_NAMES:
        end += 1
    while end > start and text[end - 1] in ".-/":
        end -= 1
    return after_escape(text, start), end


def _is_drawn(text: str, first: int, stem: int, last: int) -> bool:
    """Whether the stem of a name stands in a word of base64, such as `x9nKJwtE9vQ...`."""
    before = compiled(_WORD_END).split(text[first:stem])[-1]
    word = before + compiled(_WORD_END).split(text[stem:last])[0]
    return len(word) >= _SHORTEST_DRAWN and randomness(word) > _DRAWN


def _spoken(text: str, start: int, end: int) -> str:
    """The name with the words before it where it is one plain word: `public key`, `Exa API key`.

    An option keeps its dashes and a query parameter its mark: both say that the name is about the very
    value that follows.
    """
    name = text[start:end]
    if text.endswith(PARAMETER_MARKS, 0, start):
        mark = next(mark for mark in PARAMETER_MARKS if text.endswith(mark, 0, start))
        return mark + name
    if not name.isalpha() or name[1:] not in (name[1:].lower(), name[1:].upper()):
        return name
    backwards = text[max(0, start - _LONGEST_WORDS) : start][::-1]
    before = compiled(_WORDS_BEFORE).match(backwards)
    return text[start - before.end() : end] if before else name

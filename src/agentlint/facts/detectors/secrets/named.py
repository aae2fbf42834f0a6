"""Secrets that only their name gives away: a key-like name, a separator, and a literal random value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from agentlint.facts.detectors.secrets.encoded import decoded_text
from agentlint.facts.detectors.secrets.literals import is_doubtless_key, is_hex_or_uuid, is_key, is_password, is_uuid
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.names import PASSWORD, CredentialName, credential_name
from agentlint.facts.detectors.secrets.tokens import after_escape, is_cut_short
from agentlint.findings import Confidence
from agentlint.knowledge.data import rows

# What every key-like name holds in lower case; cheap to look for, judged by `names` afterwards.
_STEMS = ("key", "token", "secret", "pass", "pwd", "cred", "auth", "jwt")
_FOREIGN_STEMS = (
    "clave", "contrase", "senha", "kennwort", "parola", "haslo", "wachtwoord", "mdp", "sifre", "segredo",
    "chave", "llave", "schluessel",
)  # fmt: skip
_OTHER_SCRIPTS = (
    "contraseña", "schlüssel", "hasło", "şifre", "пароль", "ключ", "токен", "密码", "密碼", "口令", "密钥", "密鑰",
    "秘钥", "令牌", "パスワード", "トークン", "キー", "シークレット", "비밀번호", "비번", "토큰", "키",
)  # fmt: skip
_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-")
_WORDS_BEFORE = re.compile(r"(?:[A-Za-z0-9]{2,20}[ \t]){1,2}\Z")
_ASSIGNMENT = re.compile(r"[A-Za-z_][\w.-]{0,60}[=:]")
_LONGEST_BEFORE, _LONGEST_AFTER = 60, 40


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to join a name and a value. `loose`: prose does it too, so the value must be beyond doubt."""

    pattern: re.Pattern[str]
    loose: bool = False


_CLOSE = r"(?:\\{0,3}[\"'`*]|[\])?!]){0,6}"
_CALL = r"(?:[A-Za-z_][\w.]{0,40}\([ \t]{0,4}){0,2}"
_DEFAULT = r"(?:\$\{[A-Za-z_]\w{0,80}:?[-=])?"
_TAG = r"(?:![\w!/.-]{1,30}[ \t]{1,4})?"
_QUOTE = r"(?:[bBrRuUfF]{1,2}(?=[\"']))?(?P<quote>(?:\\{0,3}[\"'`]){1,3}|)"
_SCHEME = r"(?:(?:Bearer|bearer|Basic|Token|token|Bot|ApiKey|Api-Key|Key|JWT|SSWS|GenieKey)(?:[ \t]|%20|\+){1,4})?"
_OPEN = rf"[ \t]{{0,40}}{_TAG}{_CALL}{_DEFAULT}{_QUOTE}{_DEFAULT}{_SCHEME}"
_ASSIGNS = r"(?::=|=>|->|\?=|\+=|={1,3}|:|＝|：|→|%3[Dd]|&#61;)"
_TYPE = r"(?:\??:[ \t]{0,4}[A-Za-z_][\w.\[\]| ]{0,40}(?==))?"

_NEW_LINE = r"[ \t]{0,8}(?:\r?\n[ \t]{0,40}){1,3}(?:[-*>][ \t]{1,8}|```\w{0,20}\r?\n)?"

_FORMS = (
    # KEY=value, key: value, "key": "value", key: str = "value", key => value, ?key=value
    _Form(re.compile(rf"{_CLOSE}[ \t]{{0,40}}{_TYPE}{_ASSIGNS}{_OPEN}")),
    # "--key", "value"; getenv("KEY", "value"); .set('key', 'value')
    _Form(re.compile(rf"\\{{0,3}}[\"'`]\)?\s{{0,40}},\s{{0,40}}{_OPEN}(?<=[\"'`])")),
    # ${KEY:-value}, process.env.KEY || "value", getenv("KEY") or "value"
    _Form(re.compile(rf"(?::?[-=]|{_CLOSE}\)?\s{{0,4}}(?:\|\||\?\?|\bor\b)\s{{0,4}}(?=[\"'`])){_OPEN}")),
    # {"name": "KEY", "value": "value"}; - name: KEY <newline> value: value; <add key="KEY" value="value"/>
    _Form(re.compile(rf"\\{{0,3}}[\"']?,?\s{{0,40}}[\"']?(?i:value|default|content)[\"']?\s{{0,4}}[:=]{_OPEN}")),
    # <key>value</key>
    _Form(re.compile(rf">{_OPEN}(?=[^<]{{1,4000}}</)")),
    # | key | value |
    _Form(re.compile(rf"{_CLOSE}[ \t]{{0,40}}\|{_OPEN}"), loose=True),
    # key: | <newline> value; "The key is:" <newline> value
    _Form(re.compile(rf"{_CLOSE}(?:[ \t]{{1,4}}(?:is|are))?[ \t]{{0,8}}:[ \t]{{0,8}}(?:[|>][+-]?\d?)?{_NEW_LINE}{_OPEN}"), loose=True),
    # password `value`, token is value, key for the gateway: value
    _Form(re.compile(rf"{_CLOSE}(?:[ \t]{{1,8}}(?:is|are|was|to|as|for|of|on|in|the|our|my|=)(?:[ \t]{{1,4}}\w{{1,20}}){{0,3}}?)?[ \t]{{0,4}}[:=]?[ \t]{{1,8}}{_OPEN}"), loose=True),
)  # fmt: skip
_OPTION = _Form(re.compile(rf"(?:[ \t]{{1,8}}|[\"']?{_NEW_LINE}){_OPEN}"))
_BARE = re.compile(r"[^\s\"'`<>|,;&(){}\[\]\\]{1,2000}")
_LONGEST_VALUE = 4_000
_LINE_END_MARKS = ".,:;!?"


def find_named(text: str, lowered: str) -> Iterator[Verdict]:
    """Verdicts on literal values after key-like names; `lowered` is `text` in lower case."""
    done = 0
    for start, end in _name_spans(text, lowered):
        if start < done:
            continue
        name = credential_name(_spoken_name(text, start, end))
        if name is None:
            continue
        is_option = text[start : start + 1] == "-" or text[start - 1 : start] == "-"
        found = _after_name(text, end, name, is_option=is_option)
        if found:
            yield found
            done = found.end


def _name_spans(text: str, lowered: str) -> list[tuple[int, int]]:
    stems = _STEMS + _FOREIGN_STEMS + (() if text.isascii() else _OTHER_SCRIPTS)
    spans: set[tuple[int, int]] = set()
    for stem in stems:
        at = lowered.find(stem)
        while at >= 0:
            start, end = _name_around(text, at, at + len(stem))
            spans.add((start, end))
            at = lowered.find(stem, end)
    return sorted(spans)


def _name_around(text: str, start: int, end: int) -> tuple[int, int]:
    lowest, highest = max(0, start - _LONGEST_BEFORE), min(len(text), end + _LONGEST_AFTER)
    while start > lowest and text[start - 1] in _NAME_CHARACTERS:
        start -= 1
    while end < highest and text[end] in _NAME_CHARACTERS:
        end += 1
    while end > start and text[end - 1] in ".-":
        end -= 1
    return after_escape(text, start), end


def _spoken_name(text: str, start: int, end: int) -> str:
    """The name with the words before it where it is one plain word: `public key`, `Exa API key`."""
    name = text[start:end]
    if not name.isalpha() or name[1:] not in (name[1:].lower(), name[1:].upper()):
        return name
    before = _WORDS_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    return f"{before.group()} {name}" if before else name


def _after_name(text: str, end: int, name: CredentialName, *, is_option: bool) -> Verdict | None:
    for form in (_OPTION, *_FORMS) if is_option else _FORMS:
        joined = form.pattern.match(text, end)
        if not joined:
            continue
        start, stop = _value_span(text, joined)
        found = judge_named(text[start:stop], name, loose=form.loose)
        if found and not is_cut_short(text, start, stop):
            return found.moved(start)
    return None


def _value_span(text: str, joined: re.Match[str]) -> tuple[int, int]:
    """The value after a name: up to the quotation mark that closes it, else up to a delimiter."""
    start, quote = joined.end(), joined["quote"]
    if quote:
        end = text.find(quote, start, start + _LONGEST_VALUE)
        if end >= 0:
            return start, end
    bare = _BARE.match(text, start)
    end = bare.end() if bare else start
    while end > start and text[end - 1] in _LINE_END_MARKS:
        end -= 1
    return start, end


def judge_named(value: str, name: CredentialName, *, loose: bool = False) -> Verdict | None:
    """The verdict on the whole of `value` under `name`; None where it is no literal secret.

    `loose`: the two are only joined by prose or layout, so the value must be beyond doubt.
    """
    inside = decoded_text(value)
    if not _is_secret(inside or value, name, loose=loose):
        return None
    kind, provider = _most_telling_kind(value, name)
    confidence = Confidence.HIGH if kind != name.kind else Confidence.MEDIUM
    if loose or not name.strong:
        confidence = Confidence.LOW
    return Verdict.secret(0, len(value), kind, Tier.NAMED, confidence, provider)


def _is_secret(value: str, name: CredentialName, *, loose: bool) -> bool:
    if loose and _ASSIGNMENT.match(value):
        return False
    if name.kind == PASSWORD:
        return is_password(value)
    if not name.strong:
        return is_doubtless_key(value)
    if is_uuid(value):
        return len(name.words) > 1 and not loose and is_key(value)
    return is_key(value) and not (loose and is_hex_or_uuid(value))


def _most_telling_kind(value: str, name: CredentialName) -> tuple[str, str]:
    for row in rows("secrets", "named"):
        if not name.words.isdisjoint(row["words"]) and _compiled(row["shape"]).fullmatch(value):
            return row["id"], row["provider"]
    return name.kind, name.provider


@cache
def _compiled(shape: str) -> re.Pattern[str]:
    return re.compile(shape, re.ASCII)

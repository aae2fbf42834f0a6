"""Credentials that a header or a command line announces: Bearer, Basic, `curl -u`, `sshpass -p`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from agentlint.facts.detectors.secrets.encoded import decoded_text
from agentlint.facts.detectors.secrets.literals import is_drawn, is_password, is_weak
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.placeholders import is_dummy, is_placeholder
from agentlint.facts.detectors.secrets.tokens import is_cut_short
from agentlint.findings import Confidence

_SHORTEST_BEARER = 20
_BEARER = re.compile(
    r"(?i:bearer)(?:[ \t]|%20|\+|\\[tu]|:|[\"'`], {0,4}[\"'`]){1,6}(?P<secret>[A-Za-z0-9._~+/-]{16,2000}={0,2})"
)
_BASIC = re.compile(r"(?i:basic)(?:[ \t]|%20){1,4}(?P<secret>[A-Za-z0-9+/_-]{8,400}={0,2})")
_CURL_USER = re.compile(
    r"(?:-u|--user|--proxy-user)(?:[ \t]{1,4}|=)[\"']?[^\s:\"'$<{]{1,64}:(?P<secret>[^\s\"'@]{6,128})"
)
_SSHPASS = re.compile(r"sshpass[ \t]{1,4}-p[ \t]{0,4}[\"']?(?P<secret>[^\s\"']{6,128})")
_SQL_CLIENT = re.compile(
    r"(?:mysql|mysqldump|mysqladmin|mariadb)[ \t][^\n|;&]{0,120}?[ \t]-p[\"']?(?P<secret>[^\s\"'-][^\s\"']{5,127})"
)
_REDIS_CLIENT = re.compile(
    r"redis-cli[ \t][^\n|;&]{0,120}?[ \t]-a[ \t]{1,4}[\"']?(?P<secret>[^\s\"']{6,128})"
)
_REGISTRY_LOGIN = re.compile(
    r"login[ \t][^\n|;&]{0,120}?[ \t]-p[ \t]{1,4}[\"']?(?P<secret>[^\s\"']{6,128})"
)


def find_header_credentials(text: str, lowered: str) -> Iterator[Verdict]:
    """Verdicts on the values after auth schemes and password options; `lowered` is `text` in lower case."""
    for anchor, pattern, kind, accepts in _FORMS:
        at = lowered.find(anchor)
        while at >= 0:
            end = at + len(anchor)
            found = pattern.match(text, at)
            if found:
                start, end = _without_sentence_end(found)
                value = text[start:end]
                if accepts(value) and not is_cut_short(text, start, end):
                    yield Verdict.secret(start, end, kind, Tier.STRUCTURE, Confidence.HIGH)
            at = lowered.find(anchor, end)


def _without_sentence_end(found: re.Match[str]) -> tuple[int, int]:
    start, end = found.span("secret")
    return start, end - (len(found["secret"]) - len(found["secret"].rstrip(".,;:)")))


def _is_bearer(value: str) -> bool:
    return is_drawn(value, _SHORTEST_BEARER)


def _is_basic(value: str) -> bool:
    user, _, password = decoded_text(value).partition(":")
    return (
        len(password) >= 6
        and password != user
        and not (is_weak(password) or is_placeholder(password) or is_dummy(password))
    )


_FORMS: tuple[tuple[str, re.Pattern[str], str, Callable[[str], bool]], ...] = (
    ("bearer", _BEARER, "bearer-token", _is_bearer),
    ("basic", _BASIC, "basic-credentials", _is_basic),
    ("-u", _CURL_USER, "command-line-password", is_password),
    ("--user", _CURL_USER, "command-line-password", is_password),
    ("--proxy-user", _CURL_USER, "command-line-password", is_password),
    ("sshpass", _SSHPASS, "command-line-password", is_password),
    ("mysql", _SQL_CLIENT, "command-line-password", is_password),
    ("mariadb", _SQL_CLIENT, "command-line-password", is_password),
    ("redis-cli", _REDIS_CLIENT, "command-line-password", is_password),
    ("login", _REGISTRY_LOGIN, "command-line-password", is_password),
)

"""Credentials that a header or a command line announces: Bearer, Basic, `curl -u`, `sshpass -p`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from agentlint.facts.detectors.secrets.edges import is_stand_in
from agentlint.facts.detectors.secrets.encoded import decoded_text
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.literals import is_drawn, is_login, is_password
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import compiled
from agentlint.findings import Confidence

_SHORTEST_BEARER = 20


class _Form(Struct, frozen=True):
    """What is looked for in any letter case, and the expression whose `secret` then stands there."""

    anchors: tuple[bytes, ...]
    shape: str
    kind: str
    accepts: Callable[[str], bool]


def find_header_credentials(hay: Haystack) -> Iterator[Verdict]:
    """The values after auth schemes and password options that are secrets."""
    for form in _FORMS:
        for anchor in form.anchors:
            for at in hay.places(anchor):
                found = compiled(form.shape).match(hay.text, at)
                if not found:
                    continue
                start = found.start("secret")
                value = found["secret"].rstrip(".,;:)")
                end = start + len(value)
                if form.accepts(value) and not is_stand_in(hay.text, start, end):
                    yield Verdict.secret(start, end, form.kind, Tier.STRUCTURE, Confidence.HIGH)


def _is_bearer(value: str) -> bool:
    return is_drawn(value, _SHORTEST_BEARER)


def _is_basic(value: str) -> bool:
    return is_login(decoded_text(value))


_QUOTED = r"[\"']?(?P<secret>[^\s\"']{6,128})"
_FORMS = (
    _Form(
        (b"bearer",),
        r"(?i:bearer)(?:[ \t]|%20|\+|\\[tu]|:|[\"'`], {0,4}[\"'`]){1,6}"
        r"(?P<secret>[A-Za-z0-9._~+/-]{16,2000}={0,2})",
        "bearer-token",
        _is_bearer,
    ),
    _Form(
        (b"basic",),
        r"(?i:basic)(?:[ \t]|%20){1,4}(?P<secret>[A-Za-z0-9+/_-]{8,400}={0,2})",
        "basic-credentials",
        _is_basic,
    ),
    _Form(
        (b"-u",),
        r"-u(?:ser)?(?:[ \t]{1,4}|=)[\"']?[^\s:\"'$<{]{1,64}:(?P<secret>[^\s\"'@]{6,128})",
        "command-line-password",
        is_password,
    ),
    _Form(
        (b"sshpass",),
        rf"sshpass[ \t]{{1,4}}-p[ \t]{{0,4}}{_QUOTED}",
        "command-line-password",
        is_password,
    ),
    _Form(
        (b"mysql", b"mariadb"),
        rf"(?:mysql|mysqldump|mysqladmin|mariadb)[ \t][^\n|;&]{{0,120}}?[ \t]-p{_QUOTED}",
        "command-line-password",
        is_password,
    ),
    _Form(
        (b"redis-cli",),
        rf"redis-cli[ \t][^\n|;&]{{0,120}}?[ \t]-a[ \t]{{1,4}}{_QUOTED}",
        "command-line-password",
        is_password,
    ),
    _Form(
        (b"login",),
        rf"login[ \t][^\n|;&]{{0,120}}?[ \t]-p[ \t]{{1,4}}{_QUOTED}",
        "command-line-password",
        is_password,
    ),
)

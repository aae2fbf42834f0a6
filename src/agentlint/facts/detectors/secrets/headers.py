"""Credentials that a header or a command line announces: Bearer, Basic, `curl -u`, `sshpass -p`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from agentlint.facts.detectors.secrets.edges import is_stand_in
from agentlint.facts.detectors.secrets.encoded import decoded_text
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.literals import is_drawn, is_login, is_password
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern, compiled
from agentlint.facts.detectors.secrets.values import NUMBERED
from agentlint.findings import Confidence

_SHORTEST_BEARER = 20


class _Form(Struct, frozen=True):
    """What is looked for in any letter case, and the expression whose `secret` then stands there.

    `accepts` judges the value, and `belongs` whether what was found at an offset of a text is meant.
    """

    anchors: tuple[bytes, ...]
    shape: str
    kind: str
    accepts: Callable[[str], bool]
    belongs: Callable[[str, int], bool] = lambda _text, _at: True


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
                if (
                    form.accepts(value)
                    and not is_stand_in(hay.text, start, end)
                    and form.belongs(hay.text, at)
                ):
                    yield Verdict.secret(start, end, form.kind, Tier.STRUCTURE, Confidence.HIGH)


def _is_bearer(value: str) -> bool:
    return is_drawn(value, _SHORTEST_BEARER)


def _is_basic(value: str) -> bool:
    return is_login(decoded_text(value))


# What may stand between a command's name and one of its options, on its line and those that go on with
# it: words, strings and other commands, each as a whole. No two of them begin alike.
_IN_COMMAND = ascii_pattern(
    r"(?:[^\s\"'`;|&()$\\^]|[ \t]|\\(?:\r?\n|.)|\^(?:\r?\n)?|\"(?:[^\"\\]|\\.)*\"|'[^']*'"
    r"|`(?:\r?\n|[^`\n]*`)|\$(?:\([^()\n]*\))?)*"
)
_OPTION = frozenset("-abcdefghijklmnopqrstuvwxyz")
_QUOTES = ("'", '"', "`")
_CURL = ("curl", "CURL")
_LONGEST_COMMAND = 2_000
_MOST_MENTIONS = 3


def _is_of_curl(text: str, at: int) -> bool:
    """Whether the option at `at` is a word of a curl command, or the first of what is quoted.

    `date -u` inside `$( )` has a command of its own, and what stands in quotes is data.
    """
    start = at
    while start > 0 and text[start - 1] in _OPTION:
        start -= 1
    if text[start] != "-":
        return False
    if text.endswith(_QUOTES, 0, start):
        return True
    name = start
    for _ in range(_MOST_MENTIONS):
        name = max(text.rfind(word, max(0, start - _LONGEST_COMMAND), name) for word in _CURL)
        if name >= 0 and _IN_COMMAND.fullmatch(text, name, start):
            return True
    return False


_QUOTED = r"[\"']?(?P<secret>[^\s\"']{6,128})"
_FORMS = (
    _Form(
        (b"bearer",),
        r"(?i:bearer)(?:[ \t]|%20|\+|\\[tu]|:|[\"'`], {0,4}[\"'`]){1,6}"
        rf"(?P<secret>{NUMBERED}?[A-Za-z0-9._~+/-]{{16,2000}}={{0,2}})",
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
        r"-u(?:ser)?(?:[ \t]{1,4}|=)[\"']?(?!\+)[^\s:\"'$<{]{1,64}:(?P<secret>[^\s\"'@]{6,128})",
        "command-line-password",
        is_password,
        _is_of_curl,
    ),
    _Form(
        (b"sshpass",),
        rf"sshpass[ \t]{{1,4}}-p[ \t]{{0,4}}{_QUOTED}",
        "command-line-password",
        is_password,
    ),
    _Form(
        (b"mysql", b"mariadb"),
        rf"(?:mysql|mysqldump|mysqladmin|mariadb)(?=[ \t])[^\n|;&]{{0,120}}?[ \t]-p{_QUOTED}",
        "command-line-password",
        is_password,
    ),
    _Form(
        (b"redis-cli",),
        rf"redis-cli(?=[ \t])[^\n|;&]{{0,120}}?[ \t]-a[ \t]{{1,4}}{_QUOTED}",
        "command-line-password",
        is_password,
    ),
    _Form(
        (b"login",),
        rf"login(?=[ \t])[^\n|;&]{{0,120}}?[ \t]-p[ \t]{{1,4}}{_QUOTED}",
        "command-line-password",
        is_password,
    ),
)

"""Passwords that mail providers make for one program: letters, which prove nothing under another name."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.detectors.secrets.edges import is_stand_in
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.placeholders import is_filler
from agentlint.facts.detectors.secrets.randomness import randomness
from agentlint.findings import Confidence

_KIND = "mail-app-password"
_STEM = "pass"
_LONGEST_BEFORE = 48
# MAIL_PASS, smtp_password, GMAIL_APP_PASSWORD, google app password
_OWNER = ascii_pattern(r"(?i:mail|smtp|imap|google[ _.-]?app)[\w .-]{0,30}\Z")
_ASSIGNED = ascii_pattern(
    r"(?i:pass(?:wor[dt]|wd|code|key)?)[\"'`*]{0,4}[ \t]{0,8}(?:[:=,]|\|)[ \t*]{0,8}[\"'`]{0,2}"
    r"(?P<value>[a-z]{16}|[a-z]{4}(?P<gap>[ -])[a-z]{4}(?:(?P=gap)[a-z]{4}){2})(?![\w-]|\.\w| [a-z])"
)


def judge_app_password(name: str, value: str) -> Verdict | None:
    """The verdict on `value`, which a parsed document gives the name `name`."""
    if _STEM not in name.lower():
        return None
    named = f"{name[-_LONGEST_BEFORE:]}="
    found = find_app_passwords(Haystack.of(named + value.strip()))
    verdict = next((one for one in found if one.start == len(named)), None)
    return verdict.moved(value.index(value.strip()) - len(named)) if verdict else None


def find_app_passwords(hay: Haystack) -> Iterator[Verdict]:
    """Verdicts on sixteen letters, with or without blanks after each four, under the name of a mailbox."""
    for at in hay.places(_STEM.encode()):
        found = _ASSIGNED.match(hay.text, at)
        if not found or not _OWNER.search(hay.text[max(0, at - _LONGEST_BEFORE) : at]):
            continue
        start, end = found.span("value")
        letters = found["value"].replace(found["gap"] or " ", "")
        is_drawn = randomness(letters) > 0 and not is_filler(letters)
        if is_drawn and not is_stand_in(hay.text, start, end):
            yield Verdict.secret(start, end, _KIND, Tier.NAMED, Confidence.MEDIUM)

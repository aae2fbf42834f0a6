"""Secrets that only their name gives away: a key-like name, a joint, and a literal random value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.facts.detectors.secrets.edges import is_stand_in
from agentlint.facts.detectors.secrets.encoded import decoded_text
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.joints import (
    LONGEST_BARE,
    Joint,
    Link,
    is_unbroken,
    joints_at,
    may_hold_value,
    value_before,
    value_span,
)
from agentlint.facts.detectors.secrets.literals import (
    SHORTEST_PASSWORD,
    is_doubtless_key,
    is_key,
    is_login,
    is_password,
)
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.name_places import name_spans
from agentlint.facts.detectors.secrets.names import (
    PASSWORD,
    TOKEN,
    CredentialName,
    credential_name,
    is_about_another,
)
from agentlint.facts.detectors.secrets.patterns import ascii_pattern, compiled
from agentlint.facts.detectors.secrets.placeholders import is_pattern
from agentlint.facts.detectors.secrets.public_values import (
    is_coin_address,
    is_hex_or_uuid,
    is_uuid,
)
from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness
from agentlint.findings import Confidence
from agentlint.knowledge.data import rows

_BESIDE = 300
_HEX_KEY_OPTION = ascii_pattern(r"--(?P<stem>[a-z]{4})[a-z]{0,20}-key(?:-hex)?")
_32_BYTES = ascii_pattern(r"(?:0x)?[0-9a-fA-F]{64}")
_REFERRED_KEY = ascii_pattern(
    r"--(?P<stem>[a-z]{4})[a-z]{0,20}-key(?:-file|-path)?[ =][\"']?[$~./]"
)
# How far after a name its value may begin and still show what it is made of.
_REACH = 160
# https://docs.sonarsource.com/sonarqube-server/2026.1/user-guide/project-badge
# https://circleci.com/docs/guides/insights/status-badges/
_LONGEST_URL = 400
# What a page shows: ![title](URL), <img src="URL">
_IMAGE = ascii_pattern(
    r"(?:!\[[^\[\]]{0,200}\]\(<?|<img\s(?:[^<>]{0,200}?\s)??src\s?=\s?[\"']?)"
    r"https?://(?P<path>[^\s()<>\"'?#]{1,400})\?[^\s()<>\"'#]{0,400}\Z"
)
_LONGEST_IMAGE = 1_000
_END_OF_CELL = ascii_pattern(r"[ \t*_`\"']{0,8}(?:\||\r?\n|\Z)")
_SAYS_WHAT = ascii_pattern(r"[A-Za-z=]")
# PASS, [pass], ✓ pass
_LONGEST_MARKED = 12
_MARKED_RESULT = ascii_pattern(r"(?:PASS|[\[✓✔✅☑]\ufe0f?[ \t]{0,2}[*`]{0,3}(?i:pass))\Z")
_MEMBER = ascii_pattern(r"[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60}){1,6}")
# Hosts have a dot or a dash here, and variables few digits: passwords and keys hold `@` and `_` as well.
_LOGIN_AT = ascii_pattern(r"[a-z_][a-z0-9._-]{0,40}@[a-z0-9]{1,60}(?:[.-][a-z0-9]{1,60}){1,8}")
_VARIABLE = ascii_pattern(r"[A-Z]{2,40}\d?[A-Z]{0,40}(?:_[A-Z]{1,40}\d?[A-Z]{0,40}){1,8}")
_REPOSITORY = ascii_pattern(r"[a-z][a-z0-9._-]{0,60}/[a-z][a-z0-9._-]{0,60}")
# As S3 names them, without the prefix that each provider has of its own.
_SIGNERS = ("?credential", "&credential")
_SIGNATURE = ascii_pattern(r"[^\s()<>\"']{0,400}[?&;](?i:signature)=")
# More names than a URL or a path has; each would be judged with all that follows it as its value.
_MOST_UNBROKEN = 16


def find_named(hay: Haystack) -> Iterator[Verdict]:
    """Literal secrets beside key-like names."""
    done = 0
    for start, end, spoken in _tellable(hay):
        name = credential_name(spoken) if start >= done else None
        if name is None:
            continue
        found = _after(hay.text, end, name, spoken) or _before(hay.text, start, name)
        if found:
            yield found
            done = max(end, found.end)


def _tellable(hay: Haystack) -> Iterator[tuple[int, int, str]]:
    """The names that may have a value of their own: of many with no delimiter between, the first."""
    run = before = unbroken = 0
    for span in name_spans(hay):
        start, end, _ = span
        if start >= run + LONGEST_BARE or not is_unbroken(hay.text, before, start):
            run, unbroken = start, 0
        unbroken += 1
        before = end
        if unbroken <= _MOST_UNBROKEN:
            yield span


def _after(text: str, end: int, name: CredentialName, spoken: str) -> Verdict | None:
    """The secret that is joined to the name that ends at `end`."""
    if not may_hold_value(text, end, end + _REACH):
        return None
    for joint in joints_at(text, end, is_option=spoken.startswith("-")):
        opening = joint.match(text, end)
        if opening is None:
            continue
        if name.may_be_result and _tells_result(text, end, opening, joint):
            continue
        if joint.link is Link.SPOKEN and is_about_another(text[end : opening.end()], name.kind):
            continue
        found = _judged_at(text, *value_span(text, opening), name, joint.link)
        if found:
            is_public = (
                (not opening["quote"] and _is_expression(text, found, spoken))
                or _is_of_something_else(text, found, joint.link, opening["quote"])
                or _is_of_badge(text, end, spoken)
                or _is_of_signed_url(text, found, spoken)
                or _is_public_half(text, end, found, spoken)
            )
            return None if is_public else found
    return None


def _is_expression(text: str, found: Verdict, spoken: str) -> bool:
    """Whether a value without quotation marks is code: a structure that is made, or the field of the same
    name of another one (`token0Usd: row.token0Usd`)."""
    value = text[found.start : found.end]
    if not _MEMBER.fullmatch(value):
        return False
    return text.startswith("{", found.end) or value.rpartition(".")[2] == spoken.rpartition(".")[2]


def _is_of_something_else(text: str, found: Verdict, link: Link, quote: str) -> bool:
    """Whether a word that only stands beside a name begins something of its own, or says what the
    credential is for: `ssh -i "$KEY" root@host-1`, `a token with write access to owner/repository`."""
    value = text[found.start : found.end]
    if link is Link.SPOKEN and _REPOSITORY.fullmatch(value):
        return True
    is_bare = link is not Link.ASSIGNED and not quote
    return is_bare and any(form.fullmatch(value) for form in (_LOGIN_AT, _VARIABLE))


def _tells_result(text: str, end: int, opening: re.Match[str], joint: Joint) -> bool:
    """Whether `pass` is what a test did: in a cell of a table before one with a sentence, with words
    between it and what they lead to ("pass 4: ...", "pass through (..."), or marked as a result before
    the ID or digest of what was tested (`[pass] <uuid>`, `PASS <uuid>`)."""
    between, (start, stop) = text[end : opening.start()], value_span(text, opening)
    if "|" in between:
        return _END_OF_CELL.match(text, stop) is None
    if joint.link is Link.SPOKEN:
        return between.rstrip().endswith((":", "("))
    if not is_hex_or_uuid(text[start:stop]) or _SAYS_WHAT.search(between):
        return False
    return _MARKED_RESULT.search(text, max(0, end - _LONGEST_MARKED), end) is not None


def _is_of_badge(text: str, end: int, spoken: str) -> bool:
    """Whether a query parameter is of the picture of a badge, or of a drawing that a page shows: whoever
    looks at the page loads it with that, and it is made for nothing else."""
    if spoken[:1] not in ("?", "&") and not text.endswith("&amp;", 0, end - len(spoken)):
        return False
    *_, url = text[max(0, end - _LONGEST_URL) : end].split()
    if "badge" in url.lower():
        return True
    image = _IMAGE.search(text, max(0, end - _LONGEST_IMAGE), end)
    return image is not None and image["path"].rstrip("/").lower().endswith(".svg")


def _is_of_signed_url(text: str, found: Verdict, spoken: str) -> bool:
    """Whether a query parameter tells whose key a URL was signed with: the signature stands behind it."""
    if spoken.lower() not in _SIGNERS:
        return False
    return _SIGNATURE.match(text, found.end) is not None


def _is_public_half(text: str, end: int, found: Verdict, spoken: str) -> bool:
    """Whether the option `spoken`, which ends at `end`, gives the public one of two keys: the secret one
    is read by an option beside it from a file or a variable, `--submit-key "$KEY"`."""
    option = _HEX_KEY_OPTION.fullmatch(spoken)
    if not option or not _32_BYTES.fullmatch(text, found.start, found.end):
        return False
    beside = _REFERRED_KEY.finditer(text, max(0, end - _BESIDE), found.end + _BESIDE)
    return any(other["stem"] == option["stem"] for other in beside)


def _before(text: str, start: int, name: CredentialName) -> Verdict | None:
    """The secret that a sentence gives before it names it: "`X` is the password"."""
    span = value_before(text, start) if name.strong else None
    return _judged_at(text, *span, name, Link.SPOKEN) if span else None


def _judged_at(text: str, start: int, end: int, name: CredentialName, link: Link) -> Verdict | None:
    found = judge_named(text[start:end], name, link)
    return found.moved(start) if found and not is_stand_in(text, start, end) else None


def judge_named(value: str, name: CredentialName, link: Link = Link.ASSIGNED) -> Verdict | None:
    """The verdict on the whole of `value` under `name`; None where it is no literal secret.

    Of a list at commas one part is enough; a password may hold commas itself, and so does a regular
    expression (`[a-z]{20,}`), which is none as a whole.
    """
    if is_pattern(value):
        return None
    for part in (value,) if name.kind == PASSWORD else value.split(","):
        told = _kind_of_secret(part, name, link)
        if told:
            kind, provider = told
            confidence = _confidence(kind, name, link)
            return Verdict.secret(0, len(value), kind, Tier.NAMED, confidence, provider)
    return None


def _kind_of_secret(value: str, name: CredentialName, link: Link) -> tuple[str, str] | None:
    """The kind and provider of the literal secret that `value` is under `name`, None if it is none."""
    if len(value) < SHORTEST_PASSWORD or randomness(value) <= RANDOM or name.is_repeated_by(value):
        return None
    kind, provider = _most_telling_kind(value, name)
    decoded = decoded_text(value)
    if _LOGIN.fullmatch(decoded) and not is_login(decoded):
        return None
    literal = decoded or value
    if kind != name.kind and link is Link.ASSIGNED:
        found = is_key(literal)
    else:
        found = _is_secret(literal, name, link)
    return (kind, provider) if found else None


def _most_telling_kind(value: str, name: CredentialName) -> tuple[str, str]:
    """The row for the provider that the name tells, if the value has that provider's shape."""
    for row in rows("secrets", "named") if name.kind != PASSWORD else ():
        asked = (row["words"], row["and_words"])
        told = row["words"] and all(
            not words or not name.words.isdisjoint(words) for words in asked
        )
        if told and compiled(row["shape"]).fullmatch(value):
            return row["id"], row["provider"]
    return name.kind, name.provider


def _is_secret(value: str, name: CredentialName, link: Link) -> bool:
    if link is not Link.ASSIGNED and (name.may_be_entry or _ASSIGNMENT.match(value)):
        return False
    if name.may_be_coin and is_coin_address(value):
        return False
    if name.kind == PASSWORD:
        return is_password(value)
    if not name.strong:
        return is_doubtless_key(value)
    return is_key(value) and (not is_hex_or_uuid(value) or _may_be_hex(value, name, link))


_LOGIN = ascii_pattern(r"[\w.@+-]{1,100}:(?!//)\S{1,200}")
_ASSIGNMENT = ascii_pattern(r"[A-Za-z_][\w.-]{0,60}[=:]")


def _may_be_hex(value: str, name: CredentialName, link: Link) -> bool:
    """Digests and IDs are hex too: the less the name is tied to the value, the more it has to say."""
    if link is Link.SPOKEN:
        return False
    one_word = len(name.words) == 1
    if name.kind == TOKEN and is_uuid(value):
        return not one_word and "id" not in name.words  # an ID token is a JSON Web Token
    return not (one_word and link is Link.LAID_OUT)


def _confidence(kind: str, name: CredentialName, link: Link) -> Confidence:
    if link is Link.SPOKEN or not name.strong:
        return Confidence.LOW
    return Confidence.HIGH if kind != name.kind else Confidence.MEDIUM

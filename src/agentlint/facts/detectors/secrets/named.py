"""Secrets that only their name gives away: a key-like name, a joint, and a literal random value."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.detectors.secrets.edges import is_stand_in
from agentlint.facts.detectors.secrets.encoded import decoded_text
from agentlint.facts.detectors.secrets.excuses import ValueInText, is_excused, tells_result
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.joints import ASSIGNMENT, Joint, Link, joints_at
from agentlint.facts.detectors.secrets.lists import texts_of_list
from agentlint.facts.detectors.secrets.literals import (
    SHORTEST_PASSWORD,
    is_code,
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
    is_done_with,
    is_option_name,
)
from agentlint.facts.detectors.secrets.patterns import ascii_pattern, compiled
from agentlint.facts.detectors.secrets.placeholders import is_pattern
from agentlint.facts.detectors.secrets.public_values import (
    is_coin_address,
    is_hex_or_uuid,
    is_name_of_kept_key,
    is_uuid,
)
from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness
from agentlint.facts.detectors.secrets.values import (
    LONGEST_BARE,
    is_unbroken,
    may_hold_value,
    value_before,
    value_span,
)
from agentlint.findings import Confidence
from agentlint.knowledge.data import rows

_LOGIN = ascii_pattern(r"[\w.@+-]{1,100}:(?!//)\S{1,200}")
# `OPENAI_API_KEYS=a;b`: https://docs.openwebui.com/features/openai
_SEVERAL = "keys"
_REST_OF_LIST = ascii_pattern(r"(?:[;,][^\s;,\"'`()\[\]{}<>]{1,400}){1,20}")
# What a server keeps of keys: `[{"hash": "…", "enabled": true}]`.
_HASHES = ascii_pattern(r"\[?\{[^{}]{0,400}[\"'](?:hash|digest|sha\d{1,3}|checksum)[\"']\s{0,4}:")
_ASSIGNMENT = ascii_pattern(r"[A-Za-z_][\w.-]{0,60}[=:]")
# A virtual key is one that a gateway makes: LiteLLM's are keys, Portkey's the names of some.
_OF_GATEWAY = "virtual"
# How far after a name its value may begin and still show what it is made of.
_REACH = 160
# What options begin with. At the start of a line it may be the mark of a list.
_AFTER_ONE_DASH = (" -", "\t-", '"-', "'-", "`-")
# More names than a URL or a path has; each would be judged with all that follows it as its value.
_MOST_UNBROKEN = 16


def find_named(hay: Haystack) -> Iterator[Verdict]:
    """Literal secrets beside key-like names."""
    done = 0
    for start, end, spoken in _tellable(hay):
        name = credential_name(spoken) if start >= done else None
        if name is None:
            continue
        found = _after(hay.text, start, end, name, spoken) or _before(hay.text, start, name)
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


def _after(text: str, start: int, end: int, name: CredentialName, spoken: str) -> Verdict | None:
    """The secret that is joined to the name at `text[start:end]`."""
    if not may_hold_value(text, end, end + _REACH):
        return None
    for joint in _joints(text, start, end, spoken):
        opening = joint.match(text, end)
        if opening is None:
            continue
        if name.may_be_result and tells_result(text, end, opening, joint):
            continue
        if joint.link is Link.SPOKEN and _is_elsewhere(text[end : opening.end()], name):
            continue
        found = _judged_at(text, *value_span(text, opening), name, joint.link)
        if found:
            span = (found.start, found.end)
            named = ValueInText(text, spoken, end, *span, joint.link, opening["quote"])
            return None if is_excused(named) else _with_rest_of_list(text, found, name)
    return None


def _with_rest_of_list(text: str, found: Verdict, name: CredentialName) -> Verdict:
    """A verdict on a key with those behind it that commas or semicolons part from it, without quotes."""
    rest = _REST_OF_LIST.match(text, found.end) if _SEVERAL in name.words else None
    return found.up_to(rest.end()) if rest else found


def _joints(text: str, start: int, end: int, spoken: str) -> tuple[Joint, ...]:
    """Those worth trying: what follows an option with its value joined to it is another argument."""
    if text.endswith(_AFTER_ONE_DASH, 0, start) and not is_option_name(text[start - 1 : end]):
        return (ASSIGNMENT,)
    return joints_at(text, end, is_option=spoken.startswith("-"))


def _is_elsewhere(phrase: str, name: CredentialName) -> bool:
    """Whether the words between a name and a value say that it is not the value of that name."""
    return is_about_another(phrase, name.kind) or is_done_with(phrase)


def _before(text: str, start: int, name: CredentialName) -> Verdict | None:
    """The secret that a sentence gives before it names it: "`X` is the password"."""
    span = value_before(text, start) if name.strong else None
    return _judged_at(text, *span, name, Link.SPOKEN) if span else None


def _judged_at(text: str, start: int, end: int, name: CredentialName, link: Link) -> Verdict | None:
    found = judge_named(text[start:end], name, link)
    return found.moved(start) if found and not is_stand_in(text, start, end) else None


def judge_named(value: str, name: CredentialName, link: Link = Link.ASSIGNED) -> Verdict | None:
    """The verdict on the whole of `value` under `name`; None where it is no literal secret.

    Of a list at commas one part is enough; a password may hold commas itself. So do a regular expression
    (`[a-z]{20,}`) and hashes in JSON, which are none as a whole. Of a list in JSON it is on the first text
    that is one, and of keys at semicolons on all from the first that is one to the last.
    """
    keys = _keys_of_list(value, name)
    if keys:
        judged = tuple(_judged_texts(value, keys, name, link))
        return judged[0].up_to(judged[-1].end) if judged else None
    texts = texts_of_list(value)
    if texts:
        return next(_judged_texts(value, texts, name, link), None)
    if is_pattern(value) or _HASHES.match(value):
        return None
    for part in (value,) if name.kind == PASSWORD else value.split(","):
        found = _kind_of_secret(part, name, link)
        if found:
            kind, provider = found
            confidence = _confidence(kind, name, link)
            return Verdict.secret(0, len(value), kind, Tier.NAMED, confidence, provider)
    return None


def _keys_of_list(value: str, name: CredentialName) -> list[tuple[int, int]]:
    """Where in `value` the keys stand that semicolons part, for a name of several; one key may hold one."""
    if ";" not in value or _SEVERAL not in name.words:
        return []
    ends = [at for at, sign in enumerate(value) if sign == ";"]
    return list(zip((0, *(end + 1 for end in ends)), (*ends, len(value)), strict=True))


def _judged_texts(
    value: str, texts: list[tuple[int, int]], name: CredentialName, link: Link
) -> Iterator[Verdict]:
    for start, end in texts:
        judged = judge_named(value[start:end], name, link)
        if judged:
            yield judged.moved(start)


def _kind_of_secret(value: str, name: CredentialName, link: Link) -> tuple[str, str] | None:
    """The kind and provider of the literal secret that `value` is under `name`, None if it is none."""
    if len(value) < SHORTEST_PASSWORD or randomness(value) <= RANDOM or name.is_repeated_by(value):
        return None
    if _OF_GATEWAY in name.words and is_name_of_kept_key(value):
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
    for row in rows("secrets", "named"):
        asked = (row["words"], row["and_words"])
        if name.kind == PASSWORD and PASSWORD not in row["and_words"]:
            continue
        is_named = row["words"] and all(
            not words or not name.words.isdisjoint(words) for words in asked
        )
        if is_named and compiled(row["shape"]).fullmatch(value):
            return row["id"], row["provider"]
    return name.kind, name.provider


def _is_secret(value: str, name: CredentialName, link: Link) -> bool:
    if link is not Link.ASSIGNED and (name.may_be_entry or _ASSIGNMENT.match(value)):
        return False
    if name.may_be_coin and is_coin_address(value):
        return False
    if name.kind == PASSWORD:
        return is_password(value) and not (name.may_be_code and is_code(value))
    if not name.strong:
        return is_doubtless_key(value)
    return is_key(value) and (not is_hex_or_uuid(value) or _may_be_hex(value, name, link))


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

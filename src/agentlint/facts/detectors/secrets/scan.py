"""The three tiers together: everything in a text, or one value under a known name."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from agentlint.facts.detectors.secrets.app_passwords import find_app_passwords, judge_app_password
from agentlint.facts.detectors.secrets.armour import find_armour
from agentlint.facts.detectors.secrets.ciphertexts import find_ciphertexts
from agentlint.facts.detectors.secrets.encoded import decoded_text, find_encoded
from agentlint.facts.detectors.secrets.filler import is_degenerate
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.headers import find_header_credentials
from agentlint.facts.detectors.secrets.key_pairs import find_aws_pairs
from agentlint.facts.detectors.secrets.literals import is_weak
from agentlint.facts.detectors.secrets.match import SecretMatch, Tier, Verdict
from agentlint.facts.detectors.secrets.named import find_named, judge_named
from agentlint.facts.detectors.secrets.names import PASSWORD, CredentialName, credential_name
from agentlint.facts.detectors.secrets.near_words import find_near_words
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.placeholders import is_dummy, is_elided
from agentlint.facts.detectors.secrets.plain_words import is_plain_words, is_to_be_changed
from agentlint.facts.detectors.secrets.references import is_reference
from agentlint.facts.detectors.secrets.slots import can_be_guessed, is_to_be_chosen
from agentlint.facts.detectors.secrets.tables import (
    find_identifiers_in_tables,
    find_in_tables,
    tables_of,
)
from agentlint.facts.detectors.secrets.tokens import find_tokens, token_shapes
from agentlint.facts.detectors.secrets.tunnel_tokens import find_tunnel_tokens
from agentlint.facts.detectors.secrets.urls import find_secret_urls, find_url_passwords
from agentlint.facts.detectors.secrets.vocabulary import is_listed, words
from agentlint.facts.detectors.secrets.web_tokens import find_web_tokens
from agentlint.findings import Confidence
from agentlint.knowledge.references import AUTH_SCHEME

# A whole value may have an auth scheme before it and stand as the default of a shell variable.
_WRAPPED = ascii_pattern(
    rf"\s{{0,20}}{AUTH_SCHEME}?"
    r"(?P<default>\$\{[A-Za-z_]\w{0,80}:?[-=])?[\"']?(?P<value>[^\s\"']{1,4000}?)[\"']?"
    r"(?(default)\}?)\s{0,20}"
)
# What stands behind the sign is told to whoever has not set the variable, and is never its value.
# https://docs.docker.com/reference/compose-file/interpolation/
_REQUIRED = ascii_pattern(r"\$\{[A-Za-z_]\w{0,80}:?\?")
_SHORT = 80
# What somebody writes over a password, or where one is to be filled in.
_MASK = "x*._-?#<>•…"
_SHORT_BLANK = 2
_DOCUMENTED = "documentation_keys"


def find_secrets(text: str) -> list[SecretMatch]:
    """Every literal secret in `text`, whatever its format, in order and without overlaps."""
    return [verdict.match for verdict in _verdicts(text) if verdict.match]


def find_token_shapes(text: str) -> list[SecretMatch]:
    """What has the shape of a known token, genuine or made up; for masks, never for findings."""
    return [verdict.match for verdict in token_shapes(Haystack.of(text)) if verdict.match]


def judge_value(name: str, value: str) -> SecretMatch | None:
    """The secret that `value` is or holds; offsets are those of `value`.

    `name` is what the parsed document says of it: a key path (`cohere.api_key`), a variable, an option,
    a keyword, a header, or the head of a table column.
    """
    verdicts = [] if len(value) <= _SHORT and _tells_nothing(value) else _verdicts(value)
    app_password = judge_app_password(name, value)
    if app_password:
        return app_password.match
    found = next((verdict.match for verdict in verdicts if verdict.match), None)
    if found:
        return found
    credential = credential_name(name)
    wrapped = _WRAPPED.fullmatch(value) if credential else None
    if not credential or not wrapped:
        return None
    start, end = wrapped.span("value")
    if any(verdict.start < end and start < verdict.end for verdict in verdicts):
        return None
    judged = judge_named(value[start:end], credential)
    return judged.moved(start).match if judged else None


def judge_slot(
    kind: str, name: str, value: str, project: frozenset[str] = frozenset()
) -> SecretMatch | None:
    """The secret of this kind that `value` is because of where it stands: whatever is read there works,
    words too, but for what says that it is still to be chosen. One that anybody can guess is told by
    `weak_default`, `weak_in_slot` and `worded_lock`; `project` are the words by which the file calls it."""
    start, end = _slot_span(value)
    plain = value[start:end]
    is_weak = weak_default(name, value) or weak_in_slot(value, project) or worded_lock(name, value)
    if is_weak or not plain or is_reference(plain) or is_to_be_chosen(decoded_text(plain) or plain):
        return None
    return Verdict.secret(start, end, kind, Tier.NAMED, Confidence.MEDIUM).match


def _slot_span(value: str) -> tuple[int, int]:
    """Where in `value` the text is that is compared: all but the blanks around it, or the default of a
    shell variable."""
    wrapped = _WRAPPED.fullmatch(value)
    if wrapped and wrapped["default"]:
        start = wrapped.start("value")
        return start, start + len(wrapped["value"].rstrip("}"))
    plain = value.strip()
    start = value.index(plain)
    return start, start + len(plain)


def weak_default(name: str, value: str) -> bool:
    """Whether `value` is a password or signing key under `name` that works and that everybody knows.

    An empty one, as in `${PASSWORD:-}`, is none: whoever deploys it sets it, or it is not used.
    """
    lock = _lock_of(name, value)
    if not lock or lock.literal.lower() in words("weak", "of_no_lock"):
        return False
    literal = lock.literal
    return (
        is_weak(literal)
        or _is_all_weak(literal)
        or literal.lower() in lock.name.words
        or (is_degenerate(literal.removeprefix("sk-")) and not is_listed(literal, _DOCUMENTED))
    )


def worded_lock(name: str, value: str) -> bool:
    """Whether `value` is a password or signing key under `name` of ordinary words, where it works: one that
    says itself that it is to be changed (`sk-change-me`), or that anybody would think of (`rootpassword`).
    Where it is for somebody to fill in, it is a placeholder."""
    lock = _lock_of(name, value)
    if not lock or is_reference(lock.literal):
        return False
    return is_to_be_changed(lock.literal) or is_plain_words(lock.literal)


class _Lock(Struct, frozen=True):
    name: CredentialName
    literal: str


def _lock_of(name: str, value: str) -> _Lock | None:
    """The password or signing key that `value` is under `name`; None where it is of another kind, still
    to be filled in, or the message of a variable that has to be set."""
    credential = credential_name(name)
    wrapped = _WRAPPED.fullmatch(value) if credential else None
    if not credential or not wrapped:
        return None
    locks = words("weak", "names")
    own = name.rpartition(".")[2].rpartition("/")[2].lower().replace("-", "_")
    if credential.kind != PASSWORD and not any(own.endswith(lock) for lock in locks):
        return None
    literal = wrapped["value"].strip("}")
    body = literal.removeprefix("sk-")
    if _REQUIRED.match(literal) or _is_blank(body) or is_elided(body):
        return None
    return _Lock(credential, literal)


def _is_all_weak(literal: str) -> bool:
    """Whether a password is passwords that everybody tries first, joined: `changeme-secret`. One of a stage
    (`test_password`) may be no lock of anything else."""
    parts = literal.lower().replace("_", "-").split("-")
    if len(parts) < 2 or not words("placeholders", "stages").isdisjoint(parts):
        return False
    return not is_dummy(literal) and words("weak", "values").issuperset(parts)


def weak_in_slot(value: str, project: frozenset[str] = frozenset()) -> bool:
    """Whether `value`, which works as it stands because of where it stands, can be guessed: words, one of
    which says where (`sk-acme-local`, `dev-key`), or none of which is anybody's own (`sk-litellm-master`,
    `bifrost123`) but those by which the file calls its `project`. Anywhere else that may be a
    placeholder."""
    start, end = _slot_span(value)
    plain = decoded_text(value[start:end]) or value[start:end]
    return not is_reference(plain) and not is_to_be_chosen(plain) and can_be_guessed(plain, project)


def is_published_default(value: str) -> bool:
    """Whether `value` is nothing that anybody would guess, but what a project ships as a default."""
    return is_listed(bare_value(value), "published_defaults")


def bare_value(value: str) -> str:
    """A value without what may stand around it: quotes, a scheme, the variable whose default it is."""
    wrapped = _WRAPPED.fullmatch(value)
    return wrapped["value"].strip("}") if wrapped else ""


def _is_blank(literal: str) -> bool:
    """Whether a password is still to be filled in, or is none: `****`, a sign such as `!` that holds the
    place, a count or a switch (`TESTS_PASS=0`)."""
    if not literal.lower().strip(_MASK):
        return True
    return len(literal) <= _SHORT_BLANK and not any(map(str.isalpha, literal))


@lru_cache(4096)
def _tells_nothing(value: str) -> bool:
    """Whether a value is clean without its name: the same few stand in most configs."""
    return not _verdicts(value)


def _verdicts(text: str) -> list[Verdict]:
    """The verdicts of every detector; where two speak of one place, the one that is asked first."""
    hay = Haystack.of(text)
    tokens, tables = list(find_tokens(hay)), list(tables_of(hay))
    claimed = tokens.copy()
    for verdicts in (
        find_ciphertexts(hay),
        find_armour(hay),
        find_web_tokens(hay),
        find_tunnel_tokens(hay),
        find_encoded(hay, _plain_verdicts),
        find_secret_urls(hay),
        find_url_passwords(hay),
        find_aws_pairs(hay, tokens),
        find_near_words(hay),
        find_header_credentials(hay),
        find_identifiers_in_tables(tables),
        find_app_passwords(hay),
        find_named(hay),
        find_in_tables(tables),
    ):
        _claim(claimed, verdicts)
    return claimed


def _plain_verdicts(hay: Haystack) -> Iterator[Verdict]:
    """What is looked for inside base64: whatever needs no name."""
    yield from find_tokens(hay)
    yield from find_armour(hay)
    yield from find_web_tokens(hay)
    yield from find_url_passwords(hay)


def _claim(claimed: list[Verdict], verdicts: Iterable[Verdict]) -> None:
    """Add to `claimed`, which is in order, what does not overlap with anything in it."""
    for verdict in verdicts:
        at = bisect_left(claimed, verdict.start, key=_start)
        before_ends = at == 0 or claimed[at - 1].end <= verdict.start
        after_begins = at == len(claimed) or verdict.end <= claimed[at].start
        if before_ends and after_begins:
            insort(claimed, verdict, key=_start)


def _start(verdict: Verdict) -> int:
    return verdict.start

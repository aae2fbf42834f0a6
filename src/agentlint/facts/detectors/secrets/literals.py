"""Whether a value that a name or a structure presents as a secret really is a literal one."""

from __future__ import annotations

import re

from agentlint.facts.detectors.secrets.placeholders import (
    is_dummy,
    is_filler,
    is_placeholder,
    is_worded,
    unmasked_leet,
)
from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness
from agentlint.facts.detectors.secrets.references import is_reference
from agentlint.facts.detectors.secrets.vocabulary import words

SHORTEST_KEY = 16
SHORTEST_PASSWORD = 8
_SHORTEST_DOUBTFUL_KEY = 20
_SHORTEST_RANDOM_PASSWORD = 12
_LONGEST = 4_000

# What is public by design, or made from a secret without giving it away.
_PUBLIC = re.compile(
    r"""
    (?:[\w.@-]{1,60}:)?(?:                                             # password hashes, htpasswd lines
        \$(?:2[abxy]?|argon2\w{1,2}|apr1|[156y]|pbkdf2[\w-]{0,12}|scrypt)\$ | \{(?:SSHA|SHA|MD5|CRYPT)\d{0,3}\}
    )
    | pbkdf2[:_] | scrypt: | [\w.-]{1,100}:\d{2,5}$
    | (?:md5|sha\d{1,3}|SHA\d{1,3}|blake\w{1,6})[-:_=]                # digests and fingerprints
    | ssh-(?:rsa|ed25519|dss) | ecdsa- | sk-ssh- | AAAA[BCE]3Nza       # public halves
    | pk[_-](?:live|test|lf|prod)?[_-]? | phc_ | pub[_-] | sb_publishable_ | client_
    | (?:asst|thread|msg|run|file|org|proj|user|team|vs|call|resp|cus|prod|price|price|sess|req)[-_](?=[A-Za-z0-9])
    | 0x[0-9a-fA-F]{40}$ | bafy | Qm[1-9A-HJ-NP-Za-km-z]{44}
    | data: | blob: | urn: | did:
    """,
    re.VERBOSE,
)
_PATH = re.compile(
    r"[A-Za-z]:[\\/]|~/|\.{1,2}/|(?:/[\w.-]{1,60}){2,}|[a-z]{2,16}://|@[\w-]{1,40}/|[\w.-]{1,60}@[\w-]{1,60}\.[a-z]{2,10}$"
)
_FILE_NAME = re.compile(
    r".{0,200}\.(?:pem|key|json|ya?ml|toml|txt|crt|cer|p12|pfx|env|md|py|ts|js|sh|go|rs|java|html|com|org|net|io|dev|local|internal)$"
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HEX = re.compile(r"(?:0x)?[0-9a-fA-F]{1,200}")
_WORDED_PIECE = re.compile(r"(?:^|[-_.:/])(?:[a-z]{4,20}|[A-Z]{4,20}|[A-Z][a-z]{3,20})[-_.:/]")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].{0,20})?")
_DRAWN = re.compile(r"[\x21-\x7e]{1,4000}")


def is_drawn(value: str, shortest: int) -> bool:
    """Whether `value` is a random literal of at least `shortest` characters, and nothing public."""
    if not shortest <= len(value) <= _LONGEST or not _DRAWN.fullmatch(value):
        return False
    if randomness(value) <= RANDOM or not _is_mixed(value):
        return False
    return not (
        _is_public(value)
        or is_dummy(value)
        or is_filler(value)
        or is_worded(value)
        or is_reference(value)
    )


def is_key(value: str) -> bool:
    """Whether `value` can be a machine-made key or token that stands under a name that says so."""
    return is_drawn(value, SHORTEST_KEY)


def is_doubtless_key(value: str) -> bool:
    """Whether `value` is a key even under a name that may mean something else: no ID, no digest."""
    return (
        is_drawn(value, _SHORTEST_DOUBTFUL_KEY)
        and not is_hex_or_uuid(value)
        and value != value.lower()
        and value != value.upper()
        and any(c.isdigit() for c in value)
        and _WORDED_PIECE.search(value) is None
    )


def is_password(value: str) -> bool:
    """Whether `value` is a literal password: random, or short but of letters, digits and signs at random."""
    if is_drawn(value, _SHORTEST_RANDOM_PASSWORD):
        return True
    if not SHORTEST_PASSWORD <= len(value) < 32 or not _DRAWN.fullmatch(value):
        return False
    kinds = _character_kinds(value)
    return kinds >= 3 and randomness(value) > 2 * RANDOM and not _is_excused_password(value)


def is_weak(value: str) -> bool:
    """Whether `value` is one of the passwords that everybody tries first."""
    text = value.strip().lower()
    known = words("weak", "values")
    return text in known or unmasked_leet(text) in known


def is_hex_or_uuid(value: str) -> bool:
    return bool(_HEX.fullmatch(value)) or is_uuid(value)


def is_uuid(value: str) -> bool:
    return _UUID.fullmatch(value) is not None


def _is_excused_password(value: str) -> bool:
    plain = unmasked_leet(value)
    return (
        _is_public(value)
        or is_dummy(value)
        or is_placeholder(value)
        or is_weak(value)
        or is_filler(plain)
        or randomness(plain) <= 0
        or is_reference(value) is not None
    )


def _is_public(value: str) -> bool:
    return bool(
        _PUBLIC.match(value)
        or _PATH.match(value)
        or _FILE_NAME.match(value)
        or _TIME.fullmatch(value)
    )


def _is_mixed(value: str) -> bool:
    """Whether `value` has digits among letters, or both cases: words of one case have neither."""
    letters = any(c.isalpha() for c in value)
    return letters and (
        any(c.isdigit() for c in value) or (value != value.lower() and value != value.upper())
    )


def _character_kinds(value: str) -> int:
    return sum(
        (
            any(c.islower() for c in value),
            any(c.isupper() for c in value),
            any(c.isdigit() for c in value),
            any(not c.isalnum() for c in value),
        )
    )

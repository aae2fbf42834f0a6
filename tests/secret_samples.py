"""Made-up credentials that every check accepts, built from the templates of `rules/data/secrets.toml`.

Tests and rule pages write the name of a shape where a credential stands; none is written out.
"""

from __future__ import annotations

import base64
import json
import random
import re
import string
from collections.abc import Callable

from agentlint.knowledge.secret_shapes import secret_shapes
from agentlint.knowledge.token_checksums import check_digits
from agentlint.text import Pattern


def sample(kind: str, rng: random.Random) -> str:
    """A made-up credential of this kind that every check accepts; KeyError for an unknown kind."""
    return expand(rng.choice(secret_shapes()[kind].positives), rng)


def expand(template: str, rng: random.Random) -> str:
    """`template` with each `{name:argument}` replaced, inner ones first.

    `{hex:32}` and its kin draw characters, `{x:32}` repeats one, `{seq:32}` counts, `{words:32}`
    spells words; `{uuid}`, `{jwt:claim=value,...}`, `{tunnel:64}`, `{pem:LABEL}` and `{base64:text}`
    build what they say, and `{check:scheme}` completes the text before it. Raises KeyError for an
    unknown name.
    """
    text, before = template, ""
    while text != before:
        before = text
        text = _ATOM.sub(lambda match: _atom(match, rng), text)
    return _CHECK.sub(lambda match: check_digits(match[1], match.string[: match.start()]), text)


_CHECK = Pattern(r"\{check:([a-z0-9-]{1,40})\}")
_ATOM = Pattern(r"\{(?!check:)(\w{1,12})(?::([^{}]{0,20000}))?\}")

_ALNUM = string.ascii_letters + string.digits
_BASE32 = string.ascii_uppercase + "234567"
_ALPHABETS = {
    "an": _ALNUM,
    "A": string.ascii_letters,
    "l": string.ascii_lowercase,
    "u": string.ascii_uppercase,
    "d": string.digits,
    "nz": "123456789",
    "hex": string.digits + "abcdef",
    "HEX": string.digits + "ABCDEF",
    "ld": string.ascii_lowercase + string.digits,
    "ud": string.ascii_uppercase + string.digits,
    "b32": _BASE32,
    "bech32": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
    "AIza4": "ABCD",
}
# Alphabets with punctuation begin and end in a letter or digit, so that where a sample ends is plain.
_PUNCTUATED = {"w": _ALNUM + "-_", "b64": _ALNUM + "+/", "aws": _ALNUM + "+/"}
_REPEATED = {"x": "x", "Q": "Q"}
_SEQUENCE = "1234567890abcdef"
_WORDS = ("your", "gateway", "team", "shared", "production", "route", "master", "service", "agent")


def _atom(match: re.Match[str], rng: random.Random) -> str:
    name, argument = match[1], match[2] or ""
    if name in _BUILDERS:
        return _BUILDERS[name](argument, rng)
    size = int(argument or 1)
    if name in _PUNCTUATED:
        inner = _drawn(_PUNCTUATED[name], size - 2, rng)
        return _drawn(_ALNUM, 1, rng) + inner + _drawn(_ALNUM, 1, rng)
    if name in _REPEATED:
        return _REPEATED[name] * size
    return _drawn(_ALPHABETS[name], size, rng)


def _drawn(alphabet: str, size: int, rng: random.Random) -> str:
    return "".join(rng.choice(alphabet) for _ in range(size))


def _sequence(argument: str, _: random.Random) -> str:
    size = int(argument)
    return (_SEQUENCE * (size // len(_SEQUENCE) + 1))[:size]


def _worded(argument: str, rng: random.Random) -> str:
    size, text = int(argument), rng.choice(_WORDS)
    while len(text) < size:
        text += rng.choice("-_") + rng.choice(_WORDS)
    return text[:size].rstrip("-_").ljust(size, "s")


def _uuid(_: str, rng: random.Random) -> str:
    digits = _drawn(_ALPHABETS["hex"], 32, rng)
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _bytes(argument: str, rng: random.Random) -> str:
    """Bytes above 0x7f, one code point each, for `{base64:...}` around them."""
    return "".join(chr(rng.randrange(0x80, 0x100)) for _ in range(int(argument)))


def _base64(argument: str, _: random.Random) -> str:
    return base64.b64encode(argument.encode("latin-1")).decode()


def _jwt(argument: str, rng: random.Random) -> str:
    told = dict(part.split("=", 1) for part in argument.split(",") if part)
    claims = {name: int(text) if name == "exp" else text for name, text in told.items()}
    parts = (
        {"alg": "HS256", "typ": "JWT"},
        {**claims, "iat": 1_760_000_000 + rng.randrange(10**6)},
    )
    encoded = (json.dumps(part, separators=(",", ":")).encode() for part in parts)
    body = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in encoded)
    return f"{body}.{_drawn(_ALNUM, 43, rng)}"


def _tunnel(argument: str, rng: random.Random) -> str:
    """The token of a Cloudflare tunnel, with so many random characters in its secret, then filler."""
    secret = _drawn(_ALNUM, int(argument), rng).ljust(64, "x")
    fields = {"a": _drawn(_ALPHABETS["hex"], 32, rng), "t": _uuid("", rng), "s": secret}
    return base64.b64encode(json.dumps(fields, separators=(",", ":")).encode()).decode()


def _pem(argument: str, rng: random.Random) -> str:
    """DER that says it is a sequence, then noise: enough for whoever looks at the armour only."""
    body = base64.b64encode(b"\x30\x82" + rng.randbytes(600)).decode()
    lines = (body[at : at + 64] for at in range(0, len(body), 64))
    return "\n".join((f"-----BEGIN {argument}-----", *lines, f"-----END {argument}-----"))


_BUILDERS: dict[str, Callable[[str, random.Random], str]] = {
    "seq": _sequence,
    "words": _worded,
    "uuid": _uuid,
    "bytes": _bytes,
    "base64": _base64,
    "jwt": _jwt,
    "tunnel": _tunnel,
    "pem": _pem,
}

"""JSON Web Tokens: decoded, because many of them are public by design."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from agentlint.facts.detectors.secrets.edges import is_stand_in
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.placeholders import is_filler
from agentlint.facts.detectors.secrets.randomness import randomness
from agentlint.findings import Confidence

_WORD = r"[A-Za-z0-9_-]"
_TOKEN = ascii_pattern(
    rf"(?:(?<!{_WORD})|(?<=:-)|(?<=\\[nrt])|(?<=%[0-9A-F]{{2}}))"
    rf"(?P<header>eyJ{_WORD}{{8,2000}})\.(?P<claims>{_WORD}{{4,8000}})\.(?P<signature>{_WORD}{{16,1200}})"
)
# The shortest signature, that of HS256, has 43 characters.
_UNSIGNED = ascii_pattern(
    rf"(?<!{_WORD})(?P<header>eyJ{_WORD}{{8,2000}})\.{_WORD}{{4,8000}}(?:\.{_WORD}{{0,15}})?(?!{_WORD})"
)
# Supabase: the anon key is meant for browsers, and every local stack has the keys of supabase-demo
# (https://supabase.com/docs/guides/api/api-keys). The others are the samples of jwt.io and RFC 7519.
_PUBLIC_ROLES = ("anon", "anonymous", "public", "publishable")
_SAMPLE_CLAIMS = (
    ("iss", "supabase-demo"),
    ("name", "John Doe"),
    ("sub", "1234567890"),
    ("iss", "joe"),
)


def find_web_tokens(hay: Haystack) -> Iterator[Verdict]:
    """Verdicts on every JSON Web Token; public, unsigned and sample ones are look-alikes."""
    for at in hay.places(b"eyj"):
        if signed := _TOKEN.match(hay.text, at):
            verdict = _judged(hay.text, signed)
        elif unsigned := _UNSIGNED.match(hay.text, at):
            verdict = _look_alike(unsigned)
        else:
            continue
        if verdict:
            yield verdict


def expiry(token: str) -> date | None:
    """The last day of a JSON Web Token, as it says itself; None where it tells none."""
    _, _, rest = token.partition(".")
    seconds = (_decoded(rest.partition(".")[0]) or {}).get("exp")
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _judged(text: str, found: re.Match[str]) -> Verdict | None:
    header = _decoded(found["header"])
    if header is None or not ("alg" in header or "typ" in header):
        return None
    start, end = found.span()
    signature = found["signature"]
    if (
        header.get("alg") == "none"
        or _are_public(_decoded(found["claims"]) or {})
        or randomness(signature) <= 0
        or is_filler(signature)
        or is_stand_in(text, start, end)
    ):
        return Verdict(start, end)
    return Verdict.secret(start, end, "json-web-token", Tier.STRUCTURE, Confidence.HIGH)


def _look_alike(found: re.Match[str]) -> Verdict | None:
    """The verdict on what is cut short; an encrypted token has no claims, and no signature."""
    header = _decoded(found["header"])
    if header is None or "alg" not in header or "enc" in header:
        return None
    return Verdict(found.start(), found.end())


def _are_public(claims: dict[str, Any]) -> bool:
    return claims.get("role") in _PUBLIC_ROLES or any(
        claims.get(name) == value for name, value in _SAMPLE_CLAIMS
    )


def _decoded(part: str) -> dict[str, Any] | None:
    import base64
    import json

    try:
        decoded = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return decoded if isinstance(decoded, dict) else None

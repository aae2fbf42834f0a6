"""JSON Web Tokens: decoded, because many of them are public by design."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any

from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.placeholders import is_filler
from agentlint.facts.detectors.secrets.randomness import randomness
from agentlint.facts.detectors.secrets.tokens import is_cut_short
from agentlint.findings import Confidence

_BEGIN = "eyJ"
_TOKEN = re.compile(
    r"(?P<header>eyJ[A-Za-z0-9_-]{8,2000})\.(?P<claims>[A-Za-z0-9_-]{4,8000})\.(?P<signature>[A-Za-z0-9_-]{16,1200})"
)
_WORD = re.compile(r"[A-Za-z0-9_-]")
# Supabase: the anon key is meant for browsers, and every local stack has the keys of supabase-demo
# (https://supabase.com/docs/guides/api/api-keys). The others are the samples of jwt.io and RFC 7519.
_PUBLIC_ROLES = ("anon", "anonymous", "public", "publishable")
_SAMPLE_CLAIMS = (
    ("iss", "supabase-demo"),
    ("name", "John Doe"),
    ("sub", "1234567890"),
    ("iss", "joe"),
)


def find_web_tokens(text: str) -> Iterator[Verdict]:
    """Verdicts on every signed JSON Web Token; public, unsigned and sample ones are look-alikes."""
    at = text.find(_BEGIN)
    while at >= 0:
        end = at + len(_BEGIN)
        if not _is_inside_word(text, at):
            found = _TOKEN.match(text, at)
            verdict = _judged(text, found) if found else None
            if verdict:
                end = verdict.end
                yield verdict
        at = text.find(_BEGIN, end)


def _is_inside_word(text: str, at: int) -> bool:
    """Escapes before the token (`\\n`) are no part of a word."""
    return bool(at and _WORD.match(text, at - 1)) and text[at - 2 : at - 1] not in ("\\", "%")


def _judged(text: str, found: re.Match[str]) -> Verdict | None:
    header = _decoded(found["header"])
    if header is None or not ("alg" in header or "typ" in header):
        return None
    start, end = found.span()
    claims = _decoded(found["claims"]) or {}
    signature = found["signature"]
    if (
        header.get("alg") == "none"
        or claims.get("role") in _PUBLIC_ROLES
        or any(claims.get(name) == value for name, value in _SAMPLE_CLAIMS)
        or randomness(signature) <= 0
        or is_filler(signature)
        or is_cut_short(text, start, end)
    ):
        return Verdict(start, end)
    return Verdict.secret(start, end, "json-web-token", Tier.STRUCTURE, Confidence.HIGH)


def _decoded(part: str) -> dict[str, Any] | None:
    import json

    try:
        decoded = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return decoded if isinstance(decoded, dict) else None

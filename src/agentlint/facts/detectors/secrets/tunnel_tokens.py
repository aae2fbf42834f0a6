"""Tokens of Cloudflare tunnels: base64 of a JSON object that holds the tunnel's secret.

Much that is public is written so as well (page cursors, feature flags): only the three fields tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.detectors.secrets.edges import is_stand_in
from agentlint.facts.detectors.secrets.encoded import decoded_text
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.placeholders import is_filler
from agentlint.facts.detectors.secrets.public_values import is_uuid
from agentlint.findings import Confidence

_BEGIN = b"eyjhijoi"  # `{"a":"` in base64, in lower case
_WHOLE = ascii_pattern(r"(?<![\w+])eyJhIjoi[\w+/-]{100,600}={0,2}(?![\w+/=-])")
# The account's tag, then the tunnel's ID and secret, which the API and cloudflared order differently.
_OF_ACCOUNT = ascii_pattern(r"[0-9a-f]{32}")
_IN_BASE64 = ascii_pattern(r"[\w+/-]{24,200}={0,2}")


def find_tunnel_tokens(hay: Haystack) -> Iterator[Verdict]:
    """Verdicts on the tokens of tunnels; one whose secret is filled in by hand is a look-alike."""
    for at in hay.places(_BEGIN):
        found = _WHOLE.match(hay.text, at)
        secret = _secret_in(found.group()) if found else ""
        if not found or not secret:
            continue
        start, end = found.span()
        if is_filler(secret) or is_stand_in(hay.text, start, end):
            yield Verdict(start, end)
        else:
            kind = "cloudflare-tunnel-token"
            yield Verdict.secret(start, end, kind, Tier.STRUCTURE, Confidence.HIGH)


def _secret_in(token: str) -> str:
    """The secret of the tunnel that `token` is for, "" for what is no token."""
    import json

    try:
        fields = json.loads(decoded_text(token))
    except (ValueError, RecursionError):
        return ""
    if not isinstance(fields, dict):
        return ""
    account, tunnel, secret = (str(fields.get(name, "")) for name in "ats")
    is_token = _OF_ACCOUNT.fullmatch(account) and is_uuid(tunnel)
    return secret if is_token and _IN_BASE64.fullmatch(secret) else ""

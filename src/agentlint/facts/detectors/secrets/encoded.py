"""Secrets wrapped in base64, one level deep: Kubernetes Secrets, kubeconfig files, encoded env files."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator

from agentlint.facts.detectors.secrets.match import Verdict

_RUN = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{28,20000}={0,2}")
_SHORTEST_TEXT = 6


def decoded_text(value: str) -> str:
    """What `value` says in base64 if that is printable ASCII of some length, else ""."""
    plain = value.rstrip("=").replace("-", "+").replace("_", "/")
    if not _starts_printable(plain):
        return ""
    try:
        decoded = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""
    visible = decoded.translate(_LAYOUT).isprintable() and len(decoded) >= _SHORTEST_TEXT
    return decoded if visible else ""


_LAYOUT = {ord(character): None for character in "\n\r\t"}


def _starts_printable(plain: str) -> bool:
    """Whether the first bytes are ASCII text; spares images and digests the decoding of all of them."""
    try:
        return (
            base64.b64decode(plain[:8].ljust(8, "A"), validate=True)[:4]
            .translate(None, b"\n\r\t")
            .decode("ascii")
            .isprintable()
        )
    except (binascii.Error, ValueError):
        return False


def find_encoded(text: str, detect: Callable[[str], Iterator[Verdict]]) -> Iterator[Verdict]:
    """Verdicts on base64 runs that hold what `detect` finds in their text; the span is the whole run."""
    for run in _RUN.finditer(text):
        inside = decoded_text(run.group())
        if not inside:
            continue
        found = next((verdict.match for verdict in detect(inside) if verdict.match), None)
        if found:
            yield Verdict.secret(
                *run.span(), found.kind, found.tier, found.confidence, found.provider
            )

"""Secrets wrapped in base64, one level deep: Kubernetes Secrets, kubeconfig files, encoded env files."""

from __future__ import annotations

import binascii
from collections.abc import Callable, Iterator

from agentlint.facts.detectors.secrets.haystack import BASE64_CHARACTERS, Haystack
from agentlint.facts.detectors.secrets.match import Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern

_SHORTEST_RUN = 24
_SHORTEST_TEXT = 6
_PROSE = ascii_pattern(r"[A-Za-z0-9'\"(),.:;!?-]{1,40}(?: [A-Za-z0-9'\"(),.:;!?-]{1,40}){2,400}\s?")


def decoded_text(value: str) -> str:
    """What `value` says in base64 if that is printable ASCII of some length, else ""."""
    plain = value.rstrip("=").replace("-", "+").replace("_", "/")
    if not _starts_printable(plain):
        return ""
    try:
        decoded = _bytes(plain + "=" * (-len(plain) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return ""
    visible = decoded.translate(_LAYOUT).isprintable() and len(decoded) >= _SHORTEST_TEXT
    return decoded if visible else ""


def is_encoded_prose(value: str) -> bool:
    """Whether `value` is a sentence in base64, as samples have it where random bytes belong."""
    return _PROSE.fullmatch(decoded_text(value)) is not None


_LAYOUT = {ord(character): None for character in "\n\r\t"}


def _starts_printable(plain: str) -> bool:
    """Whether the first bytes are ASCII text; spares images and digests the decoding of all of them."""
    try:
        return (
            _bytes(plain[:8].ljust(8, "A"))[:4]
            .translate(None, b"\n\r\t")
            .decode("ascii")
            .isprintable()
        )
    except (binascii.Error, ValueError):
        return False


def _bytes(text: str) -> bytes:
    """As `base64.b64decode(text, validate=True)`, without the rest of that module."""
    return binascii.a2b_base64(text, strict_mode=True)


def find_encoded(
    hay: Haystack, detect: Callable[[Haystack], Iterator[Verdict]]
) -> Iterator[Verdict]:
    """Base64 runs that hold what `detect` finds in their text; the span is the whole run."""
    for start, end in hay.runs(BASE64_CHARACTERS, _SHORTEST_RUN):
        inside = decoded_text(hay.text[start:end])
        verdicts = detect(Haystack.of(inside)) if inside else ()
        found = next((verdict.match for verdict in verdicts if verdict.match), None)
        if found:
            padding = hay.text.startswith("=", end) + hay.text.startswith("==", end)
            yield Verdict.secret(
                start, end + padding, found.kind, found.tier, found.confidence, found.provider
            )

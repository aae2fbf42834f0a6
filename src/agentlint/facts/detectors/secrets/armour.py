"""Keys and certificates in PEM armour, also folded into one line with `\\n` or quoted line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern
from agentlint.facts.detectors.secrets.randomness import RANDOM, randomness
from agentlint.findings import Confidence

_BEGIN = b"-----begin "
_HEADER = ascii_pattern(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_PUBLIC_HEADER = ascii_pattern(
    r"-----BEGIN (?P<label>(?:[A-Z0-9]{1,20} ){0,3}"
    r"(?:CERTIFICATE|CERTIFICATE REQUEST|CRL|PUBLIC KEY(?: BLOCK)?))-----"
)
_FOOTER = ascii_pattern(r"-----END [A-Z0-9 ]{1,60}-----")
_LONGEST_BODY = 20_000
_FEWEST_DISTINCT = 20
# What stands in a body besides base64: header fields, marks of comments and quotes, line ends however
# they are written, and the quotation marks and plus signs of strings put together line by line.
_ADDITIONS = (
    ascii_pattern(r"(?m)^[A-Z][\w-]{1,30}: .{0,200}$"),
    ascii_pattern(r"(?m)^[ \t]{0,40}(?:[#>*|;%+]|//|--)[ \t]{0,4}"),
    ascii_pattern(r"\\{1,4}[nrt]|[\s\"'`,.]|\\(?=\s)|\+(?=\s*[\"'])|&#(?:10|13);"),
)
# A PKCS #8 Ed25519 key, the shortest there is, has 64 characters of base64.
_BODY = ascii_pattern(r"[A-Za-z0-9+/]{60,20000}={0,2}(?:=[A-Za-z0-9+/]{4})?")


def find_armour(hay: Haystack) -> Iterator[Verdict]:
    """Verdicts on every private key header; one without a body that can be a key is a look-alike.

    So is the whole of a certificate or public key: what is random in it is no secret.
    """
    for at in hay.places(_BEGIN):
        header = _HEADER.match(hay.text, at)
        if header:
            yield _judged(hay.text, header)
        elif public := _PUBLIC_HEADER.match(hay.text, at):
            yield from _public(hay.text, public)


def _public(text: str, header: re.Match[str]) -> Iterator[Verdict]:
    start, body_start = header.span()
    footer = f"-----END {header['label']}-----"
    body_end = text.find(footer, body_start, body_start + _LONGEST_BODY)
    if body_end >= 0 and _BODY.fullmatch(_body(text[body_start:body_end])):
        yield Verdict(start, body_end + len(footer))


def _judged(text: str, header: re.Match[str]) -> Verdict:
    start, body_start = header.span()
    body_end = text.find("-----", body_start, body_start + _LONGEST_BODY)
    if body_end < 0:
        body_end = min(len(text), body_start + _LONGEST_BODY)
    written = text[body_start:body_end]
    if not _is_key_material(written):
        return Verdict(start, body_start)
    footer = _FOOTER.match(text, body_end)
    end = footer.end() if footer else body_start + len(written.rstrip())
    encrypted = "ENCRYPTED" in header.group() or "ENCRYPTED" in written[:200]
    confidence = Confidence.MEDIUM if encrypted else Confidence.HIGH
    return Verdict.secret(start, end, "private-key", Tier.STRUCTURE, confidence)


def _is_key_material(written: str) -> bool:
    body = _body(written)
    return (
        _BODY.fullmatch(body) is not None
        and len(set(body)) >= _FEWEST_DISTINCT
        and randomness(body) > RANDOM
    )


def _body(written: str) -> str:
    """What stands between header and footer without all that is no base64."""
    for addition in _ADDITIONS:
        written = addition.sub("", written)
    return written

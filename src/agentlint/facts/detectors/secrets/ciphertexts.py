"""Values that a tool has encrypted in place, to be committed: whoever lacks the key reads nothing."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.match import Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern

# ENC[AES256_GCM,data:...,iv:...,tag:...,type:str] of SOPS, ENC[PKCS7,...] of hiera-eyaml, ENC(...) of
# Jasypt. https://getsops.io/docs/, https://github.com/voxpupuli/hiera-eyaml,
# https://github.com/ulisesbocchio/jasypt-spring-boot
_ENCRYPTED = ascii_pattern(
    r"(?<![A-Za-z0-9_])ENC"
    r"(?:\[[A-Z0-9_]{2,16},[A-Za-z0-9+/=,:_\s-]{1,8000}\]|\([A-Za-z0-9+/=_\s-]{8,8000}\))"
)
# App Platform of DigitalOcean: a version, a nonce and the rest.
_ENCRYPTED_VARIABLE = ascii_pattern(r"(?<![A-Za-z0-9_])EV\[\d{1,2}:[A-Za-z0-9+/=:_-]{1,8000}\]")


def find_ciphertexts(hay: Haystack) -> Iterator[Verdict]:
    """Each encrypted value as a whole, as a look-alike: its parts are as random as a key."""
    for mark in (b"enc[", b"enc("):
        for at in hay.places(mark):
            encrypted = _ENCRYPTED.match(hay.text, at)
            if encrypted:
                yield Verdict(*encrypted.span())
    for at in hay.places(b"ev["):
        encrypted = _ENCRYPTED_VARIABLE.match(hay.text, at)
        if encrypted:
            yield Verdict(*encrypted.span())

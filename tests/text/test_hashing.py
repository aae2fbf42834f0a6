"""Hashes are those of `hashlib`."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from agentlint.text.hashing import blake2b, hex_digest, sha256


@given(st.binary(max_size=300))
def test_they_are_those_of_hashlib(data: bytes) -> None:
    assert sha256(data).digest() == hashlib.sha256(data).digest()
    assert blake2b(data, digest_size=16).digest() == hashlib.blake2b(data, digest_size=16).digest()


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=50))
def test_any_text_has_a_digest(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    assert hex_digest(text) == hashlib.sha256(data).hexdigest()

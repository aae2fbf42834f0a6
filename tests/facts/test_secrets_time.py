"""Time grows with the text and no faster, whatever the text is."""

from __future__ import annotations

import time

import pytest

from agentlint.facts.detectors.secrets import find_secrets

ADVERSARIAL = {
    "one run": "a",
    "names": "token ",
    "names and separators": "key=",
    "names and quotes": "key='",
    "names and escaped quotes": 'key\\"',
    "names and new lines": "key:\n",
    "options": "--key ",
    "encoded separators": "key%3D",
    "table cells": "|key",
    "tags": "<key>",
    "defaults": "${KEY:-",
    "names that run into values": "R_KEY:-s",
    "templates": "key: ${{ ",
    "prose": "password is a ",
    "other scripts": "密钥：",
    "dotted names": "key.key.",
    "prefixes": "sk-aB3 ",
    "web tokens": "eyJhbGciOi.",
    "authorities": "x://a:b@",
    "armour": "-----BEGIN RSA PRIVATE KEY-----\n",
    "armour and a body": "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
    "schemes": "bearer ",
    "schemes and tokens": "Bearer aB3dE5gH7jK9mN1pQ3sT ",
    "commands": "mysql a login a -p ",
    "base64": "QUFB",
    "webhooks": "https://hooks.slack.com/services/T00000000/B0000000/",
    "key ids": "AKIAABCDEFGHIJKLMNOP ",
}


@pytest.mark.parametrize("piece", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_time_doubles_with_the_text(piece: str) -> None:
    """A quadratic step would take four times as long, every time that it is measured."""
    assert any(steepest_step(piece) <= 3.2 for _ in range(3))


@pytest.mark.parametrize("piece", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_no_text_is_read_slower_than_50_characters_in_a_millisecond(piece: str) -> None:
    assert seconds(piece, 40_000) < 0.8


def steepest_step(piece: str) -> float:
    """By how much the time grows where the text doubles, over three sizes."""
    floor = 0.02
    first, second, third = (max(floor, seconds(piece, size)) for size in (10_000, 20_000, 40_000))
    return max(second / first, third / second)


def seconds(piece: str, size: int) -> float:
    """Processor time of the better of two runs."""
    text = (piece * (size // len(piece) + 1))[:size]
    return min(_once(text) for _ in range(2))


def _once(text: str) -> float:
    start = time.process_time()
    find_secrets(text)
    return time.process_time() - start

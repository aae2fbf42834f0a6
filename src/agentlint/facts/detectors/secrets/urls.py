"""Passwords in URLs, and URLs that are secrets themselves (webhooks, MCP servers, account keys)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address
from urllib.parse import unquote

from agentlint.facts.detectors.secrets.edges import is_stand_in
from agentlint.facts.detectors.secrets.filler import is_degenerate
from agentlint.facts.detectors.secrets.haystack import Haystack
from agentlint.facts.detectors.secrets.literals import is_password, is_weak, reads_as_words
from agentlint.facts.detectors.secrets.match import Tier, Verdict
from agentlint.facts.detectors.secrets.patterns import ascii_pattern, compiled
from agentlint.facts.detectors.secrets.placeholders import (
    asks_for_another,
    is_dummy,
    is_filler,
    is_placeholder,
    is_sample_host,
    parts_of,
    unmasked_leet,
)
from agentlint.facts.detectors.secrets.public_values import is_hex_or_uuid
from agentlint.facts.detectors.secrets.randomness import randomness
from agentlint.facts.detectors.secrets.references import is_reference
from agentlint.facts.detectors.secrets.vocabulary import words
from agentlint.findings import Confidence
from agentlint.knowledge.data import rows

_AUTHORITY = ascii_pattern(
    r"://(?P<user>[^\s/@:?#\"'<>`|\\]{0,100}):(?P<password>[^\s/?#\"'<>`|\\]{1,200})"
    r"@(?P<host>[\w.-]{1,253}|\[[0-9a-fA-F:]{2,39}\])"
)
_SHORTEST_REMOTE = 8
_SHORTEST_REPEATED = 3
_SHORTEST_LABEL = 5
_COUNT = "0123456789!@#"


def find_url_passwords(hay: Haystack) -> Iterator[Verdict]:
    """Verdicts on the password of every `scheme://user:password@host`."""
    for at in hay.places(b"://"):
        found = _AUTHORITY.match(hay.text, at)
        if not found:
            continue
        start, end = found.span("password")
        if _is_secret(found["user"], unquote(found["password"]), found["host"]):
            confidence = Confidence.HIGH if "." in found["host"] else Confidence.MEDIUM
            yield Verdict.secret(start, end, "url-password", Tier.STRUCTURE, confidence)
        else:
            yield Verdict(start, end)


def _is_secret(user: str, password: str, host: str) -> bool:
    if is_sample_host(host) or is_reference(password):
        return False
    if is_password(password):
        return True
    return (
        "." in host.strip(".")
        and not host.replace(".", "").isdigit()
        and len(password) >= _SHORTEST_REMOTE
        and password != user
        and any(c.isdigit() for c in password)
        and any(c.isalpha() for c in password)
        and not _is_excused(password)
    )


def _is_excused(password: str) -> bool:
    return (
        is_placeholder(password)
        or is_dummy(password)
        or is_weak(password)
        or is_filler(unmasked_leet(password))
        or reads_as_words(password)
    )


def find_known_url_passwords(text: str) -> Iterator[tuple[int, int, str]]:
    """Where passwords stand that everybody tries first, or that repeat the user, in the URLs of hosts that
    anybody can reach, with the host. What is a secret by itself is none of them."""
    for found in _AUTHORITY.finditer(text):
        if _is_known(*found.group("user", "password")):
            host, password = found["host"].lower(), unquote(found["password"])
            if _is_public(host) and not _is_secret(found["user"], password, found["host"]):
                yield *found.span("password"), host


def _is_known(user: str, password: str) -> bool:
    """Whether a password is one that anybody tries, or the user's name with or without a count, and no word
    that holds its place in a sample."""
    user, password = user.lower(), unquote(password).lower()
    holds_place = words("placeholders", "whole") | words("weak", "users")
    if {user, password} & holds_place or asks_for_another(password) or asks_for_another(user):
        return False
    is_repeated = len(user) >= _SHORTEST_REPEATED and password.rstrip(_COUNT) == user.rstrip(_COUNT)
    return is_repeated or is_weak(password)


def _is_public(host: str) -> bool:
    """Whether a host has an address of the Internet, or a name there that is nobody's sample. What has two
    parts may be a service and its namespace in a cluster, unless it ends as domains do."""
    try:
        return ip_address(host.strip("[]")).is_global
    except ValueError:
        labels = host.split(".")
    if is_sample_host(host) or not labels[-1].isalpha():
        return False
    parts = {part.strip("0123456789") for part in parts_of(host)}
    holds_place = not words("hosts", "sample_parts").isdisjoint(parts)
    if holds_place or "example" in labels or any(map(_is_drawn_out, labels)):
        return False
    if labels[-1] in words("hosts", "internal_ends") or "svc" in labels:
        return False
    return len(labels) > 2 or labels[-1] in words("hosts", "public_ends")


def _is_drawn_out(label: str) -> bool:
    """Whether a part of a host is letters that hold its place: `abcdef`, `xxxxx`."""
    return len(label) >= _SHORTEST_LABEL and is_degenerate(label)


def find_secret_urls(hay: Haystack) -> Iterator[Verdict]:
    """Verdicts on what follows the anchors of the table's rows."""
    for kind, provider, anchor, shape in _anchored_rows():
        for at in hay.places(anchor):
            found = compiled(shape).match(hay.text, at)
            if not found:
                continue
            group = found.lastgroup or "secret"
            start, end = found.span(group)
            if _is_random_part(found[group]) and not is_stand_in(hay.text, start, end):
                yield Verdict.secret(start, end, kind, Tier.STRUCTURE, Confidence.HIGH, provider)
            else:
                yield Verdict(start, end)


def _is_random_part(value: str) -> bool:
    if is_hex_or_uuid(value):
        return not is_filler(value)
    return randomness(value) > 0 and not is_filler(value)


@cache
def _anchored_rows() -> tuple[tuple[str, str, bytes, str], ...]:
    return tuple(
        (row["id"], row["provider"], anchor.lower().encode(), row["shape"])
        for row in rows("secrets", "structure")
        for anchor in row.get("anchors", ())
    )

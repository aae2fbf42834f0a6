"""Telling what a file is by the bytes that only such a file holds."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from functools import cache

from msgspec import Struct

from agentlint.discovery.candidate import FileKind
from agentlint.knowledge.data import rows, table, word_set, words
from agentlint.text import Pattern

_HEADER_BYTES = 2048

_LONGEST_INDENT = 64
# https://spec.openapis.org/oas/v3.1.1.html#openapi-object, https://www.asyncapi.com/docs/reference/specification/v3.0.0,
# https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
_OTHER_DOCUMENT = Pattern(
    r"^[ \t{]{0,8}[\"']?(?:openapi|swagger|asyncapi)[\"']?[ \t]{0,8}:[ \t]{0,8}[\"']?[23]\b"
    r"|^kind:[ \t]{1,8}CustomResourceDefinition\b",
    re.MULTILINE,
)


class _Group(Struct, frozen=True):
    """Anchors that must all stand in a file; `words` are those of `config_words` that they spell."""

    words: frozenset[bytes]
    first: bytes
    others: tuple[bytes, ...]


class Signature(Struct, frozen=True):
    """The bytes that tell a file. A `weak` one only makes a file worth parsing.

    Every anchor of one of the `groups` must stand in it, and one of each of the `choices`. It tells no
    file of more than `max_bytes` (0 for any), one in JSON only if it `may_be_json`, and a text inside
    another file only if `embedded`.
    """

    id: str
    groups: tuple[_Group, ...]
    choices: tuple[tuple[bytes, ...], ...] = ()
    weak: bool = False
    max_bytes: int = 0
    embedded: bool = True
    may_be_json: bool = True

    def matches(self, data: bytes, words: frozenset[bytes]) -> bool:
        """Whether this is what `data` is, which holds these of `config_words`.

        Most files lack one of the words of a group, or else its first anchor.
        """
        if self.max_bytes and len(data) > self.max_bytes:
            return False
        for group in self.groups:
            if (
                group.words <= words
                and group.first in data
                and all(anchor in data for anchor in group.others)
            ):
                chosen = all(_holds_one(data, choice) for choice in self.choices)
                return chosen and self._may_be(data)
        return False

    def _may_be(self, data: bytes) -> bool:
        """Whether nothing in how a file that holds the anchors begins speaks against it."""
        if not self.may_be_json and data[:_LONGEST_INDENT].lstrip().startswith((b"{", b"[")):
            return False
        head = data[:_HEADER_BYTES].decode("latin-1")
        return not (self.weak and _OTHER_DOCUMENT.search(head))


def _holds_one(data: bytes, anchors: tuple[bytes, ...]) -> bool:
    # A generator would take longer than what it looks for, in the thousands of files of a repository.
    for anchor in anchors:  # noqa: SIM110
        if anchor in data:
            return True
    return False


def recognise_content(data: bytes, kind: FileKind = FileKind.CONFIG) -> Signature | None:
    """The first signature of a file of this kind whose anchors stand in `data`, or None."""
    if kind is FileKind.NOTEBOOK:
        from agentlint.discovery.notebooks import sources_in

        data, kind = sources_in(data), FileKind.CODE
    if kind is not FileKind.DOCUMENT:
        data = _unescaped(data)
    words = frozenset(word for word in _words_of(kind) if word in data)
    if words or kind is not FileKind.CONFIG:
        for signature in _signatures(kind):
            if signature.matches(data, words):
                return signature
    return None


def searched_as(data: bytes) -> str:
    """The row of a config that no rule judges and that may hold credentials of an agent, "" for none."""
    data = _unescaped(data)
    words = frozenset(word for word in _searched_words() if word in data)
    if words:
        for row in _searched():
            if row.matches(data, words):
                return row.id
    return ""


def _unescaped(data: bytes) -> bytes:
    if b"\\" not in data:
        return data
    return _escaped_letter().sub(lambda match: bytes.fromhex(match[1].decode()), data)


@cache
def _escaped_letter() -> re.Pattern[bytes]:
    """ASCII as JSON, TOML and YAML may write it in a quoted key."""
    return re.compile(rb"\\(?:u00|U000000|x)([2-7][0-9a-fA-F])")


@cache
def weak_formats() -> frozenset[str]:
    """The formats that a weak signature may stand for: who reads such a file is not certain."""
    return frozenset(signature.id for signature in _signatures(FileKind.CONFIG) if signature.weak)


def is_generated(data: bytes, format_id: str) -> bool:
    """Whether a file of a format that tools also write says that nobody edits it by hand."""
    if format_id not in word_set("files", "generated", "formats"):
        return False
    lines = data[:_HEADER_BYTES].removeprefix(BOM_UTF8).lower().splitlines()
    comments = [line for line in lines if line.lstrip().startswith(b"#")]
    marks = [mark.encode() for mark in words("files", "generated", "marks")]
    return any(mark in line for line in comments for mark in marks)


@cache
def _signatures(kind: FileKind) -> tuple[Signature, ...]:
    return tuple(
        Signature(
            id=row["id"],
            groups=tuple(_group(anchors, _words_of(kind)) for anchors in _encoded(row["anchors"])),
            choices=tuple(map(tuple, _encoded(row["one_of_each"]))),
            weak=row["weak"],
            max_bytes=row["max_bytes"],
            embedded=row["embedded"],
            may_be_json=row["may_be_json"],
        )
        for row in rows("files", "signature")
        if row["kind"] == kind
    )


@cache
def _searched() -> tuple[Signature, ...]:
    return tuple(
        Signature(
            id=row["id"],
            groups=tuple(
                _group(anchors, _searched_words()) for anchors in _encoded(row["anchors"])
            ),
            max_bytes=row.get("max_bytes", 0),
        )
        for row in table("files")["searched"]["row"]
    )


@cache
def _searched_words() -> tuple[bytes, ...]:
    return tuple(word.encode() for word in words("files", "searched", "words"))


def _group(anchors: list[bytes], words: tuple[bytes, ...]) -> _Group:
    first, *others = anchors
    spelled = (word for word in words if any(word in anchor for anchor in anchors))
    return _Group(frozenset(spelled), first, tuple(others))


@cache
def _words_of(kind: FileKind) -> tuple[bytes, ...]:
    """Words of which every config that a signature knows has one, and few others do."""
    if kind is not FileKind.CONFIG:
        return ()
    return tuple(word.encode() for word in words("files", "signatures", "config_words"))


def _encoded(groups: list[list[str]]) -> list[list[bytes]]:
    return [[anchor.encode() for anchor in group] for group in groups]

"""What a Compose or environment file says of itself in the comment above its first key."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile

from agentlint.knowledge.data import word_set, words
from agentlint.text import Pattern

# The version of a Compose file is obsolete, and stands first by habit:
# https://docs.docker.com/reference/compose-file/version-and-name/
_VERSION = r"version:[^\r\n]{0,80}"
_HEAD = Pattern(
    rf"(?:(?:[ \t]{{0,80}}(?:#[^\r\n]{{0,1000}}|---[ \t]{{0,80}})?|{_VERSION})\r?\n){{1,40}}"
)
_VERSION_LINE = Pattern(rf"^{_VERSION}", re.MULTILINE)
# A line that begins in capitals, or as an item of a list, goes on with no sentence of the line before.
_SENTENCE_END = Pattern(r"[.!;](?=\s)|\n[ \t#]{0,80}(?=[\r\n•*–-]|[A-Z])")
_WORD = Pattern(r"[^\W_]{1,100}(?:['’][^\W_]{1,100})?")
# `docker-compose.yml: ...` and `docker-compose.full.yml - ...` name the file and then say what it is.
_OWN_NAME = Pattern(r"[\s#]{0,80}[\w.-]{1,80}\.(?:ya?ml|env)\b")
_LICENCE = Pattern(r"^[ \t#]{1,80}(?:SPDX|Copyright)\b[^\n]{0,1000}", re.MULTILINE | re.IGNORECASE)
# How Compose or a swarm starts what files describe, and those files.
_STARTS = Pattern(
    r"\bdocker(?:[ -]compose(?=[ \t])[^\n]{0,200}?[ \t](?:up|run|start)\b"
    r"|[ \t]stack[ \t]deploy\b[^\n]{0,200})"
)
_FILE = Pattern(r"[ \t](?:-f|--file|-c|--compose-file)[ \t=](?P<name>[^\s]{1,200})")
# The head of an environment file may be that of its first section.
_OF_PRODUCTION = Pattern(
    r"^[ \t]{0,80}#[^\n]{0,400}?\b(?:prod|production|staging)\b", re.MULTILINE | re.IGNORECASE
)
_HEADING = ("development", "heading")
# "Copy this file to .env", "Rename to .env.local", "cp services/chat.env .env".
_COPIED = Pattern(
    r"\b(?:(?:copy|rename)(?:[ \t]{1,8}(?:this|it))?(?:[ \t]{1,8}file)?[ \t]{1,8}(?:to|as)"
    r"|cp[ \t]{1,8}(?P<own>[^\s#]{1,200}))[ \t]{1,8}[`'\"]?(?P<copy>[\w./-]{0,200}\.env[\w.-]{0,80})",
    re.IGNORECASE,
)
_OF_VARIABLES = "dotenv"
_STARTS_SERVICES = "compose"
_ONLY = "only"
_SHARED = "shared"
_DENIAL_REACHES = 8
_LONGEST_HEAD = 4_000


def is_headed_for_development(text: str, format_id: str) -> bool:
    """Whether a file says there that it is for the machine of whoever works on the project.

    What a Compose file says of the stack that it starts counts as well. A variable may be for anywhere, so
    an environment file must say `local`, and nothing of production further down.
    """
    head = _HEAD.match(text, 0, _LONGEST_HEAD) if format_id in _table("formats") else None
    if not head or "dev" not in head[0].lower():
        return False
    starts_services = format_id == _STARTS_SERVICES
    kinds = ("places", "stacks", "purposes") if starts_services else ("places",)
    phrases = [phrase for kind in kinds for phrase in words("files", *_HEADING, kind)]
    sentences = _sentences(head[0])
    if not _is_said([list(_words_of(sentence)) for sentence in sentences], phrases):
        return False
    if starts_services:
        return not any(map(_starts_it_for_production, sentences))
    return not _OF_PRODUCTION.search(text, head.end())


def is_to_be_copied(text: str, path: str, format_id: str) -> bool:
    """Whether an environment file says there that a copy of it is what is read, under another name: the
    copy says the same."""
    head = _HEAD.match(text, 0, _LONGEST_HEAD) if format_id == _OF_VARIABLES else None
    copied = _COPIED.search(head[0]) if head else None
    if copied is None:
        return False
    own, copy = (posixpath.basename(name) for name in (path, copied["copy"].rstrip(".")))
    return copy != own and (copied["own"] is None or posixpath.basename(copied["own"]) == own)


def _table(name: str) -> frozenset[str]:
    return word_set("files", *_HEADING, name)


def _sentences(head: str) -> list[str]:
    """The sentences that say something, without the name of the file that begins one."""
    said = _VERSION_LINE.sub("", _LICENCE.sub("", head))
    sentences = map(_without_own_name, _SENTENCE_END.split(said))
    return [sentence for sentence in sentences if _WORD.search(sentence)]


def _words_of(sentence: str) -> Iterator[str]:
    """Its words in lower case, without those that only call for attention."""
    said = (word.lower() for word in _WORD.findall(sentence))
    return dropwhile(_table("notices").__contains__, said)


def _starts_it_for_production(sentence: str) -> bool:
    """Whether a sentence gives a command that starts this very file in production: alone, or below others
    (`docker compose -f compose.yml -f compose.prod.yml up`)."""
    command = _STARTS.search(sentence)
    if not command or _table("production").isdisjoint(_without_denial(list(_words_of(sentence)))):
        return False
    names = [file["name"] for file in _FILE.finditer(command[0])]
    return len(names) != 1 or _table("production").isdisjoint(_words_of(names[0]))


def _without_own_name(sentence: str) -> str:
    name = _OWN_NAME.match(sentence)
    return sentence[name.end() :] if name else sentence


def _is_said(sentences: Sequence[list[str]], phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands in the first sentence, which is the title, or in one that says
    what the file is for; and in none that says something else with it."""
    for place, sentence in enumerate(sentences):
        said = _without_denial(_without_share(sentence))
        if not _table("denied").isdisjoint(said) or not _has_any(said, phrases):
            continue
        if _is_of_part(said):
            continue
        if place == 0 or said[0] in _table("begins") or _says_only(said):
            return True
    return False


def _without_share(sentence: list[str]) -> list[str]:
    """A sentence without what it begins with where all who work on the project have the same: "Shared local
    development environment". What is shared otherwise others may reach."""
    is_shared = sentence[:1] == [_SHARED]
    begins = " ".join(sentence[1:]) + " "
    places = tuple(f"{place} " for place in words("files", *_HEADING, "places"))
    return sentence[1:] if is_shared and begins.startswith(places) else sentence


def _without_denial(sentence: list[str]) -> list[str]:
    """A sentence without what it says that is not for production."""
    for start, word in enumerate(sentence):
        if word in _table("nots"):
            reach = range(start + 1, min(start + 1 + _DENIAL_REACHES, len(sentence)))
            end = next((at for at in reach if sentence[at] in _table("production")), None)
            if end is not None:
                return sentence[:start] + sentence[end + 1 :]
    return sentence


def _says_only(sentence: list[str]) -> bool:
    if _has_any(sentence, words("files", *_HEADING, "purposes")):
        return sentence[0] in _table("purpose_begins")
    places = words("files", *_HEADING, "places")
    before = [f"{_ONLY} for {place}" for place in places]
    behind = [f"{place} {_ONLY}" for place in places]
    return _has_any(sentence, before + behind)


def _is_of_part(sentence: list[str]) -> bool:
    """Whether it goes on with one of several services: "for local development only the database is"."""
    places = words("files", *_HEADING, "places")
    parts = words("files", *_HEADING, "parts")
    return _has_any(sentence, [f"{place} {_ONLY} {part}" for place in places for part in parts])


def _has_any(sentence: list[str], phrases: Sequence[str]) -> bool:
    text = f" {' '.join(sentence)} "
    return any(f" {phrase} " in text for phrase in phrases)

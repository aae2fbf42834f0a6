"""The words of `rules/data/orders.toml`: sets of what is compared with words, and tuples, in their order,
of what is looked for in text. The table says what each list is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import astuple

from agentlint.knowledge.data import rows, table

_TABLE = "orders"
_WITHOUT_BLANKS = ("chinese", "japanese", "korean")


class Words(Struct, frozen=True):
    """Orders in a language that parts words by blanks; `_` joins several words that are one."""

    imperatives: frozenset[str]
    verbs: frozenset[str]
    always: frozenset[str]
    musts: frozenset[str]
    subjects: frozenset[str]
    fillers: frozenset[str]
    negations: frozenset[str]
    run: frozenset[str]
    used: frozenset[str]
    prepositions: frozenset[str]
    breaks: frozenset[str]
    only: frozenset[str]
    conditions: frozenset[str]
    approval: frozenset[str]
    past: frozenset[str]
    hand: frozenset[str]
    handing: frozenset[str]
    model: frozenset[str]
    be: frozenset[str]
    to: frozenset[str] = frozenset()
    not_past: frozenset[str] = frozenset()
    infinitives: frozenset[str] = frozenset()

    @property
    def orders(self) -> frozenset[str]:
        """Without one of these there is no order."""
        verbs = self.imperatives | self.verbs | self.hand | self.handing
        return verbs | self.always | self.musts | self.run


class Chinese(Struct, frozen=True):
    """Orders in Chinese."""

    must: tuple[str, ...]
    always: tuple[str, ...]
    only: tuple[str, ...]
    subjectless: tuple[str, ...]
    verbs: tuple[str, ...]
    run: tuple[str, ...]
    negations: tuple[str, ...]
    past: tuple[str, ...]
    part_of_another: tuple[str, ...]
    not_itself: tuple[str, ...]
    questions: tuple[str, ...]
    supposes: tuple[str, ...]
    hand: tuple[str, ...]
    first: tuple[str, ...]
    tells: tuple[str, ...]
    by: tuple[str, ...]
    done: tuple[str, ...]
    model: tuple[str, ...]
    be: tuple[str, ...]


class VerbLast(Struct, frozen=True):
    """Orders in a language whose verbs stand behind the name: Japanese, Korean."""

    always: tuple[str, ...]
    subjectless: tuple[str, ...]
    strong: tuple[str, ...]
    plain: tuple[str, ...]
    run: tuple[str, ...]
    hand: tuple[str, ...]
    handing: tuple[str, ...]
    topics: tuple[str, ...]
    tellers: tuple[str, ...]
    objects: tuple[str, ...]
    models: tuple[str, ...]
    be: tuple[str, ...]
    being: tuple[str, ...]
    negations: tuple[str, ...]
    particles: tuple[str, ...] = ()


class Anywhere(Struct, frozen=True):
    """Words that are looked for whatever the language of the text."""

    examples: tuple[str, ...]
    conditions: tuple[str, ...]
    approvals: tuple[str, ...]
    past: tuple[str, ...]
    past_first: tuple[str, ...]
    requests: tuple[str, ...]
    said: tuple[str, ...]
    links: tuple[str, ...]
    itself_behind_hyphen: tuple[str, ...]
    answers: tuple[str, ...]


class HeadWords(Struct, frozen=True):
    """The words of headings and of column heads in one language, by what stands below such a head."""

    example: tuple[str, ...]
    form: tuple[str, ...]
    output: tuple[str, ...]
    report: tuple[str, ...]
    format: tuple[str, ...]
    report_format: tuple[str, ...]
    routing: tuple[str, ...]
    model: tuple[str, ...]
    task: tuple[str, ...]
    way_back: tuple[str, ...]


class Labels(Struct, frozen=True):
    """What labels are made of in one language: in one that forbids stands one of `forbids`, and nothing
    that is not `known`; one that begins with one of `allows` tells what is right."""

    forbids: frozenset[str]
    known: frozenset[str]
    allows: frozenset[str]


@cache
def languages() -> tuple[Words, ...]:
    """The languages that part words by blanks."""
    return tuple(
        Words(**{name: frozenset(listed.split()) for name, listed in row["orders"].items()})
        for row in rows(_TABLE, "language")
    )


@cache
def chinese() -> Chinese:
    return Chinese(**_tuples(table(_TABLE)["chinese"]["orders"]))


@cache
def japanese() -> VerbLast:
    return VerbLast(**_tuples(table(_TABLE)["japanese"]["orders"]))


@cache
def korean() -> VerbLast:
    return VerbLast(**_tuples(table(_TABLE)["korean"]["orders"]))


@cache
def anywhere() -> Anywhere:
    return Anywhere(**_tuples(table(_TABLE)["anywhere"]))


def _tuples(row: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Lists by their names; what `_` joins stands there between blanks."""
    return {
        name: tuple(word.replace("_", " ") for word in listed.split())
        for name, listed in row.items()
    }


@cache
def ordering() -> frozenset[str]:
    """Without one of these before a name there is no order in any of `languages`, but for what has to be
    done behind one of `musts`."""
    return frozenset[str]().union(*(language.orders for language in languages()))


@cache
def musts() -> frozenset[str]:
    """What says in any of `languages` that something has to be done."""
    return frozenset[str]().union(*(language.musts for language in languages()))


@cache
def joined() -> tuple[tuple[str, str], ...]:
    """What is written as several words between blanks, and how the lists of `languages` spell it as one."""
    listed = frozenset[str]().union(*(each for one in languages() for each in astuple(one)))
    several = sorted(word for word in listed if "_" in word)
    return tuple((f" {word.replace('_', ' ')} ", f" {word} ") for word in several)


@cache
def heads_in_words() -> tuple[HeadWords, ...]:
    """The words of heads in the languages that part words by blanks."""
    return tuple(HeadWords(**_tuples(row["heads"])) for row in rows(_TABLE, "language"))


@cache
def heads_in_pieces() -> tuple[HeadWords, ...]:
    """The words of heads in the languages without blanks."""
    return tuple(HeadWords(**_tuples(table(_TABLE)[name]["heads"])) for name in _WITHOUT_BLANKS)


def head_pattern(*lists: str) -> str:
    """A regular expression for any word of these lists of `HeadWords`, in every language."""
    return f"{head_pattern_in_words(*lists)}|{head_pattern_in_pieces(*lists)}"


def head_pattern_in_words(*lists: str) -> str:
    """As `head_pattern`, for the languages that part words by blanks."""
    return rf"(?<!\w)(?:{_alternatives(heads_in_words(), lists)})(?!\w)"


def head_pattern_in_pieces(*lists: str) -> str:
    """As `head_pattern`, for the languages without blanks."""
    return rf"(?:{_alternatives(heads_in_pieces(), lists)})"


def _alternatives(languages: tuple[HeadWords, ...], lists: tuple[str, ...]) -> str:
    words = {word for one in languages for name in lists for word in getattr(one, name)}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,4}") for word in longest_first)


@cache
def ways_back() -> tuple[str, ...]:
    """What undoes a move in any of the languages, wherever it stands in a word."""
    both = (*heads_in_words(), *heads_in_pieces())
    return tuple(dict.fromkeys(word for one in both for word in one.way_back))


@cache
def labels_in_words() -> tuple[Labels, ...]:
    """Labels in the languages that part words by blanks."""
    return tuple(_labels(row["labels"]) for row in rows(_TABLE, "language"))


@cache
def labels_in_pieces() -> tuple[Labels, ...]:
    """Labels in the others: the words of these stand in a label without its blanks."""
    return tuple(_labels(table(_TABLE)[section]["labels"]) for section in _WITHOUT_BLANKS)


def _labels(row: Mapping[str, str]) -> Labels:
    forbids = frozenset(row["forbids"].split())
    return Labels(forbids, forbids.union(row["others"].split()), frozenset(row["allows"].split()))

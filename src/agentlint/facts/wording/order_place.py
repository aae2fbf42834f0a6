"""Where a name stands in a text of another language than English: what is beside it in its clause."""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.wording.orders_vocabulary import anywhere
from agentlint.facts.wording.translated_labels import forbids_in_translation

REACH = 160
_LONGEST_SAID = 16
MARKS = " \t\r\n\u3000`*_\"'“”‘’„«»「」『』【】〈〉《》"
_JOINTS = f"{MARKS}:：="
_PARTS = ",，、;；:：(（)）—–→"
STOPS = f"{_PARTS}.。!！?？\n"
TRIMMED = f"{MARKS}{STOPS}¿¡"
_FLAGS = ("--model ", "--model=", " -m ", "--model-id ", "--model-name ")


class Place(Struct, frozen=True):
    """What stands around a name: `part` from the last comma or colon up to it, `before` from the start of
    its clause, `after` up to the end of its clause, and `beyond` that what follows. `is_command` says
    that the name is an option in one."""

    part: str
    before: str
    after: str
    beyond: str
    is_command: bool

    @property
    def head(self) -> str:
        """What stands before the part."""
        return self.before.rstrip(MARKS).removesuffix(self.part).rstrip(MARKS)

    @property
    def is_statement(self) -> bool:
        """Whether the part could tell what something does that is named before it: "`ask()`: usa X"."""
        head = self.head
        return bool(head) and head[-1] not in ",，、;；"

    @property
    def is_forbidden(self) -> bool:
        """Whether a label before the part forbids what it says: "Verboten: verwende X"."""
        head = self.head
        return head.endswith((":", "：")) and forbids_in_translation(head) is True

    @property
    def is_moot(self) -> bool:
        """Whether what is ordered is an example, a question, long past, said by another, or done only
        once someone has agreed to it."""
        listed = anywhere()
        before = self.before.lower()
        around = f"{before} {self.after}".replace("_", " ")
        return (
            any(word in before for word in listed.examples)
            or any(word in before for word in listed.past)
            or before.lstrip(MARKS).startswith(listed.past_first)
            or any(word in around for word in listed.approvals)
            or self.beyond.startswith(("?", "？"))
            or self.beyond.lstrip(TRIMMED).startswith(listed.said)
            or any(f"{stop}{said}" in self.after for stop in "、，, " for said in listed.said)
        )


def place_of(text: str, low: int, start: int, end: int, high: int) -> Place | None:
    """None for a name that stands in a code span behind something else than an option for a model."""
    low = max(low, start - REACH)
    before, after = text[low:start], text[end : min(high, end + REACH)]
    code = before.rpartition("`")[2] if before.count("`") % 2 else ""
    is_command = code.endswith(_FLAGS)
    if is_command:
        before, after = before[: len(before) - len(code)], after.partition("`")[2]
    elif code.strip(_JOINTS):
        return None
    before = before.rstrip(_JOINTS)
    at = max((before.rfind(mark) for mark in _PARTS), default=-1)
    part = before[at + 1 :].strip(MARKS)
    return Place(part, before, after.lstrip(MARKS), text[high : high + _LONGEST_SAID], is_command)


def ending(text: str, words: tuple[str, ...]) -> str:
    """The first of `words` that `text` ends with, or nothing."""
    return next((word for word in words if text.endswith(word)), "") if text else ""


def beginning(text: str, words: tuple[str, ...]) -> str:
    return next((word for word in words if text.startswith(word)), "")


def closes_with(text: str, words: tuple[str, ...]) -> bool:
    """Whether `text` begins with one of `words`, and nothing goes on from there that could undo it."""
    return any(
        text.startswith(word) and (not (rest := text[len(word) :].strip(MARKS)) or rest[0] in STOPS)
        for word in words
    )

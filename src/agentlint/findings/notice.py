"""A notice says what agentlint did not read, or could not do: it is never a fault of the text."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class NoticeKind(StrEnum):
    UNREADABLE = "unreadable"
    NOT_TEXT = "not-text"
    TOO_LARGE = "too-large"
    OUTSIDE_ROOT = "outside-root"
    NOT_A_FILE = "not-a-file"
    NOT_KNOWN = "not-known"
    SYNTAX = "syntax"
    LIMIT = "limit"
    NOT_FIXED = "not-fixed"
    SETTINGS = "settings"
    UNUSED_SETTINGS = "unused-settings"
    NO_CHECKOUT = "no-checkout"
    INTERNAL = "internal-error"

    @property
    def is_unread(self) -> bool:
        """Whether this notice means that its file was not read at all, if the file gave no facts.

        One that gave some was read: for secrets alone, or a rule failed on it.
        """
        return self in _UNREAD

    @property
    def tells_of_loss(self) -> bool:
        """Whether something that was to be read was not, or not all of it."""
        return self.is_unread or self in (NoticeKind.SYNTAX, NoticeKind.LIMIT)

    @property
    def is_failure(self) -> bool:
        """Whether a report with such a notice may lack what there was to find."""
        return self in (NoticeKind.SETTINGS, NoticeKind.NO_CHECKOUT, NoticeKind.INTERNAL)


_UNREAD = (
    NoticeKind.UNREADABLE,
    NoticeKind.NOT_TEXT,
    NoticeKind.TOO_LARGE,
    NoticeKind.OUTSIDE_ROOT,
    NoticeKind.NOT_A_FILE,
    NoticeKind.NOT_KNOWN,
    NoticeKind.NO_CHECKOUT,
    NoticeKind.INTERNAL,
)


class Notice(Struct, frozen=True, order=True):
    """`line` starts at 1 and is 0 where the notice is about the whole file."""

    path: str
    line: int
    kind: NoticeKind
    message: str

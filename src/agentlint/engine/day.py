"""The day that dates are judged by."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from agentlint.config import ConfigError

# https://reproducible-builds.org/specs/source-date-epoch/, read 2026-11-22: whoever sets it wants the same
# output on every day.
_EPOCH = "SOURCE_DATE_EPOCH"


def judging_day(as_of: str | None) -> date:
    """`as_of` (YYYY-MM-DD), else SOURCE_DATE_EPOCH (seconds), else today in UTC; raises ConfigError."""
    if as_of is not None:
        return _day_of(as_of)
    epoch = os.environ.get(_EPOCH, "")
    return _day_of_seconds(epoch) if epoch else _today()


def other_day(day: date) -> date | None:
    """`day`, None where it is today: nobody is to wonder why a run judges by another."""
    return None if day == _today() else day


def is_expired(until: date | None, today: date) -> bool:
    """Whether the last day on which something counts is past; None is no last day."""
    return until is not None and until < today


def expired_message(what: str, until: date | None) -> str:
    """The message about what `is_expired`."""
    return f"this {what} expired after {until}"


def _today() -> date:
    return datetime.now(UTC).date()


def _day_of(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # Python reads other spellings of ISO 8601 as well
        raise ConfigError(f"--as-of: `{text}` is not a day (YYYY-MM-DD)")
    return day


def _day_of_seconds(text: str) -> date:
    try:
        return datetime.fromtimestamp(int(text), UTC).date()
    except (ValueError, OverflowError, OSError):
        message = f"{_EPOCH}: `{text}` is not a time (seconds since 1970)"
        raise ConfigError(message) from None

"""The day that dates are judged by."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from agentlint.config import ConfigError


def judging_day(as_of: str | None) -> date:
    """`as_of` (YYYY-MM-DD), else SOURCE_DATE_EPOCH (seconds), else today in UTC; raises ConfigError."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if as_of:
            return date.fromisoformat(as_of)
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        name, value = ("--as-of", as_of) if as_of else ("SOURCE_DATE_EPOCH", epoch)
        raise ConfigError(f"{name}: `{value}` is not a date (YYYY-MM-DD or seconds)") from None
    return datetime.now(UTC).date()

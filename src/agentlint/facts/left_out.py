"""What a file holds more of than is read, so that nothing is left out in silence."""

from __future__ import annotations

from msgspec import Struct

from agentlint.text import Span


class LeftOut(Struct, frozen=True):
    """A part of a file whose facts are not all told; `reason` is our own words."""

    path: str
    span: Span
    reason: str

"""A finding and its parts: plain frozen data that reporters print and the fixer applies."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from agentlint.findings.repair import Fix, Repair
from agentlint.text import Span


class Severity(StrEnum):
    """How bad it is if the finding is true."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst, more for what is less bad."""
        return list(Severity).index(self)


class Confidence(StrEnum):
    """How sure agentlint is that the finding is true."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Location(Struct, frozen=True):
    path: str
    span: Span


class Related(Struct, frozen=True):
    """A second place that a reader of the finding wants to see, and why."""

    location: Location
    message: str


class Finding(Struct, frozen=True):
    """One fault at one place.

    `subject` names what the finding is about in words that survive edits elsewhere in the file (a
    key path, an alias, a model ID) and never holds a secret: the fingerprint is made of it. `repeats` are
    further places of the file where it would be found, were it not told here already.
    """

    rule: str
    location: Location
    message: str
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    help: str = ""
    related: tuple[Related, ...] = ()
    repair: Repair | None = None
    fix: Fix | None = None
    subject: str = ""
    fingerprint: str = ""
    repeats: tuple[Span, ...] = ()

    @property
    def path(self) -> str:
        return self.location.path

    @property
    def span(self) -> Span:
        return self.location.span

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        return (self.path, self.span, self.rule, self.message)


class Suppressed(Struct, frozen=True):
    """A finding that a comment or the settings took back; `reason` is theirs, "" for none.

    `comment` is None where it was the settings.
    """

    finding: Finding
    comment: Location | None
    reason: str = ""

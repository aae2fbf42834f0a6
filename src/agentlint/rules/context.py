"""What a check may know beside the fact in its hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from agentlint.config import Profile, Settings
from agentlint.facts.project import Project
from agentlint.findings import (
    Confidence,
    Finding,
    Location,
    Related,
    Repair,
    Severity,
)
from agentlint.knowledge.pages import RulePage
from agentlint.text import Span

if TYPE_CHECKING:
    from agentlint.knowledge.catalogue import Catalogue


class Context(Struct, frozen=True):
    """`today` is the date that retirements and expiries are judged by; a run may fix it.

    `catalogue` holds newer model facts that the settings name, None for those that come with agentlint.
    """

    page: RulePage
    project: Project
    settings: Settings
    today: date
    catalogue: Catalogue | None = None

    @property
    def strict(self) -> bool:
        return self.settings.profile is Profile.STRICT

    def finding(  # noqa: PLR0913 - rules name what a finding has, and most leave out the rest
        self,
        path: str,
        span: Span,
        message: str,
        *,
        subject: str,
        severity: Severity | None = None,
        confidence: Confidence = Confidence.HIGH,
        help: str = "",  # noqa: A002 - the name of the field
        related: tuple[Related, ...] = (),
        repair: Repair | None = None,
    ) -> Finding:
        """A finding of this rule. The settings' severity wins over `severity`, which wins over the
        page's."""
        configured = self.settings.severity.get(self.page.id)
        return Finding(
            rule=self.page.id,
            location=Location(path, span),
            message=message,
            severity=configured or severity or self.page.severity,
            confidence=confidence,
            help=help,
            related=related,
            repair=repair,
            subject=subject,
        )

"""The result of one run, as every reporter reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from agentlint.findings import Finding, Notice, NoticeKind, Severity
from agentlint.text import SourceFile


@dataclass(frozen=True, slots=True)
class Report:
    """`findings` are in order of path and place. `sources` holds the files that findings point at.

    `files_read` counts the files whose facts were judged, `files_skipped` those that a notice says
    were not read.
    """

    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    files_read: int = 0
    sources: Mapping[str, SourceFile] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def files_skipped(self) -> int:
        partly = (NoticeKind.SYNTAX, NoticeKind.LIMIT)
        return len({notice.path for notice in self.notices if notice.kind not in partly})

    @property
    def failed(self) -> bool:
        """Whether agentlint itself went wrong somewhere, so that the answer may not be whole."""
        return any(notice.kind is NoticeKind.INTERNAL for notice in self.notices)

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)

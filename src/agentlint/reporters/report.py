"""The result of one run, as every reporter reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from agentlint.facts.secret import SecretCandidate
from agentlint.findings import Comparison, Finding, Notice, NoticeKind, Severity, Suppressed
from agentlint.reporters.viewpoint import Viewpoint
from agentlint.text import SourceFile

_MOST_LISTED = 1_000


class Report(Struct, frozen=True):
    """`findings` are in order of path and place. `sources` holds the files that findings point at,
    `secrets` the credentials in each of them in order of place, which no reporter may show.

    `files_read` counts the files whose facts were judged, `files_skipped` others that a notice says
    were not read. `suppressed` holds the suppressed findings that are to be shown, of which there
    may be fewer than `suppressed_count`. `baseline` is None for a run without one, and
    `on_unchanged_lines` (findings left out for where they stand) None for one without a diff base.
    `fixed` are the findings that were there before the fixes, None for a run that fixed nothing;
    `unsafe_fixes` says that fixes which may change behaviour were asked for as well. `unwritable` are the
    files that no fix is written to, as far as that was looked at. `as_of` is the day by which dates were
    judged, None for today. `unlisted` are further findings, which are counted and not listed.
    From `viewpoint` the formats for people tell paths, which are the root's everywhere else.
    """

    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    files_read: int = 0
    sources: Mapping[str, SourceFile] = field(default_factory=lambda: MappingProxyType({}))
    secrets: Mapping[str, tuple[SecretCandidate, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    files_skipped: int = 0
    suppressed_count: int = 0
    baseline: Comparison | None = None
    on_unchanged_lines: int | None = None
    fixed: tuple[Finding, ...] | None = None
    unsafe_fixes: bool = False
    unwritable: frozenset[str] = frozenset()
    as_of: date | None = None
    unlisted: tuple[Finding, ...] = ()
    viewpoint: Viewpoint = Viewpoint()

    @property
    def failed(self) -> bool:
        """Whether agentlint or the settings of a checkout failed, so that the answer may not be whole."""
        return any(notice.kind.is_failure for notice in self.notices)

    def is_fixable(self, finding: Finding) -> bool:
        """Whether there is a fix of the finding that its file can take."""
        return finding.fix is not None and finding.path not in self.unwritable

    def listed(self) -> Report:
        """The report with at most a thousand findings of a rule in a file: whoever has so many mends
        them all at once, and a hostile file would fill gigabytes with them. Notices tell of the rest.
        """
        counts: Counter[tuple[str, str]] = Counter()
        kept: list[Finding] = []
        more: list[Finding] = []
        for finding in self.findings:
            counts[finding.path, finding.rule] += 1
            is_listed = counts[finding.path, finding.rule] <= _MOST_LISTED
            (kept if is_listed else more).append(finding)
        rest = (
            Notice(path, 0, NoticeKind.LIMIT, f"not listed: {count - _MOST_LISTED} more of {rule}")
            for (path, rule), count in counts.items()
            if count > _MOST_LISTED
        )
        return replace(
            self,
            findings=tuple(kept),
            unlisted=tuple(more),
            notices=tuple(sorted({*self.notices, *rest})),
        )

    @property
    def counted(self) -> tuple[Finding, ...]:
        """All findings, listed or not."""
        return self.findings + self.unlisted

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.counted)

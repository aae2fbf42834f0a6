"""What agentlint says: findings, notices and the edits that would mend a finding."""

from agentlint.findings.finding import (
    Applicability,
    Confidence,
    Edit,
    Finding,
    Fix,
    Location,
    Related,
    Severity,
)
from agentlint.findings.fingerprint import fingerprint, number_repeats
from agentlint.findings.notice import Notice, NoticeKind

__all__ = [
    "Applicability",
    "Confidence",
    "Edit",
    "Finding",
    "Fix",
    "Location",
    "Notice",
    "NoticeKind",
    "Related",
    "Severity",
    "fingerprint",
    "number_repeats",
]

"""What agentlint says: findings, notices and the edits that would mend a finding."""

from agentlint.findings.baseline import BaselineEntry, Comparison
from agentlint.findings.finding import (
    Applicability,
    Confidence,
    Edit,
    Finding,
    Fix,
    Location,
    Related,
    Severity,
    Suppressed,
)
from agentlint.findings.fingerprint import (
    CREDENTIAL_RULES,
    fingerprint,
    identity,
    number_repeats,
)
from agentlint.findings.notice import Notice, NoticeKind

__all__ = [
    "CREDENTIAL_RULES",
    "Applicability",
    "BaselineEntry",
    "Comparison",
    "Confidence",
    "Edit",
    "Finding",
    "Fix",
    "Location",
    "Notice",
    "NoticeKind",
    "Related",
    "Severity",
    "Suppressed",
    "fingerprint",
    "identity",
    "number_repeats",
]

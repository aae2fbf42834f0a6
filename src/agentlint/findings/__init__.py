"""What agentlint says: findings, notices and the edits that would mend a finding."""

from agentlint.findings.baseline import BaselineEntry, Comparison
from agentlint.findings.finding import (
    Confidence,
    Finding,
    Location,
    Related,
    Severity,
    Suppressed,
)
from agentlint.findings.fingerprint import fingerprint, identity, number_repeats
from agentlint.findings.notice import Notice, NoticeKind
from agentlint.findings.repair import (
    Applicability,
    Change,
    Edit,
    Fix,
    FromEnvironment,
    NewEntry,
    NewKey,
    NewSection,
    NewValue,
    NewWord,
    NoComment,
    NoEntry,
    Repair,
)

__all__ = [
    "Applicability",
    "BaselineEntry",
    "Change",
    "Comparison",
    "Confidence",
    "Edit",
    "Finding",
    "Fix",
    "FromEnvironment",
    "Location",
    "NewEntry",
    "NewKey",
    "NewSection",
    "NewValue",
    "NewWord",
    "NoComment",
    "NoEntry",
    "Notice",
    "NoticeKind",
    "Related",
    "Repair",
    "Severity",
    "Suppressed",
    "fingerprint",
    "identity",
    "number_repeats",
]

"""What a SARIF log tells of the tool: its rules and its notifications.

Lengths and keys are those that GitHub code scanning takes
(https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
"""

from __future__ import annotations

from typing import Any

from agentlint.findings import NoticeKind, Severity
from agentlint.knowledge.pages import RulePage
from agentlint.reporters.addresses import NOTICES, rule_address
from agentlint.reporters.wording import sentence

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}
NOTICES_SAID = {
    NoticeKind.UNREADABLE: "A file could not be read.",
    NoticeKind.NOT_TEXT: "A file is not UTF-8 text.",
    NoticeKind.TOO_LARGE: "A file is larger than agentlint reads.",
    NoticeKind.OUTSIDE_ROOT: "A path leads out of the checkout and was not followed.",
    NoticeKind.NOT_A_FILE: "A path is no regular file.",
    NoticeKind.NOT_KNOWN: "A file that was named is of no kind that agentlint checks.",
    NoticeKind.SYNTAX: "A part of a file breaks the rules of its format and was not judged.",
    NoticeKind.LIMIT: "A limit was reached, and what lies beyond it was left out.",
    NoticeKind.NOT_FIXED: "A fix was left out, and the file is as it was.",
    NoticeKind.SETTINGS: "The settings of a checkout cannot be used, so it was not checked.",
    NoticeKind.UNUSED_SETTINGS: "Something in the settings, or asked for beside them, has no effect.",
    NoticeKind.NO_CHECKOUT: "A checkout that was listed is not there, so it was not checked.",
    NoticeKind.INTERNAL: "agentlint itself failed on something, so its answer may not be whole.",
}
_MAX_SHORT, _MAX_FULL = 250, 1000


def rule_descriptor(page: RulePage) -> dict[str, Any]:
    """The reportingDescriptor of a rule."""
    return {
        "id": page.id,
        "name": _pascal_case(page.id),
        "shortDescription": {"text": sentence(page.title)[:_MAX_SHORT]},
        "fullDescription": {"text": page.summary[:_MAX_FULL]},
        "help": {"text": page.help, "markdown": page.help},
        "helpUri": rule_address(page.id),
        "defaultConfiguration": {"level": LEVELS[page.severity]},
        "properties": _properties(page),
    }


def _properties(page: RulePage) -> dict[str, Any]:
    tags = [page.category]
    if page.cwe:
        tags += ["security", f"external/cwe/{page.cwe.lower()}"]
    properties: dict[str, Any] = {
        "tags": tags,
        # A rule that is off by default asks for more than every correct repository does.
        "precision": "medium" if page.strict else "high",
        "problem.severity": _PROBLEMS[page.severity],
    }
    if page.security_severity:
        properties["security-severity"] = page.security_severity
    return properties


def notice_descriptor(kind: NoticeKind) -> dict[str, Any]:
    """The reportingDescriptor of a notification."""
    return {
        "id": str(kind),
        "name": f"{_pascal_case(kind)}Notice",
        "shortDescription": {"text": NOTICES_SAID[kind]},
        "fullDescription": {"text": NOTICES_SAID[kind]},
        "help": {"text": "The notification names the file, and says why."},
        "helpUri": f"{NOTICES}#{kind}",
    }


def _pascal_case(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))

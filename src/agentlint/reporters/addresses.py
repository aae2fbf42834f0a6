"""Where a reader finds more: the addresses that reports point to."""

from __future__ import annotations

HOME = "https://github.com/agentlint-gateway/agentlint"
NOTICES = f"{HOME}/blob/main/docs/notices.md"


def rule_address(rule: str) -> str:
    """The page of a rule."""
    return f"{HOME}/blob/main/rules/{rule}.md"

"""Where the cases of the rules stand: on the pages that users read, and in this folder."""

from __future__ import annotations

from pathlib import Path

from agentlint.knowledge.location import rules_dir


def case_files() -> list[Path]:
    """Every Markdown file that holds cases, each named after its rule: the pages first."""
    return [*sorted(rules_dir().glob("*.md")), *sorted(Path(__file__).parent.glob("*.md"))]

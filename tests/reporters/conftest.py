"""A small repository with faults of several rules, and its report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from agentlint.findings import Finding, Location, Severity, number_repeats
from agentlint.reporters import Report
from agentlint.text import SourceFile, Span

RULES = [
    "hardcoded-model-id",
    "missing-endpoint-family",
    "endpoint-path-mismatch",
    "literal-secret",
]
AGENTS = """\
# Agents

😀 Always use `gpt-5.4` for reviews.

<!-- agentlint: ignore[hardcoded-model-id] pinned for the audit -->
Always use `gpt-5.4-mini` for drafts.
"""
ROUTES = """\
routes:
  writer:
    model: gpt-5.4
  reviewer:
    model: gpt-5.4
    endpoint_family: responses
    endpoint_path: /v1/chat/completions
"""
# The value stands on a line of its own, where nothing but the parsed file tells what it is.
SECRET_VALUE = "hunter2" + "hunter9" + "XyZqq"
CONFIG = f"""\
model_list:
  - model_name: deep
    litellm_params:
      model: anthropic/claude-opus-4-5
      api_key: >-
        {SECRET_VALUE}
"""


@pytest.fixture
def faulty(check: Callable[[Mapping[str, str]], Report], tmp_path: Path) -> Report:
    """Findings of four rules, a suppressed one, and a notice about a file that is no text."""
    (tmp_path / "CLAUDE.md").write_bytes(b"\xff\xfe")
    files = {"AGENTS.md": AGENTS, "gateway-routes.yaml": ROUTES, "lite llm/config.yaml": CONFIG}
    return check({"agentlint.toml": f"select = {RULES}\n", **files})


@pytest.fixture
def clean() -> Report:
    return Report(files_read=1)


@pytest.fixture
def report_on() -> Callable[..., Report]:
    """A report of one finding with the given words, for texts that no rule would let through."""

    def made(
        message: str = "message",
        path: str = "AGENTS.md",
        text: str = "first line\nsecond line\n",
        span: Span = Span(0, 5),  # noqa: B008 - frozen
        **parts: Any,
    ) -> Report:
        parts = {"severity": Severity.WARNING, "subject": "subject", **parts}
        finding = Finding("hardcoded-model-id", Location(path, span), message, **parts)
        return Report(
            findings=tuple(number_repeats([finding])),
            files_read=1,
            sources={path: SourceFile(path, text)},
        )

    return made

"""The labelled cases that lie beside the checkout; skipped aloud where they do not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from agentlint.facts.detectors.secrets import find_secrets

BESIDE = Path(__file__).resolve().parents[3] / "shared"
GENERATOR = Path(os.environ.get("AGENTLINT_SHARED", BESIDE)) / "cases" / "secret_cases.py"


def cases(seed: int) -> list[dict[str, Any]]:
    command = [sys.executable, str(GENERATOR), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    listed: list[dict[str, Any]] = json.loads(done.stdout)["cases"]
    return listed


def is_right(case: dict[str, Any]) -> bool:
    """Whether the secret's own line is hit in a case to flag, and nothing in a clean one."""
    content = case["content"]
    lines = {content.count("\n", 0, match.start) + 1 for match in find_secrets(content)}
    if case["verdict"] == "clean":
        return not lines
    return bool(lines.intersection(case["lines"]) if case["lines"] else lines)


@pytest.mark.skipif(not GENERATOR.is_file(), reason=f"no labelled cases at {GENERATOR}")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_precision_and_recall_on_the_labelled_cases(seed: int) -> None:
    judged = [(case, is_right(case)) for case in cases(seed)]
    hits = sum(right for case, right in judged if case["verdict"] == "flag")
    misses = sum(not right for case, right in judged if case["verdict"] == "flag")
    alarms = [case["id"] for case, right in judged if case["verdict"] == "clean" and not right]
    assert hits / (hits + len(alarms)) >= 0.98, alarms
    assert hits / (hits + misses) >= 0.98

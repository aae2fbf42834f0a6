"""What tests of the command line share: agentlint in a process of its own, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def agentlint(
    folder: Path, *args: str, stdin: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What a command does in a folder; nothing but `env` says whether it writes in colour."""
    return subprocess.run(
        [sys.executable, "-m", "agentlint", *args],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "NO_COLOR": "", "FORCE_COLOR": "", **(env or {})},
    )

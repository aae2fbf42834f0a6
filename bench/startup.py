"""What starting agentlint costs over a bare interpreter: user and system time, medians.

    python bench/startup.py [RUNS]

Runs `python -c pass`, `agentlint --version` and `agentlint check` on a small repository in turn, A B C
A B C, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

AGENTS = "# Agents\n\n- Use the alias `review-fast`.\n- Run the tests before you commit.\n" * 20
ROUTES = (
    "routes:\n  review-fast:\n    model: gpt-5.4\n    endpoint_family: responses\n"
    "    endpoint_path: /v1/responses\n"
)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with tempfile.TemporaryDirectory() as folder:
        repository = Path(folder)
        (repository / "AGENTS.md").write_text(AGENTS)
        (repository / "gateway-routes.yaml").write_text(ROUTES)
        tool = shutil.which("agentlint", path=str(Path(sys.executable).parent)) or "agentlint"
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "agentlint --version": [tool, "--version"],
            "agentlint check (small repository)": [tool, "check", folder],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                times[name].append(cpu_ms(command))
    bare = statistics.median(times["python -c pass"])
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:36} {median:7.1f} ms user+sys   {median - bare:+7.1f} ms")


def cpu_ms(command: list[str]) -> float:
    """User and system milliseconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


if __name__ == "__main__":
    main()

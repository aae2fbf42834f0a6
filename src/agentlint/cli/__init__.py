"""The command line: click commands, and nothing else."""

import gc

# What a run makes it keeps: looking for garbage among it so often takes a tenth of the time.
gc.set_threshold(100_000, 50, 50)

from agentlint.cli.app import main  # noqa: E402 - importing makes as much as running does

__all__ = ["main"]

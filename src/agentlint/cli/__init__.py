"""The command line: click commands, and nothing else."""

from agentlint.cli.app import main

__all__ = ["main"]

"""How the command line says that it cannot go on."""

from __future__ import annotations

import click

from agentlint.reporters.safe import safe


def failure(message: str) -> click.ClickException:
    """An error of one line that ends the command with exit code 2."""
    error = click.ClickException(safe(message))
    error.exit_code = 2
    return error

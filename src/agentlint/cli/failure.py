"""How the command line says that it cannot go on."""

from __future__ import annotations

import click

from agentlint.reporters.safe import safe


def failure(message: str) -> click.ClickException:
    """An error of one line that ends the command with exit code 2."""
    return _Failure(safe(message))


class _Failure(click.ClickException):
    exit_code = 2

"""How the command line says that it cannot go on."""

from __future__ import annotations

import click

from agentlint.reporters.safe import safe

_MOST = 600


def failure(message: str) -> click.ClickException:
    """An error of one line that ends the command with exit code 2."""
    return _Failure(said(message))


def said(message: str) -> str:
    """A message on one line, made safe before it is cut: a cut secret is none that one can tell."""
    text = safe(message)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"


class _Failure(click.ClickException):
    exit_code = 2

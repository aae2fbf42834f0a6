"""How the command line says that it cannot go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from agentlint.cli.errors import CommandError
from agentlint.config import ConfigError, not_found
from agentlint.reporters.safe import safe

_MOST = 600


def failure(message: str) -> CommandError:
    return CommandError(said(message))


@contextmanager
def one_line_failures() -> Iterator[None]:
    """End the command with one line where an option, a settings file or a path cannot be used."""
    try:
        yield
    except ConfigError as error:
        raise failure(str(error)) from None
    except FileNotFoundError as error:  # there when the command line was read, and gone since
        raise failure(not_found(error.filename)) from None


def said(message: str) -> str:
    """A message on one line, made safe before it is cut: a cut secret is none that one can tell."""
    text = safe(message)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"

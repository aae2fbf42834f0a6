"""Where reports go: standard output, and any number of files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from agentlint.cli.failure import failure
from agentlint.config import ConfigError
from agentlint.reporters import FORMATS, Report, render


def parse_outputs(outputs: tuple[str, ...]) -> tuple[tuple[str, Path], ...]:
    """(format, file) for each `FORMAT=FILE`; raises ConfigError."""
    parsed = []
    for output in outputs:
        form, separator, file = output.partition("=")
        if not separator or not file:
            raise ConfigError(f"--output: expected FORMAT=FILE, got `{output}`")
        if form not in FORMATS:
            raise ConfigError(f"--output: unknown format `{form}`; known: {', '.join(FORMATS)}")
        parsed.append((form, Path(file)))
    return tuple(parsed)


def emit(
    report: Report, output_format: str, files: tuple[tuple[str, Path], ...], colour: str
) -> None:
    """Write every report that was asked for."""
    for form, file in files:
        try:
            file.write_text(render(form, report), encoding="utf-8", newline="\n")
        except OSError as error:
            raise failure(f"--output: {file}: {error.strerror}") from None
    text = render(output_format, report, colour=_wants_colour(colour))
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def _wants_colour(when: str) -> bool:
    """An option beats NO_COLOR, which beats FORCE_COLOR, which beats the terminal."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"

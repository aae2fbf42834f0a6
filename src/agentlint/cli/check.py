"""`agentlint check`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from agentlint.cli.day import judging_day
from agentlint.cli.failure import failure
from agentlint.cli.options import catalogue_of, load_run_settings, root_of
from agentlint.cli.output import emit, parse_outputs
from agentlint.config import ConfigError, Profile
from agentlint.discovery import MAX_BYTES
from agentlint.engine import Run, Stdin, run
from agentlint.reporters import FORMATS

_FAILED, _FOUND, _CLEAN = 2, 1, 0


@click.command("check", short_help="Check files and folders.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="full",
    show_default=True,
    help="What to print.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="FORMAT=FILE",
    multiple=True,
    help="Also write a report to a file; may be given again.",
)
@click.option("--select", metavar="RULES", multiple=True, help="Run these rules only (or ALL).")
@click.option("--extend-select", metavar="RULES", multiple=True, help="Run these rules as well.")
@click.option("--ignore", metavar="RULES", multiple=True, help="Do not run these rules.")
@click.option("--profile", type=click.Choice([str(p) for p in Profile]), help="The set of rules.")
@click.option("--exclude", metavar="PATTERN", multiple=True, help="Do not read these paths.")
@click.option("--force-exclude", is_flag=True, help="Exclude paths even if they are named.")
@click.option("--config", type=click.Path(path_type=Path), help="Read this settings file.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@click.option("--stdin-filename", metavar="PATH", help="The name of what `-` reads.")
@click.option("--as-of", metavar="DATE", help="Judge dates as of this day, not today.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 though there are findings.")
@click.option(
    "--strict-collection", is_flag=True, help="Exit with 1 if anything was not read or cut short."
)
@click.option(
    "--color",
    "--colour",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="When to use colour.",
)
def command(
    paths: tuple[Path, ...],
    output_format: str,
    outputs: tuple[str, ...],
    stdin_filename: str | None,
    as_of: str | None,
    exit_zero: bool,
    strict_collection: bool,
    force_exclude: bool,
    colour: str,
    **options: object,
) -> None:
    """Check PATHS (files and folders; by default the current folder).

    A single `-` reads standard input as the file that --stdin-filename names.

    Exits with 0 for no findings, 1 for findings, 2 where agentlint or its settings failed.

    \b
    agentlint check --output-format github
    agentlint check -o sarif=agentlint.sarif docs AGENTS.md
    agentlint check --stdin-filename AGENTS.md - < draft.md
    """
    try:
        files = parse_outputs(outputs)
        stdin = _stdin(paths, stdin_filename)
        checked = paths or (Path(),)
        if stdin is not None and stdin_filename:
            checked = (Path(stdin_filename),)
        root = root_of(checked)
        settings = load_run_settings(root, checked, options)
        request = Run(
            root=root,
            paths=tuple(Path(os.path.abspath(path)) for path in checked),
            catalogue=catalogue_of(settings, root),
            settings=settings,
            today=judging_day(as_of),
            force_exclude=force_exclude,
            stdin=Stdin(_relative(Path(stdin_filename), root), stdin)
            if stdin is not None and stdin_filename
            else None,
        )
        report = run(request)
    except ConfigError as error:
        raise failure(str(error)) from None
    except FileNotFoundError as error:
        raise failure(f"no such file or folder: {error.filename}") from None
    emit(report, output_format, files, colour)
    if report.failed:
        sys.exit(_FAILED)
    incomplete = strict_collection and bool(report.notices)
    sys.exit(_FOUND if incomplete or (report.findings and not exit_zero) else _CLEAN)


def _stdin(paths: tuple[Path, ...], name: str | None) -> bytes | None:
    """What standard input holds, where `-` asks for it; raises ConfigError for a mix with paths."""
    if Path("-") not in paths:
        return None
    if len(paths) > 1:
        raise ConfigError("`-` cannot be given together with other paths")
    if not name:
        raise ConfigError("`-` needs --stdin-filename to know what it reads")
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _relative(path: Path, root: Path) -> str:
    real = Path(os.path.realpath(path))
    return real.relative_to(root).as_posix() if root in real.parents else path.name

"""`agentlint init`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from agentlint.cli.adoption import Step, ci_step, hook_step, settings_step
from agentlint.cli.baseline import DEFAULT_FILE
from agentlint.cli.day import judging_day
from agentlint.cli.failure import failure, said
from agentlint.cli.options import root_of
from agentlint.cli.writing import create_text, write_text
from agentlint.config import PYPROJECT, SETTINGS_FILE, ConfigError, Settings, find_settings
from agentlint.engine import Run, collect
from agentlint.engine.baseline import entries_of, write_baseline
from agentlint.engine.run import report_of
from agentlint.reporters import Report
from agentlint.reporters.new_settings import render


@click.command("init", short_help="Write settings, a hook and a workflow.")
@click.argument("folder", default=Path(), type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@click.option("--baseline", is_flag=True, help="Write down what is found, to report what is new.")
def command(folder: Path, dry_run: bool, baseline: bool) -> None:
    """Take agentlint into use in the repository of FOLDER (by default the current folder).

    Writes agentlint.toml with the keys that the repository calls for, the hooks of pre-commit, and a
    workflow of GitHub; for GitLab it prints the job. No file is overwritten: a pre-commit
    configuration gets one more entry, and stays as it is otherwise.

    \b
    agentlint init --dry-run
    agentlint init --baseline
    """
    root = root_of((folder,))
    try:
        run = Run(root, (root,), Settings(), judging_day(None))
        collected = collect(run)
        report = report_of(run, collected)
        settings = _settings(root, render(collected.project, report.findings, _named(baseline)))
    except ConfigError as error:
        raise failure(str(error)) from None
    steps = [settings, hook_step(root), ci_step(root)]
    if baseline:
        steps.append(settings_step(root, DEFAULT_FILE, write_baseline(entries_of(report))))
    for step in steps:
        _take(step, root, dry_run=dry_run)
    _close(report, settings, baseline=baseline)


def _named(baseline: bool) -> str | None:
    return DEFAULT_FILE if baseline else None


def _settings(root: Path, text: str) -> Step:
    found = find_settings(root, root)
    if found and found.name == PYPROJECT:
        return Step(PYPROJECT, "", advice="holds settings already")
    return settings_step(root, SETTINGS_FILE, text)


def _take(step: Step, root: Path, *, dry_run: bool) -> None:
    """Do one step, or say why not; ends the command where a file cannot be written."""
    file = root / step.file
    if step.advice:
        click.echo(f"kept     {step.file}: it {step.advice}{':' if step.text else '.'}")
        _print_block(step.text)
        return
    verb = "created" if step.before is None else "extended"
    if dry_run:
        click.echo(f"would have {verb} {step.file}:")
        _print_block(step.text if step.before is None else _added(step.before, step.text))
        return
    real = Path(os.path.realpath(file.parent))
    if root not in (real, *real.parents):
        raise failure(f"{step.file}: a link out of the repository")
    try:
        if step.before is None:
            create_text(file, step.text)
        else:
            write_text(file, step.text, step.file)
    except OSError as error:
        raise failure(f"{step.file}: {error.strerror}") from None
    click.echo(f"{verb:8} {step.file}")


def _added(before: str, after: str) -> str:
    """The one run of characters that `after` has and `before` has not."""
    pairs = enumerate(zip(before, after, strict=False))
    start = next((at for at, (old, new) in pairs if old != new), len(before))
    return after[start : start + len(after) - len(before)]


def _print_block(text: str) -> None:
    for line in text.splitlines():
        click.echo(f"    {said(line)}" if line else "")


def _close(report: Report, settings: Step, *, baseline: bool) -> None:
    for line in _closing_lines(report, settings, baseline=baseline):
        click.echo(line)


def _closing_lines(report: Report, settings: Step, *, baseline: bool) -> Iterator[str]:
    number = len(report.findings)
    counted = f"{number} finding{'' if number == 1 else 's'}"
    if baseline and settings.advice:
        yield f'Next: put `baseline = "{DEFAULT_FILE}"` into {settings.file}.'
    elif number and not baseline:
        yield f"{counted} today: `agentlint check` shows them, `agentlint baseline` sets them aside."
    else:
        yield f"{counted} today."

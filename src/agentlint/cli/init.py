"""`agentlint init`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from agentlint.cli.adoption import Step, ci_step, hook_step, settings_step
from agentlint.cli.baseline import DEFAULT_FILE
from agentlint.cli.failure import failure, one_line_failures, said
from agentlint.cli.options import PATH
from agentlint.cli.printing import print_text
from agentlint.cli.run_options import named, root_of
from agentlint.cli.writing import create_text, write_text
from agentlint.config import PYPROJECT, SETTINGS_FILE, Settings
from agentlint.discovery import is_repository, may_be_project
from agentlint.engine import collect
from agentlint.engine.baseline import baseline_to_write, entries_of, write_baseline
from agentlint.engine.day import judging_day
from agentlint.engine.run import report_of
from agentlint.engine.run_settings import Overrides, run_over, with_baseline
from agentlint.reporters import Report
from agentlint.reporters.new_settings import render
from agentlint.reporters.summary import counted, summary


@click.command("init", short_help="Write settings, a hook and a workflow.")
@click.argument("folder", default=Path(), type=PATH)
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@click.option(
    "--baseline",
    is_flag=True,
    help="Also write a baseline, so that checks report only what is new.",
)
def command(folder: Path, dry_run: bool, baseline: bool) -> None:
    """Set up agentlint in the repository at FOLDER (by default the current folder).

    Writes agentlint.toml with the keys that the repository calls for, a pre-commit hook, and a
    GitHub workflow; for GitLab it prints the job. No file is overwritten: a pre-commit
    configuration gets one more entry, and stays as it is otherwise.

    \b
    agentlint init --dry-run
    agentlint init --baseline
    """
    with one_line_failures():
        root = _repository(folder)
        run = run_over(root, root, judging_day(None), Overrides())
        # What is written down is all that is found; what is counted, all that a check would show.
        run = run if baseline else with_baseline(run)
        known = baseline_to_write(run.settings, root) if baseline else None
        collected = collect(run)
    report = report_of(run, collected)
    text = render(collected.project, report.findings, DEFAULT_FILE if baseline else None)
    settings = _settings(root, run.settings, text)
    steps = [settings, hook_step(root), ci_step(root)]
    if baseline:
        name = known.relative_to(root).as_posix() if known else DEFAULT_FILE
        steps.append(settings_step(root, name, write_baseline(entries_of(report))))
    for step in steps:
        _take(step, root, dry_run=dry_run)
    closing = _next(report, settings, baseline=baseline, is_named=bool(known))
    print_text(f"{closing}\n")


def _repository(folder: Path) -> Path:
    """The root that is to be set up; ends the command for a file, and for a disk or a home without git."""
    root = root_of(named([folder]))
    if not os.path.isdir(folder):
        raise failure(f"{folder} is a file; `init` sets up the repository at a folder")
    if not (is_repository(root) or may_be_project(root)):
        raise failure(f"{root} is no repository; name the folder of one")
    return root


def _settings(root: Path, settings: Settings, text: str) -> Step:
    if settings.source and settings.source.name == PYPROJECT:
        return Step(PYPROJECT, "", advice="holds settings already")
    return settings_step(root, SETTINGS_FILE, text)


def _take(step: Step, root: Path, *, dry_run: bool) -> None:
    """Do one step, or say why not; ends the command where a file cannot be written."""
    file = root / step.file
    if step.advice:
        print_text(f"kept     {step.file}: it {step.advice}{':' if step.text else '.'}\n")
        _print_block(step.text)
        return
    verb, done = ("create", "created") if step.before is None else ("extend", "extended")
    if dry_run:
        print_text(f"would {verb} {step.file}:\n")
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
    print_text(f"{done:8} {step.file}\n")


def _added(before: str, after: str) -> str:
    """The one run of characters that `after` has and `before` has not."""
    pairs = enumerate(zip(before, after, strict=False))
    start = next((at for at, (old, new) in pairs if old != new), len(before))
    return after[start : start + len(after) - len(before)]


def _print_block(text: str) -> None:
    for line in text.splitlines():
        print_text(f"    {said(line)}\n" if line else "\n")


def _next(report: Report, settings: Step, *, baseline: bool, is_named: bool) -> str:
    """How much is left to look at, or to do where settings from before name no baseline."""
    number = len(report.findings)
    if baseline and settings.advice and not is_named:
        return f'Next: put `baseline = "{DEFAULT_FILE}"` into {settings.file}.'
    found = f"{counted(number, 'finding')} today"
    if not number:
        return summary(report)
    if baseline:
        return f"{found}."
    them = "it" if number == 1 else "them"
    return f"{found}: `agentlint check` shows {them}, `agentlint baseline` sets {them} aside."

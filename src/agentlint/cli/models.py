"""`agentlint models`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from agentlint.cli.failure import failure, one_line_failures
from agentlint.cli.options import PATH
from agentlint.cli.output import refuse_of_others, refuse_read_by_agents
from agentlint.cli.printing import print_line
from agentlint.cli.run_options import RunOptions, named, request_of
from agentlint.config import ConfigError, access_failure
from agentlint.engine.catalogue import read_catalogue_file
from agentlint.engine.day import judging_day
from agentlint.knowledge.catalogue import Catalogue, CatalogueError, bundled, is_overlay
from agentlint.knowledge.catalogue_update import (
    installed_litellm,
    read_catalogue,
    update_lines,
    write_overlay,
)
from agentlint.knowledge.describe import describe, matching_ids
from agentlint.knowledge.families import Family, canonical_path
from agentlint.knowledge.providers import title_of
from agentlint.reporters.safe import safe
from agentlint.reporters.summary import counted

DEFAULT_OVERLAY = Path("agentlint-catalogue.json")
_MOST = 50
_AT_ONE_PATH = (Family.CHAT_COMPLETIONS, Family.RESPONSES, Family.ANTHROPIC_MESSAGES)


class _ShowByDefault(click.Group):
    """A group whose first word may also be the pattern of `show`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group("models", cls=_ShowByDefault, short_help="Print what is known of models.")
def command() -> None:
    """Print what is known of models, or refresh it from files that are already here.

    \b
    agentlint models o3-pro
    agentlint models 'gpt-5*' --output-format json
    agentlint models update --installed
    """


@command.command("show")
@click.argument("pattern", default="*")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--catalogue",
    type=PATH,
    help="A file of `models update`, in place of the one that the settings name.",
)
@click.option("--config", type=PATH, help="Read this settings file.")
@click.option("--isolated", is_flag=True, help="Read no settings file.")
@click.option(
    "--as-of", metavar="DATE", help="Judge dates as of this day, not SOURCE_DATE_EPOCH or today."
)
def show(pattern: str, output_format: str, catalogue: Path | None, **options: Any) -> None:
    """Print providers, endpoint families, retirement and sources of the IDs that PATTERN matches.

    \b
    agentlint models show 'gpt-5*'
    """
    run = RunOptions(**options)
    with one_line_failures():
        known = read_catalogue_file(catalogue) if catalogue else _named_catalogue(run)
        day = judging_day(run.as_of)
    ids = matching_ids(pattern, catalogue=known)
    if not ids:
        raise failure(f"no known model matches `{pattern}`")
    shown = [
        describe(model, as_of=day, catalogue=known)
        for model in ids[: None if output_format == "json" else _MOST]
    ]
    if output_format == "json":
        print_line(json.dumps({"version": 1, "models": shown}, indent=2, ensure_ascii=False))
        return
    print_line("\n\n".join("\n".join(map(safe, _text(model))) for model in shown))
    if len(ids) > _MOST:
        print_line(f"\n… and {len(ids) - _MOST} more; `--output-format json` prints them all")


def _named_catalogue(options: RunOptions) -> Catalogue:
    """The model facts that a check in the current folder goes by."""
    return request_of(named(()), options).catalogue or bundled()


@command.command("update")
@click.option("--from", "source", type=PATH, help="A file or package folder.")
@click.option("--installed", is_flag=True, help="The litellm that is installed here.")
@click.option(
    "-o",
    "--output",
    type=PATH,
    default=DEFAULT_OVERLAY,
    show_default=True,
    help="The file to write; `[models] catalogue` in the settings names it.",
)
def update(source: Path | None, installed: bool, output: Path) -> None:
    """Read newer facts from a litellm cost map, a models.dev api.json, the folder of an installed
    `openai` package, or an installed litellm; print what changes. Nothing is imported or fetched.

    \b
    agentlint models update --from model_prices_and_context_window.json
    agentlint models update --installed -o agentlint-catalogue.json
    """
    if bool(source) == installed:
        raise failure("give either --from PATH or --installed")
    path = source or installed_litellm()
    if path is None:
        raise failure("no litellm is installed beside agentlint; give --from PATH")
    try:
        refuse_read_by_agents(output)
        refuse_of_others(output, is_overlay)
        fresh = read_catalogue(path, today=judging_day(None))
        write_overlay(fresh, output)
    except (CatalogueError, ConfigError) as error:
        raise failure(str(error)) from None
    except OSError as error:
        raise failure(access_failure(error, error.filename or path)) from None
    for line in update_lines(bundled(), fresh):
        print_line(safe(line))
    print_line(f"wrote {safe(str(output))}")


def _text(model: dict[str, Any]) -> Iterator[str]:
    yield f"{model['id']} ({model['vendor'] or 'vendor unknown'})"
    for fact in model["facts"]:
        stated_by = ", ".join(fact["says"]) or fact["source"]
        yield f"  {title_of(fact['provider'])} serves it on {_family_names(fact['families'])} only"
        yield f"    {fact['certainty']}, verified on {fact['verified_on']}: {stated_by}"
        if fact["against"] or fact["disagreement"]:
            yield f"    against it: {', '.join(fact['against']) or fact['disagreement']}"
    for served in model["served"]:
        yield f"  listed at {title_of(served['provider'])}: {', '.join(served['families']) or 'not stated'}"
    for end in model["retirements"]:
        named = [f"successor {end['replacement']}", *end["caveats"]] if end["replacement"] else []
        successor = "".join(f", {part}" for part in named)
        shuts = "shuts" if end["days_left"] > 0 else "shut"
        days = _days(end["days_left"])
        yield f"  {title_of(end['provider'])} {shuts} it down on {end['date']} ({days}){successor}"
        if end["answered_by"]:
            yield f"    calls are answered by {end['answered_by']} from then on"
        if end["still_served"]:
            yield f"    {end['still_served']} are still served"
        yield f"    verified on {end['verified_on']}: {end['source']}"
    for end in model["earliest_shutdowns"]:
        title = title_of(end["provider"])
        if end["days_left"] > 0:
            yield f"  {title} shuts it down on {end['date']} at the earliest"
        else:
            yield f"  {title} may have shut it down, on {end['date']} at the earliest"
    for source in model["sources"]:
        yield f"  data of {source['date']}, {counted(source['age_days'], 'day')} old: {source['name']}"


def _family_names(families: Iterable[str]) -> str:
    """Families as findings name them: by the path where all who serve one serve it at the same."""
    return ", ".join(
        f"`{canonical_path(Family(family))}`" if family in _AT_ONE_PATH else family
        for family in families
    )


def _days(left: int) -> str:
    if left == 0:
        return "today"
    return f"in {counted(left, 'day')}" if left > 0 else f"{counted(-left, 'day')} ago"

"""The `agentlint` command and its subcommands, each imported when it is called."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from agentlint import __version__

_COMMANDS = {
    "baseline": "Write down what is found, to report only what is new.",
    "cache": "Remove what was kept of earlier runs.",
    "check": "Check files and folders.",
    "config": "Show how settings are written.",
    "explain": "Print the page of a rule.",
    "facts": "Print the facts of a file as JSON.",
    "init": "Write settings, a hook and a workflow.",
    "models": "Print what is known of models.",
    "record": "Write a record of gateway work.",
    "routes": "Print the route table of a repository.",
    "rules": "List the rules.",
    "server": "Run the language server for editors.",
}

_SHOWN = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """A group that imports the module of a command when the command is used."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _until_nobody_reads():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _until_nobody_reads():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"agentlint.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _COMMANDS and not ctx.resilient_parsing:
            _refuse(args[0], ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@contextmanager
def _until_nobody_reads() -> Iterator[None]:
    """End with 0 where whoever read what is printed went away: to click that is an error, and its code
    for one would look like findings."""
    try:
        yield
    except BrokenPipeError:
        sys.stdout = None  # nor shall the interpreter try again what is left to flush
        sys.exit(0)


def _refuse(name: str, ctx: click.Context) -> NoReturn:
    """Raise UsageError for the name of no command, with the one that was probably meant."""
    from agentlint.config import did_you_mean

    ctx.fail(f"no such command `{name}`{did_you_mean(name, _COMMANDS)}")


@click.group(cls=_Commands, context_settings=_SHOWN)
@click.version_option(__version__, "-V", "--version", message="agentlint %(version)s")
def app() -> None:
    """Lint the instructions and model routes of repositories that coding agents work in.

    \b
    agentlint check                     check the current folder
    agentlint explain literal-secret    say why a rule speaks, and what to do
    """


def _show(error: click.ClickException) -> None:
    """Print what is wrong with the command line; an argument may be a file's name, so it is made safe."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context:
        _tell(context.get_usage())
    # What click lists stands on lines of its own, which would be escaped.
    _tell_error(error.format_message().replace("\n\t", " "))


def _tell_error(message: str) -> None:
    from agentlint.cli.failure import said

    _tell(f"Error: {said(message)}")


def _tell(text: str) -> None:
    """Print to standard error; where nobody can be told, the exit code has to do."""
    with suppress(OSError):
        click.echo(text, err=True)


def _show_crash(error: Exception) -> None:
    """Print what a bug report needs, on standard error."""
    from agentlint.reporters.addresses import HOME
    from agentlint.reporters.crash import crash_kind, crash_trace

    _tell(crash_trace(error))
    _tell(
        f"Error: agentlint failed: {crash_kind(error)}. Please report it with the lines above, which"
        f" quote nothing of what was checked: {HOME}/issues"
    )


def _stand_in_for_stdout() -> None:
    """Put a stream that takes nothing in place of a closed standard output.

    What is printed there then fails as on a full disk, and no file that is opened gets its number.
    """
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")  # noqa: SIM115 - until the end


def _is_of_printing(error: OSError) -> bool:
    """Whether an error is that of a stream which takes nothing more, such as one on a full disk."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code is click.echo.__code__


def _show_unprinted(error: OSError) -> None:
    """Print why standard output took nothing more, and keep the interpreter from trying again."""
    sys.stdout = None
    _tell_error(f"standard output: {error.strerror}")


def _insist_on_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the locale would read names of files otherwise.

    Names are UTF-8 to git and to whoever reads a report, and the same in every locale.
    """
    is_command = os.path.basename(sys.argv[0]) in ("agentlint", "__main__.py")
    if sys.getfilesystemencoding() != "utf-8" and os.name == "posix" and is_command:
        again = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execv(sys.executable, again)  # noqa: S606 - the Python that runs already


def main() -> None:
    """Run the command line; a closed pipe is no error, and Ctrl-C leaves quietly with 130.

    Whatever nobody foresaw ends it with 2: it must not look like findings, which are 1.
    """
    _insist_on_utf8()
    _stand_in_for_stdout()
    try:
        sys.exit(app.main(prog_name="agentlint", standalone_mode=False))
    except click.ClickException as error:
        _show(error)
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except Exception as error:
        if isinstance(error, OSError) and _is_of_printing(error):
            _show_unprinted(error)
        else:
            _show_crash(error)
        sys.exit(2)
    finally:
        # The interpreter looks twice for garbage as it ends, in memory that is about to be given back.
        gc.freeze()

"""Where every command begins and ends."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from agentlint.cli.errors import CommandError, PrintError
from agentlint.cli.printing import tell, tell_error


def main() -> None:
    """Run the command line; a closed pipe is no error, and Ctrl-C leaves quietly with 130.

    Whatever nobody foresaw ends it with 2: it must not look like findings, which are 1.
    """
    _insist_on_utf8()
    _stand_in_for_stdout()
    try:
        _run()
    except CommandError as failure:
        tell_error(str(failure))
        sys.exit(2)
    except PrintError as error:
        _give_up_stdout()
        tell_error(f"standard output: {error}")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        _show_crash(error)
        sys.exit(2)
    finally:
        # The interpreter looks twice for garbage as it ends, in memory that is about to be given back.
        gc.freeze()


def _run() -> None:
    """Run what the command line asks for. A hook does without click, which is a fifth of its time."""
    command, arguments = sys.argv[1:2], sys.argv[2:]
    if command == ["check"]:
        from agentlint.cli.plain_check import plain_options

        options = plain_options(arguments)
        if options is not None:
            from agentlint.cli.checking import check

            sys.exit(check(options))
    from agentlint.cli.app import run_command_line

    run_command_line()


def _show_crash(error: Exception) -> None:
    """Print what a bug report needs, on standard error."""
    from agentlint.reporters.addresses import HOME
    from agentlint.reporters.crash import crash_kind, crash_trace

    tell(crash_trace(error))
    tell(
        f"Error: agentlint failed: {crash_kind(error)}. Please report it with the lines above, which"
        f" quote nothing of what was checked: {HOME}/issues"
    )


def _stand_in_for_stdout() -> None:
    """Put a stream that takes nothing in place of a closed standard output.

    What is printed there then fails as on a full disk, and no file that is opened gets its number.
    """
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")  # noqa: SIM115 - until the end


def _give_up_stdout() -> None:
    """Keep the interpreter from trying again, as it ends, to print what could not be printed."""
    with suppress(OSError):  # that of what is still to be written, which is told already
        sys.stdout.close()
    sys.stdout = None


def _insist_on_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the locale would read names of files otherwise.

    Names are UTF-8 to git and to whoever reads a report, and the same in every locale.
    """
    is_command = os.path.basename(sys.argv[0]) in ("agentlint", "__main__.py")
    if sys.getfilesystemencoding() != "utf-8" and os.name == "posix" and is_command:
        again = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execv(sys.executable, again)  # noqa: S606 - the Python that runs already

"""`agentlint server`."""

from __future__ import annotations

import threading

import click

from agentlint.cli.failure import failure

_STACK_BYTES = 16 * 1024 * 1024


@click.command("server", short_help="Run the language server for editors.")
def command() -> None:
    """Run the language server on standard input and output.

    An editor starts it, and shows findings while you type, the page of a rule under the pointer,
    fixes, suppressions, and links from an alias to its route. docs/editors.md has the settings.

    \b
    pip install 'agentlint-gateway[lsp]'
    agentlint server
    """
    try:
        from agentlint.server.handlers import build_server
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "agentlint":
            raise
        raise failure("the server needs its extra: pip install 'agentlint-gateway[lsp]'") from None
    # Checks run in a thread, whose stack is too small on some systems for what a parser may need.
    threading.stack_size(_STACK_BYTES)
    build_server().start_io()

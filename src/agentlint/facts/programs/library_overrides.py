"""Where a program changes who answers all calls of a library, or on which endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.documents.code import Call, CodeDocument, Expression, PlacedCall
from agentlint.facts.library_override import LibraryOverride
from agentlint.facts.programs.argument_values import read_value
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.clients import Clients
from agentlint.facts.source import Source
from agentlint.knowledge.python_calls import Override, override


def library_overrides(
    document: CodeDocument, clients: Clients, source: Source
) -> Iterator[LibraryOverride]:
    """Each call that changes what a library does for all of the program; what a test changes is its own."""
    if source.in_test:
        return
    for placed in document.calls:
        known = override(clients.names.dotted(placed.call.function))
        if known and _changes(known, placed, clients):
            yield LibraryOverride(source.path, known.of, placed.call.span)


def _changes(known: Override, placed: PlacedCall, clients: Clients) -> bool:
    call, given = placed.call, list(_given(known, placed.call))
    if not known.arguments or (call.open and not given):
        return True
    return any(_is_another(Placed(value, placed.scope), known, clients) for value in given)


def _given(known: Override, call: Call) -> Iterator[Expression]:
    for name in known.arguments:
        value = call.argument(name)
        if value is not None:
            yield value
    value = call.positional(known.position) if known.position >= 0 else None
    if value is not None:
        yield value


def _is_another(argument: Placed, known: Override, clients: Clients) -> bool:
    """Whether an argument is anything but None, or what the library takes by itself."""
    if not read_value(clients.names, argument.expression, argument.scope).given:
        return False
    resolved = clients.names.resolve(argument)
    if resolved and isinstance(resolved.expression, Call):
        made = clients.names.dotted(resolved.expression.function)
        if made in known.unless:
            return False
    client = clients.find(argument)
    return client is None or client.base_url.given or client.provider not in known.unless

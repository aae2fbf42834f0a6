"""Calls that a program makes in another way than by writing them out: with arguments from a dictionary,
or by giving the function to another one that calls it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from agentlint.documents.code import Argument, Call, Path, PlacedCall
from agentlint.facts.programs.code_names import Names, Placed
from agentlint.knowledge.python_calls import function_position

_MAX_UNPACKED = 8
"""Dictionaries of one call: thousands of one name would cost thousands of times what it holds."""


def written_out(placed: PlacedCall, names: Names) -> PlacedCall:
    """A call as it would be written without what stands between it and what is called."""
    call = _passed_on(placed.call, names)
    if call.unpacked:
        unpacked = tuple(_unpacked(call, placed.scope, names))
        call = replace(call, arguments=(*call.arguments, *unpacked))
    return placed if call is placed.call else replace(placed, call=call)


def _passed_on(call: Call, names: Names) -> Call:
    """The call that a function makes of the one that it is given, with the arguments behind it."""
    position = function_position(names.dotted(call.function), call.function.names)
    called = call.positional(position) if position >= 0 else None
    if not isinstance(called, Path):
        return call
    given = [argument for argument in call.arguments if not argument.name]
    named = [argument for argument in call.arguments if argument.name]
    arguments = (*given[position + 1 :], *named)
    return Call(called, arguments, call.span, open=True, unpacked=call.unpacked)


def _unpacked(call: Call, scope: int, names: Names) -> Iterator[Argument]:
    """The arguments that come from dictionaries of the same scope."""
    for expression in call.unpacked[:_MAX_UNPACKED]:
        held = names.held(Placed(expression, scope))
        if held and held.scope == scope:
            yield from (Argument(name, value) for name, value in held.items.items())

"""Calls that a program makes in another way than by writing them out: with arguments from a dictionary,
or by giving the function to another one that calls it."""

from __future__ import annotations

from msgspec.structs import replace

from agentlint.documents.code import Argument, Call, Path, PlacedCall, Unread
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.code_names import MAX_ITEMS, Names
from agentlint.knowledge.python_calls import function_position

_MAX_UNPACKED = 8
"""Dictionaries of one call: thousands of one name would cost thousands of times what it holds."""


def written_out(placed: PlacedCall, names: Names) -> PlacedCall:
    """A call as it would be written without what stands between it and what is called."""
    call = _passed_on(placed.call, names)
    if call.unpacked:
        call = _unpacked(call, placed.scope, names)
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
    return Call(called, arguments, call.span, extended=True, unpacked=call.unpacked)


def _unpacked(call: Call, scope: int, names: Names) -> Call:
    """The call with the arguments that come from dictionaries of the same scope; those of which all is
    known are no longer unpacked."""
    arguments, left = [*call.arguments], []
    for index, expression in enumerate(call.unpacked):
        literal = names.dict_literal(Placed(expression, scope)) if index < _MAX_UNPACKED else None
        if literal and literal.scope == scope:
            arguments += map(Argument, literal.items, literal.items.values())
            # Nothing tells whether the statement that sets one comes before the call.
            unread = Unread(expression.span)
            if len(literal.changed) <= MAX_ITEMS:
                arguments += (Argument(key, unread) for key in sorted(literal.changed) if key)
        if not (literal and literal.scope == scope and literal.is_all):
            left.append(expression)
    return replace(call, arguments=tuple(arguments), unpacked=tuple(left))

"""Settings of a model that a call is given in dictionaries, of its own or in a list of them:
`AssistantAgent(llm_config={"config_list": [{"model": "a"}]})`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

from agentlint.documents.code import Argument, Call, Dictionary, Listing, PlacedCall
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.code_names import Names
from agentlint.knowledge.python_calls import (
    ModelClass,
    holds_settings,
    may_hold_settings,
    model_class,
)
from agentlint.text import Span

_MAX_STEPS = 32
"""Dictionaries and lists that are looked into for one call."""


def with_held_settings(names: Names) -> Iterator[PlacedCall]:
    """Each call of a program, and after it one for each dictionary of settings that it is given, as if
    these were its arguments; a dictionary that several calls are given is counted with the first."""
    if not any(map(may_hold_settings, names.document.imports.values())):
        yield from names.document.calls
        return
    seen = set[Span]()
    for placed in names.document.calls:
        yield placed
        if any(map(_may_hold, placed.call.arguments)):
            made = model_class(names.dotted(placed.call.function))
            for held in _held(placed, made, names) if made and made.held_in else ():
                if held.call.span not in seen:
                    seen.add(held.call.span)
                    yield held


def _may_hold(argument: Argument) -> bool:
    if argument.name:
        return holds_settings(argument.name)
    return isinstance(argument.value, Dictionary)


def _held(placed: PlacedCall, made: ModelClass, names: Names) -> Iterator[PlacedCall]:
    call = placed.call
    given = (argument.value for argument in call.arguments if argument.name in made.held_in)
    left = deque(Placed(value, placed.scope) for value in given)
    for _ in range(_MAX_STEPS):
        if not left:
            return
        found = left.popleft()
        resolved = names.resolve_partial(found)
        if isinstance(resolved.expression, Listing):
            left.extend(Placed(item, resolved.scope) for item in resolved.expression.items)
            continue
        if isinstance(resolved.expression, Call) and model_class(
            names.dotted(resolved.expression.function)
        ):
            continue  # which is a call of its own
        literal = names.dict_literal(found) or names.dict_literal(resolved)
        if literal is None:
            left.extend(_given_back(resolved, names))
            continue
        inner = [value for key, value in literal.items.items() if key in made.held_in]
        left.extend(Placed(value, literal.scope) for value in inner)
        # What stands beside such a list only fills in what its dictionaries leave out.
        if not inner and any(name in literal.items for name in made.model):
            arguments = tuple(map(Argument, literal.items, literal.items.values()))
            span = resolved.expression.span
            yield PlacedCall(Call(call.function, arguments, span), literal.scope)


def _given_back(placed: Placed, names: Names) -> Iterator[Placed]:
    """What a function of the program gives back that is called for the settings."""
    called = placed.expression
    if isinstance(called, Call):
        function = names.binding(Placed(called.function, placed.scope))
        yield from islice(names.returned(function), _MAX_STEPS)

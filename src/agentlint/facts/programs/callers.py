"""The call graph of a program: which of its calls reach which of its functions, and with what arguments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from msgspec.structs import replace

from agentlint.documents.code import Binding, Call, Expression, Path, PlacedCall
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.classes import method_of
from agentlint.facts.programs.code_defaults import parameters_of
from agentlint.facts.programs.code_names import Names
from agentlint.facts.programs.passed_calls import written_out

Given: TypeAlias = Mapping[tuple[int, str], Placed]
"""The arguments of one call, by the scope of the function that is called and the name of the parameter."""
_SELF = ("self", "cls")
_MAKES_OBJECTS = "__init__"
MAX_GIVEN, MAX_GIVEN_IN_ALL = 20, 2_000
"""Calls of functions that are followed, for a model call that they lead to and for all of a program."""


class Callers:
    """The calls of a program by the function of it that each calls: by its name, as a method of an object
    whose class is known, or by making an object."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._given: dict[tuple[int, str], Sequence[Given]] = {}

    def giving(self, parameter: Binding) -> Sequence[Given]:
        """What the calls of a function give it that tell it this parameter; of too many one more than are
        followed."""
        key = parameter.scope, parameter.target[0]
        if key not in self._given:
            given = (
                self._arguments(call, parameter.scope) for call in self._calls(parameter.scope)
            )
            known = (one for one in given if key in one and self._is_new(one[key], key))
            self._given[key] = [*islice(known, MAX_GIVEN + 1)]
        return self._given[key]

    def _is_new(self, given: Placed, key: tuple[int, str]) -> bool:
        """Whether a function is given something else than what it was given itself."""
        passed = parameters_of(self._names, given.expression, given.scope)
        return all((parameter.scope, parameter.target[0]) != key for parameter in passed)

    def _calls(self, function: int) -> Sequence[PlacedCall]:
        return self._by_function.get(function, ())

    @cached_property
    def _by_function(self) -> Mapping[int, Sequence[PlacedCall]]:
        found: defaultdict[int, list[PlacedCall]] = defaultdict(list)
        for placed in self._names.document.calls:
            call = written_out(placed, self._names).call
            function = self._function(call.function, placed.scope)
            if function is not None:
                call = replace(call, extended=placed.call.extended)
                found[function].append(PlacedCall(call, placed.scope))
        return found

    def _function(self, called: Path, scope: int) -> int | None:
        """The scope of the function that a call of a path runs, None for one that is not known."""
        bound = self._names.binding(Placed(called, scope))
        if bound and bound.function is not None:
            return bound.function
        if bound and bound.class_ is not None:
            return method_of(self._names.table, bound.class_, _MAKES_OBJECTS)
        owner = called.with_names(called.names[:-1]) if called.names else None
        class_ = self._made_of(owner, scope) if owner else None
        return None if class_ is None else method_of(self._names.table, class_, called.last)

    def _made_of(self, expression: Expression, scope: int) -> int | None:
        """The class of the program that an object is made of, if it is one."""
        made = self._names.resolve_partial(Placed(expression, scope))
        if not isinstance(made.expression, Call):
            return None
        bound = self._names.binding(Placed(made.expression.function, made.scope))
        return bound.class_ if bound else None

    def _arguments(self, placed: PlacedCall, function: int) -> Given:
        call = placed.call
        arguments = dict(self._by_position(call, function))
        arguments.update((a.name, a.value) for a in call.arguments if a.name)
        return {(function, name): Placed(value, placed.scope) for name, value in arguments.items()}

    def _by_position(self, call: Call, function: int) -> Iterator[tuple[str, Expression]]:
        """The arguments without a name; where some come from `*args`, nobody knows which is which."""
        if call.extended:
            return
        names = self._names.document.scopes[function].parameters
        if self._names.document.is_method(function) and names and names[0] in _SELF:
            names = names[1:]
        values = (argument.value for argument in call.arguments if not argument.name)
        yield from zip(names, values, strict=False)

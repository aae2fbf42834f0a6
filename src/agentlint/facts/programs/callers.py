"""What the functions of a program are given by its own calls of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from msgspec.structs import replace

from agentlint.documents.code import Binding, Call, Expression, Path, PlacedCall, ScopeKind
from agentlint.facts.programs.code_defaults import parameters_of
from agentlint.facts.programs.code_names import Names, Placed
from agentlint.facts.programs.passed_calls import written_out

Given: TypeAlias = Mapping[tuple[int, str], Placed]
"""What one call gives a function, by the scope of that and its parameters."""
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
            told = (self._told(placed, parameter.scope) for placed in self._calls(parameter.scope))
            known = (given for given in told if key in given and self._is_told(given[key], key))
            self._given[key] = [*islice(known, MAX_GIVEN + 1)]
        return self._given[key]

    def _is_told(self, given: Placed, key: tuple[int, str]) -> bool:
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
            if function >= 0:
                call = replace(call, extended=placed.call.extended)
                found[function].append(PlacedCall(call, placed.scope))
        return found

    def _function(self, called: Path, scope: int) -> int:
        """The scope of the function that a call of a path runs, -1 for one that is not known."""
        function = self._names.function(Placed(called, scope))
        if function >= 0:
            return function
        class_ = self._names.class_(Placed(called, scope))
        if class_ >= 0:
            return self._names.method(class_, _MAKES_OBJECTS)
        owner = called.with_names(called.names[:-1]) if called.names else None
        return self._names.method(self._made_of(owner, scope), called.last) if owner else -1

    def _made_of(self, expression: Expression, scope: int) -> int:
        """The class of the program that an object is made of, -1 for none."""
        made = self._names.followed(Placed(expression, scope))
        if not isinstance(made.expression, Call):
            return -1
        return self._names.class_(Placed(made.expression.function, made.scope))

    def _told(self, placed: PlacedCall, function: int) -> Given:
        call = placed.call
        arguments = dict(self._by_position(call, function))
        arguments.update((a.name, a.value) for a in call.arguments if a.name)
        return {(function, name): Placed(value, placed.scope) for name, value in arguments.items()}

    def _by_position(self, call: Call, function: int) -> Iterator[tuple[str, Expression]]:
        """The arguments without a name; where some come from `*args`, nobody knows which is which."""
        if call.extended:
            return
        scopes = self._names.document.scopes
        names = scopes[function].parameters
        is_method = scopes[scopes[function].parent].kind is ScopeKind.CLASS
        if is_method and names and names[0] in _SELF:
            names = names[1:]
        values = (argument.value for argument in call.arguments if not argument.name)
        yield from zip(names, values, strict=False)

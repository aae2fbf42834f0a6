"""Calls of the function that a model call stands in: where it is really tried, and with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from agentlint.documents.code import Call, Expression, PlacedCall, ScopeKind
from agentlint.facts.call_site import HelperCall
from agentlint.facts.programs.argument_values import read_value
from agentlint.facts.programs.code_names import Names
from agentlint.facts.values.value import Located, Value, ValueKind

_SELF = ("self", "cls")
MAX_CALLS = 20
"""Calls of one function, for each model call in it: as many facts as their product."""
_Named: TypeAlias = tuple[str, ScopeKind]
"""The name of a function, and whether a class or anything else has it."""


class Helpers(Struct, frozen=True):
    """The functions of a document: `calls` of functions, and of methods of the object at hand, by the name
    of each, as far as they stand in a `try`, and `parameters` by scope with the place of each, `self` left
    out."""

    names: Names
    calls: Mapping[_Named, Sequence[PlacedCall]]
    parameters: Mapping[int, Mapping[str, int]]

    @classmethod
    def of(cls, names: Names) -> Helpers:
        calls: defaultdict[_Named, list[PlacedCall]] = defaultdict(list)
        for placed in names.document.calls:
            function = placed.call.function
            if placed.tries and function.base is None:
                match function.names:
                    case (name,):
                        calls[name, ScopeKind.FUNCTION].append(placed)
                    case ("self" | "cls", name):
                        calls[name, ScopeKind.CLASS].append(placed)
        return cls(names, calls, _parameters(names))

    def calls_around(self, placed: PlacedCall, model: Value) -> Iterator[HelperCall]:
        """The calls of the named function that `placed`, a call with `model`, stands in."""
        owner = self._function_around(placed.scope)
        if owner is not None:
            for other in self._calls_of(owner)[:MAX_CALLS]:
                function = other.call.function
                given = self._given(model, owner, other)
                yield HelperCall(Located(function.text, function.span), given, other.tries)

    def leaves_out_calls(self, placed: PlacedCall) -> bool:
        """Whether the function that `placed` stands in is called more often than calls are reported."""
        owner = self._function_around(placed.scope)
        return owner is not None and len(self._calls_of(owner)) > MAX_CALLS

    def _function_around(self, scope: int | None) -> int | None:
        """The scope of the nearest function with a name, None for none."""
        while scope is not None:
            around = self.names.document.scopes[scope]
            if around.kind is ScopeKind.FUNCTION and around.name:
                break
            scope = around.parent
        return scope

    def _calls_of(self, owner: int) -> Sequence[PlacedCall]:
        """Calls by the function's own name, or as a method of the object at hand."""
        document = self.names.document
        kind = ScopeKind.CLASS if document.is_method(owner) else ScopeKind.FUNCTION
        return self.calls.get((document.scopes[owner].name, kind), ())

    def _given(self, model: Value, owner: int, other: PlacedCall) -> Value:
        """The model of the call by way of its helper: what the helper is given, for a parameter."""
        position = self.parameters.get(owner, {}).get(model.raw)
        if model.literal or position is None:
            return model
        argument = _argument(other.call, model.raw, position)
        if argument is not None:
            return read_value(self.names, argument, other.scope)
        # A default of the helper's own: like nothing but itself.
        return Value(f"{other.call.function.text}({model.raw})", ValueKind.TEMPLATE, model.span)


def _parameters(names: Names) -> Mapping[int, Mapping[str, int]]:
    """The names that stand first in each function's scope; its parameters are bound before all else."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    complete: set[int] = set()
    for binding in names.document.bindings:
        if binding.scope in complete or names.document.scopes[binding.scope].kind is not (
            ScopeKind.FUNCTION
        ):
            continue
        if binding.value is None and len(binding.target) == 1:
            found[binding.scope].append(binding.target[0])
        else:
            complete.add(binding.scope)
    return {scope: _positions(bound) for scope, bound in found.items()}


def _positions(bound: Sequence[str]) -> Mapping[str, int]:
    first: dict[str, int] = {}
    for position, name in enumerate(name for name in bound if name not in _SELF):
        first.setdefault(name, position)
    return first


def _argument(call: Call, name: str, position: int) -> Expression | None:
    return call.argument(name) or call.positional(position)

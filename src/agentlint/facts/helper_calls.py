"""Calls of the function that a model call stands in: where it is really tried, and with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice

from msgspec import Struct

from agentlint.documents.code import Call, Expression, PlacedCall, ScopeKind
from agentlint.facts.call_site import HelperCall
from agentlint.facts.code_names import Names
from agentlint.facts.values import Located, Value, ValueKind

_SELF = ("self", "cls")
_MAX_CALLS = 20


class Helpers(Struct, frozen=True):
    """The functions of a document: `calls` by the last part of what is called, as far as they stand
    in a `try`, and `parameters` by scope, `self` left out."""

    names: Names
    calls: Mapping[str, tuple[PlacedCall, ...]]
    parameters: Mapping[int, tuple[str, ...]]

    @classmethod
    def of(cls, names: Names) -> Helpers:
        calls: defaultdict[str, list[PlacedCall]] = defaultdict(list)
        for placed in names.document.calls:
            if placed.tries and placed.call.function.names:
                calls[placed.call.function.names[-1]].append(placed)
        return cls(names, {name: tuple(found) for name, found in calls.items()}, _parameters(names))

    def calls_around(self, placed: PlacedCall, model: Value) -> Iterator[HelperCall]:
        """The calls of the named function that `placed`, a call with `model`, stands in."""
        owner = self._function_around(placed.scope)
        if owner >= 0:
            for other in islice(self._calls_of(owner), _MAX_CALLS):
                function = other.call.function
                given = self._given(model, owner, other)
                yield HelperCall(Located(function.text, function.span), given, other.tries)

    def _function_around(self, scope: int) -> int:
        """The scope of the nearest function with a name, -1 for none."""
        scopes = self.names.document.scopes
        while scope >= 0 and not (scopes[scope].kind is ScopeKind.FUNCTION and scopes[scope].name):
            scope = scopes[scope].parent
        return scope

    def _calls_of(self, owner: int) -> Iterator[PlacedCall]:
        """Calls by the function's own name, or as a method of the object at hand."""
        scopes = self.names.document.scopes
        is_method = scopes[scopes[owner].parent].kind is ScopeKind.CLASS
        called_on = (("self",), ("cls",)) if is_method else ((),)
        for other in self.calls.get(scopes[owner].name, ()):
            path = other.call.function
            if path.base is None and path.names[:-1] in called_on:
                yield other

    def _given(self, model: Value, owner: int, other: PlacedCall) -> Value:
        """The model of the call by way of its helper: what the helper is given, for a parameter."""
        parameters = self.parameters.get(owner, ())
        if model.literal or model.raw not in parameters:
            return model
        argument = _argument(other.call, model.raw, parameters.index(model.raw))
        if argument is not None:
            return self.names.value(argument, other.scope)
        # A default of the helper's own: like nothing but itself.
        return Value(f"{other.call.function.text}({model.raw})", ValueKind.TEMPLATE, model.span)


def _parameters(names: Names) -> Mapping[int, tuple[str, ...]]:
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
    return {
        scope: tuple(name for name in bound if name not in _SELF) for scope, bound in found.items()
    }


def _argument(call: Call, name: str, position: int) -> Expression | None:
    return call.argument(name) or call.positional(position)

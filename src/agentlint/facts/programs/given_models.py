"""The models that calls of the functions around a model call give it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Scalar
from agentlint.documents.code import Binding, PlacedCall
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.branches import Branches
from agentlint.facts.programs.call_reader import CallReader
from agentlint.facts.programs.callers import Callers, Given
from agentlint.facts.programs.code_defaults import parameters_of
from agentlint.facts.programs.code_names import Names
from agentlint.facts.programs.model_call import ModelCall
from agentlint.facts.values.value import Value, ValueKind
from agentlint.text import Span


class GivenCalls(Struct, frozen=True):
    """A model call once for each set of arguments that calls of the functions around it give, how many
    such calls were `followed`, and whether those are all."""

    calls: Sequence[ModelCall]
    followed: int
    is_all: bool


class GivenModels(Struct, frozen=True):
    """What the functions of a program are given by calls of them."""

    reader: CallReader
    callers: Callers
    branches: Branches

    @classmethod
    def of(cls, reader: CallReader) -> GivenModels:
        return cls(reader, Callers(reader.names), Branches(reader.names))

    def of_call(self, placed: PlacedCall, found: ModelCall, most: int) -> GivenCalls:
        """What was found of a call with each model that calls of the functions around it give them; no more
        than `most` of those are followed."""
        results: list[ModelCall] = []
        known, places = {*found.model_defaults}, set[Span]()
        left, is_all, open_ends = most, True, deque([(_Entered(self.reader), found)])
        while open_ends:
            around, current = open_ends.popleft()
            for parameter in parameters_of(around.reader.names, current.argument, placed.scope):
                calls = () if parameter.scope in around.scopes else self.callers.giving(parameter)
                is_all = is_all and len(calls) <= left
                for given in calls[:left]:
                    left -= 1
                    inner = around.entering(parameter, given)
                    met = None if self._leaves_out(placed, inner) else inner.reader.read(placed)
                    if met is None:
                        continue
                    if met.model.literal:
                        place = given[parameter.scope, parameter.target[0]].expression.span
                        if place not in places:
                            results.append(_as_given(met, place, inner.reader.names))
                        places.add(place)
                        continue
                    if known.isdisjoint(met.model_defaults) and met.model_defaults:
                        known.update(met.model_defaults)
                        results.append(replace(met, is_given=True))
                    open_ends.append((inner, met))
        return GivenCalls(results, most - left, is_all)

    def _leaves_out(self, placed: PlacedCall, entered: _Entered) -> bool:
        """Whether the program does not come to a call, or not to one that leads to it, where its functions
        are given what is known of them."""
        names, places = entered.reader.names, (Placed(placed.call, placed.scope), *entered.passed)
        return any(self.branches.leave_out(one, names, entered.scopes) for one in places)


class _Entered(Struct, frozen=True):
    """A reader that knows the parameters of the functions of these scopes, and the arguments that calls
    `passed` to tell them."""

    reader: CallReader
    scopes: frozenset[int] = frozenset()
    passed: tuple[Placed, ...] = ()

    def entering(self, parameter: Binding, given: Given) -> _Entered:
        """The same in a function that is given something, this parameter among it."""
        value = given[parameter.scope, parameter.target[0]]
        # A function that calls itself was given something else where it does so.
        passed = self.passed if value.scope == parameter.scope else (*self.passed, value)
        return _Entered(self.reader.with_given(given), self.scopes | {parameter.scope}, passed)


def _as_given(met: ModelCall, place: Span, names: Names) -> ModelCall:
    """A call whose model stands where a function is given it."""
    resolved = names.resolve(Placed(met.argument, met.placed.scope)) if met.argument else None
    said = resolved.expression if resolved and isinstance(resolved.expression, Scalar) else None
    model = Value(met.model.raw, ValueKind.LITERAL, place)
    return replace(met, model=model, model_origin=said, is_given=True)

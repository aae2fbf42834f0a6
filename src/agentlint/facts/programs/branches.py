"""Reachability under known arguments: whether a call is run where functions get certain values."""

from __future__ import annotations

from collections.abc import Sequence, Set

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import Binding, Branch
from agentlint.facts.programs.bindings import Placed
from agentlint.facts.programs.code_defaults import parameters_of
from agentlint.facts.programs.code_names import Names
from agentlint.text import Span


class Branches:
    """The branches of a program. Those around a call are kept, since they are asked for often."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._around: dict[Span, Sequence[Branch]] = {}

    def leave_out(self, placed: Placed, given: Names, entered: Set[int]) -> bool:
        """Whether an expression is never run where the functions of the scopes `entered` get the arguments
        that `given` knows."""
        return any(
            self._is_of_parameter(branch, placed.scope)
            and _is_ruled_out(branch, placed.scope, given, entered)
            for branch in self._around_span(placed.expression.span)
        )

    def _around_span(self, span: Span) -> Sequence[Branch]:
        if span not in self._around:
            branches = self._names.document.branches
            self._around[span] = [
                b for b in branches if b.within.start <= span.start and span.end <= b.within.end
            ]
        return self._around[span]

    def _is_of_parameter(self, branch: Branch, scope: int) -> bool:
        """A constant of the program is there to be changed by hand, and rules nothing out."""
        return any(parameters_of(self._names, branch.asked, scope))


def _is_ruled_out(branch: Branch, scope: int, given: Names, entered: Set[int]) -> bool:
    asked = given.resolve_partial(Placed(branch.asked, scope))
    value = asked.expression
    match given.bindings(asked):
        case [Binding(parameter=True, default=Scalar() as default, scope=function)]:
            value = default if function in entered else value
    # What is None may be set anew in the function.
    if not isinstance(value, Scalar) or value.kind is ScalarKind.NULL:
        return False
    return _is_so(branch, value) is not branch.is_so


def _is_so(branch: Branch, value: Scalar) -> bool:
    if branch.texts:
        return value.text.casefold() in (text.casefold() for text in branch.texts)
    if value.kind is ScalarKind.STRING:
        return bool(value.text)
    return value.text not in {"False", "None", "0"}

"""Whether a call is come to where functions of the program are given something."""

from __future__ import annotations

from collections.abc import Sequence, Set

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import Binding, Branch
from agentlint.facts.programs.code_defaults import parameters_of
from agentlint.facts.programs.code_names import Names, Placed
from agentlint.text import Span


class Branches:
    """The branches of a program, of which those are asked for again and again that stand around a call."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._around: dict[Span, Sequence[Branch]] = {}

    def leave_out(self, placed: Placed, given: Names, entered: Set[int]) -> bool:
        """Whether a program does not come to an expression where its functions, those of the scopes
        `entered`, are `given` what these names know."""
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
    asked = given.followed(Placed(branch.asked, scope))
    told = asked.expression
    match given.bindings_of(asked):
        case [Binding(parameter=True, default=Scalar() as default, scope=function)]:
            told = default if function in entered else told
    # What is None may be told anew in the function.
    if not isinstance(told, Scalar) or told.kind is ScalarKind.NULL:
        return False
    return _is_so(branch, told) is not branch.is_so


def _is_so(branch: Branch, told: Scalar) -> bool:
    if branch.texts:
        return told.text.casefold() in (text.casefold() for text in branch.texts)
    if told.kind is ScalarKind.STRING:
        return bool(told.text)
    return told.text not in {"False", "None", "0"}

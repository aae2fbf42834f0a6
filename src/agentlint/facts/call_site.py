"""A model call in the code of a program."""

from __future__ import annotations

from msgspec import Struct

from agentlint.documents.code import Try
from agentlint.facts.route import RouteScope
from agentlint.facts.values.value import ABSENT, Located, Value
from agentlint.knowledge.families import Family
from agentlint.text import Span


class HelperCall(Struct, frozen=True):
    """One call of the function that a model call stands in, from the same file.

    `model` is what that function is given for the model, and `tries` are those around the call of it.
    """

    function: Located[str]
    model: Value
    tries: tuple[Try, ...]


class CallSite(Struct, frozen=True):
    """One call of a model, or the making of an object that calls one.

    `function` is the name as written. `family` is None where neither the name nor an argument tells
    it. `base_url` and `credential` are the client's, where the file shows how it was made. A `model`
    that comes from a constant of the file has its place in the call, and `model_origin` where the
    constant says it; `default_model` is the library's own choice for a call that names none, ""
    otherwise. `tools` is what shows that the call carries tools. `tries` are the `try` statements
    around the call, the innermost last; `helper_calls` the calls of the function around it that stand
    in a `try`.
    """

    path: str
    span: Span
    format: str
    function: Located[str]
    family: Family | None
    model: Value = ABSENT
    model_origin: Span | None = None
    default_model: str = ""
    base_url: Value = ABSENT
    credential: Value = ABSENT
    tools: Value = ABSENT
    tries: tuple[Try, ...] = ()
    helper_calls: tuple[HelperCall, ...] = ()
    scope: RouteScope = RouteScope.REPOSITORY

    @property
    def in_test(self) -> bool:
        return self.scope is RouteScope.TEST

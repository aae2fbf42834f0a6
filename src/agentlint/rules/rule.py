"""How a function becomes a rule, and how a rule is found by its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, TypeAlias, TypeVar, overload

from msgspec import Struct

from agentlint.findings import Finding
from agentlint.rules.context import Context

F = TypeVar("F")
Check: TypeAlias = Callable[[Any, Context], Iterator[Finding]]


class Rule(Struct, frozen=True):
    """`on` are the types of fact that the check reads; one on Project runs once a run."""

    on: tuple[type, ...]
    check: Check


@overload
def rule(*, on: type[F]) -> Callable[[Callable[[F, Context], Iterator[Finding]]], Rule]: ...
@overload
def rule(*, on: tuple[type, ...]) -> Callable[[Check], Rule]: ...
def rule(*, on: Any) -> Callable[[Any], Rule]:
    """Make a check of one kind of fact, or of several, into a rule. Its id is the name of its module, with
    hyphens, and that of its page."""

    def decorate(check: Check) -> Rule:
        return Rule(on if isinstance(on, tuple) else (on,), check)

    return decorate


def load_rule(rule_id: str) -> Rule:
    """The rule of an id, from the module of the same name; raises ModuleNotFoundError for none."""
    module = import_module(f"agentlint.rules.{rule_id.replace('-', '_')}")
    found: Rule = module.check
    return found

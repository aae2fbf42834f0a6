"""How a function becomes a rule, and how a rule is found by its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias, TypeVar

from agentlint.facts.project import Project
from agentlint.findings import Finding
from agentlint.rules.context import Context

F = TypeVar("F")
Check: TypeAlias = Callable[[Any, Context], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`on` is the type of fact that the check reads; one on Project runs once a run."""

    id: str
    on: type
    check: Check


def rule(
    rule_id: str, *, on: type[F]
) -> Callable[[Callable[[F, Context], Iterator[Finding]]], Rule]:
    """Make a check of one kind of fact into the rule with the page `rules/<rule_id>.md`."""

    def decorate(check: Callable[[F, Context], Iterator[Finding]]) -> Rule:
        return Rule(rule_id, on, check)

    return decorate


def load_rule(rule_id: str) -> Rule:
    """The rule of an id, from the module of the same name; raises ModuleNotFoundError for none."""
    module = import_module(f"agentlint.rules.{rule_id.replace('-', '_')}")
    found: Rule = module.check
    return found


def reads_project(rule: Rule) -> bool:
    """Whether a rule looks at the whole repository at once."""
    return rule.on is Project

"""What is a fault: one small module a rule, named as its page in `rules/`, one function in each."""

from agentlint.rules.context import Context
from agentlint.rules.rule import Check, Rule, load_rule, rule

__all__ = ["Check", "Context", "Rule", "load_rule", "rule"]

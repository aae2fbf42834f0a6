"""How a program comes to its statements: by tries, by what failed before them, and on conditions."""

from __future__ import annotations

import ast
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from agentlint.documents.code import Branch, Try, TryPart
from agentlint.documents.limits import limit_problem
from agentlint.documents.python_branches import branches
from agentlint.documents.python_failures import MAX_ATTEMPTS, failures
from agentlint.text import Region, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentlint.documents.nodes import Problem
    from agentlint.documents.python_expressions import Expressions

_MAX_BRANCHES = 1_000
"""Of one module. Each of them is looked at for each call that something is given to."""


class Flow:
    """What the nodes of a tree tell of it, in the order of the text: `branches` as a `CodeDocument` has
    them, and by the statements still to come what `failed` before each."""

    def __init__(self, region: Region, expressions: Expressions) -> None:
        self.branches: list[Branch] = []
        self.problems: list[Problem] = []
        self.failed: defaultdict[ast.AST, list[Try]] = defaultdict(list)
        self._region = region
        self._expressions = expressions

    def failed_before(self, node: ast.AST) -> tuple[Try, ...]:
        return tuple(self.failed.pop(node, ()))

    def parts(self, node: ast.Try) -> Iterator[tuple[ast.AST, Try]]:
        """The statements of a `try` with the part of it that each stands in."""
        statement = self._expressions.span(node)
        body = Try(statement, TryPart.BODY)
        yield from ((child, body) for child in node.body)
        for handler in node.handlers:
            yield handler, self._handler(handler, statement)
        otherwise = Try(statement, TryPart.ELSE)
        yield from ((child, otherwise) for child in node.orelse)
        finally_ = Try(statement, TryPart.FINALLY)
        yield from ((child, finally_) for child in node.finalbody)

    def _handler(self, node: ast.ExceptHandler, statement: Span) -> Try:
        return Try(
            statement,
            TryPart.HANDLER,
            catches=self._caught(node),
            calls=tuple(
                self._expressions.path(inner.func).text
                for inner in ast.walk(node)
                if isinstance(inner, ast.Call)
            ),
        )

    def mark_failures(self, node: ast.AST) -> None:
        """Remember which statements of `node` are reached by the failure of another."""
        for failure in failures(node):
            if failure.left_out:
                what = f"more than {MAX_ATTEMPTS} attempts, one after the other"
                self.problems.append(limit_problem(what, self._expressions.span(failure.attempt)))
                continue
            caught = [self._caught(handler) for handler in failure.handlers]
            kinds = tuple(kind for kinds in caught for kind in kinds) if all(caught) else ()
            after = Try(self._expressions.span(failure.attempt), TryPart.AFTER, catches=kinds)
            for statement in failure.statements:
                self.failed[statement].append(after)

    def mark_branches(self, node: ast.AST) -> None:
        """Remember the parts of `node` that are come to on a condition."""
        left = _MAX_BRANCHES - len(self.branches)
        for question, first, last in islice(branches(node), left):
            (start, _), (_, end) = self._expressions.offsets(first), self._expressions.offsets(last)
            asked, within = self._expressions.read(question.asked), self._region.span(start, end)
            self.branches.append(Branch(asked, question.texts, question.is_so, within))

    def _caught(self, handler: ast.ExceptHandler) -> tuple[str, ...]:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        return tuple(self._expressions.path(kind).text for kind in kinds if kind)

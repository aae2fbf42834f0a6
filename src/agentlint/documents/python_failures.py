"""Statements that a program comes to only where a `try` before them failed.

Three forms count: what follows a `try` whose body returns and whose handler does not; what follows a
loop of such attempts, or is its `else`; and what is asked of a name that the `try` was to bind
(`if answer is None:`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, TypeAlias

_Tries: TypeAlias = tuple[type[ast.Try], ...]
_TRIES: _Tries = (ast.Try, getattr(ast, "TryStar", ast.Try))
LOOPS = (ast.For, ast.AsyncFor, ast.While)
_ENDS = (ast.Return, ast.Raise)
_LEAVES = (*_ENDS, ast.Break, ast.Continue)
MAX_ATTEMPTS = 20
"""Of one suite: what follows an attempt is told for each of them."""
# How far behind an attempt the question for its answer may stand, in statements.
_REACH = 5


class Failure(NamedTuple):
    """`handlers` are those of `attempt` that let the program go on to `statements`.

    One that is `left_out` stands for all that are too many to be told.
    """

    statements: list[ast.stmt]
    attempt: ast.Try
    handlers: tuple[ast.ExceptHandler, ...]
    left_out: bool = False


def failures(node: ast.AST) -> Iterator[Failure]:
    """What is reached by failure among the statements that stand directly in `node`."""
    for field in ("body", "orelse", "finalbody"):
        suite = getattr(node, field, None)
        if isinstance(suite, list):
            found = _in_suite(suite)
            yield from islice(found, MAX_ATTEMPTS)
            one_more = next(found, None)
            if one_more:
                yield one_more._replace(left_out=True)


def _in_suite(suite: list[ast.stmt]) -> Iterator[Failure]:
    for index, statement in enumerate(suite):
        if isinstance(statement, _TRIES):
            yield from _after_attempt(statement, suite[index + 1 :])
        elif isinstance(statement, LOOPS):
            yield from _after_loop(statement, suite[index + 1 :])


def _after_attempt(attempt: ast.Try, rest: list[ast.stmt]) -> Iterator[Failure]:
    handlers = _passing(attempt, _LEAVES)
    if not handlers:
        return
    if _ends_in(attempt.orelse or attempt.body, _LEAVES):
        yield Failure(rest, attempt, handlers)
        return
    bound = _bound(attempt.body)
    for statement in rest[:_REACH]:
        if isinstance(statement, ast.If) and _asks_for_nothing(statement.test, bound):
            yield Failure(statement.body, attempt, handlers)
            return


def _after_loop(
    loop: ast.For | ast.AsyncFor | ast.While, rest: list[ast.stmt]
) -> Iterator[Failure]:
    for attempt in loop.body:
        if isinstance(attempt, _TRIES) and (handlers := _passing(attempt, _ENDS)):
            success = attempt.orelse or attempt.body
            if _ends_in(success, (ast.Return,)):
                yield Failure([*loop.orelse, *rest], attempt, handlers)
            elif _ends_in(success, (ast.Break,)):
                yield Failure(loop.orelse, attempt, handlers)


def _passing(attempt: ast.Try, ends: tuple[type[ast.stmt], ...]) -> tuple[ast.ExceptHandler, ...]:
    return tuple(handler for handler in attempt.handlers if not _ends_in(handler.body, ends))


def _ends_in(suite: list[ast.stmt], kinds: tuple[type[ast.stmt], ...]) -> bool:
    return bool(suite) and isinstance(suite[-1], kinds)


def _bound(suite: list[ast.stmt]) -> set[str]:
    return {
        target.id
        for statement in suite
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _asks_for_nothing(test: ast.expr, names: set[str]) -> bool:
    """Whether a test is `name is None` or `not name`."""
    match test:
        case ast.Compare(
            left=ast.Name(id=name), ops=[ast.Is()], comparators=[ast.Constant(value=None)]
        ):
            return name in names
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)):
            return name in names
    return False

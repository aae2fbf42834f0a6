"""Blocks that a program comes to only where what it asks of a name is so, or is not so.

Read are comparisons with texts (`host == "a"`, `host in ("a", "b")`, `match host:`), with `.lower()` and
its like left out, and names asked alone (`if azure:`), by `and`, `or` and `not`. What follows a block that
is left by a `return` or `raise` is come to only where the question of that is answered otherwise.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

_ENDS = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_SAME_BUT_FOR_CASE = frozenset({"lower", "upper", "strip", "casefold"})
_SUITES = ("body", "orelse", "finalbody")
_MAX_DEPTH = 3
MAX_TEXTS = 24


class Question(NamedTuple):
    """Whether `asked` is one of `texts`, or is anything where there are none, and whether `is_so`."""

    asked: ast.expr
    texts: tuple[str, ...]
    is_so: bool


class Asked(NamedTuple):
    """What is come to from the begin of one node to the end of another only as a question is answered."""

    question: Question
    first: ast.AST
    last: ast.AST


def branches(node: ast.AST) -> Iterator[Asked]:
    """The blocks of a node, and the rests of its suites, that are come to on a condition."""
    match node:
        case ast.If(test=test, body=body, orelse=orelse):
            yield from _blocks(test, body[0], body[-1], is_so=True)
            if orelse:
                yield from _blocks(test, orelse[0], orelse[-1], is_so=False)
        case ast.IfExp(test=test, body=either, orelse=other):
            yield from _blocks(test, either, either, is_so=True)
            yield from _blocks(test, other, other, is_so=False)
        case ast.Match(subject=subject, cases=cases):
            yield from _cases(subject, cases)
    for name in _SUITES:
        suite = getattr(node, name, None)
        if isinstance(suite, list):
            yield from _rests(suite)


def _blocks(test: ast.expr, first: ast.AST, last: ast.AST, *, is_so: bool) -> Iterator[Asked]:
    for question in _questions(test, is_so=is_so):
        yield Asked(question, first, last)


def _cases(subject: ast.expr, cases: list[ast.match_case]) -> Iterator[Asked]:
    before: list[str] = []
    for case in cases:
        texts = _texts_of(case.pattern)
        first, last = case.body[0], case.body[-1]
        if texts:
            yield Asked(Question(_without_case_change(subject), texts, is_so=True), first, last)
        elif before:
            others = tuple(before[:MAX_TEXTS])
            yield Asked(Question(_without_case_change(subject), others, is_so=False), first, last)
        before += texts if case.guard is None else ()


def _texts_of(pattern: ast.pattern) -> tuple[str, ...]:
    match pattern:
        case ast.MatchValue(value=ast.Constant(value=str() as text)):
            return (text,)
        case ast.MatchOr(patterns=patterns):
            found = [_texts_of(inner) for inner in patterns[:MAX_TEXTS]]
            is_all = all(found) and len(found) == len(patterns)
            return tuple(text for texts in found for text in texts) if is_all else ()
    return ()


def _rests(suite: list[ast.stmt]) -> Iterator[Asked]:
    for index, statement in enumerate(suite[:-1]):
        if isinstance(statement, ast.If):
            for test in _left_by(statement):
                yield from _blocks(test, suite[index + 1], suite[-1], is_so=False)


def _left_by(statement: ast.stmt) -> Iterator[ast.expr]:
    """The tests of an `if` and of what `elif` asks behind it, as far as their blocks are left."""
    while isinstance(statement, ast.If) and isinstance(statement.body[-1], _ENDS):
        yield statement.test
        if len(statement.orelse) != 1:
            return
        statement = statement.orelse[0]


def _questions(test: ast.expr, *, is_so: bool, depth: int = 0) -> Iterator[Question]:
    """What is known to be so, or not, where a test is, or is not."""
    if depth == _MAX_DEPTH:
        return
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _questions(operand, is_so=not is_so, depth=depth + 1)
        case ast.BoolOp(op=op, values=values) if isinstance(op, ast.And) is is_so:
            for value in values[:MAX_TEXTS]:
                yield from _questions(value, is_so=is_so, depth=depth + 1)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            texts = _texts(op, right)
            if texts:
                yield Question(
                    _without_case_change(left), texts, isinstance(op, (ast.Eq, ast.In)) is is_so
                )
        case ast.Name() | ast.Attribute():
            yield Question(test, (), is_so)


def _texts(op: ast.cmpop, right: ast.expr) -> tuple[str, ...]:
    match op, right:
        case ((ast.Eq() | ast.NotEq()), ast.Constant(value=str() as text)):
            return (text,)
        case (
            (ast.In() | ast.NotIn()),
            (ast.Tuple(elts=items) | ast.List(elts=items)) | ast.Set(elts=items),
        ):
            values = [item.value for item in items if isinstance(item, ast.Constant)]
            texts = tuple(value for value in values if isinstance(value, str))
            return texts if len(texts) == len(items) <= MAX_TEXTS else ()
    return ()


def _without_case_change(asked: ast.expr) -> ast.expr:
    match asked:
        case ast.Call(func=ast.Attribute(value=inner, attr=method), args=[], keywords=[]) if (
            method in _SAME_BUT_FOR_CASE
        ):
            return inner
    return asked

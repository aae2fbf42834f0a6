"""Python into calls and bindings, by one walk over the tree of the parser."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from agentlint.documents.code import (
    Binding,
    CodeDocument,
    Comparison,
    PlacedCall,
    Scope,
    ScopeKind,
    Try,
)
from agentlint.documents.limits import limit_problem, syntax_problem
from agentlint.documents.python_bindings import Bindings
from agentlint.documents.python_comments import Comments
from agentlint.documents.python_dictionaries import Dictionaries
from agentlint.documents.python_expressions import Expressions
from agentlint.documents.python_flow import Flow
from agentlint.documents.python_parser import (
    FORMATTED,
    NOT_PYTHON,
    PARSER_ERRORS,
    limit_reached,
    tree,
)
from agentlint.text import Region, line_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentlint.documents.code import Expression
    from agentlint.documents.nodes import Problem

# Nodes with nothing in them that is looked for.
_LEAVES = frozenset(
    kind
    for family in (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)
    for kind in family.__subclasses__()
) | {ast.Name, ast.Pass}

# Fields of the grammar that hold names, numbers and operators.
_WITHOUT_NODES = frozenset(
    {"id", "attr", "arg", "ctx", "op", "ops", "kind", "module", "level", "conversion", "is_async"}
    | {"simple", "asname", "type_comment"}
)

_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
}

_Placed: TypeAlias = tuple[ast.AST, int, tuple[Try, ...]]
_Visitor: TypeAlias = "Callable[[_Reader, Any, int, tuple[Try, ...]], Iterable[_Placed]]"


def parse(region: Region) -> CodeDocument:
    """The calls and bindings of a module; none, and a problem, for a text that is not read."""
    problem = limit_reached(region)
    if problem:
        return CodeDocument(region, problems=(problem,))
    try:
        module = tree(region.text)
        return _Reader(region).read(module)
    except (MemoryError, RecursionError):
        return _unread(region, limit_problem("nested too deeply", region.span(0, 0)))
    except PARSER_ERRORS as error:
        where = _place_of(error, region.text)
        return _unread(region, syntax_problem(NOT_PYTHON, region.span(where, where)))


def _unread(region: Region, problem: Problem) -> CodeDocument:
    return CodeDocument(region, problems=(problem,))


def _place_of(error: BaseException, text: str) -> int:
    starts = line_starts(text)
    line = getattr(error, "lineno", None) or 1
    return starts[min(line, len(starts)) - 1]


class _Reader:
    """One walk over the tree, in the order of the text and without recursion."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._expressions = Expressions(region)
        self._imports: dict[str, str] = {}
        self._bindings = Bindings(region, self._expressions)
        self._calls: list[PlacedCall] = []
        self._returns: defaultdict[int, list[Expression]] = defaultdict(list)
        self._comparisons: list[Comparison] = []
        self._comments = Comments(region)
        self._flow = Flow(region, self._expressions)
        self._dictionaries = Dictionaries()

    def read(self, module: ast.Module) -> CodeDocument:
        stack: list[_Placed] = [(module, 0, ())]
        visitors = _visitors()
        while stack:
            node, scope, tries = stack.pop()
            if self._flow.failed:
                tries += self._flow.failed_before(node)
            kind = type(node)
            self._bindings.come_to(node)
            if "body" in node._fields:
                self._bindings.mark_blocks(node)
                self._flow.mark_failures(node)
                self._flow.mark_branches(node)
            elif kind is ast.Match:
                self._flow.mark_branches(node)
            visit = visitors.get(kind)
            if visit is None:
                inner = [(child, scope, tries) for child in _children(node)]
            else:
                inner = list(visit(self, node, scope, tries))
            inner.reverse()
            stack += inner
        return CodeDocument(
            region=self._region,
            imports=self._imports,
            scopes=tuple(self._bindings.scopes),
            bindings=tuple(self._bindings.found),
            calls=tuple(self._calls),
            returns=dict(self._returns),
            comparisons=tuple(self._comparisons),
            loops=tuple(self._bindings.loops),
            branches=tuple(self._flow.branches),
            items_set=dict(self._dictionaries.items_set),
            shared=self._dictionaries.shared(module, self._bindings.dictionaries),
            comments=tuple(self._comments.found()),
            problems=tuple(self._flow.problems[:1]),
        )

    def call(self, node: ast.Call, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        self._dictionaries.call(node)
        self._calls.append(PlacedCall(self._expressions.call(node), scope, tries))
        yield from ((child, scope, tries) for child in _children(node))

    def assertion(self, node: ast.Assert, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        for inner in ast.walk(node.test):
            if isinstance(inner, ast.Compare) and len(inner.ops) == 1:
                self._compared(inner, scope)
        yield from ((child, scope, tries) for child in _children(node))

    def _compared(self, node: ast.Compare, scope: int) -> None:
        operator = _OPERATORS.get(type(node.ops[0]))
        if operator:
            left = self._expressions.read(node.left)
            right = self._expressions.read(node.comparators[0])
            span = self._expressions.span(node)
            self._comparisons.append(Comparison(left, operator, right, scope, span))

    def string(self, node: ast.Constant, _scope: int, _tries: tuple[Try, ...]) -> tuple[()]:
        """Only a string that holds a `#` can hide that it begins no comment."""
        value = node.value
        if "#" in value if isinstance(value, str) else isinstance(value, bytes) and b"#" in value:
            self._comments.add_string(*self._expressions.offsets(node))
        return ()

    def formatted(self, node: ast.expr, _scope: int, _tries: tuple[Try, ...]) -> tuple[()]:
        """Not looked into: places inside a formatted string differ between parser versions."""
        self._comments.add_string(*self._expressions.offsets(node))
        return ()

    def function(
        self,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
        scope: int,
        tries: tuple[Try, ...],
    ) -> Iterator[_Placed]:
        name = "" if isinstance(node, ast.Lambda) else node.name
        inner = self._bindings.open(self._scope_of(node, scope, name))
        if name:
            holds = self._bindings.holding(node)
            self._bindings.add(Binding((name,), None, scope, holds=holds, function=inner))
        around = [*node.args.defaults, *(default for default in node.args.kw_defaults if default)]
        if not isinstance(node, ast.Lambda):
            around = [*node.decorator_list, *around]
        yield from ((child, scope, tries) for child in around)
        defaults = _defaults(node.args)
        for parameter in _parameters(node.args):
            default = defaults.get(parameter)
            read = self._expressions.read(default) if default else None
            holds, kind = self._bindings.holding(parameter), _kind(parameter.annotation)
            target = (parameter.arg,)
            self._bindings.add(
                Binding(target, None, inner, read, holds=holds, kind=kind, parameter=True)
            )
            if parameter.annotation:
                yield parameter.annotation, scope, tries
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        yield from ((child, inner, ()) for child in body)

    def _scope_of(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, around: int, name: str
    ) -> Scope:
        positional = (*node.args.posonlyargs, *node.args.args)
        decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
        return Scope(
            ScopeKind.FUNCTION,
            around,
            name,
            parameters=tuple(parameter.arg for parameter in positional),
            decorators=tuple(
                self._expressions.call(call) for call in decorators if isinstance(call, ast.Call)
            ),
        )

    def return_(self, node: ast.Return, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        if node.value:
            self._returns[scope].append(self._expressions.read(node.value))
            yield node.value, scope, tries

    def class_(self, node: ast.ClassDef, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        around = [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]
        inner = self._bindings.open(Scope(ScopeKind.CLASS, scope, node.name, derived=bool(around)))
        holds = self._bindings.holding(node)
        self._bindings.add(Binding((node.name,), None, scope, holds=holds, class_=inner))
        yield from ((child, scope, tries) for child in around)
        yield from ((child, inner, tries) for child in node.body)

    def import_(
        self, node: ast.Import | ast.ImportFrom, scope: int, _tries: tuple[Try, ...]
    ) -> tuple[()]:
        origin = ""
        if isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
        for alias in node.names:
            if isinstance(node, ast.Import) and not alias.asname:
                name = target = alias.name.partition(".")[0]
            else:
                name = alias.asname or alias.name
                target = f"{origin}.{alias.name}" if origin.strip(".") else origin + alias.name
            self._imports[name] = target
            holds = self._bindings.holding(node)
            self._bindings.add(Binding((name,), None, scope, holds=holds, imported=target))
        return ()

    def assignment(
        self, node: ast.Assign | ast.AnnAssign, scope: int, tries: tuple[Try, ...]
    ) -> Iterator[_Placed]:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value is not None:
            value = self._expressions.read(node.value)
            for target in targets:
                self._bindings.bind_target(target, value, scope, node)
        yield from ((child, scope, tries) for child in _children(node))

    def statement(self, node: ast.Expr, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        self._dictionaries.statement(node)
        yield node.value, scope, tries

    def item(self, node: ast.Subscript, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        self._dictionaries.item(node)
        yield from ((child, scope, tries) for child in _children(node))

    def named(self, node: ast.NamedExpr, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        self._bindings.bind_target(node.target, self._expressions.read(node.value), scope, node)
        yield node.value, scope, tries

    def context(self, node: ast.withitem, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        if node.optional_vars:
            value = self._expressions.read(node.context_expr)
            self._bindings.bind_target(node.optional_vars, value, scope, node.optional_vars)
        yield node.context_expr, scope, tries

    def opaque(
        self,
        node: ast.For | ast.AsyncFor | ast.AugAssign | ast.comprehension,
        scope: int,
        tries: tuple[Try, ...],
    ) -> Iterator[_Placed]:
        if isinstance(node.target, ast.Name) and not isinstance(node, ast.AugAssign):
            each = self._expressions.read(node.iter)
            holds = self._bindings.holding(node.target)
            self._bindings.add(Binding((node.target.id,), None, scope, holds=holds, each=each))
        else:
            self._bindings.bind_target(node.target, None, scope, node.target)
        yield from ((child, scope, tries) for child in _children(node))

    def caught(
        self,
        node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar,
        scope: int,
        tries: tuple[Try, ...],
    ) -> Iterator[_Placed]:
        if node.name:
            holds = self._bindings.holding(node)
            self._bindings.add(Binding((node.name,), None, scope, holds=holds))
        yield from ((child, scope, tries) for child in _children(node))

    def rest(self, node: ast.MatchMapping, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        if node.rest:
            holds = self._bindings.holding(node)
            self._bindings.add(Binding((node.rest,), None, scope, holds=holds))
        yield from ((child, scope, tries) for child in _children(node))

    def global_(self, node: ast.Global, scope: int, _tries: tuple[Try, ...]) -> tuple[()]:
        self._bindings.declare_global(scope, node.names)
        return ()

    def nonlocal_(self, node: ast.Nonlocal, scope: int, _tries: tuple[Try, ...]) -> tuple[()]:
        self._bindings.declare_nonlocal(scope, node.names)
        return ()

    def try_(self, node: ast.Try, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        for child, within in self._flow.parts(node):
            yield child, scope, (*tries, within)


def _children(node: ast.AST) -> list[ast.AST]:
    """As ast.iter_child_nodes, without leaves and in a third of the time."""
    found: list[ast.AST] = []
    for name in _with_nodes(node._fields):
        field = getattr(node, name, None)
        if isinstance(field, list):
            found += [
                item for item in field if isinstance(item, ast.AST) and type(item) not in _LEAVES
            ]
        elif isinstance(field, ast.AST) and type(field) not in _LEAVES:
            found.append(field)
    return found


@cache
def _with_nodes(fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in fields if name not in _WITHOUT_NODES)


def _kind(annotation: ast.expr | None) -> str:
    """The class that an annotation names, `None` beside it left out."""
    match annotation:
        case ast.BinOp(left=named, op=ast.BitOr(), right=ast.Constant(value=None)):
            annotation = named
        case ast.Subscript(
            value=ast.Name(id="Optional") | ast.Attribute(attr="Optional"),
            slice=ast.expr() as named,
        ):
            annotation = named
    match annotation:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            return f"{module}.{name}"
    return ""


def _parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (parameter for parameter in (arguments.vararg, arguments.kwarg) if parameter)


def _defaults(arguments: ast.arguments) -> dict[ast.arg, ast.expr]:
    places = (*arguments.posonlyargs, *arguments.args)
    last = places[len(places) - len(arguments.defaults) :]
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return {
        **dict(zip(last, arguments.defaults, strict=True)),
        **{parameter: default for parameter, default in named if default},
    }


@cache
def _visitors() -> dict[type[ast.AST], _Visitor]:
    return {
        ast.Call: _Reader.call,
        ast.Assert: _Reader.assertion,
        ast.Constant: _Reader.string,
        ast.FunctionDef: _Reader.function,
        ast.AsyncFunctionDef: _Reader.function,
        ast.Lambda: _Reader.function,
        ast.Return: _Reader.return_,
        ast.ClassDef: _Reader.class_,
        ast.Import: _Reader.import_,
        ast.ImportFrom: _Reader.import_,
        ast.Assign: _Reader.assignment,
        ast.AnnAssign: _Reader.assignment,
        ast.Expr: _Reader.statement,
        ast.Subscript: _Reader.item,
        ast.NamedExpr: _Reader.named,
        ast.withitem: _Reader.context,
        ast.For: _Reader.opaque,
        ast.AsyncFor: _Reader.opaque,
        ast.AugAssign: _Reader.opaque,
        ast.comprehension: _Reader.opaque,
        ast.ExceptHandler: _Reader.caught,
        ast.MatchAs: _Reader.caught,
        ast.MatchStar: _Reader.caught,
        ast.MatchMapping: _Reader.rest,
        ast.Global: _Reader.global_,
        ast.Nonlocal: _Reader.nonlocal_,
        ast.Try: _Reader.try_,
        ast.TryStar: _Reader.try_,
        **dict.fromkeys(FORMATTED, _Reader.formatted),
    }

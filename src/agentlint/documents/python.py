"""Python into calls and bindings, by the standard library's parser alone; nothing is run.

The parser reads the grammar of the interpreter that agentlint runs on, so a file in a newer one
is a problem and no more. What hurts it was measured: a dotted name of n parts after `import` costs
n² bytes (2.5 GB for 100 kB), and an f-string of n parts n² steps (7 s for 260 kB), so those are
counted first. Below the limits here no text takes the parser two seconds or 250 MB.
"""

from __future__ import annotations

import ast
import sys
import warnings
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any, TypeAlias

from agentlint.documents.code import (
    Argument,
    Binding,
    Call,
    Choice,
    CodeDocument,
    Comparison,
    Dictionary,
    Lookup,
    Path,
    PlacedCall,
    Scope,
    ScopeKind,
    Try,
    TryPart,
    Unread,
)
from agentlint.documents.limits import limit_problem, size_problem, syntax_problem
from agentlint.documents.nodes import Scalar, ScalarKind
from agentlint.documents.python_failures import MAX_ATTEMPTS, failures
from agentlint.text import Pattern, Region, Span, line_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentlint.documents.code import Expression
    from agentlint.documents.nodes import Problem

MAX_IMPORT_DOTS = 500
MAX_BRACES = 30_000
"""Braces in a text with f-strings: before Python 3.12, each is looked for anew in the whole string."""
MAX_EXPRESSION_DEPTH = 24
"""Calls within arguments of calls: what lies deeper is not looked into."""
MAX_DICTIONARY_KEYS = 24
"""Keys of a dictionary that holds options; a larger one holds data, and is not read."""
_ENVIRONMENT = "environ"

# Whatever can stand in a dotted name after `import`, or between two of them, up to the line's end.
# Begun with the word itself, which a search passes over fastest.
_IMPORTS = tuple(
    Pattern(rf"{word}(?<!\w{word})\b(?:[^\n\r#'\"()=;:\\]|\\\r?\n|\\\r){{1,262144}}")
    for word in ("import", "from")
)
_QUOTES = Pattern(r"[A-Za-z]{0,3}(\"\"\"|'''|\"|')")
_FORMATTED_STRING = Pattern(r"[fFtT][rR]?[\"']")
_LINE_END = Pattern(r"\r\n?")
_SURROGATE = Pattern(r"[\ud800-\udfff]")
_COMMENT = Pattern(r"#[^\r\n]{0,262144}")
_NOT_PYTHON = "not valid in Python {}.{}, which agentlint runs on".format(*sys.version_info)
_PARSER_ERRORS = (
    MemoryError,
    RecursionError,
    ValueError,
    SyntaxError,
    OverflowError,
)
FORMATTED = tuple(
    kind for name in ("JoinedStr", "TemplateStr") if (kind := getattr(ast, name, None))
)

_BLOCKS = frozenset({"body", "orelse", "finalbody"})
_CHANGERS = frozenset({"update", "setdefault", "pop", "popitem", "clear"})
_LOOPS = (ast.For, ast.AsyncFor, ast.While)

# Nodes with nothing in them that is looked for.
_LEAVES = frozenset(
    kind
    for family in (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)
    for kind in family.__subclasses__()
) | {ast.Name, ast.Pass}

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
    problem = _limit_reached(region)
    if problem:
        return CodeDocument(region, problems=(problem,))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(region.text)
        return _Reader(region).read(module)
    except (MemoryError, RecursionError):
        return _unread(region, limit_problem("nested too deeply", region.span(0, 0)))
    except _PARSER_ERRORS as error:
        where = _place_of(error, region.text)
        return _unread(region, syntax_problem(_NOT_PYTHON, region.span(where, where)))


def module_of(region: Region) -> ast.Module | None:
    """The parser's own tree, None for a text that is not read."""
    if _limit_reached(region):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(region.text)
    except _PARSER_ERRORS:
        return None


def _unread(region: Region, problem: Problem) -> CodeDocument:
    return CodeDocument(region, problems=(problem,))


def _limit_reached(region: Region) -> Problem | None:
    return size_problem(region) or _import_problem(region) or _brace_problem(region)


def _brace_problem(region: Region) -> Problem | None:
    if region.text.count("{") > MAX_BRACES and _FORMATTED_STRING.search(region.text):
        what = f"more than {MAX_BRACES:,} braces in a text with f-strings"
        return limit_problem(what, region.span(0, 0))
    return None


def _import_problem(region: Region) -> Problem | None:
    for match in chain.from_iterable(word.finditer(region.text) for word in _IMPORTS):
        if match[0].count(".") > MAX_IMPORT_DOTS:
            where = region.span(match.start(), match.start())
            return limit_problem(f"more than {MAX_IMPORT_DOTS} dots in one import", where)
    return None


def _place_of(error: BaseException, text: str) -> int:
    starts = line_starts(text)
    line = getattr(error, "lineno", None) or 1
    return starts[min(line, len(starts)) - 1]


class Positions:
    """From the parser's lines and UTF-8 bytes to code points of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = line_starts(text)
        self._ascii = text.isascii()
        self._bytes_before: dict[int, list[int]] = {}

    def offset(self, line: int, column: int) -> int:
        start = self._starts[line - 1]
        return start + (column if self._ascii else self._characters(line, column))

    def offset_of_line(self, line: int) -> int:
        """Where a line begins; the end of the text for the line behind its last one."""
        return self._starts[line - 1] if line <= len(self._starts) else len(self._text)

    def _characters(self, line: int, column: int) -> int:
        """How many code points of a line take its first `column` bytes."""
        sizes = self._bytes_before.get(line)
        if sizes is None:
            end = self._starts[line] if line < len(self._starts) else len(self._text)
            text = self._text[self._starts[line - 1] : end]
            sizes = [] if text.isascii() else [0, *accumulate(len(c.encode()) for c in text)]
            self._bytes_before[line] = sizes
        return bisect_left(sizes, column) if sizes else column


class _Expressions:
    """Expressions of the parser as ours."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._positions = Positions(region.text)
        self._calls: dict[ast.Call, Call] = {}

    def offsets(self, node: ast.AST) -> tuple[int, int]:
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        end_line, end_column = getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)
        return self._positions.offset(line, column), self._positions.offset(end_line, end_column)

    def span(self, node: ast.AST) -> Span:
        return self._region.span(*self.offsets(node))

    def read(self, node: ast.expr, depth: int = 0) -> Expression:
        if depth < MAX_EXPRESSION_DEPTH:
            match node:
                case ast.Constant():
                    return self._constant(node)
                case ast.Name() | ast.Attribute():
                    return self.path(node, depth)
                case ast.Call():
                    return self.call(node, depth)
                case ast.Await() | ast.NamedExpr():
                    return self.read(node.value, depth + 1)
                case ast.BoolOp() | ast.Subscript() | ast.Dict():
                    return self._compound(node, depth + 1)
        return self._unread(node)

    def path(self, node: ast.expr, depth: int = 0) -> Path:
        names: list[str] = []
        inner = node
        while isinstance(inner, ast.Attribute):
            names.append(inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name):
            return Path((inner.id, *reversed(names)), self.span(node))
        return Path(tuple(reversed(names)), self.span(node), self.read(inner, depth + 1))

    def call(self, node: ast.Call, depth: int = 0) -> Call:
        """A call, read once: the walk comes by again for each call within its arguments."""
        if node not in self._calls:
            self._calls[node] = self._call(node, depth)
        return self._calls[node]

    def _call(self, node: ast.Call, depth: int) -> Call:
        starred = any(isinstance(argument, ast.Starred) for argument in node.args)
        arguments = [
            Argument("", self.read(argument, depth + 1))
            for argument in node.args
            if not isinstance(argument, ast.Starred)
        ]
        arguments += [
            Argument(keyword.arg, self.read(keyword.value, depth + 1))
            for keyword in node.keywords
            if keyword.arg
        ]
        return Call(
            function=self.path(node.func, depth),
            arguments=tuple(arguments),
            span=self.span(node),
            open=starred or any(keyword.arg is None for keyword in node.keywords),
            unpacked=tuple(
                self.read(keyword.value, depth + 1)
                for keyword in node.keywords
                if keyword.arg is None
            ),
        )

    def _compound(self, node: ast.BoolOp | ast.Subscript | ast.Dict, depth: int) -> Expression:
        match node:
            case ast.Dict(keys=keys) if 0 < len(keys) <= MAX_DICTIONARY_KEYS:
                return self._dictionary(node, depth)
            case ast.BoolOp(op=ast.Or(), values=options):
                return Choice(tuple(self.read(o, depth) for o in options), self.span(node))
            case ast.Subscript(value=container, slice=ast.Constant(value=str()) as key):
                return Lookup(self.read(container, depth), self._string(key), self.span(node))
        return self._unread(node)

    def _dictionary(self, node: ast.Dict, depth: int) -> Dictionary | Unread:
        names = [
            key.value
            for key in node.keys
            if isinstance(key, ast.Constant) and isinstance(key.value, str)
        ]
        if len(names) < len(node.keys):
            return self._unread(node)
        values = (self.read(value, depth) for value in node.values)
        arguments = tuple(map(Argument, names, values))
        return Dictionary(arguments, self.span(node))

    def _unread(self, node: ast.expr) -> Unread:
        return Unread(self.span(node), _is_empty(node))

    def _constant(self, node: ast.Constant) -> Expression:
        if isinstance(node.value, str):
            return self._string(node)
        kind = _kind_of(node.value)
        if kind is None:
            return self._unread(node)
        region = self._region.cut(*self.offsets(node))
        return Scalar(kind, region, region.span())

    def _string(self, node: ast.Constant) -> Scalar:
        start, end = self.offsets(node)
        value = str(node.value)
        if not value.isascii():
            value = _SURROGATE.sub("\ufffd", value)
        quotes = _QUOTES.match(self._region.text, start, end)
        low = quotes.end() if quotes else start
        high = max(low, end - len(quotes[1])) if quotes else end
        written = self._region.text[low:high]
        if "\r" in written:
            written = _LINE_END.sub("\n", written)
        if written == value:
            region = self._region.cut(low, high)
        else:  # escapes, or several literals in a row: the value has no places of its own
            origin = self._region.span(low, high)
            region = Region.join([(value, origin)], at=origin.start, exact=False)
        return Scalar(ScalarKind.STRING, region, self._region.span(start, end))


def _kind_of(value: object) -> ScalarKind | None:
    match value:
        case None:
            return ScalarKind.NULL
        case bool():
            return ScalarKind.BOOLEAN
        case int():
            return ScalarKind.INTEGER
        case float():
            return ScalarKind.FLOAT
    return None


def _is_empty(node: ast.expr) -> bool:
    match node:
        case ast.List() | ast.Tuple() | ast.Set():
            return not node.elts
        case ast.Dict():
            return not node.keys
    return False


class _Reader:
    """One walk over the tree, in the order of the text and without recursion."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._expressions = _Expressions(region)
        self._imports: dict[str, str] = {}
        self._scopes = [Scope(ScopeKind.MODULE, -1)]
        self._globals: set[tuple[int, str]] = set()
        self._bindings: list[Binding] = []
        self._calls: list[PlacedCall] = []
        self._returns: defaultdict[int, list[Expression]] = defaultdict(list)
        self._comparisons: list[Comparison] = []
        self._strings: list[tuple[int, int]] = []
        self._problems: list[Problem] = []
        self._failed: defaultdict[ast.AST, list[Try]] = defaultdict(list)
        self._items_set: defaultdict[str, set[str]] = defaultdict(set)
        self._loops: list[Span] = []
        self._block_ends: dict[ast.AST, int] = {}
        self._block_end = 0

    def read(self, module: ast.Module) -> CodeDocument:
        stack: list[_Placed] = [(module, 0, ())]
        visitors = _visitors()
        while stack:
            node, scope, tries = stack.pop()
            if self._failed:
                tries += tuple(self._failed.pop(node, ()))
            self._block_end = self._block_ends.pop(node, self._block_end)
            if "body" in node._fields:
                self._mark_failures(node)
                self._mark_blocks(node)
            visit = visitors.get(type(node))
            if visit is None:
                inner = [(child, scope, tries) for child in _children(node)]
            else:
                inner = list(visit(self, node, scope, tries))
            inner.reverse()
            stack += inner
        return CodeDocument(
            region=self._region,
            imports=self._imports,
            scopes=tuple(self._scopes),
            bindings=tuple(self._bindings),
            calls=tuple(self._calls),
            returns=dict(self._returns),
            comparisons=tuple(self._comparisons),
            loops=tuple(self._loops),
            items_set=dict(self._items_set),
            comments=tuple(self._comments()),
            problems=tuple(self._problems[:1]),
        )

    def call(self, node: ast.Call, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr=method),
                args=args,
                keywords=keywords,
            ) if method in _CHANGERS:
                given = args[:1] if method != "update" else args
                self._items_set[name].update(map(_key, given), (k.arg or "" for k in keywords))
                if not args and not keywords:
                    self._items_set[name].add("")
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
            self._strings += self._pieces(*self._expressions.offsets(node))
        return ()

    def formatted(self, node: ast.expr, _scope: int, _tries: tuple[Try, ...]) -> tuple[()]:
        """Not looked into: places inside a formatted string differ between parser versions."""
        self._strings += self._pieces(*self._expressions.offsets(node))
        return ()

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a string between the comments that stand in it: one may be joined of several
        literals, each on a line of its own."""
        text = self._region.text
        quotes = _QUOTES.match(text, start, end)
        is_one = quotes and text.find(quotes[1], quotes.end(), end) == end - len(quotes[1])
        if not is_one and "#" in (joined := text[start:end]) and "\n" in joined:
            for comment, comment_end in _comments_between(joined):
                yield start, end - len(joined) + comment
                start = end - len(joined) + comment_end
        yield start, end

    def function(
        self,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
        scope: int,
        tries: tuple[Try, ...],
    ) -> Iterator[_Placed]:
        name = "" if isinstance(node, ast.Lambda) else node.name
        inner = self._open(Scope(ScopeKind.FUNCTION, scope, name))
        if name:
            self._bind((name,), None, scope, node, inner)
        around = [*node.args.defaults, *(default for default in node.args.kw_defaults if default)]
        if not isinstance(node, ast.Lambda):
            around = [*node.decorator_list, *around]
        yield from ((child, scope, tries) for child in around)
        defaults = _defaults(node.args)
        for parameter in _parameters(node.args):
            default = defaults.get(parameter)
            read = self._expressions.read(default) if default else None
            holds = self._holding(parameter)
            self._bindings.append(Binding((parameter.arg,), None, inner, read, holds=holds))
            if parameter.annotation:
                yield parameter.annotation, scope, tries
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        yield from ((child, inner, ()) for child in body)

    def return_(self, node: ast.Return, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        if node.value:
            self._returns[scope].append(self._expressions.read(node.value))
            yield node.value, scope, tries

    def class_(self, node: ast.ClassDef, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        self._bind((node.name,), None, scope, node)
        around = [*node.decorator_list, *node.bases, *(k.value for k in node.keywords)]
        yield from ((child, scope, tries) for child in around)
        inner = self._open(Scope(ScopeKind.CLASS, scope, node.name))
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
            self._bind((name,), None, scope, node)
        return ()

    def assignment(
        self, node: ast.Assign | ast.AnnAssign, scope: int, tries: tuple[Try, ...]
    ) -> Iterator[_Placed]:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value is not None:
            for target in targets:
                self._bind_target(target, node.value, scope, node)
        yield from ((child, scope, tries) for child in _children(node))

    def statement(self, node: ast.Expr, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        match node.value:
            case ast.Call(args=arguments) | ast.Await(value=ast.Call(args=arguments)):
                for argument in arguments:
                    if isinstance(argument, ast.Name):
                        self._items_set[argument.id].add("")
        yield node.value, scope, tries

    def item(self, node: ast.Subscript, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=key, ctx=ast.Store() | ast.Del()):
                self._items_set[name].add(_key(key))
        yield from ((child, scope, tries) for child in _children(node))

    def named(self, node: ast.NamedExpr, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        self._bind_target(node.target, node.value, scope, node)
        yield node.value, scope, tries

    def context(self, node: ast.withitem, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        if node.optional_vars:
            self._bind_target(node.optional_vars, node.context_expr, scope, node.optional_vars)
        yield node.context_expr, scope, tries

    def opaque(
        self,
        node: ast.For | ast.AsyncFor | ast.AugAssign | ast.comprehension,
        scope: int,
        tries: tuple[Try, ...],
    ) -> Iterator[_Placed]:
        self._bind_target(node.target, None, scope, node.target)
        yield from ((child, scope, tries) for child in _children(node))

    def caught(
        self,
        node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar,
        scope: int,
        tries: tuple[Try, ...],
    ) -> Iterator[_Placed]:
        if node.name:
            self._bind((node.name,), None, scope, node)
        yield from ((child, scope, tries) for child in _children(node))

    def rest(self, node: ast.MatchMapping, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        if node.rest:
            self._bind((node.rest,), None, scope, node)
        yield from ((child, scope, tries) for child in _children(node))

    def global_(self, node: ast.Global, scope: int, _tries: tuple[Try, ...]) -> tuple[()]:
        self._globals.update((scope, name) for name in node.names)
        return ()

    def nonlocal_(self, node: ast.Nonlocal, scope: int, _tries: tuple[Try, ...]) -> tuple[()]:
        above = self._scopes[scope].parent
        while above > 0:
            for name in node.names:
                self._bind((name,), None, above)
            above = self._scopes[above].parent
        return ()

    def try_(self, node: ast.Try, scope: int, tries: tuple[Try, ...]) -> Iterator[_Placed]:
        statement = self._expressions.span(node)
        body = (*tries, Try(statement, TryPart.BODY))
        yield from ((child, scope, body) for child in node.body)
        for handler in node.handlers:
            yield handler, scope, (*tries, self._handler(handler, statement))
        otherwise = (*tries, Try(statement, TryPart.ELSE))
        yield from ((child, scope, otherwise) for child in node.orelse)
        finally_ = (*tries, Try(statement, TryPart.FINALLY))
        yield from ((child, scope, finally_) for child in node.finalbody)

    def _handler(self, node: ast.ExceptHandler, statement: Span) -> Try:
        inside = list(ast.walk(node))
        return Try(
            statement,
            TryPart.HANDLER,
            catches=self._caught(node),
            raises=any(isinstance(inner, ast.Raise) for inner in inside),
            calls=tuple(
                self._expressions.path(inner.func).text
                for inner in inside
                if isinstance(inner, ast.Call)
            ),
        )

    def _mark_failures(self, node: ast.AST) -> None:
        """Remember which statements of `node` are reached by the failure of another."""
        for failure in failures(node):
            if failure.left_out:
                what = f"more than {MAX_ATTEMPTS} attempts, one after the other"
                self._problems.append(limit_problem(what, self._expressions.span(failure.attempt)))
                continue
            caught = [self._caught(handler) for handler in failure.handlers]
            kinds = tuple(kind for kinds in caught for kind in kinds) if all(caught) else ()
            after = Try(self._expressions.span(failure.attempt), TryPart.AFTER, catches=kinds)
            for statement in failure.statements:
                self._failed[statement].append(after)

    def _caught(self, handler: ast.ExceptHandler) -> tuple[str, ...]:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        return tuple(self._expressions.path(kind).text for kind in kinds if kind)

    def _open(self, scope: Scope) -> int:
        self._scopes.append(scope)
        return len(self._scopes) - 1

    def _bind_target(
        self, target: ast.expr, value: ast.expr | None, scope: int, by: ast.AST
    ) -> None:
        if isinstance(target, ast.Name | ast.Attribute):
            path = self._expressions.path(target)
            if path.base is None:
                self._bind(path.names, value, scope, by)
            return
        if isinstance(target, ast.Subscript):
            self._bind_variable(target, value, scope, by)
        for inner in ast.walk(target):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                self._bind((inner.id,), None, scope, by)

    def _bind_variable(
        self, target: ast.Subscript, value: ast.expr | None, scope: int, by: ast.AST
    ) -> None:
        """A variable of the environment, as an attribute of that: `os.environ["NAME"] = ...`."""
        if isinstance(target.value, ast.Name | ast.Attribute) and isinstance(
            target.slice, ast.Constant
        ):
            path, name = self._expressions.path(target.value), target.slice.value
            if path.base is None and path.names[-1] == _ENVIRONMENT and isinstance(name, str):
                self._bind((*path.names, name), value, scope, by)

    def _bind(
        self,
        target: tuple[str, ...],
        value: ast.expr | None,
        scope: int,
        by: ast.AST | None = None,
        function: int = -1,
    ) -> None:
        """A name that `by` binds, None for a binding from within another scope."""
        if (scope, target[0]) in self._globals:
            scope, by = 0, None
        read = self._expressions.read(value) if value is not None else None
        holds = self._holding(by) if by else None
        self._bindings.append(Binding(target, read, scope, None, function, holds))

    def _holding(self, node: ast.AST) -> Span:
        """From behind what binds a name to the end of the block."""
        _, start = self._expressions.offsets(node)
        return self._region.span(start, max(start, self._block_end))

    def _mark_blocks(self, node: ast.AST) -> None:
        """Remember where the blocks of `node` end, and those that it runs again and again."""
        for name in node._fields:
            block = getattr(node, name, None)
            if name in _BLOCKS and isinstance(block, list) and block:
                _, end = self._expressions.offsets(block[-1])
                self._block_ends.update(dict.fromkeys(block, end))
                if name == "body" and isinstance(node, _LOOPS):
                    start, _ = self._expressions.offsets(node)
                    self._loops.append(self._region.span(start, end))

    def _comments(self) -> Iterator[Region]:
        """Every `#` outside a string, with the rest of its line."""
        strings = sorted(self._strings)
        starts = [start for start, _ in strings]
        at = 0
        while comment := _COMMENT.search(self._region.text, at):
            before = bisect_right(starts, comment.start()) - 1
            inside = before >= 0 and comment.start() < strings[before][1]
            if not inside:
                yield self._region.cut(comment.start(), comment.end())
            at = strings[before][1] if inside else comment.end()


def _comments_between(joined: str) -> list[tuple[int, int]]:
    """Where comments stand between the literals that are one string."""
    import io
    import tokenize

    starts = [0, *accumulate(len(line) for line in io.StringIO(joined))]
    found: list[tuple[int, int]] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(f"(\n{joined})").readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                start = starts[line - 2] + column
                found.append((start, start + len(token.string)))
    except (tokenize.TokenError, *_PARSER_ERRORS):
        return []  # as though all of it were text
    return found


def _children(node: ast.AST) -> list[ast.AST]:
    """As ast.iter_child_nodes, without leaves and in a third of the time."""
    found: list[ast.AST] = []
    for name in node._fields:
        field = getattr(node, name, None)
        if isinstance(field, list):
            found += [
                item for item in field if isinstance(item, ast.AST) and type(item) not in _LEAVES
            ]
        elif isinstance(field, ast.AST) and type(field) not in _LEAVES:
            found.append(field)
    return found


def _key(node: ast.expr) -> str:
    """The text of a literal key, "" for any other expression."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


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

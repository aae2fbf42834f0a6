"""What an edit of a Python module must know: its plain texts, what it calls `os`, its import lines.

Read with the standard library's parser, as everything else of Python here, so that an edit and a
finding never disagree on where something stands. A parser that keeps every blank, libcst, was
measured and left out: it crashes the interpreter on 1.3 kB of nesting, and edits on exact spans leave
every other byte alone by themselves.
"""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from agentlint.documents.python import Positions, is_readable
from agentlint.text import Region, Span

# What an edit may read of a tree; deeper texts are left as they are.
_PARSER_ERRORS = (MemoryError, RecursionError, ValueError, SyntaxError, OverflowError)
_QUOTES = ('"', "'")


class PythonOutline(Struct, frozen=True):
    """`texts` leads from the place of what a text says to the literal around it, quotes included.

    Only literals that stand for an expression by themselves are there: no part of an f-string or of
    literals in a row, no bytes, no docstring and no key of a dictionary. `environ` is what the module
    calls `os.environ` from `environ_from` on, "" for nothing; `import_at` is where a line `import os`
    belongs, and `import_apart` says that a blank line comes behind it. `settings` leads from a variable
    to what the module calls it, and to where it is known from: a name that it gives the variable, or a
    field of the same name that it reads from an object of its settings.
    """

    texts: Mapping[Span, Span]
    environ: str
    environ_from: int
    import_at: int
    import_apart: bool
    settings: Mapping[str, tuple[str, int]]


@lru_cache(maxsize=2)
def outline(text: str) -> PythonOutline | None:
    """The outline of a module, None for a text that is not read."""
    module = _module(text)
    if module is None:
        return None
    places = Positions(text)
    texts = {
        Span(outer.start + 1, outer.end - 1): outer
        for outer in _plain_texts(module, places)
        if text[outer.start] in _QUOTES and not text.startswith(text[outer.start] * 3, outer.start)
    }
    environ, environ_from = _environ(module, places)
    import_at, import_apart = _import_place(module, places, text)
    settings = dict((*_settings_fields(module, places, text), *_settings(module, places)))
    return PythonOutline(texts, environ, environ_from, import_at, import_apart, settings)


def same_program(old: str, new: str, edited: Sequence[Span], written: Sequence[Span]) -> bool:
    """Whether two modules are the same but for expressions in `edited` of the old one and `written`
    of the new one, and imports that stand in `written`."""
    before, after = _module(old), _module(new)
    if before is None or after is None:
        return False
    try:
        shapes = (_shape(before, Positions(old), edited), _shape(after, Positions(new), written))
        return list(shapes[0]) == list(shapes[1])
    except ValueError:  # a number too long to be shown
        return False


def _module(text: str) -> ast.Module | None:
    if not is_readable(Region.whole(text)):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except _PARSER_ERRORS:
        return None


def _span(node: ast.AST, places: Positions) -> Span:
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
    end_line, end_column = getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)
    return Span(places.offset(line, column), places.offset(end_line, end_column))


def _plain_texts(module: ast.Module, places: Positions) -> Iterator[Span]:
    """Places of text literals that an expression of any kind could take."""
    stack: list[ast.AST] = [module]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield _span(node, places)
        elif not isinstance(node, ast.JoinedStr | ast.Expr | ast.pattern):
            left_out = set(map(id, _fixed_texts(node)))
            stack.extend(n for n in ast.iter_child_nodes(node) if id(n) not in left_out)
        elif isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
            stack.append(node.value)


def _fixed_texts(node: ast.AST) -> Sequence[ast.AST | None]:
    """The children of a node in whose place no lookup makes sense: keys, and what a lookup falls back
    to, as in `os.getenv("NAME", "text")`."""
    match node:
        case ast.Dict(keys=keys):
            return keys
        case ast.Call(func=ast.Attribute(attr="getenv" | "get" | "setdefault"), args=arguments):
            return arguments[1:]
    return ()


def _environ(module: ast.Module, places: Positions) -> tuple[str, int]:
    for statement in module.body:
        match statement:
            case ast.Import(names=names):
                found = [name.asname or "os" for name in names if name.name == "os"]
                words = [f"{name}.environ" for name in found]
            case ast.ImportFrom(module="os", names=names, level=0):
                words = [name.asname or "environ" for name in names if name.name == "environ"]
            case _:
                continue
        if words:
            return words[0], _span(statement, places).end
    return "", 0


def _settings(module: ast.Module, places: Positions) -> Iterator[tuple[str, tuple[str, int]]]:
    """(variable, (name, end)) of each `NAME = os.environ["VARIABLE"]` or `os.getenv("VARIABLE")`."""
    for statement in module.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                variable = _variable_read(value)
                if variable:
                    yield variable, (name, _span(statement, places).end)


def _settings_fields(
    module: ast.Module, places: Positions, text: str
) -> Iterator[tuple[str, tuple[str, int]]]:
    """As `_settings`, of each `settings.VARIABLE` that the module reads by one spelling alone."""
    objects = dict(_objects(module, places))
    spellings: dict[str, set[tuple[str, int]]] = {}
    unwrapped: set[int] = set()
    for node in ast.walk(module):  # an expression comes before its parts
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr="get_secret_value"), args=[]):
                field = inner
            case ast.Attribute() if id(node) not in unwrapped:
                field = node
            case _:
                continue
        match field:
            case ast.Attribute(value=ast.Name(id=owner), attr=name, ctx=ast.Load()) if (
                owner in objects
            ):
                unwrapped.add(id(field))
                spelling = (_span(node, places).cut(text), objects[owner])
                spellings.setdefault(name.upper(), set()).add(spelling)
    for variable, found in spellings.items():
        if len(found) == 1:
            yield variable, found.pop()


def _objects(module: ast.Module, places: Positions) -> Iterator[tuple[str, int]]:
    """(name, end) of what the module imports or makes under a name that no class has."""
    for statement in module.body:
        names: Sequence[str] = ()
        match statement:
            case ast.Import() | ast.ImportFrom():
                names = [alias.asname or alias.name for alias in statement.names]
            case ast.Assign(targets=[ast.Name(id=made)]):
                names = [made]
        end = _span(statement, places).end
        yield from ((name, end) for name in names if name[:1].islower())


def _variable_read(value: ast.expr) -> str | None:
    match value:
        case ast.Subscript(
            value=ast.Attribute(value=ast.Name(id="os"), attr="environ") | ast.Name(id="environ"),
            slice=ast.Constant(value=str(variable)),
        ):
            return variable
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="os"), attr="getenv"),
            args=[ast.Constant(value=str(variable))],
        ):
            return variable
    return None


def _import_place(module: ast.Module, places: Positions, text: str) -> tuple[int, bool]:
    """Where `import os` belongs among the imports, which stand behind the docstring and what comes
    from the future, those of the standard library first; and whether it is to stand apart."""
    body = [
        statement for index, statement in enumerate(module.body) if not _leads(index, statement)
    ]
    before: ast.stmt | None = None
    for statement in body:
        if not isinstance(statement, ast.Import) or not _is_standard(statement):
            break
        if statement.names[0].name > "os":
            break
        before = statement
    if before is not None and before.end_lineno is not None:
        return places.offset_of_line(before.end_lineno + 1), False
    if not body:
        return len(text), False
    first = body[0]
    decorators = getattr(first, "decorator_list", [])
    line = min([first.lineno, *(decorator.lineno for decorator in decorators)])
    return places.offset_of_line(line), not _is_standard(first)


def _leads(index: int, statement: ast.stmt) -> bool:
    is_docstring = index == 0 and isinstance(statement, ast.Expr)
    return is_docstring or (
        isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
    )


def _is_standard(statement: ast.stmt) -> bool:
    """Whether a statement imports from the standard library."""
    match statement:
        case ast.Import(names=names):
            modules = [name.name for name in names]
        case ast.ImportFrom(module=str(module), level=0):
            modules = [module]
        case _:
            return False
    return all(module.partition(".")[0] in sys.stdlib_module_names for module in modules)


def _shape(module: ast.Module, places: Positions, left_out: Sequence[Span]) -> Iterator[object]:
    """Every node in a fixed order, with what it says beside its children."""
    stack: list[ast.AST] = [module]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.expr | ast.Import):
            span = _span(node, places)
            if any(edited.contains(span) for edited in left_out):
                if isinstance(node, ast.expr):
                    yield "edited"
                continue
        children = list(ast.iter_child_nodes(node))
        said = [(name, value) for name, value in ast.iter_fields(node) if _is_said(value)]
        yield (type(node).__name__, repr(said), len(_kept(children, places, left_out)))
        stack.extend(reversed(children))


def _kept(children: list[ast.AST], places: Positions, left_out: Sequence[Span]) -> list[ast.AST]:
    return [
        child
        for child in children
        if not isinstance(child, ast.Import)
        or not any(edited.contains(_span(child, places)) for edited in left_out)
    ]


def _is_said(value: object) -> bool:
    """Whether a field is a word or words of its own, and not a node or a list of them."""
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return not isinstance(value, ast.AST)

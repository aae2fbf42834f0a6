"""What an edit of a Python module must know: its plain texts, what it calls `os`, its import lines.

Read with the standard library's parser, as everything else of Python here, so that an edit and a
finding never disagree on where something stands. A parser that keeps every blank, libcst, was
measured and left out: it crashes the interpreter on 1.3 kB of nesting, and edits on exact spans leave
every other byte alone by themselves.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from agentlint.documents.python_parser import FORMATTED, AstPlaces, module_of
from agentlint.text import Region, Span, Spans

_MAX_EDITED = 64 * 1024
"""Code points of a program that is edited. What proves an edit takes ten times as long as reading: at the
limit of what is read it would be 7 s and 450 MB, here it is below 2 s and 256 MB with all else."""
_QUOTES = ('"', "'")
# What each name of a module is imported as, once for each time that any scope binds it; "" for no import.
_Bound: TypeAlias = Mapping[str, Sequence[str]]
_LOOKUPS = frozenset({"get", "getenv", "setdefault", "putenv", "setenv"})


class PythonOutline(Struct, frozen=True):
    """`texts` leads from the place of what a text says to the literal around it, quotes included.

    Only literals that stand for an expression by themselves are there: no part of an f-string or of
    literals in a row, no bytes, no docstring and no key of a dictionary. `environ` is what the module
    calls `os.environ` from `environ_from` on, "" for nothing; `import_at` is where a line `import os`
    belongs, None where it has no place or the name is taken, and `import_apart` says that a blank line
    comes behind it. Within `before_import` a function has its own `os` that is not imported yet.
    `settings` leads from a variable to what the module calls it, and to where it is known from: a name
    that it gives the variable, or a field of the same name that it reads from an object of its settings.
    """

    texts: Mapping[Span, Span]
    environ: str
    environ_from: int
    import_at: int | None
    import_apart: bool
    before_import: Sequence[Span]
    settings: Mapping[str, tuple[str, int]]


@lru_cache(maxsize=2)
def outline(text: str) -> PythonOutline | None:
    """The outline of a module, None for a text that is not read, or too long to be edited."""
    module = _module(text) if len(text) <= _MAX_EDITED else None
    if module is None:
        return None
    places = AstPlaces(text)
    texts = {
        Span(outer.start + 1, outer.end - 1): outer
        for outer in _plain_texts(module, places)
        if text[outer.start] in _QUOTES and not text.startswith(text[outer.start] * 3, outer.start)
    }
    bound = _bound(module)
    environ, environ_from = _environ(module, places, bound)
    import_at, import_apart = _import_place(module, places, text)
    fields, names = _settings_fields(module, places, text, bound), _settings(module, places, bound)
    return PythonOutline(
        texts=texts,
        environ=environ,
        environ_from=environ_from,
        import_at=import_at if _is_only("os", "os", bound) else None,
        import_apart=import_apart,
        before_import=tuple(_before_imports(module, places)),
        settings=dict((*fields, *names)),
    )


def same_program(old: str, new: str, edited: Sequence[Span], written: Sequence[Span]) -> bool:
    """Whether two modules are the same but for expressions in `edited` of the old one and `written`
    of the new one, and imports that stand in `written`."""
    before, after = _module(old), _module(new)
    if before is None or after is None:
        return False
    try:
        old_shape = _shape(before, AstPlaces(old), Spans(edited))
        return list(old_shape) == list(_shape(after, AstPlaces(new), Spans(written)))
    except ValueError:  # a number too long to be shown
        return False


def _module(text: str) -> ast.Module | None:
    return module_of(Region.whole(text))


def _span(node: ast.AST, places: AstPlaces) -> Span:
    return Span(*places.offsets(node))


def _plain_texts(module: ast.Module, places: AstPlaces) -> Iterator[Span]:
    """Places of text literals that an expression of any kind could take."""
    stack: list[ast.AST] = [module]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield _span(node, places)
        elif not isinstance(node, (*FORMATTED, ast.Expr, ast.pattern)):
            left_out = set(map(id, _fixed_texts(node)))
            stack.extend(n for n in ast.iter_child_nodes(node) if id(n) not in left_out)
        elif isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
            stack.append(node.value)


def _fixed_texts(node: ast.AST) -> Sequence[ast.AST | None]:
    """The children of a node in whose place no lookup makes sense: keys, what a lookup falls back to, as
    in `os.getenv("NAME", "text")`, and what a variable of the environment is set to."""
    match node:
        case ast.Dict(keys=keys):
            return keys
        case ast.Call(func=ast.Attribute(attr=method), args=arguments) if method in _LOOKUPS:
            return arguments[1:]
        case ast.BoolOp(op=ast.Or(), values=[first, *others]) if _is_of_environment(first):
            return others
        case ast.Assign(targets=targets, value=value) if any(map(_is_of_environment, targets)):
            return [value]
    return ()


def _is_of_environment(node: ast.expr) -> bool:
    """Whether an expression is a variable of the environment, read or set."""
    match node:
        case ast.Call(func=ast.Name(id="getenv") | ast.Attribute(attr="getenv")):
            return True
        case ast.Subscript(value=holder) | ast.Call(func=ast.Attribute(value=holder)):
            return (
                getattr(holder, "attr", "") == "environ" or getattr(holder, "id", "") == "environ"
            )
    return False


def _bound(module: ast.Module) -> _Bound:
    bound: defaultdict[str, list[str]] = defaultdict(list)
    for node in ast.walk(module):
        for name, origin in _bindings(node):
            bound[name].append(origin)
    return bound


def _bindings(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that a node binds by itself, with what they are imported as, "" for no import."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            yield name, ""
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name, ""
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name, ""
        case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name, ""
        case ast.Import(names=names):
            yield from map(_imported, names)
        case ast.ImportFrom(module=origin, names=names, level=level):
            package = "." * level + (origin or "")
            yield from ((name.asname or name.name, f"{package}.{name.name}") for name in names)


def _imported(alias: ast.alias) -> tuple[str, str]:
    """The name that `import` binds, and to which module."""
    if alias.asname:
        return alias.asname, alias.name
    package = alias.name.partition(".")[0]
    return package, package


def _is_only(name: str, origin: str, bound: _Bound) -> bool:
    """Whether a name is nothing but `origin` in the whole module."""
    return all(other == origin for other in bound.get(name, ()))


def _environ(module: ast.Module, places: AstPlaces, bound: _Bound) -> tuple[str, int]:
    for statement in module.body:
        words: list[str] = []
        match statement:
            case ast.Import(names=names):
                found = [name for name, origin in map(_imported, names) if origin == "os"]
                words = [f"{name}.environ" for name in found if _is_only(name, "os", bound)]
            case ast.ImportFrom(module="os", names=names, level=0):
                found = [name.asname or "environ" for name in names if name.name == "environ"]
                words = [name for name in found if _is_only(name, "os.environ", bound)]
        if words:
            return words[0], _span(statement, places).end
    return "", 0


def _before_imports(module: ast.Module, places: AstPlaces) -> Iterator[Span]:
    """The functions that import `os` or `environ` themselves, each up to there."""
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in ast.walk(function):
                match statement:
                    case ast.Import(names=names):
                        origins = [origin for _, origin in map(_imported, names)]
                    case ast.ImportFrom(module=str(origin)):
                        origins = [origin]
                    case _:
                        continue
                if "os" in origins:
                    start = _span(function, places).start
                    yield Span(start, _span(statement, places).end)


def _settings(
    module: ast.Module, places: AstPlaces, bound: _Bound
) -> Iterator[tuple[str, tuple[str, int]]]:
    """(variable, (name, end)) of each `NAME = os.environ["VARIABLE"]` or `os.getenv("VARIABLE")`."""
    for statement in module.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_once(name, bound):
                variable = _variable_read(value)
                if variable:
                    yield variable, (name, _span(statement, places).end)


def _is_once(name: str, bound: _Bound) -> bool:
    """Whether a name means one thing everywhere in the module."""
    return len(bound.get(name, ())) == 1


def _settings_fields(
    module: ast.Module, places: AstPlaces, text: str, bound: _Bound
) -> Iterator[tuple[str, tuple[str, int]]]:
    """As `_settings`, of each `settings.VARIABLE` that the module reads by one spelling alone."""
    objects = {name: at for name, at in _objects(module, places) if _is_once(name, bound)}
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


def _objects(module: ast.Module, places: AstPlaces) -> Iterator[tuple[str, int]]:
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


def _import_place(module: ast.Module, places: AstPlaces, text: str) -> tuple[int | None, bool]:
    """Where `import os` belongs among the imports, which stand behind the docstring and what comes
    from the future, those of the standard library first; and whether it is to stand apart. None where
    no line begins there."""
    leading = [one for index, one in enumerate(module.body) if _leads(index, one)]
    body = module.body[len(leading) :]
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
    top = (leading[-1].end_lineno or 0) if leading else 0
    if line == top:
        return None, False
    line = _above_comments(line, top, places, text)
    return places.offset_of_line(line), not _is_standard(first)


def _above_comments(line: int, top: int, places: AstPlaces, text: str) -> int:
    """The first line of the comments that stand on a line, unless they begin right below `top`: those
    may be about the whole file."""
    for first in range(line, top + 1, -1):
        above = text[places.offset_of_line(first - 1) : places.offset_of_line(first)].strip()
        if not above.startswith("#"):
            return first
    return line


def _leads(index: int, statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return index == 0
        case ast.ImportFrom(module="__future__", level=0):
            return True
    return False


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


def _shape(module: ast.Module, places: AstPlaces, left_out: Spans) -> Iterator[object]:
    """Every node in a fixed order, with what it says beside its children."""
    stack: list[ast.AST] = [module]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.expr) and left_out.any_contains(_span(node, places)):
            yield "edited"
            continue
        children = [
            child
            for child in ast.iter_child_nodes(node)
            if not isinstance(child, ast.Import) or not left_out.any_contains(_span(child, places))
        ]
        said = [(name, value) for name, value in ast.iter_fields(node) if _is_said(value)]
        yield (type(node).__name__, repr(said), len(children))
        stack.extend(reversed(children))


def _is_said(value: object) -> bool:
    """Whether a field is a word or words of its own, and not a node or a list of them."""
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return not isinstance(value, ast.AST)

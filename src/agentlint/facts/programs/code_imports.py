"""Which name of another module an argument stands for: another file says what that is."""

from __future__ import annotations

from agentlint.documents.code import Call, Expression, Path
from agentlint.facts.imported_name import ImportedName
from agentlint.facts.programs.bindings import MAX_HOPS, Placed, only
from agentlint.facts.programs.classes import declared_class
from agentlint.facts.programs.code_defaults import ends_of
from agentlint.facts.programs.code_names import Names, is_attribute

_MAX_DOTS = 12


def imported_name(names: Names, expression: Expression | None, scope: int) -> ImportedName | None:
    """The name of another module that an argument stands for, or is where nobody gives another one;
    None where it is not exactly one."""
    end = only(list(ends_of(names, expression, scope)))
    name = _dotted_import(names, end) if end else ""
    if not expression or not end or not name or name.count(".") > _MAX_DOTS:
        return None
    is_default = names.resolve_partial(Placed(expression, scope)).expression is not end.expression
    is_made = not _import_of(names, end)
    return ImportedName(name, is_default=is_default or is_made or _may_be_set(end.expression))


def _dotted_import(names: Names, placed: Placed, hops: int = MAX_HOPS) -> str:
    """The dotted name of what a path leads to in another module, "" for none: of an import, and of an
    attribute of what an import makes without arguments."""
    path, origin = placed.expression, _import_of(names, placed)
    if not isinstance(path, Path) or not path.names:
        return ""
    if origin:
        return ".".join((origin, *path.names[1:]))
    owner = path.with_names(path.names[:-1])
    if owner is None or not hops or names.sets(path):
        return ""
    ends = list(ends_of(names, owner, placed.scope))
    match ends:
        case [Placed(expression=Call(function=maker, arguments=(), open=False), scope=scope)]:
            name = _dotted_import(names, Placed(maker, scope), hops - 1)
        case [Placed(expression=Path()) as end] if end.expression is not owner:
            name = _dotted_import(names, end, hops - 1) or _import_of_class(names, end, path.last)
        case [Placed(expression=Path()) as end]:
            name = _import_of_class(names, end, path.last)
        case _:
            return ""
    return f"{name}.{path.last}" if name else ""


def _import_of_class(names: Names, placed: Placed, attribute: str) -> str:
    """The class of another module that a parameter is declared to be an object of, "" for none."""
    bound = names.binding(placed)
    kind = declared_class(names.table, bound, attribute) if bound else None
    return _import_of(names, Placed(kind, bound.scope)) if bound and kind else ""


def _import_of(names: Names, placed: Placed) -> str:
    """What an import alone binds the first name of a path to, "" where that is not so."""
    match placed.expression:
        case Path(names=(first, *_), base=None, span=span) as path if not names.sets(path):
            bound = only(names.table.of_name((first,), placed.scope, span.start))
            return bound.imported if bound else ""
    return ""


def _may_be_set(expression: Expression) -> bool:
    """Whether a path is an attribute that other modules may set, and is not named as a constant."""
    if not isinstance(expression, Path):
        return False
    return is_attribute(expression) and not expression.last.isupper()

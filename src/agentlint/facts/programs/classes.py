"""The classes of a program: their methods, and what the attributes of their objects stand for.

An attribute (`Settings.model`, or `Settings().model` where the call gives no `model`) stands for what the
body of the class binds it to. Where that may be a field, it is a default.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents.code import Binding, Call, Choice, Path
from agentlint.facts.programs.bindings import MAX_HOPS, BindingTable, Placed, only, placed_at
from agentlint.text import Span


class _Made(Struct, frozen=True):
    """The scope of the class of an object. It `may_be_another` where a caller may pass in another."""

    class_: int
    may_be_another: bool


def method_of(table: BindingTable, class_: int, name: str) -> int | None:
    """The scope of the method that the body of a class defines once."""
    bound = only(table.of_classes.get((name, class_), []))
    return bound.function if bound else None


def declared_class(table: BindingTable, parameter: Binding, attribute: str) -> Path | None:
    """The class that a parameter is declared to be an object of, None for none, and for one whose
    objects the program tells that attribute."""
    given = table.keywords_given.get(parameter.kind, frozenset())
    if not parameter.parameter or not parameter.kind or not given.isdisjoint({"", attribute}):
        return None
    return Path(tuple(parameter.kind.split(".")), parameter.holds or Span(0, 0))


def bindings_of_attribute(table: BindingTable, path: Path, scope: int) -> list[Binding]:
    """The only binding of an attribute in a class of the program, for the class or for an object of
    it; none where the program may set the attribute from elsewhere."""
    *owner, name = path.names
    if not owner or table.sets_attributes or path.names in table.dotted:
        return []
    made = _made_by(table, Path(tuple(owner), path.span), name, scope)
    if made is None or (table.scopes[made.class_].name, name) in table.dotted:
        return []
    bound = only(table.of_classes.get((name, made.class_), []))
    if bound is None or bound.scope != made.class_ or bound.value is None:
        return []
    return [replace(bound, field=bound.field or made.may_be_another)]


def _made_by(table: BindingTable, owner: Path, attribute: str, scope: int) -> _Made | None:
    """The class that a name stands for, or that makes the object which it stands for without being
    given the attribute."""
    placed, may_be_another = Placed(owner, scope), False
    for _ in range(MAX_HOPS):
        match placed.expression:
            case Choice(options=options):
                placed, may_be_another = Placed(options[-1], placed.scope), True
            case Call(function=Path(names=(_,), base=None) as class_) as call:
                if call.open or call.positional(0) or call.argument(attribute):
                    return None
                return _made(table, class_, placed.scope, may_be_another)
            case Path() as path:
                bound = _lookup(table, path, placed.scope)
                if bound is None:
                    return None
                if bound.parameter and bound.default is None:
                    kind = declared_class(table, bound, attribute)
                    return _made(table, kind, bound.scope, True) if kind else None
                if bound.class_ is not None:
                    return _made(table, path, placed.scope, may_be_another)
                further = placed_at(bound.value, bound.scope)
                if further is None:
                    return None
                placed = further
            case _:
                return None
    return None


def _made(table: BindingTable, class_: Path, scope: int, may_be_another: bool) -> _Made | None:
    bound = _lookup(table, class_, scope)
    known = bound.class_ if bound else None
    return None if known is None else _Made(known, may_be_another)


def _lookup(table: BindingTable, path: Path, scope: int) -> Binding | None:
    """The only binding of a name as it is written."""
    return only(table.of_name(path.names, scope, path.span.start))

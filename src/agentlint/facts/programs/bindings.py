"""The bindings of a program, indexed so that the size of a program does not slow a look-up."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import TypeVar

from msgspec import Struct

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import Binding, Call, CodeDocument, Expression, Path, Scope, ScopeKind
from agentlint.text import Span

T = TypeVar("T")

_SELF = frozenset({"self", "cls"})
_SETTER = "setattr"
MAX_HOPS = 6
"""Names that are followed, each to the next, from one place on."""
_TELLING = 3
"""Bindings that are kept of a name in one place: more than two tell no more than three do."""


class Placed(Struct, frozen=True):
    """An expression and the index of the scope whose names it speaks of."""

    expression: Expression
    scope: int


class _Ordered(Struct, frozen=True):
    """The bindings of a name in the order in which a scope makes them, and where each takes hold."""

    bindings: Sequence[Binding]
    starts: Sequence[int]

    @classmethod
    def of(cls, bindings: Sequence[Binding]) -> _Ordered:
        """None of them for a name that another scope binds as well, whenever that runs."""
        placed = [(b.holds.start, index) for index, b in enumerate(bindings) if b.holds is not None]
        if len(placed) < len(bindings):
            return cls((), ())
        placed.sort()
        return cls([bindings[index] for _, index in placed], [start for start, _ in placed])


class _Loops(Struct, frozen=True):
    """The loops of a program as they begin, and the one around each, -1 for none."""

    spans: Sequence[Span]
    starts: Sequence[int]
    around: Sequence[int]

    @classmethod
    def of(cls, spans: Sequence[Span]) -> _Loops:
        around: list[int] = []
        for index, span in enumerate(spans):
            above = index - 1
            while above >= 0 and spans[above].end <= span.start:
                above = around[above]
            around.append(above)
        return cls(spans, [span.start for span in spans], around)

    def end_after(self, start: int, at: int) -> int:
        """Where the outermost loop around `at` ends of those that begin behind `start`, else `at`."""
        end, index = at, bisect_right(self.starts, at) - 1
        while index >= 0 and self.starts[index] >= start:
            end = max(end, self.spans[index].end)
            index = self.around[index]
        return end


class BindingTable(Struct, frozen=True):
    """The first few bindings of each target: `in_scopes` by its scope as well, `of_classes` those of
    attributes by name and the scope of their class, `dotted` those of attributes in any scope. `repeated`
    are all bindings of the names that a scope binds more than once. `attributes` are the names of all
    attributes that the program binds, be it to None. `sets_attributes` says that the program also binds
    attributes whose names only running it can tell. `keywords_given` are those that calls of a plain name
    give, "" where any may be: what the objects of a class are made with.

    Being set to None does not count, though the target is bound there.
    """

    scopes: tuple[Scope, ...]
    in_scopes: Mapping[tuple[tuple[str, ...], int], list[Binding]]
    of_classes: Mapping[tuple[str, int | None], list[Binding]]
    dotted: Mapping[tuple[str, ...], list[Binding]]
    repeated: Mapping[tuple[tuple[str, ...], int], _Ordered]
    loops: _Loops
    attributes: Set[str]
    sets_attributes: bool
    keywords_given: Mapping[str, Set[str]]

    @classmethod
    def of(cls, document: CodeDocument) -> BindingTable:
        scopes, classes = document.scopes, _classes(document.scopes)
        in_scopes: defaultdict[tuple[tuple[str, ...], int], list[Binding]] = defaultdict(list)
        of_classes: defaultdict[tuple[str, int | None], list[Binding]] = defaultdict(list)
        dotted: defaultdict[tuple[str, ...], list[Binding]] = defaultdict(list)
        every: defaultdict[tuple[tuple[str, ...], int], list[Binding]] = defaultdict(list)
        attributes = set[str]()
        for binding in document.bindings:
            target, scope = binding.target, binding.scope
            if len(target) > 1 or scopes[scope].kind is ScopeKind.CLASS:
                attributes.add(target[-1])
            places = [in_scopes[target, scope]]
            if len(target) > 1:
                places.append(dotted[target])
                if len(target) == 2 and target[0] in _SELF:
                    places.append(of_classes[target[1], classes[scope]])
            elif scopes[scope].kind is ScopeKind.CLASS:
                places.append(of_classes[target[0], scope])
            if not is_null(binding.value):
                every[target, scope].append(binding)
                for kept in places:
                    if len(kept) < _TELLING:
                        kept.append(binding)
        repeated = {key: _Ordered.of(found) for key, found in every.items() if len(found) > 1}
        loops = _Loops.of(document.loops)
        sets = any(placed.call.function.last == _SETTER for placed in document.calls)
        return cls(
            scopes,
            dict(in_scopes),
            dict(of_classes),
            dict(dotted),
            repeated,
            loops,
            attributes,
            sets,
            _keywords_given(document),
        )

    def of_name(self, names: tuple[str, ...], scope: int, at: int) -> list[Binding]:
        """The bindings of a name, or of an attribute of the object at hand, as a scope sees them at a
        place of it; one alone where the program cannot come there without it."""
        if len(names) == 2 and names[0] in _SELF:
            return self.of_classes.get((names[1], self._class_around(scope)), [])
        return self._in_nearest(names, scope, at) if len(names) == 1 else []

    def _in_nearest(self, names: tuple[str, ...], scope: int, at: int) -> list[Binding]:
        """The bindings of a name in the nearest scope that has any; a class's are its own."""
        last = self._last(names, scope, at)
        if last:
            return [last]
        around: int | None = scope
        while around is not None:
            visible = around == scope or self.scopes[around].kind is not ScopeKind.CLASS
            if visible and (names, around) in self.in_scopes:
                return self.in_scopes[names, around]
            around = self.scopes[around].parent
        return []

    def _last(self, names: tuple[str, ...], scope: int, at: int) -> Binding | None:
        """The binding that a name has at a place, of several in its scope; None where another may be
        made on the way there, also by a loop that comes round again."""
        found = self.repeated.get((names, scope))
        index = bisect_right(found.starts, at) - 1 if found else -1
        if found is None or index < 0:
            return None
        binding = found.bindings[index]
        if binding.holds is None or binding.holds.end <= at:
            return None
        again = self.loops.end_after(binding.holds.start, at)
        comes_again = any(start <= again for start in found.starts[index + 1 : index + 2])
        return None if comes_again else binding

    def _class_around(self, scope: int | None) -> int | None:
        while scope is not None and self.scopes[scope].kind is not ScopeKind.CLASS:
            scope = self.scopes[scope].parent
        return scope


def only(things: Sequence[T]) -> T | None:
    """The one thing there is, None for none and for several."""
    return things[0] if len(things) == 1 else None


def is_null(expression: Expression | None) -> bool:
    return isinstance(expression, Scalar) and expression.kind is ScalarKind.NULL


def only_bound(bindings: Sequence[Binding]) -> Placed | None:
    """What the only binding of a name binds it to, None where there are several."""
    bound = only(bindings)
    return placed_at(bound.value, bound.scope) if bound else None


def placed_at(expression: Expression | None, scope: int | None) -> Placed | None:
    """An expression with its scope; None where there is no expression, or no scope."""
    return None if expression is None or scope is None else Placed(expression, scope)


def _keywords_given(document: CodeDocument) -> Mapping[str, Set[str]]:
    given: defaultdict[str, set[str]] = defaultdict(set)
    for placed in document.calls:
        match placed.call:
            case Call(function=Path(names=(name,), base=None), arguments=arguments) as call:
                given[name].update(argument.name for argument in arguments)
                if call.open:
                    given[name].add("")
    return dict(given)


def _classes(scopes: tuple[Scope, ...]) -> list[int | None]:
    """The class that each scope is or stands in, if any; a scope comes after the one around it."""
    found: list[int | None] = []
    for index, scope in enumerate(scopes):
        above = None if scope.parent is None else found[scope.parent]
        found.append(index if scope.kind is ScopeKind.CLASS else above)
    return found

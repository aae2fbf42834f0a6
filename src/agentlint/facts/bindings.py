"""Where the names of a program are bound, found in a step however often they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import Binding, CodeDocument, Expression, Scope, ScopeKind

_SELF = frozenset({"self", "cls"})
_TELLING = 3
"""Bindings that are kept of a name in one place: more than two tell no more than three do."""


class Bindings(Struct, frozen=True):
    """The first few bindings of each target: `in_scopes` by its scope as well, `of_classes` those of
    attributes by name and the scope of their class, `dotted` those of attributes in any scope.

    Being set to None does not count, though the target is bound there.
    """

    scopes: tuple[Scope, ...]
    in_scopes: Mapping[tuple[tuple[str, ...], int], list[Binding]]
    of_classes: Mapping[tuple[str, int], list[Binding]]
    dotted: Mapping[tuple[str, ...], list[Binding]]

    @classmethod
    def of(cls, document: CodeDocument) -> Bindings:
        scopes, classes = document.scopes, _classes(document.scopes)
        in_scopes: defaultdict[tuple[tuple[str, ...], int], list[Binding]] = defaultdict(list)
        of_classes: defaultdict[tuple[str, int], list[Binding]] = defaultdict(list)
        dotted: defaultdict[tuple[str, ...], list[Binding]] = defaultdict(list)
        for binding in document.bindings:
            target, scope = binding.target, binding.scope
            places = [in_scopes[target, scope]]
            if len(target) > 1:
                places.append(dotted[target])
                if len(target) == 2 and target[0] in _SELF:
                    places.append(of_classes[target[1], classes[scope]])
            elif scopes[scope].kind is ScopeKind.CLASS:
                places.append(of_classes[target[0], scope])
            if not is_null(binding.value):
                for kept in places:
                    if len(kept) < _TELLING:
                        kept.append(binding)
        return cls(scopes, dict(in_scopes), dict(of_classes), dict(dotted))

    def of_name(self, names: tuple[str, ...], scope: int) -> list[Binding]:
        """The bindings of a name, or of an attribute of the object at hand, as a scope sees them."""
        if len(names) == 2 and names[0] in _SELF:
            return self.of_classes.get((names[1], self._class_around(scope)), [])
        return self._in_nearest(names, scope) if len(names) == 1 else []

    def _in_nearest(self, names: tuple[str, ...], scope: int) -> list[Binding]:
        """The bindings of a name in the nearest scope that has any; a class's are its own."""
        start = scope
        while scope >= 0:
            visible = scope == start or self.scopes[scope].kind is not ScopeKind.CLASS
            if visible and (names, scope) in self.in_scopes:
                return self.in_scopes[names, scope]
            scope = self.scopes[scope].parent
        return []

    def _class_around(self, scope: int) -> int:
        while scope >= 0 and self.scopes[scope].kind is not ScopeKind.CLASS:
            scope = self.scopes[scope].parent
        return scope


def is_null(expression: Expression | None) -> bool:
    return isinstance(expression, Scalar) and expression.kind is ScalarKind.NULL


def _classes(scopes: tuple[Scope, ...]) -> list[int]:
    """The class that each scope is or stands in, -1 for none; a scope comes after the one around it."""
    found: list[int] = []
    for index, scope in enumerate(scopes):
        above = found[scope.parent] if scope.parent >= 0 else -1
        found.append(index if scope.kind is ScopeKind.CLASS else above)
    return found

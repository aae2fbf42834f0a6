"""What the names of a program stand for, as far as reading it tells for certain.

A name bound once in the nearest scope that binds it stands for what it was bound to; being set to
None as well does not count. A name that is bound twice, or by anything else than an assignment,
stands for nothing that is known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import (
    Binding,
    Call,
    Choice,
    CodeDocument,
    Expression,
    Lookup,
    Path,
    ScopeKind,
)
from agentlint.facts.values import ABSENT, Value, ValueKind, classified, value_of
from agentlint.text import Span

PYTHON = "python"
_NOTHING = frozenset({"NOT_GIVEN", "NotGiven", "omit", "Omit"})
_READERS = frozenset({"os.getenv", "os.environ.get"})
_ENVIRONMENT = "os.environ"
_SELF = frozenset({"self", "cls"})
_MAX_HOPS = 4


class Placed(Struct, frozen=True):
    """An expression and the index of the scope whose names it speaks of."""

    expression: Expression
    scope: int


class Names(Struct, frozen=True):
    """The bindings of a document, by what they bind."""

    document: CodeDocument
    bindings: Mapping[tuple[str, ...], tuple[Binding, ...]]

    @classmethod
    def of(cls, document: CodeDocument) -> Names:
        bindings: defaultdict[tuple[str, ...], list[Binding]] = defaultdict(list)
        for binding in document.bindings:
            bindings[binding.target].append(binding)
        return cls(document, {target: tuple(found) for target, found in bindings.items()})

    def dotted(self, path: Path) -> str:
        """The name of what a path stands for, told from the module that it was imported from."""
        if path.base is not None or not path.names:
            return ""
        first, *rest = path.names
        return ".".join((self.document.imports.get(first, first), *rest))

    def meant(self, placed: Placed) -> Placed | None:
        """What an expression stands for once the names in it are followed; None where unknown."""
        found: Placed | None = placed
        for _ in range(_MAX_HOPS):
            if found is None or not isinstance(found.expression, Path):
                return found
            found = self._bound(found.expression, found.scope)
        return None

    def attribute(self, *target: str) -> Placed | None:
        """What the module binds an attribute of an imported module to: `openai.base_url = ...`."""
        return _only(self.bindings.get(target, ()))

    def value(self, expression: Expression | None, scope: int) -> Value:
        """The value of an argument, whose place is the argument itself.

        What only running the program can tell is a template; its text is the name, if it is one.
        """
        if expression is None or _is_nothing(expression):
            return ABSENT
        if isinstance(expression, Scalar):
            return value_of(expression)
        meant = self.meant(Placed(expression, scope))
        if meant and isinstance(meant.expression, Scalar):
            return _worded(meant.expression, expression.span)
        read = self._environment(meant.expression, expression.span) if meant else None
        if read:
            return read
        text = expression.text if isinstance(expression, Path) else ""
        default = _text(_fallback(expression))
        return Value(text, ValueKind.TEMPLATE, expression.span, text or None, default, PYTHON)

    def origin(self, expression: Expression | None, scope: int) -> Scalar | None:
        """The literal of a constant that an argument names."""
        if not isinstance(expression, Path):
            return None
        meant = self.meant(Placed(expression, scope))
        return meant.expression if meant and isinstance(meant.expression, Scalar) else None

    def texts(self, expression: Expression | None, scope: int) -> Iterator[Scalar]:
        """Every literal text that an argument may turn out to be: its own, a constant's, a default."""
        meant = self.meant(Placed(expression, scope)) if expression else None
        options = [meant.expression] if meant else []
        while options:
            option = options.pop()
            if isinstance(option, Choice):
                options += option.options
            elif isinstance(option, Scalar) and option.kind is ScalarKind.STRING:
                yield option
            elif isinstance(option, Call) and self.dotted(option.function) in _READERS:
                default = _fallback(option)
                options += [default] if default else []

    def _environment(self, expression: Expression, span: Span) -> Value | None:
        """The variable that an expression reads, with the text used where it is not set."""
        default = _text(_fallback(expression))
        inner = expression.options[0] if isinstance(expression, Choice) else expression
        match inner:
            case Call() if self.dotted(inner.function) in _READERS:
                variable = _text(inner.positional(0))
                default = default or _text(_fallback(inner))
            case Lookup(container=Path() as container) if self.dotted(container) == _ENVIRONMENT:
                variable = inner.key.text
            case _:
                return None
        if variable is None:
            return None
        return Value(self._written(span), ValueKind.ENV_REF, span, variable, default, PYTHON)

    def _written(self, span: Span) -> str:
        start = self.document.region.span(0, 0).start
        return self.document.region.text[span.start - start : span.end - start]

    def _bound(self, path: Path, scope: int) -> Placed | None:
        names = path.names
        if path.base is not None:
            return None
        if len(names) == 2 and names[0] in _SELF:
            return _only(self._of_class(names[1], scope))
        return _only(self._in_scope(names, scope)) if len(names) == 1 else None

    def _in_scope(self, names: tuple[str, ...], scope: int) -> tuple[Binding, ...]:
        """The bindings of a name in the nearest scope that has any; a class's are its own."""
        start = scope
        while scope >= 0:
            visible = scope == start or self.document.scopes[scope].kind is not ScopeKind.CLASS
            found = [b for b in self.bindings.get(names, ()) if b.scope == scope and visible]
            if found:
                return tuple(found)
            scope = self.document.scopes[scope].parent
        return ()

    def _of_class(self, name: str, scope: int) -> tuple[Binding, ...]:
        """The bindings of an attribute in any method of the class around a scope, or in its body."""
        owner = self._class_around(scope)
        if owner < 0:
            return ()
        in_methods = [
            binding
            for own in _SELF
            for binding in self.bindings.get((own, name), ())
            if self._class_around(binding.scope) == owner
        ]
        in_body = [b for b in self.bindings.get((name,), ()) if b.scope == owner]
        return (*in_methods, *in_body)

    def _class_around(self, scope: int) -> int:
        while scope >= 0 and self.document.scopes[scope].kind is not ScopeKind.CLASS:
            scope = self.document.scopes[scope].parent
        return scope


def _only(bindings: tuple[Binding, ...]) -> Placed | None:
    live = [binding for binding in bindings if not _is_null(binding.value)]
    if len(live) != 1 or live[0].value is None:
        return None
    return Placed(live[0].value, live[0].scope)


def _is_null(expression: Expression | None) -> bool:
    return isinstance(expression, Scalar) and expression.kind is ScalarKind.NULL


def _is_nothing(expression: Expression) -> bool:
    """Whether an argument says that it is not given."""
    if isinstance(expression, Path):
        return expression.base is None and expression.names[-1] in _NOTHING
    return _is_null(expression)


def _worded(scalar: Scalar, span: Span) -> Value:
    return ABSENT if scalar.kind is ScalarKind.NULL else classified(scalar.text, span)


def _fallback(expression: Expression) -> Expression | None:
    """What an expression gives where its first choice is empty."""
    match expression:
        case Choice(options=options):
            return options[-1]
        case Call():
            return expression.positional(1) or expression.argument("default")
    return None


def _text(expression: Expression | None) -> str | None:
    if isinstance(expression, Scalar) and expression.kind is ScalarKind.STRING:
        return expression.text
    return None

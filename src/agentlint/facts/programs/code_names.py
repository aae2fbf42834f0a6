"""What the names of a program stand for, as far as reading it tells for certain.

A name bound once in the nearest scope that binds it stands for what it was bound to; being set to
None as well does not count. Of several bindings in one scope the last one counts for what stands
behind it in its block. A name that is bound in another way, or twice for all that its place tells,
stands for nothing that is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from msgspec import Struct

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import (
    Binding,
    Call,
    Choice,
    CodeDocument,
    Dictionary,
    Expression,
    Lookup,
    Path,
)
from agentlint.facts.programs.bindings import Bindings, is_null
from agentlint.facts.values import ABSENT, Value, ValueKind, classified, value_of
from agentlint.text import Span

PYTHON = "python"
_NOTHING = frozenset({"NOT_GIVEN", "NotGiven", "omit", "Omit"})
_READERS = frozenset({"os.getenv", "os.environ.get"})
ENVIRONMENT = "os.environ"
_MAX_HOPS = 4
_MAX_ITEMS = 24
"""Arguments of a `dict(...)` that holds options, as many as in a dictionary that is read."""


class Placed(Struct, frozen=True):
    """An expression and the index of the scope whose names it speaks of."""

    expression: Expression
    scope: int


class Held(Struct, frozen=True):
    """The values of a dictionary by their keys, those left out that the program may set anew, and the
    scope whose names they speak of."""

    items: Mapping[str, Expression]
    scope: int


class Names(Struct, frozen=True):
    """What the bindings of a document tell."""

    document: CodeDocument
    bindings: Bindings

    @classmethod
    def of(cls, document: CodeDocument) -> Names:
        return cls(document, Bindings.of(document))

    def dotted(self, path: Path) -> str:
        """The name of what a path stands for, told from the module that it was imported from."""
        if path.base is not None or not path.names:
            return ""
        return self._full_name(path.names)

    def meant(self, placed: Placed) -> Placed | None:
        """What an expression stands for once the names in it are followed; None where unknown."""
        found = self.followed(placed)
        return None if isinstance(found.expression, Path) else found

    def followed(self, placed: Placed) -> Placed:
        """As `meant`; where that is unknown, the name that leads no further."""
        for _ in range(_MAX_HOPS):
            further = self._item(placed) or _only(self._bindings_of(placed))
            if further is None:
                break
            placed = further
        return placed

    def _item(self, placed: Placed) -> Placed | None:
        """What stands under a key in a dictionary of the program that nothing changes."""
        lookup = placed.expression
        if not isinstance(lookup, Lookup) or not isinstance(lookup.container, Path):
            return None
        held = self.held(Placed(lookup.container, placed.scope))
        found = held.items.get(lookup.key.text) if held else None
        return Placed(found, held.scope) if held and found else None

    def held(self, placed: Placed) -> Held | None:
        """What a dictionary with literal keys holds, None for what is not known to be one."""
        bound = placed
        changed: Set[str] = frozenset()
        if isinstance(placed.expression, Path):
            bound = _only(self._bindings_of(placed)) or placed
            changed = self.document.items_set.get(placed.expression.names[0], frozenset())
        match bound.expression:
            case Dictionary(arguments=arguments):
                pass
            case Call(function=Path(names=("dict",), base=None), arguments=arguments):
                if len(arguments) > _MAX_ITEMS:
                    return None
            case _:
                return None
        items = {a.name: a.value for a in arguments if a.name and a.name not in changed}
        return Held({} if "" in changed else items, bound.scope)

    def function(self, placed: Placed) -> int:
        """The scope of the function of this program that a name stands for, -1 for none."""
        bindings = self._bindings_of(placed)
        return bindings[0].function if len(bindings) == 1 else -1

    def returned(self, function: int) -> Iterator[Placed]:
        """What the function of a scope gives back where it gives back anything."""
        for expression in self.document.returns.get(function, ()):
            if not is_null(expression):
                yield Placed(expression, function)

    def attribute(self, *target: str) -> Placed | None:
        """What the module binds an attribute of an imported module to: `openai.base_url = ...`."""
        return _only(self.bindings.dotted.get(target, []))

    def assigned(self, endings: tuple[str, ...]) -> Mapping[str, Value]:
        """What the program sets attributes of modules and variables of the environment to, by their
        dotted names, of those whose names end so in any case; a template where there are several."""
        return {
            self._full_name(target): self._assigned(bindings, target[-1])
            for target, bindings in self.bindings.dotted.items()
            if bindings and target[-1].lower().endswith(endings)
        }

    def _assigned(self, bindings: list[Binding], name: str) -> Value:
        only = _only(bindings)
        if only:
            return self.value(only.expression, only.scope)
        return Value(name, ValueKind.TEMPLATE, None, name, None, PYTHON)

    def _full_name(self, target: tuple[str, ...]) -> str:
        first, *rest = target
        return ".".join((self.document.imports.get(first, first), *rest))

    def is_set(self, *target: str) -> bool:
        """Whether the module binds an attribute of an imported module to anything."""
        return target in self.bindings.dotted

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
        if not isinstance(expression, (Path, Lookup)):
            return None
        meant = self.meant(Placed(expression, scope))
        return meant.expression if meant and isinstance(meant.expression, Scalar) else None

    def default(self, expression: Expression | None, scope: int) -> Scalar | None:
        """The text that an argument is where nobody gives another one: by a parameter, a variable of
        the environment or an `or`."""
        found = _placed(expression, scope)
        for _ in range(2 * _MAX_HOPS):
            if found is None:
                return None
            if isinstance(found.expression, Scalar):
                return found.expression if found.expression.kind is ScalarKind.STRING else None
            found = self._default_of(found)
        return None

    def _default_of(self, placed: Placed) -> Placed | None:
        """One step towards the default."""
        match placed.expression:
            case Path():
                return self._default_binding(self._bindings_of(placed))
            case Choice(options=options):
                return Placed(options[-1], placed.scope)
            case Call() as call if self.dotted(call.function) in _READERS:
                return _placed(_fallback(call), placed.scope)
        return None

    def _bindings_of(self, placed: Placed) -> list[Binding]:
        path = placed.expression
        if not isinstance(path, Path) or path.base is not None:
            return []
        return self.bindings.of_name(path.names, placed.scope, path.span.start)

    def _default_binding(self, bindings: list[Binding]) -> Placed | None:
        """What a name stands for that is bound once, or is a parameter with a default: what replaces
        that default (`model = model or "x"`), or else the default itself."""
        optional = [b for b in bindings if b.value is None and b.default is not None]
        assigned = [b for b in bindings if b.value is not None]
        if len(assigned) == 1 and len(bindings) == len(optional) + 1 <= 2:
            return _placed(assigned[0].value, assigned[0].scope)
        if len(bindings) == len(optional) == 1:
            around = self.document.scopes[optional[0].scope].parent
            return _placed(optional[0].default, around)
        return None

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
            case Lookup(container=Path() as container) if self.dotted(container) == ENVIRONMENT:
                variable = inner.key.text
            case _:
                return None
        if variable is None:
            return None
        return Value(self._written(span), ValueKind.ENV_REF, span, variable, default, PYTHON)

    def _written(self, span: Span) -> str:
        start = self.document.region.span(0, 0).start
        return self.document.region.text[span.start - start : span.end - start]


def _only(bindings: list[Binding]) -> Placed | None:
    return _placed(bindings[0].value, bindings[0].scope) if len(bindings) == 1 else None


def _placed(expression: Expression | None, scope: int) -> Placed | None:
    return Placed(expression, scope) if expression else None


def _is_nothing(expression: Expression) -> bool:
    """Whether an argument says that it is not given."""
    if isinstance(expression, Path):
        return expression.base is None and expression.names[-1] in _NOTHING
    return is_null(expression)


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

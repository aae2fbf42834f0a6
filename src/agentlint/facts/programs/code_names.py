"""Name resolution and constant propagation: what the names of a program stand for, where reading it
is enough to know.

A name is looked up along the scope chain, and the nearest scope that binds it counts. Bound once there,
it stands for what it is bound to; a binding to None beside that one is passed over. Bound several times,
it stands for its last value wherever no branch or loop can bring another one. Any other name is unknown.

An attribute of a class of the program (`Settings.model`) stands for what `classes` says of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

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
    PlacedCall,
)
from agentlint.facts.programs.bindings import (
    MAX_HOPS,
    BindingTable,
    Placed,
    is_null,
    only,
    only_bound,
)
from agentlint.facts.programs.classes import bindings_of_attribute
from agentlint.facts.programs.command_lines import options_of

MAX_ITEMS = 24
"""Arguments of a `dict(...)` that holds options, as many as in a dictionary that is read, and keys that are
set anew: for each call that unpacks them."""


class DictLiteral(Struct, frozen=True):
    """The values of a dictionary by their keys, and the scope whose names they speak of. Those are left
    out that the program may set anew: under the keys `changed`, where "" is any. `shared` says that others
    may set any key of it, or that more stands in it than is read."""

    items: Mapping[str, Expression]
    scope: int
    changed: Set[str] = frozenset()
    shared: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing else stands in it than what `items` and `changed` tell."""
        return not self.shared and "" not in self.changed and len(self.changed) <= MAX_ITEMS


class Names(Struct, frozen=True):
    """The resolver of one document. `options` are the defaults of the options of its command line
    by their names, and `given` is what functions are taken to be given, by their scopes and parameters."""

    document: CodeDocument
    table: BindingTable
    options: Mapping[str, PlacedCall]
    given: Mapping[tuple[int, str], Placed] = {}

    @classmethod
    def of(cls, document: CodeDocument) -> Names:
        return cls(document, BindingTable.of(document), options_of(document))

    def with_given(self, given: Mapping[tuple[int, str], Placed]) -> Names:
        """The same resolver for a call that gives a function these arguments."""
        return replace(self, given={**self.given, **given})

    def dotted(self, path: Path) -> str:
        """The full name of what a path stands for, from the module that it was imported from on."""
        if path.base is not None or not path.names:
            return ""
        return self.full_name(path.names)

    def resolve(self, placed: Placed) -> Placed | None:
        """What an expression stands for once the names in it are followed; None where unknown."""
        found = self.resolve_partial(placed)
        return None if isinstance(found.expression, Path) else found

    def resolve_partial(self, placed: Placed) -> Placed:
        """As `resolve`; where that is unknown, the name that leads no further."""
        choice: Placed | None = None
        for _ in range(MAX_HOPS):
            further = self._item(placed) or _certain(self.bindings(placed))
            if further is None and self.given and isinstance(placed.expression, Choice):
                choice = choice or placed
                further = Placed(placed.expression.options[0], placed.scope)
            if further is None:
                break
            placed = further
        return placed if choice is None or text_of(placed.expression) else choice

    def _item(self, placed: Placed) -> Placed | None:
        """What stands under a key in a dictionary of the program that nothing changes."""
        lookup = placed.expression
        if not isinstance(lookup, Lookup) or not isinstance(lookup.container, Path):
            return None
        literal = self.dict_literal(Placed(lookup.container, placed.scope))
        found = literal.items.get(lookup.key.text) if literal else None
        return Placed(found, literal.scope) if literal and found else None

    def dict_literal(self, placed: Placed) -> DictLiteral | None:
        """What a dictionary with literal keys holds, None for what is not known to be one."""
        bound = placed
        changed: Set[str] = frozenset()
        shared = False
        if isinstance(placed.expression, Path):
            name = placed.expression.names[0]
            bound = only_bound(self.bindings(placed)) or placed
            changed = self.document.items_set.get(name, frozenset())
            shared = len(placed.expression.names) > 1 or name in self.document.shared
        match bound.expression:
            case Dictionary(arguments=arguments):
                pass
            case Call(function=Path(names=("dict",), base=None), arguments=arguments) as call:
                if len(arguments) > MAX_ITEMS:
                    return None
                shared = shared or call.open or call.positional(0) is not None
            case _:
                return None
        items = {a.name: a.value for a in arguments if a.name and a.name not in changed}
        return DictLiteral({} if "" in changed else items, bound.scope, changed, shared)

    def binding(self, placed: Placed) -> Binding | None:
        """The only binding of a name, such as the `def` of a function; None where there are several."""
        return only(self.bindings(placed))

    def declared(self, placed: Placed) -> str:
        """The dotted name of the class that a name is declared an object of, "" for none: that of a
        parameter which nothing else is bound to."""
        bound = self.binding(self.resolve_partial(placed))
        return self.full_name(tuple(bound.kind.split("."))) if bound else ""

    def returned(self, bound: Binding | None) -> Iterator[Placed]:
        """What the function that a name is bound to gives back where it gives back anything."""
        if bound is None or bound.function is None:
            return
        for expression in self.document.returns.get(bound.function, ()):
            if not is_null(expression):
                yield Placed(expression, bound.function)

    def attribute(self, *target: str) -> Placed | None:
        """What the module binds an attribute of an imported module to: `openai.base_url = ...`."""
        return only_bound(self.table.dotted.get(target, []))

    def full_name(self, target: tuple[str, ...]) -> str:
        first, *rest = target
        return ".".join((self.document.imports.get(first, first), *rest))

    def is_set(self, *target: str) -> bool:
        """Whether the module binds an attribute of an imported module to anything."""
        return target in self.table.dotted

    def sets(self, path: Path) -> bool:
        """Whether the program may set an attribute anew."""
        return is_attribute(path) and (
            self.table.sets_attributes or path.names in self.table.dotted
        )

    def bindings(self, placed: Placed) -> list[Binding]:
        """Every binding of a name, or of an attribute of a class of the program, with the arguments that
        are known in place of parameters; none for any other expression."""
        path = placed.expression
        if not isinstance(path, Path) or path.base is not None:
            return []
        bound = self.lookup(path, placed.scope) or bindings_of_attribute(
            self.table, path, placed.scope
        )
        return self._as_given(bound) if self.given else bound

    def _as_given(self, bound: list[Binding]) -> list[Binding]:
        parameter = only_parameter(bound)
        given = self.given.get((parameter.scope, parameter.target[0])) if parameter else None
        if parameter is None or given is None:
            return bound
        value, scope = given.expression, given.scope
        return [replace(parameter, value=value, scope=scope, default=None, parameter=False)]

    def lookup(self, path: Path, scope: int) -> list[Binding]:
        """The bindings of a name as it is written, whatever functions are given."""
        return self.table.of_name(path.names, scope, path.span.start)


def only_parameter(bindings: Sequence[Binding]) -> Binding | None:
    """The parameter that is all that a name stands for, but for what takes its place where it is None."""
    match bindings:
        case [parameter] if parameter.parameter:
            return parameter
        case [parameter, Binding(value=Scalar() | Path())] if parameter.parameter:
            return parameter if is_null(parameter.default) else None
    return None


def _certain(bindings: list[Binding]) -> Placed | None:
    """The value of the only binding, unless that is only what the objects of a class have by
    default."""
    value = only_bound(bindings)
    return None if value and bindings[0].field and isinstance(value.expression, Scalar) else value


def is_attribute(path: Path) -> bool:
    """Whether a path leads to a part of something, and is no plain name."""
    return len(path.names) > 1 or path.base is not None


def text_of(expression: Expression | None) -> str | None:
    if isinstance(expression, Scalar) and expression.kind is ScalarKind.STRING:
        return expression.text
    return None

"""What a source file of a program gives: its calls and what it binds to names, each with its place.

Nothing is evaluated. An expression that is more than a literal, a name, a call or a choice between
such is `Unread`, so whoever asks what a name stands for is told less and never something wrong.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

from agentlint.documents.nodes import Scalar
from agentlint.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from agentlint.documents.nodes import Problem
    from agentlint.text import Region


class Path(Struct, frozen=True):
    """Names joined by dots, `client.chat.completions`, on a plain name or on another expression.

    `base` is what the first of `names` is an attribute of, None where it is a name of its own.
    """

    names: tuple[str, ...]
    span: Span
    base: Expression | None = None

    @property
    def text(self) -> str:
        return ".".join(self.names)

    @property
    def last(self) -> str:
        """The name behind the last dot, "" where there is none."""
        return self.names[-1] if self.names else ""

    def with_names(self, names: tuple[str, ...]) -> Expression | None:
        """These names in the place of its own; what they stand on where there are none."""
        return Path(names, self.span, self.base) if names else self.base


class Argument(Struct, frozen=True):
    """`name` is empty for an argument told by its position."""

    name: str
    value: Expression


class Call(Struct, frozen=True):
    """`unpacked` are the dictionaries, `**kwargs`, that give further arguments; `extended` says that such
    come from elsewhere: from `*args`, or from whoever calls a function that is passed on."""

    function: Path
    arguments: tuple[Argument, ...]
    span: Span
    extended: bool = False
    unpacked: tuple[Expression, ...] = ()

    @property
    def open(self) -> bool:
        """Whether there may be further arguments."""
        return self.extended or bool(self.unpacked)

    def argument(self, *names: str) -> Expression | None:
        """The value of the first of these keyword arguments that is given."""
        return _value_under(self.arguments, names)

    def positional(self, index: int) -> Expression | None:
        given = [argument.value for argument in self.arguments if not argument.name]
        return given[index] if index < len(given) else None


def _value_under(arguments: tuple[Argument, ...], names: tuple[str, ...]) -> Expression | None:
    for name in names:
        for argument in arguments:
            if argument.name == name:
                return argument.value
    return None


class Dictionary(Struct, frozen=True):
    """`{"key": value}`, every key of it a literal."""

    arguments: tuple[Argument, ...]
    span: Span

    def argument(self, *names: str) -> Expression | None:
        """The value of the first of these keys that is given."""
        return _value_under(self.arguments, names)


class Lookup(Struct, frozen=True):
    """`container["key"]`."""

    container: Expression
    key: Scalar
    span: Span


class Listing(Struct, frozen=True):
    """`["a", b]`: a list, tuple or set of literals, names and settings of models (`{"model": "a"}`)."""

    items: tuple[Expression, ...]
    span: Span


class Item(Struct, frozen=True):
    """`container[key]`, of which only running the program can tell the key, or `container[index]`."""

    container: Expression
    span: Span
    index: int | None = None


class Choice(Struct, frozen=True):
    """`a or b`: the first that is not empty, which only running the program can tell."""

    options: tuple[Expression, ...]
    span: Span


class Conditional(Struct, frozen=True):
    """`a if c else b`: either of them, which only running the program can tell. `asked` are the names that
    the condition asks of, as written."""

    options: tuple[Expression, Expression]
    span: Span
    asked: frozenset[str] = frozenset()


class Unread(Struct, frozen=True):
    """Something else; `empty` marks a collection with nothing in it."""

    span: Span
    empty: bool = False


Expression: TypeAlias = (
    Scalar | Path | Call | Dictionary | Lookup | Listing | Item | Choice | Conditional | Unread
)


class TryPart(StrEnum):
    BODY = "body"
    HANDLER = "handler"
    ELSE = "else"
    FINALLY = "finally"
    AFTER = "after"
    """Behind the statement, where the program comes only if it failed."""


class Try(Struct, frozen=True):
    """The part of a `try` that something stands in; `statement` tells one `try` from another.

    Of a handler: `catches` are the exceptions, and `calls` are the functions that it calls, as
    written. Behind a `try`, `catches` are the exceptions of the handlers that lead there, none where
    one of them catches everything.
    """

    statement: Span
    part: TryPart
    catches: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()


class ScopeKind(StrEnum):
    MODULE = "module"
    CLASS = "class"
    FUNCTION = "function"


class Scope(Struct, frozen=True):
    """`parent` is the index of the scope around it, None for the module's. `derived` says that a class has
    bases or decorators, by which its annotated attributes may be what its objects are told. Of a function
    `parameters` are those that may be told by their position, and `decorators` the calls that give some."""

    kind: ScopeKind
    parent: int | None
    name: str = ""
    derived: bool = False
    parameters: tuple[str, ...] = ()
    decorators: tuple[Call, ...] = ()


class Binding(Struct, frozen=True):
    """What a statement binds a name, or an attribute of one, to; None for a parameter, a loop
    variable and whatever else is not the value of an expression. A variable of the environment is
    told as an attribute of it: `os.environ["NAME"]` has the target `os`, `environ`, `NAME`.

    A `parameter` is one whether or not it has a `default`, which it stands for where no argument is given
    and which is told in the scope around. `each` is what a loop takes its variable from, one after another.
    `function` is the scope of the function that a `def` binds the name to, and `class_` that of a class,
    None for anything else. `field` says that the value is only a default of the objects of a class.
    `kind` is the class that a parameter is declared to be an object of, as written, "" where none is named.
    `imported` is the dotted name that an import binds the name to, with the dots of a relative one.

    `holds` is where the program comes by way of the binding alone, as far as the scope binds the name
    nowhere else: from behind it to the end of its block. None where it is bound from another scope.
    """

    target: tuple[str, ...]
    value: Expression | None
    scope: int
    default: Expression | None = None
    function: int | None = None
    holds: Span | None = None
    class_: int | None = None
    field: bool = False
    kind: str = ""
    imported: str = ""
    parameter: bool = False
    each: Expression | None = None


class PlacedCall(Struct, frozen=True):
    """A call, the index of the scope that it stands in, and the `try` statements around it, the
    innermost last and none from outside its function."""

    call: Call
    scope: int
    tries: tuple[Try, ...] = ()


class Comparison(Struct, frozen=True):
    """One that an `assert` makes; `operator` is as written, and `scope` as in a call."""

    left: Expression
    operator: str
    right: Expression
    scope: int
    span: Span


class Branch(Struct, frozen=True):
    """What stands `within` is come to only where what is `asked` is one of `texts`, or is anything (true)
    where there are none; or only where that is not so."""

    asked: Expression
    texts: tuple[str, ...]
    is_so: bool
    within: Span


class CodeDocument(Struct, frozen=True):
    """`imports` leads each name that an import binds to the dotted name of what it stands for, and
    `returns` the scope of each function to what its `return` statements give. `branches` are what is come
    to on a condition, and `loops` what loops run again and again, as they begin. `items_set` leads a name
    to the keys that statements set or delete of what it stands for, "" where any may be: also where a
    function is called with it and for nothing that it gives back. `shared` are the names of dictionaries
    that give the arguments of a call, and whose items something else than those statements may set: they
    are used for more than their items."""

    region: Region
    imports: Mapping[str, str] = field(default_factory=dict)
    scopes: tuple[Scope, ...] = ()
    bindings: tuple[Binding, ...] = ()
    calls: tuple[PlacedCall, ...] = ()
    returns: Mapping[int, Sequence[Expression]] = field(default_factory=dict)
    comparisons: tuple[Comparison, ...] = ()
    loops: tuple[Span, ...] = ()
    branches: tuple[Branch, ...] = ()
    items_set: Mapping[str, Set[str]] = field(default_factory=dict)
    shared: Set[str] = frozenset()
    comments: tuple[Region, ...] = ()
    problems: tuple[Problem, ...] = ()

    def is_method(self, function: int) -> bool:
        """Whether the function of a scope is defined in the body of a class."""
        parent = self.scopes[function].parent
        return parent is not None and self.scopes[parent].kind is ScopeKind.CLASS

    def written(self, span: Span) -> str:
        """The program's own words at a place of it: a program is read as a text of its own."""
        return self.region.text[span.start : span.end]

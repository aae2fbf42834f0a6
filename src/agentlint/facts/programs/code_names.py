"""What the names of a program stand for, as far as reading it tells for certain.

A name bound once in the nearest scope that binds it stands for what it was bound to; being set to
None as well does not count. Of several bindings in one scope the last one counts for what stands
behind it in its block. A name that is bound in another way, or twice for all that its place tells,
stands for nothing that is known here. An attribute of a class of the program, told by the class or by an
object that it makes without arguments for it, stands for what the body of the class binds it to; where
that may be a field, it is a default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import (
    Argument,
    Binding,
    Call,
    Choice,
    CodeDocument,
    Conditional,
    Dictionary,
    Expression,
    Item,
    Listing,
    Lookup,
    Path,
    PlacedCall,
    Unread,
)
from agentlint.facts.imported_name import ImportedName
from agentlint.facts.programs.bindings import Bindings, is_null
from agentlint.facts.programs.command_lines import (
    gives_field,
    options_of,
    own_option,
    parses_options,
)
from agentlint.facts.values.value import ABSENT, Value, ValueKind, classified, value_of
from agentlint.text import Span

PYTHON = "python"
_MAX_OPTIONS = 24
"""Of an `or`, and of those in it, that are read: for each call that is given it."""
_NOTHING = frozenset({"NOT_GIVEN", "NotGiven", "omit", "Omit"})
_READERS = frozenset({"os.getenv", "os.environ.get"})
ENVIRONMENT = "os.environ"
_WHOLE = frozenset({"dict", "copy", "deepcopy", "vars", "asdict", "model_dump"})
_MAX_HOPS = 6
_MAX_DOTS = 12
MAX_ITEMS = 24
"""Arguments of a `dict(...)` that holds options, as many as in a dictionary that is read, and keys that are
set anew: for each call that unpacks them."""
_MAX_DEFAULT_STEPS = 4 * _MAX_HOPS + MAX_ITEMS
"""All together, however many branches they lead along."""


class Placed(Struct, frozen=True):
    """An expression and the index of the scope whose names it speaks of."""

    expression: Expression
    scope: int


class Held(Struct, frozen=True):
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


class _Made(Struct, frozen=True):
    """The scope of the class of an object, which whoever makes it elsewhere may have told more."""

    class_: int
    may_be_another: bool


class Names(Struct, frozen=True):
    """What the bindings of a document tell. `options` are the defaults of the options of its command line
    by their names, and `given` is what functions are taken to be given, by their scopes and parameters."""

    document: CodeDocument
    bindings: Bindings
    options: Mapping[str, PlacedCall]
    given: Mapping[tuple[int, str], Placed] = {}

    @classmethod
    def of(cls, document: CodeDocument) -> Names:
        return cls(document, Bindings.of(document), options_of(document))

    def with_given(self, given: Mapping[tuple[int, str], Placed]) -> Names:
        """The same, in a call that gives a function these."""
        return replace(self, given={**self.given, **given})

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
        choice: Placed | None = None
        for _ in range(_MAX_HOPS):
            further = self._item(placed) or _certain(self._bindings_of(placed))
            if further is None and self.given and isinstance(placed.expression, Choice):
                choice = choice or placed
                further = Placed(placed.expression.options[0], placed.scope)
            if further is None:
                break
            placed = further
        return placed if choice is None or _text(placed.expression) else choice

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
        shared = False
        if isinstance(placed.expression, Path):
            name = placed.expression.names[0]
            bound = _only(self._bindings_of(placed)) or placed
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
        return Held({} if "" in changed else items, bound.scope, changed, shared)

    def function(self, placed: Placed) -> int:
        """The scope of the function of this program that a name stands for, -1 for none."""
        bindings = self._bindings_of(placed)
        return bindings[0].function if len(bindings) == 1 else -1

    def class_(self, placed: Placed) -> int:
        """The scope of the class of this program that a name stands for, -1 for none."""
        bindings = self._bindings_of(placed)
        return bindings[0].class_ if len(bindings) == 1 else -1

    def method(self, class_: int, name: str) -> int:
        """The scope of the method that the body of a class defines once, -1 for none."""
        bound = self.bindings.of_classes.get((name, class_), []) if class_ >= 0 else []
        return bound[0].function if len(bound) == 1 else -1

    def declared(self, placed: Placed) -> str:
        """The dotted name of the class that a name is declared an object of, "" for none: that of a
        parameter which nothing else is bound to."""
        bindings = self._bindings_of(self.followed(placed))
        kind = bindings[0].kind if len(bindings) == 1 else ""
        return self._full_name(tuple(kind.split(".")))

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
        default = _text(self._fallback(Placed(expression, scope)))
        return Value(text, ValueKind.TEMPLATE, expression.span, text or None, default, PYTHON)

    def origin(self, expression: Expression | None, scope: int) -> Scalar | None:
        """The literal of a constant that an argument names."""
        if not isinstance(expression, (Path, Lookup)):
            return None
        meant = self.meant(Placed(expression, scope))
        return meant.expression if meant and isinstance(meant.expression, Scalar) else None

    def defaults(self, expression: Expression | None, scope: int) -> Iterator[Scalar]:
        """The texts that an argument is where nobody gives another one: by a parameter, a variable of
        the environment, a key that is absent or an `or`; several by the branches of a condition."""
        for end in self._ends(expression, scope):
            if isinstance(end.expression, Scalar) and end.expression.kind is ScalarKind.STRING:
                yield end.expression

    def _ends(self, expression: Expression | None, scope: int) -> Iterator[Placed]:
        """What an argument is where nobody gives another one, as far as this program tells."""
        left = [Placed(expression, scope)] if expression else []
        for _ in range(_MAX_DEFAULT_STEPS):
            if not left:
                return
            found = left.pop()
            is_end = isinstance(found.expression, Scalar)
            further = () if is_end else self._towards_default(found)
            if not further:
                yield found
            left += reversed(further)

    def imported(self, expression: Expression | None, scope: int) -> ImportedName | None:
        """The name of another module that an argument stands for, or is where nobody gives another one;
        None where it is not exactly one."""
        ends = list(self._ends(expression, scope))
        name = self._imported_name(ends[0]) if len(ends) == 1 else ""
        if not expression or not name or name.count(".") > _MAX_DOTS:
            return None
        end = ends[0].expression
        is_default = self.followed(Placed(expression, scope)).expression is not end
        is_made = not self._import_of(ends[0])
        return ImportedName(name, is_default=is_default or is_made or _may_be_set(end))

    def _imported_name(self, placed: Placed, hops: int = _MAX_HOPS) -> str:
        """The dotted name of what a path leads to in another module, "" for none: of an import, and of an
        attribute of what an import makes without being told anything."""
        path, origin = placed.expression, self._import_of(placed)
        if not isinstance(path, Path) or not path.names:
            return ""
        if origin:
            return ".".join((origin, *path.names[1:]))
        owner = path.with_names(path.names[:-1])
        if owner is None or not hops or self._sets(path):
            return ""
        ends = list(self._ends(owner, placed.scope))
        match ends:
            case [Placed(expression=Call(function=maker, arguments=(), open=False), scope=scope)]:
                name = self._imported_name(Placed(maker, scope), hops - 1)
            case [Placed(expression=Path()) as end] if end.expression is not owner:
                name = self._imported_name(end, hops - 1) or self._imported_kind(end, path.last)
            case [Placed(expression=Path()) as end]:
                name = self._imported_kind(end, path.last)
            case _:
                return ""
        return f"{name}.{path.last}" if name else ""

    def _imported_kind(self, placed: Placed, attribute: str) -> str:
        """The class of another module that a parameter is declared to be an object of, "" for none."""
        bound = self._bindings_of(placed)
        kind = self._declared(bound[0], attribute) if len(bound) == 1 else None
        return self._import_of(Placed(kind, bound[0].scope)) if kind else ""

    def _declared(self, parameter: Binding, attribute: str) -> Path | None:
        """The class that a parameter is declared to be an object of, None for none, and for one whose
        objects the program tells that attribute."""
        told = self.bindings.told.get(parameter.kind, frozenset())
        if not parameter.parameter or not parameter.kind or not told.isdisjoint({"", attribute}):
            return None
        return Path(tuple(parameter.kind.split(".")), parameter.holds or Span(0, 0))

    def _import_of(self, placed: Placed) -> str:
        """What an import alone binds the first name of a path to, "" where that is not so."""
        match placed.expression:
            case Path(names=(first, *_), base=None, span=span) as path if not self._sets(path):
                bound = self.bindings.of_name((first,), placed.scope, span.start)
                return bound[0].imported if len(bound) == 1 else ""
        return ""

    def parameters(self, expression: Expression | None, scope: int) -> Iterator[Binding]:
        """The parameters that an argument is, several where each is asked unless those before it are empty;
        of an option of the command line the one that all options are given by."""
        left = [Placed(expression, scope)] if expression else []
        for _ in range(_MAX_HOPS):
            if not left:
                return
            placed = self.followed(left.pop())
            match placed.expression:
                case Choice(options=options):
                    left += (
                        Placed(option, placed.scope) for option in reversed(options[:_MAX_HOPS])
                    )
                case Path() as path:
                    bindings = self._bindings_of(placed)
                    parameter = _parameter(bindings)
                    if parameter:
                        yield parameter
                    owner = None if bindings else self._owner_of_option(path, placed.scope)
                    left += [owner] if owner else []

    def _owner_of_option(self, path: Path, scope: int) -> Placed | None:
        """What an attribute named as an option of the command line is one of."""
        if path.last not in self.options or self._sets(path):
            return None
        return _placed(path.with_names(path.names[:-1]), scope)

    def _option(self, path: Path, scope: int) -> Placed | None:
        """The default of an option of the command line."""
        owner = self._owner_of_option(path, scope)
        if owner is None or not self._is_parsed(owner):
            return None
        added = self.options[path.last]
        return _placed(added.call.argument("default"), added.scope)

    def _is_parsed(self, placed: Placed) -> bool:
        """Whether an expression is what a parser of the command line gives, if by way of a function."""
        for _ in range(_MAX_HOPS):
            match self.followed(placed):
                case Placed(expression=Call(function=function), scope=scope):
                    if parses_options(function.last):
                        return True
                    given = islice(self.returned(self.function(Placed(function, scope))), 2)
                case _:
                    return False
            match list(given):
                case [placed]:
                    pass
                case _:
                    return False
        return False

    def _sets(self, path: Path) -> bool:
        """Whether the program may set an attribute anew."""
        return _is_attribute(path) and (
            self.bindings.sets_attributes or path.names in self.bindings.dotted
        )

    def _towards_default(self, placed: Placed) -> Sequence[Placed]:
        """One step towards the default, two ways from a condition."""
        fallback = self._fallback(placed)
        rest = [Placed(fallback, placed.scope)] if fallback else []
        match placed.expression:
            case Path() as path:
                return self._behind_name(path, placed)
            case Conditional() as condition:
                return [*self._branches(condition, placed.scope)]
            case Item(container=container, index=index):
                items = self._items(Placed(container, placed.scope))
                return items if index is None else items[index:][:1]
            case Call(function=Path(names=(*_, "get")) as function) as call if _is_picked(call):
                owner, other = function.with_names(function.names[:-1]), call.positional(1)
                items = self._items(Placed(owner, placed.scope)) if owner else ()
                return [*items, Placed(other, placed.scope)] if items and other else items
        return rest

    def _behind_name(self, path: Path, placed: Placed) -> Sequence[Placed]:
        bindings = self._bindings_of(placed)
        if len(bindings) == 1 and bindings[0].each:
            return self._each(Placed(bindings[0].each, bindings[0].scope))
        further = self._default_binding(bindings) if bindings else self._option(path, placed.scope)
        return [further] if further else []

    def _items(self, container: Placed) -> Sequence[Placed]:
        """What stands in a list or dictionary that the program writes out."""
        found = self.followed(container)
        match found.expression:
            case Listing(items=items):
                return [Placed(item, found.scope) for item in items]
            case Dictionary():
                held = self.held(container)
                return [Placed(item, held.scope) for item in held.items.values()] if held else []
        return []

    def _each(self, placed: Placed) -> Sequence[Placed]:
        """What a loop comes by: the items of a list, or the values of a dictionary that it asks for."""
        match self.followed(placed):
            case Placed(expression=Listing()):
                return self._items(placed)
            case Placed(
                expression=Call(function=Path(names=(*owner, "values"), base=None) as function),
                scope=scope,
            ) if owner:
                return self._items(Placed(Path(tuple(owner), function.span), scope))
        return []

    def _branches(self, condition: Conditional, scope: int) -> Iterator[Placed]:
        """What the branches of a condition lead to; where a name that is more than a constant is what the
        condition asks of, the branch may not be taken where it is its default."""
        for option in condition.options:
            placed = Placed(option, scope)
            found = self.meant(placed) if isinstance(option, Path) else placed
            if found is None:
                continue
            certain = found is placed or isinstance(found.expression, Scalar)
            if certain or self._is_unasked(option, found.expression, condition):
                yield found

    def _is_unasked(self, option: Expression, meant: Expression, condition: Conditional) -> bool:
        """Whether a name stands for a variable of the environment that the condition does not ask of."""
        is_asked = isinstance(option, Path) and option.text in condition.asked
        return not is_asked and self._environment(meant, meant.span) is not None

    def _fallback(self, placed: Placed) -> Expression | None:
        """What an expression gives where its first choice is empty, or what it looks up is absent."""
        match placed.expression:
            case Choice(options=options):
                return options[-1]
            case Call() as call if self.dotted(call.function) in _READERS:
                return _second(call)
            case Call() as call if gives_field(self.dotted(call.function)):
                return call.argument("default") or call.positional(0)
            case (
                Call(
                    function=Path(names=(*_, "get")) as function,
                    arguments=(Argument(name="", value=key), Argument(name="", value=default)),
                ) as call
            ) if _text(key) and not call.open:
                owner = function.with_names(function.names[:-1])
                return default if owner and self._may_lack(Placed(owner, placed.scope)) else None
            case (
                Call(
                    function=Path(names=("getattr",), base=None),
                    arguments=(
                        Argument(name=""),
                        Argument(name="", value=key),
                        Argument(name="", value=default),
                    ),
                ) as call
            ) if (name := _text(key)) and not call.open:
                # an attribute that the program itself gives to objects is there
                is_given = name in self.bindings.attributes or name in self.options
                return None if is_given else default
        return None

    def _may_lack(self, placed: Placed) -> bool:
        """Whether an object is no table of the program's own, also one of another module, or all fields of
        an object: those have what they are asked for."""
        match self.followed(placed).expression:
            case Dictionary() | Listing() | Unread(empty=False):
                return False
            case Path(names=(*_, name), base=None) as path if name.isupper():
                return path.names[0] not in self.document.imports
            case Call(function=Path(names=(*_, made))):
                return made not in _WHOLE
        return True

    def _bindings_of(self, placed: Placed) -> list[Binding]:
        path = placed.expression
        if not isinstance(path, Path) or path.base is not None:
            return []
        bound = self._named(path, placed.scope) or self._of_attribute(path, placed.scope)
        return self._as_given(bound) if self.given else bound

    def _as_given(self, bound: list[Binding]) -> list[Binding]:
        parameter = _parameter(bound)
        given = self.given.get((parameter.scope, parameter.target[0])) if parameter else None
        if parameter is None or given is None:
            return bound
        value, scope = given.expression, given.scope
        return [replace(parameter, value=value, scope=scope, default=None, parameter=False)]

    def _named(self, path: Path, scope: int) -> list[Binding]:
        return self.bindings.of_name(path.names, scope, path.span.start)

    def _of_attribute(self, path: Path, scope: int) -> list[Binding]:
        """The only binding of an attribute that a class of the program has, told by the class or by an
        object of it; none where the program may set the attribute from elsewhere."""
        *owner, name = path.names
        if not owner or self.bindings.sets_attributes or path.names in self.bindings.dotted:
            return []
        made = self._made_by(Path(tuple(owner), path.span), name, scope)
        if made is None or (self.document.scopes[made.class_].name, name) in self.bindings.dotted:
            return []
        bound = self.bindings.of_classes.get((name, made.class_), [])
        told = len(bound) == 1 and bound[0].scope == made.class_ and bound[0].value is not None
        return [replace(b, field=b.field or made.may_be_another) for b in bound] if told else []

    def _made_by(self, owner: Path, attribute: str, scope: int) -> _Made | None:
        """The class that a name stands for, or that makes the object which it stands for and is not told
        the attribute."""
        placed, may_be_another = Placed(owner, scope), False
        for _ in range(_MAX_HOPS):
            match placed.expression:
                case Choice(options=options):
                    placed, may_be_another = Placed(options[-1], placed.scope), True
                case Call(function=Path(names=(_,), base=None) as class_) as call:
                    if call.open or call.positional(0) or call.argument(attribute):
                        return None
                    return self._made(class_, placed.scope, may_be_another)
                case Path() as path:
                    bound = self._named(path, placed.scope)
                    if len(bound) != 1:
                        return None
                    if bound[0].parameter and bound[0].default is None:
                        kind = self._declared(bound[0], attribute)
                        return self._made(kind, bound[0].scope, True) if kind else None
                    if bound[0].class_ >= 0:
                        return self._made(path, placed.scope, may_be_another)
                    further = _placed(bound[0].value, bound[0].scope)
                    if further is None:
                        return None
                    placed = further
                case _:
                    return None
        return None

    def _made(self, class_: Path, scope: int, may_be_another: bool) -> _Made | None:
        bound = self._named(class_, scope)
        known = len(bound) == 1 and bound[0].class_ >= 0
        return _Made(bound[0].class_, may_be_another) if known else None

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
        if len(bindings) == 1 and bindings[0].parameter:
            return self._decorated(bindings[0])
        return self._instead_of_parameter(bindings)

    def _instead_of_parameter(self, bindings: list[Binding]) -> Placed | None:
        """What one branch of a function binds a name to where another one binds it to a parameter that need
        not be given: `if model is None: self.model = "x"`, `else: self.model = model`."""
        match bindings:
            case [Binding(holds=Span() as first) as one, Binding(holds=Span() as second) as two]:
                apart = one.scope == two.scope and first.end < second.start
            case _:
                return None
        given = [b for b in (one, two) if self._is_optional(b)]
        told = [b for b in (one, two) if isinstance(b.value, (Scalar, Path)) and b not in given]
        if not apart or len(given) != 1 or len(told) != 1:
            return None
        return _placed(told[0].value, told[0].scope)

    def _is_optional(self, binding: Binding) -> bool:
        """Whether a name is bound to a parameter that is None where it is not given."""
        if not isinstance(binding.value, Path):
            return False
        bound = self._named(binding.value, binding.scope)
        return len(bound) == 1 and bound[0].parameter and is_null(bound[0].default)

    def _decorated(self, parameter: Binding) -> Placed | None:
        """What a decorator of a function, an option of its command line, says for one of its parameters."""
        scope = self.document.scopes[parameter.scope]
        for call in scope.decorators:
            if own_option(call, self.dotted(call.function)) == parameter.target[0]:
                return _placed(call.argument("default"), scope.parent)
        return None

    def texts(self, expression: Expression | None, scope: int) -> Iterator[Scalar]:
        """Every literal text that an argument may turn out to be: its own, a constant's, a default."""
        meant = self.meant(Placed(expression, scope)) if expression else None
        options = [meant.expression] if meant else []
        for _ in range(_MAX_OPTIONS):
            if not options:
                return
            option = options.pop()
            if isinstance(option, Choice):
                options += option.options[-_MAX_OPTIONS:]
            elif isinstance(option, Scalar) and option.kind is ScalarKind.STRING:
                yield option
            elif isinstance(option, Call) and self.dotted(option.function) in _READERS:
                default = _second(option)
                options += [default] if default else []

    def _environment(self, expression: Expression, span: Span) -> Value | None:
        """The variable that an expression reads, with the text used where it is not set."""
        inner, default = expression, None
        if isinstance(expression, Choice):
            inner, default = expression.options[0], _text(expression.options[-1])
        match inner:
            case Call() if self.dotted(inner.function) in _READERS:
                variable = _text(inner.positional(0))
                default = default or _text(_second(inner))
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


def _parameter(bindings: Sequence[Binding]) -> Binding | None:
    """The parameter that is all that a name stands for, but for what takes its place where it is None."""
    match bindings:
        case [parameter] if parameter.parameter:
            return parameter
        case [parameter, Binding(value=Scalar() | Path())] if parameter.parameter:
            return parameter if is_null(parameter.default) else None
    return None


def _is_picked(call: Call) -> bool:
    """Whether a call of `get` asks for a key that only running the program can tell."""
    key = call.positional(0)
    return isinstance(key, (Path, Item, Lookup, Call)) and not call.open


def _certain(bindings: list[Binding]) -> Placed | None:
    """The value of the only binding, unless that is what the objects of a class are where they are told
    nothing else."""
    only = _only(bindings)
    return None if only and bindings[0].field and isinstance(only.expression, Scalar) else only


def _placed(expression: Expression | None, scope: int) -> Placed | None:
    return Placed(expression, scope) if expression else None


def _may_be_set(expression: Expression) -> bool:
    """Whether a path is an attribute that other modules may set, and is not named as a constant."""
    if not isinstance(expression, Path):
        return False
    return _is_attribute(expression) and not expression.last.isupper()


def _is_attribute(path: Path) -> bool:
    return len(path.names) > 1 or path.base is not None


def _is_nothing(expression: Expression) -> bool:
    """Whether an argument says that it is not given."""
    if isinstance(expression, Path):
        return expression.base is None and expression.names[-1] in _NOTHING
    return is_null(expression)


def _worded(scalar: Scalar, span: Span) -> Value:
    return ABSENT if scalar.kind is ScalarKind.NULL else classified(scalar.text, span)


def _second(call: Call) -> Expression | None:
    """What a variable of the environment is read as where it is not set."""
    return call.positional(1) or call.argument("default")


def _text(expression: Expression | None) -> str | None:
    if isinstance(expression, Scalar) and expression.kind is ScalarKind.STRING:
        return expression.text
    return None

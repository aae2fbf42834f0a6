"""What an argument is where nobody gives another one, as far as reading a program tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import (
    Binding,
    Call,
    Choice,
    Conditional,
    Dictionary,
    Expression,
    Item,
    Listing,
    Lookup,
    Path,
)
from agentlint.facts.programs.argument_values import fallback_of, read_environment
from agentlint.facts.programs.bindings import MAX_HOPS, Placed, is_null, only, only_bound, placed_at
from agentlint.facts.programs.code_names import MAX_ITEMS, Names, only_parameter
from agentlint.facts.programs.command_lines import own_option, parses_options
from agentlint.text import Span

_MAX_DEFAULT_STEPS = 4 * MAX_HOPS + MAX_ITEMS
"""All together, however many branches they lead along."""


def defaults_of(names: Names, expression: Expression | None, scope: int) -> Iterator[Scalar]:
    """The texts that an argument is where nobody gives another one: by a parameter, a variable of
    the environment, a key that is absent or an `or`; several by the branches of a condition."""
    for end in ends_of(names, expression, scope):
        if isinstance(end.expression, Scalar) and end.expression.kind is ScalarKind.STRING:
            yield end.expression


def ends_of(names: Names, expression: Expression | None, scope: int) -> Iterator[Placed]:
    """What an argument is where nobody gives another one, as far as this program tells."""
    left = [Placed(expression, scope)] if expression else []
    for _ in range(_MAX_DEFAULT_STEPS):
        if not left:
            return
        found = left.pop()
        is_end = isinstance(found.expression, Scalar)
        further = () if is_end else _towards_default(names, found)
        if not further:
            yield found
        left += reversed(further)


def _towards_default(names: Names, placed: Placed) -> Sequence[Placed]:
    """One step towards the default, two ways from a condition."""
    fallback = fallback_of(names, placed)
    rest = [Placed(fallback, placed.scope)] if fallback else []
    match placed.expression:
        case Path() as path:
            return _behind_name(names, path, placed)
        case Conditional() as condition:
            return [*_branches(names, condition, placed.scope)]
        case Item(container=container, index=index):
            items = _items(names, Placed(container, placed.scope))
            return items if index is None else items[index:][:1]
        case Call(function=Path(names=(*_, "get")) as function) as call if _is_picked(call):
            owner, other = function.with_names(function.names[:-1]), call.positional(1)
            items = _items(names, Placed(owner, placed.scope)) if owner else ()
            return [*items, Placed(other, placed.scope)] if items and other else items
    return rest


def _behind_name(names: Names, path: Path, placed: Placed) -> Sequence[Placed]:
    bindings = names.bindings(placed)
    bound = only(bindings)
    if bound and bound.each:
        return _each(names, Placed(bound.each, bound.scope))
    further = _default_binding(names, bindings) if bindings else _option(names, path, placed.scope)
    return [further] if further else []


def _items(names: Names, container: Placed) -> Sequence[Placed]:
    """What stands in a list or dictionary that the program writes out."""
    found = names.resolve_partial(container)
    match found.expression:
        case Listing(items=items):
            return [Placed(item, found.scope) for item in items]
        case Dictionary():
            literal = names.dict_literal(container)
            return [Placed(i, literal.scope) for i in literal.items.values()] if literal else []
    return []


def _each(names: Names, placed: Placed) -> Sequence[Placed]:
    """What a loop comes by: the items of a list, or the values of a dictionary that it asks for."""
    match names.resolve_partial(placed):
        case Placed(expression=Listing()):
            return _items(names, placed)
        case Placed(
            expression=Call(function=Path(names=(*owner, "values"), base=None) as function),
            scope=scope,
        ) if owner:
            return _items(names, Placed(Path(tuple(owner), function.span), scope))
    return []


def _branches(names: Names, condition: Conditional, scope: int) -> Iterator[Placed]:
    """What the branches of a condition lead to; where a name that is more than a constant is what the
    condition asks of, the branch may not be taken where it is its default."""
    for option in condition.options:
        placed = Placed(option, scope)
        found = names.resolve(placed) if isinstance(option, Path) else placed
        if found is None:
            continue
        certain = found is placed or isinstance(found.expression, Scalar)
        if certain or _is_unasked(names, option, found.expression, condition):
            yield found


def _is_unasked(
    names: Names, option: Expression, resolved: Expression, condition: Conditional
) -> bool:
    """Whether a name stands for a variable of the environment that the condition does not ask of."""
    is_asked = isinstance(option, Path) and option.text in condition.asked
    return not is_asked and read_environment(names, resolved, resolved.span) is not None


def _default_binding(names: Names, bindings: list[Binding]) -> Placed | None:
    """What a name stands for that is bound once, or is a parameter with a default: what replaces
    that default (`model = model or "x"`), or else the default itself."""
    optional = [b for b in bindings if b.value is None and b.default is not None]
    assigned = [b for b in bindings if b.value is not None]
    if len(assigned) == 1 and len(bindings) == len(optional) + 1 <= 2:
        return only_bound(assigned)
    if len(bindings) == len(optional) == 1:
        around = names.document.scopes[optional[0].scope].parent
        return placed_at(optional[0].default, around)
    bound = only(bindings)
    if bound and bound.parameter:
        return _decorated(names, bound)
    return _instead_of_parameter(names, bindings)


def _instead_of_parameter(names: Names, bindings: list[Binding]) -> Placed | None:
    """What one branch of a function binds a name to where another one binds it to a parameter that need
    not be given: `if model is None: names.model = "x"`, `else: names.model = model`."""
    match bindings:
        case [Binding(holds=Span() as first) as one, Binding(holds=Span() as second) as two]:
            apart = one.scope == two.scope and first.end < second.start
        case _:
            return None
    given = [b for b in (one, two) if _is_optional(names, b)]
    stated = [b for b in (one, two) if isinstance(b.value, (Scalar, Path)) and b not in given]
    return only_bound(stated) if apart and len(given) == 1 else None


def _is_optional(names: Names, binding: Binding) -> bool:
    """Whether a name is bound to a parameter that is None where it is not given."""
    if not isinstance(binding.value, Path):
        return False
    bound = only(names.lookup(binding.value, binding.scope))
    return bound is not None and bound.parameter and is_null(bound.default)


def _decorated(names: Names, parameter: Binding) -> Placed | None:
    """What a decorator of a function, an option of its command line, says for one of its parameters."""
    scope = names.document.scopes[parameter.scope]
    for call in scope.decorators:
        if own_option(call, names.dotted(call.function)) == parameter.target[0]:
            return placed_at(call.argument("default"), scope.parent)
    return None


def parameters_of(names: Names, expression: Expression | None, scope: int) -> Iterator[Binding]:
    """The parameters that an argument is, several where each is asked unless those before it are empty;
    of an option of the command line the one that all options are given by."""
    left = [Placed(expression, scope)] if expression else []
    for _ in range(MAX_HOPS):
        if not left:
            return
        placed = names.resolve_partial(left.pop())
        match placed.expression:
            case Choice(options=options):
                left += (Placed(option, placed.scope) for option in reversed(options[:MAX_HOPS]))
            case Path() as path:
                bindings = names.bindings(placed)
                parameter = only_parameter(bindings)
                if parameter:
                    yield parameter
                owner = None if bindings else _owner_of_option(names, path, placed.scope)
                left += [owner] if owner else []


def _option(names: Names, path: Path, scope: int) -> Placed | None:
    """The default of an option of the command line."""
    owner = _owner_of_option(names, path, scope)
    if owner is None or not _is_parsed(names, owner):
        return None
    added = names.options[path.last]
    return placed_at(added.call.argument("default"), added.scope)


def _owner_of_option(names: Names, path: Path, scope: int) -> Placed | None:
    """What an attribute named as an option of the command line is one of."""
    if path.last not in names.options or names.sets(path):
        return None
    return placed_at(path.with_names(path.names[:-1]), scope)


def _is_parsed(names: Names, placed: Placed) -> bool:
    """Whether an expression is what a parser of the command line gives, if by way of a function."""
    for _ in range(MAX_HOPS):
        match names.resolve_partial(placed):
            case Placed(expression=Call(function=function), scope=scope):
                if parses_options(function.last):
                    return True
                given = islice(names.returned(names.binding(Placed(function, scope))), 2)
            case _:
                return False
        returned = only(list(given))
        if returned is None:
            return False
        placed = returned
    return False


def _is_picked(call: Call) -> bool:
    """Whether a call of `get` asks for a key that only running the program can tell."""
    key = call.positional(0)
    return isinstance(key, (Path, Item, Lookup, Call)) and not call.open

"""What an argument of a call is: a literal, a variable of the environment, or what only running tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import (
    Argument,
    Binding,
    Call,
    Choice,
    Dictionary,
    Expression,
    Listing,
    Lookup,
    Path,
    Unread,
)
from agentlint.facts.programs.bindings import Placed, is_null, only_bound
from agentlint.facts.programs.code_names import Names, text_of
from agentlint.facts.programs.command_lines import gives_field
from agentlint.facts.values.value import ABSENT, Value, ValueKind, classified, value_of
from agentlint.text import Span

PYTHON = "python"
"""The dialect of references that a program writes."""
ENVIRONMENT = "os.environ"
_READERS = frozenset({"os.getenv", "os.environ.get"})
_NOTHING = frozenset({"NOT_GIVEN", "NotGiven", "omit", "Omit"})
_WHOLE = frozenset({"dict", "copy", "deepcopy", "vars", "asdict", "model_dump"})
_MAX_OPTIONS = 24
"""Of an `or`, and of those in it, that are read: for each call that is given it."""


def read_value(names: Names, expression: Expression | None, scope: int) -> Value:
    """The value of an argument, whose place is the argument itself.

    What only running the program can tell is a template; its text is the name, if it is one.
    """
    if expression is None or _is_nothing(expression):
        return ABSENT
    if isinstance(expression, Scalar):
        return value_of(expression)
    resolved = names.resolve(Placed(expression, scope))
    if resolved and isinstance(resolved.expression, Scalar):
        return _worded(resolved.expression, expression.span)
    read = read_environment(names, resolved.expression, expression.span) if resolved else None
    if read:
        return read
    text = expression.text if isinstance(expression, Path) else ""
    default = text_of(fallback_of(names, Placed(expression, scope)))
    return Value(text, ValueKind.TEMPLATE, expression.span, text or None, default, PYTHON)


def read_environment(names: Names, expression: Expression, span: Span) -> Value | None:
    """The variable that an expression reads, with the text used where it is not set."""
    inner, default = expression, None
    if isinstance(expression, Choice):
        inner, default = expression.options[0], text_of(expression.options[-1])
    match inner:
        case Call() if names.dotted(inner.function) in _READERS:
            variable = text_of(inner.positional(0))
            default = default or text_of(_second(inner))
        case Lookup(container=Path() as container) if names.dotted(container) == ENVIRONMENT:
            variable = inner.key.text
        case _:
            return None
    if variable is None:
        return None
    written = names.document.written(span)
    return Value(written, ValueKind.ENV_REF, span, variable, default, PYTHON)


def constant_of(names: Names, expression: Expression | None, scope: int) -> Scalar | None:
    """The literal of a constant that an argument names."""
    if not isinstance(expression, (Path, Lookup)):
        return None
    resolved = names.resolve(Placed(expression, scope))
    return resolved.expression if resolved and isinstance(resolved.expression, Scalar) else None


def possible_texts(names: Names, expression: Expression | None, scope: int) -> Iterator[Scalar]:
    """Every literal text that an argument may turn out to be: its own, a constant's, a default."""
    resolved = names.resolve(Placed(expression, scope)) if expression else None
    options = [resolved.expression] if resolved else []
    for _ in range(_MAX_OPTIONS):
        if not options:
            return
        option = options.pop()
        if isinstance(option, Choice):
            options += option.options[-_MAX_OPTIONS:]
        elif isinstance(option, Scalar) and option.kind is ScalarKind.STRING:
            yield option
        elif isinstance(option, Call) and names.dotted(option.function) in _READERS:
            default = _second(option)
            options += [default] if default else []


def values_set(names: Names, endings: tuple[str, ...]) -> Mapping[str, Value]:
    """What the program sets attributes of modules and variables of the environment to, by their
    dotted names, of those whose names end so in any case; a template where there are several."""
    return {
        names.full_name(target): _value_set(names, bindings, target[-1])
        for target, bindings in names.table.dotted.items()
        if bindings and target[-1].lower().endswith(endings)
    }


def _value_set(names: Names, bindings: list[Binding], name: str) -> Value:
    only = only_bound(bindings)
    if only:
        return read_value(names, only.expression, only.scope)
    return Value(name, ValueKind.TEMPLATE, None, name, None, PYTHON)


def fallback_of(names: Names, placed: Placed) -> Expression | None:
    """What an expression gives where its first choice is empty, or what it looks up is absent."""
    match placed.expression:
        case Choice(options=options):
            return options[-1]
        case Call() as call if names.dotted(call.function) in _READERS:
            return _second(call)
        case Call() as call if gives_field(names.dotted(call.function)):
            return call.argument("default") or call.positional(0)
        case (
            Call(
                function=Path(names=(*_, "get")) as function,
                arguments=(Argument(name="", value=key), Argument(name="", value=default)),
            ) as call
        ) if text_of(key) and not call.open:
            owner = function.with_names(function.names[:-1])
            return default if owner and _may_lack(names, Placed(owner, placed.scope)) else None
        case (
            Call(
                function=Path(names=("getattr",), base=None),
                arguments=(
                    Argument(name=""),
                    Argument(name="", value=key),
                    Argument(name="", value=default),
                ),
            ) as call
        ) if (name := text_of(key)) and not call.open:
            # an attribute that the program itself gives to objects is there
            is_given = name in names.table.attributes or name in names.options
            return None if is_given else default
    return None


def _may_lack(names: Names, placed: Placed) -> bool:
    """Whether an object is no table of the program's own, also one of another module, or all fields of
    an object: those have what they are asked for."""
    match names.resolve_partial(placed).expression:
        case Dictionary() | Listing() | Unread(empty=False):
            return False
        case Path(names=(*_, name), base=None) as path if name.isupper():
            return path.names[0] not in names.document.imports
        case Call(function=Path(names=(*_, made))):
            return made not in _WHOLE
    return True


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

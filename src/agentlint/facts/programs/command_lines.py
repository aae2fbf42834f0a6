"""Options of a program's command line, and what they are where nobody gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import Call, CodeDocument, Expression, Path, PlacedCall
from agentlint.knowledge.data import word_set

_TABLE = "python_calls"


def parses_options(name: str) -> bool:
    """Whether a method of this plain name gives the options of the command line."""
    return name in word_set(_TABLE, "command_line", "parsers")


def gives_field(name: str) -> bool:
    """Whether a function of this dotted name says what a field or a parameter is left to itself."""
    return name in word_set(_TABLE, "field", "functions")


def options_of(document: CodeDocument) -> Mapping[str, PlacedCall]:
    """The calls that add the options of a parser, by the attributes that hold those; none for a name that
    several give different defaults."""
    adders = word_set(_TABLE, "command_line", "adders")
    setters = word_set(_TABLE, "command_line", "setters")
    added: defaultdict[str, list[PlacedCall]] = defaultdict(list)
    set_anew: set[str] = set()
    for placed in document.calls:
        called = placed.call.function.last
        if called in adders:
            added[_attribute(placed.call)].append(placed)
        elif called in setters:
            set_anew.update(argument.name for argument in placed.call.arguments)
    return {
        name: calls[0]
        for name, calls in added.items()
        if name and name not in set_anew and len({_default(one) for one in calls}) == 1
    }


def own_option(call: Call, name: str) -> str:
    """The parameter that a decorator of this dotted name gives a function, "" for none."""
    if name not in word_set(_TABLE, "command_line", "decorators"):
        return ""
    texts = _texts(call)
    plain = [text for text in texts if not text.startswith("-")]
    return plain[0] if plain else _option_name(texts).lower()


def _attribute(call: Call) -> str:
    stated = _text(call.argument("dest"))
    return stated or _option_name(_texts(call))


def _option_name(texts: list[str]) -> str:
    """The name that an option has by its long spelling, or else its first one."""
    long = [text for text in texts if text.startswith("--")]
    first = (long or texts or [""])[0]
    return first.partition("/")[0].strip("-").replace("-", "_")


def _texts(call: Call) -> list[str]:
    texts = (_text(argument.value) for argument in call.arguments if not argument.name)
    return [text for text in texts if text]


def _default(placed: PlacedCall) -> tuple[str, ...]:
    """What tells a default from another one."""
    match placed.call.argument("default"):
        case Path(names=names, base=None):
            return ("name", *names)
        case Scalar(text=text):
            return ("text", text)
        case None:
            return ()
        case other:
            return ("place", str(other.span.start))


def _text(expression: Expression | None) -> str:
    """The text of a literal, "" for anything else."""
    match expression:
        case Scalar(kind=ScalarKind.STRING, text=text):
            return text
    return ""

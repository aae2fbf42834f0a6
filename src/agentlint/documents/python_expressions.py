"""Expressions of Python's parser as those of any program, each with its place."""

from __future__ import annotations

import ast

from agentlint.documents.code import (
    Argument,
    Call,
    Choice,
    Conditional,
    Dictionary,
    Expression,
    Item,
    Listing,
    Lookup,
    Path,
    Unread,
)
from agentlint.documents.nodes import Scalar, ScalarKind
from agentlint.documents.python_parser import QUOTES, AstPlaces
from agentlint.text import Pattern, Region, Span

_MAX_EXPRESSION_DEPTH = 24
"""Calls within arguments of calls: what lies deeper is not looked into."""
MAX_DICTIONARY_KEYS = 24
"""Keys of a dictionary that holds options, items of a list; a larger one holds data, and is not read."""
_MAX_ASKED = 4
"""Attributes of one name that a condition asks of."""
_MODEL = "model"
_LINE_END = Pattern(r"\r\n?")
_SURROGATE = Pattern(r"[\ud800-\udfff]")


class Expressions:
    """Expressions of the parser as ours."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._places = AstPlaces(region.text)
        self._calls: dict[ast.Call, Call] = {}

    def offsets(self, node: ast.AST) -> tuple[int, int]:
        return self._places.offsets(node)

    def span(self, node: ast.AST) -> Span:
        return self._region.span(*self.offsets(node))

    def read(self, node: ast.expr, depth: int = 0) -> Expression:
        if depth < _MAX_EXPRESSION_DEPTH:
            match node:
                case ast.Constant():
                    return self._constant(node)
                case ast.Name() | ast.Attribute():
                    return self.path(node, depth)
                case ast.Call():
                    return self.call(node, depth)
                case ast.Await() | ast.NamedExpr():
                    return self.read(node.value, depth + 1)
                case ast.BoolOp() | ast.IfExp() | ast.Subscript() | ast.Dict():
                    return self._compound(node, depth + 1)
                case ast.List() | ast.Tuple() | ast.Set() if _is_listing(node):
                    items = tuple(self.read(item, depth + 1) for item in node.elts)
                    return Listing(items, self.span(node))
        return self._unread(node)

    def path(self, node: ast.expr, depth: int = 0) -> Path:
        names: list[str] = []
        inner = node
        while isinstance(inner, ast.Attribute):
            names.append(inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name):
            return Path((inner.id, *reversed(names)), self.span(node))
        return Path(tuple(reversed(names)), self.span(node), self.read(inner, depth + 1))

    def call(self, node: ast.Call, depth: int = 0) -> Call:
        """A call, read once: the walk comes by again for each call within its arguments."""
        if node not in self._calls:
            self._calls[node] = self._call(node, depth)
        return self._calls[node]

    def _call(self, node: ast.Call, depth: int) -> Call:
        starred = any(isinstance(argument, ast.Starred) for argument in node.args)
        arguments = [
            Argument("", self.read(argument, depth + 1))
            for argument in node.args
            if not isinstance(argument, ast.Starred)
        ]
        arguments += [
            Argument(keyword.arg, self.read(keyword.value, depth + 1))
            for keyword in node.keywords
            if keyword.arg
        ]
        return Call(
            function=self.path(_called(node.func), depth),
            arguments=tuple(arguments),
            span=self.span(node),
            extended=starred,
            unpacked=tuple(
                self.read(keyword.value, depth + 1)
                for keyword in node.keywords
                if keyword.arg is None
            ),
        )

    def _compound(
        self, node: ast.BoolOp | ast.IfExp | ast.Subscript | ast.Dict, depth: int
    ) -> Expression:
        match node:
            case ast.Dict(keys=keys) if 0 < len(keys) <= MAX_DICTIONARY_KEYS:
                return self._dictionary(node, depth)
            case ast.BoolOp(op=ast.Or(), values=options):
                return Choice(tuple(self.read(o, depth) for o in options), self.span(node))
            case ast.IfExp(body=body, orelse=other):
                either = self.read(body, depth), self.read(other, depth)
                return Conditional(either, self.span(node), _asked(node.test))
            case ast.Subscript(value=container, slice=ast.Constant(value=str()) as key):
                return Lookup(self.read(container, depth), self._string(key), self.span(node))
            case ast.Subscript(value=ast.Name() | ast.Attribute() as container, slice=key) if (
                not isinstance(key, ast.Slice)
            ):
                return Item(self.path(container, depth), self.span(node), _index(key))
        return self._unread(node)

    def _dictionary(self, node: ast.Dict, depth: int) -> Dictionary | Unread:
        names = [
            key.value
            for key in node.keys
            if isinstance(key, ast.Constant) and isinstance(key.value, str)
        ]
        if len(names) < len(node.keys):
            return self._unread(node)
        values = (self.read(value, depth) for value in node.values)
        arguments = tuple(map(Argument, names, values))
        return Dictionary(arguments, self.span(node))

    def _unread(self, node: ast.expr) -> Unread:
        return Unread(self.span(node), _is_empty(node))

    def _constant(self, node: ast.Constant) -> Expression:
        if isinstance(node.value, str):
            return self._string(node)
        kind = _kind_of(node.value)
        if kind is None:
            return self._unread(node)
        region = self._region.cut(*self.offsets(node))
        return Scalar(kind, region, region.span())

    def _string(self, node: ast.Constant) -> Scalar:
        start, end = self.offsets(node)
        value = str(node.value)
        if not value.isascii():
            value = _SURROGATE.sub("\ufffd", value)
        quotes = QUOTES.match(self._region.text, start, end)
        low = quotes.end() if quotes else start
        high = max(low, end - len(quotes[1])) if quotes else end
        written = self._region.text[low:high]
        if "\r" in written:
            written = _LINE_END.sub("\n", written)
        if written == value:
            region = self._region.cut(low, high)
        else:  # escapes, or several literals in a row: the value has no places of its own
            origin = self._region.span(low, high)
            region = Region.join([(value, origin)], at=origin.start, exact=False)
        return Scalar(ScalarKind.STRING, region, self._region.span(start, end))


def _called(function: ast.expr) -> ast.expr:
    """What is called, without the parameters of a generic class: `Agent[Context](...)`."""
    match function:
        case ast.Subscript(value=ast.Name() | ast.Attribute() as class_, slice=slice_) if not (
            isinstance(slice_, ast.Constant)
        ):
            return class_
    return function


def _kind_of(value: object) -> ScalarKind | None:
    match value:
        case None:
            return ScalarKind.NULL
        case bool():
            return ScalarKind.BOOLEAN
        case int():
            return ScalarKind.INTEGER
        case float():
            return ScalarKind.FLOAT
    return None


def _index(key: ast.expr) -> int | None:
    """The place that a number in brackets says, counted from the end where it is negative."""
    match key:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int(index)):
            return index
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(index))):
            return -index
    return None


def _is_listing(node: ast.List | ast.Tuple | ast.Set) -> bool:
    """Whether a list has some items, few, and nothing among them that is more than a text, a name, or the
    settings of a model, among which some may leave the model to others: most dictionaries in lists are
    messages and tools, which nobody asks for."""
    if not 0 < len(node.elts) <= MAX_DICTIONARY_KEYS:
        return False
    dictionaries = [item for item in node.elts if isinstance(item, ast.Dict)]
    is_settings = not dictionaries or any(map(_names_model, dictionaries))
    return is_settings and all(map(_is_item, node.elts))


def _is_item(node: ast.expr) -> bool:
    match node:
        case ast.Name() | ast.Attribute() | ast.Constant(value=str()) | ast.Dict():
            return True
    return False


def _names_model(node: ast.Dict) -> bool:
    return any(isinstance(key, ast.Constant) and key.value == _MODEL for key in node.keys)


def _asked(condition: ast.expr) -> frozenset[str]:
    """The names in a condition, as written, each also with what of its attributes is asked."""
    found = (node for node in ast.walk(condition) if isinstance(node, ast.Name | ast.Attribute))
    return frozenset(text for node in found if (text := _dotted(node)))


def _dotted(node: ast.expr) -> str:
    """A name with its attributes, "" for what stands on another expression; no more of them than few."""
    names: list[str] = []
    while isinstance(node, ast.Attribute) and len(names) < _MAX_ASKED:
        names.append(node.attr)
        node = node.value
    return ".".join((node.id, *reversed(names))) if isinstance(node, ast.Name) else ""


def _is_empty(node: ast.expr) -> bool:
    match node:
        case ast.List() | ast.Tuple() | ast.Set():
            return not node.elts
        case ast.Dict():
            return not node.keys
    return False

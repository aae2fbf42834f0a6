"""Which keys of its dictionaries a program changes, and which of these it uses as a whole."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set

_CHANGERS = frozenset({"update", "setdefault", "pop", "popitem", "clear"})
_ITEM_READERS = frozenset({"get", "items", "keys", "values", "copy"})


class Dictionaries:
    """What the nodes of a tree do with dictionaries: the keys that are set anew by the names of these, as a
    `CodeDocument` has them, "" for any key."""

    def __init__(self) -> None:
        self.items_set: defaultdict[str, set[str]] = defaultdict(set)
        self._unpacked: set[str] = set()

    def call(self, node: ast.Call) -> None:
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr=method),
                args=args,
                keywords=keywords,
            ) if method in _CHANGERS:
                given = args[:1] if method != "update" else args
                self.items_set[name].update(map(_key, given), (k.arg or "" for k in keywords))
                if not args and not keywords:
                    self.items_set[name].add("")
        for keyword in node.keywords:
            if keyword.arg is None and isinstance(keyword.value, ast.Name):
                self._unpacked.add(keyword.value.id)

    def statement(self, node: ast.Expr) -> None:
        """A function that is called for its effect may change what it is given."""
        match node.value:
            case ast.Call(args=arguments) | ast.Await(value=ast.Call(args=arguments)):
                for argument in arguments:
                    if isinstance(argument, ast.Name):
                        self.items_set[argument.id].add("")

    def item(self, node: ast.Subscript) -> None:
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=key, ctx=ast.Store() | ast.Del()):
                self.items_set[name].add(_key(key))

    def shared(self, module: ast.Module, names: Set[str]) -> frozenset[str]:
        """Those of the names of dictionaries that give calls their arguments and are used for more than
        their items."""
        return _shared(module, names & self._unpacked)


def _shared(module: ast.Module, names: Set[str]) -> frozenset[str]:
    """Those of the names of dictionaries that are used for more than their items."""
    if not names:
        return frozenset()
    shared: set[str] = set()
    for_items: set[ast.AST] = set()
    for node in ast.walk(module):  # a node comes before its parts
        match node:
            case (
                ast.keyword(arg=None, value=ast.Name() as name)
                | ast.Subscript(value=ast.Name() as name)
            ):
                for_items.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name() as name, attr=method)):
                if method in _CHANGERS or method in _ITEM_READERS:
                    for_items.add(name)
            case ast.Name(id=used, ctx=ast.Load()) if used in names and node not in for_items:
                shared.add(used)
    return frozenset(shared)


def _key(node: ast.expr) -> str:
    """The text of a literal key, "" for any other expression."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""

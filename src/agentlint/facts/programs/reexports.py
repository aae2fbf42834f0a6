"""The names that a package has from other modules, which are imported from the package in their place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import islice

from agentlint.documents.code import Binding
from agentlint.facts.programs.bindings import only
from agentlint.facts.programs.code_names import Names
from agentlint.facts.programs.constants import maker_of
from agentlint.facts.reexport import Reexport
from agentlint.facts.source import Source
from agentlint.text import Span

_PACKAGE = "__init__.py"
_EVERYTHING = "*"
_MAX_NAMES = 200
"""Of one package: one with more is the front of a library, not of settings."""


def reexports(names: Names, source: Source) -> Iterator[Reexport]:
    """What a package imports, and what it makes of what it imports, without changing it."""
    if source.in_test or posixpath.basename(source.path) != _PACKAGE:
        return
    if names.table.sets_attributes:
        return
    changed = {target[0] for target in names.table.dotted}
    bound = {b.target[0]: b for b in names.document.bindings if _is_of_package(b)}
    end = names.document.region.span(len(names.document.region.text))
    for name in islice((name for name in bound if name not in changed), _MAX_NAMES):
        origin = _origin(names, name, end)
        if origin:
            yield Reexport(source.path, name, origin)
    yield from (Reexport(source.path, _EVERYTHING, origin) for origin in _everything(names))


def _is_of_package(binding: Binding) -> bool:
    is_name = len(binding.target) == 1 and binding.target[0] != _EVERYTHING
    return binding.scope == 0 and is_name


def _origin(names: Names, name: str, end: Span) -> str:
    """What a name stands for, or what the object is made by that it stands for: a class, or a function."""
    bound = only(names.table.of_name((name,), 0, end.start))
    if bound and bound.value:
        made_by = maker_of(bound.value)
        bound = only(names.table.of_name((made_by,), 0, end.start)) if made_by else None
    return bound.imported if bound and "." in bound.imported else ""


def _everything(names: Names) -> Iterator[str]:
    """The one module of which a package has all names, if it binds none itself that could replace one."""
    bound = [binding for binding in names.document.bindings if binding.scope == 0]
    stars = [binding for binding in bound if binding.target == (_EVERYTHING,)]
    is_plain = all(b.imported or b.target[0].startswith("__") for b in bound)
    if len(stars) == 1 and is_plain:
        yield stars[0].imported

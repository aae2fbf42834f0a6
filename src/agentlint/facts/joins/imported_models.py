"""Calls whose model another module of the repository tells: the join of programs and what they import."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import FileKind
from agentlint.facts.model_constant import ModelConstant
from agentlint.facts.project import Project
from agentlint.facts.route import Route
from agentlint.facts.values.value import Value, ValueKind
from agentlint.text import Span

_MAX_ATTRIBUTES = 2
"""`MODEL` of a module, and `model` of its `settings`."""
_MAX_FOLDERS_ABOVE = 16
"""From which a program may be started, the nearest first."""


class Module(Struct, frozen=True):
    """One file that an imported name may stand in: below the folder `top`, in which Python would look for
    the module, and by what it binds there."""

    top: str
    path: str
    bound: str


def modules_of(importer: str, name: str) -> Iterator[Module]:
    """The files that a name may be imported from, there or not. A program looks for modules in a folder
    above itself, but only whoever starts it tells which."""
    module = name.lstrip(".")
    parts = module.split(".")
    tops = _tops(posixpath.dirname(importer), len(name) - len(module))
    for top in tops:
        for count in range(len(parts) - 1, len(parts) - 1 - _MAX_ATTRIBUTES, -1):
            stem, bound = posixpath.join(top, *parts[:count]), ".".join(parts[count:])
            if count > 0:
                yield Module(top, f"{stem}.py", bound)
            if count > 0 or (count == 0 and name != module):
                yield Module(top, posixpath.join(stem, "__init__.py"), bound)


def _tops(folder: str, dots: int) -> Iterator[str]:
    """The folders that an import starts from, as paths from the root: one for a relative import, none
    where that leads above the root."""
    above = [folder]
    while above[-1]:
        above.append(posixpath.dirname(above[-1]))
    yield from above[dots - 1 : dots] if dots else above[:_MAX_FOLDERS_ABOVE]


def with_import(route: Route, project: Project) -> Route:
    """The route with the model that another module tells, where it is beyond doubt which."""
    if route.model_import is None:
        return route
    return project.once(_with_imports).get((route.path, route.span), route)


def is_judged(route: Route, project: Project) -> bool:
    """Whether the run reports on the file that the text of a model stands in."""
    return not route.model_path or route.model_path in project.once(_judged)


def _judged(project: Project) -> frozenset[str]:
    return frozenset(file.path for file in project.files)


def _with_imports(project: Project) -> Mapping[tuple[str, Span], Route]:
    routes = (route for route in project.all(Route) if route.model_import)
    found = ((route, _constant(route, project)) for route in routes)
    return {(route.path, route.span): _told(route, model) for route, model in found if model}


def _constant(route: Route, project: Project) -> ModelConstant | None:
    """What the model of a route is in the only module that its name can be imported from."""
    if route.model_import is None:
        return None
    by_top: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for module in modules_of(route.path, route.model_import.name):
        file = project.file(module.path)
        if file and file.kind == FileKind.CODE:
            by_top[module.top].append((module.path, module.bound))
    if len(by_top) != 1:
        return None
    constants = project.once(_constants)
    named = [constants[place] for place in next(iter(by_top.values())) if place in constants]
    return named[0] if len(named) == 1 else None


def _constants(project: Project) -> Mapping[tuple[str, str], ModelConstant]:
    return {(model.path, model.name): model for model in project.everywhere(ModelConstant)}


def _told(route: Route, model: ModelConstant) -> Route:
    if model.is_default or (route.model_import and route.model_import.is_default):
        default = Value(model.model, ValueKind.LITERAL, model.span)
        return replace(route, model_default=default, model_path=model.path)
    told = Value(model.model, ValueKind.LITERAL, route.model.span)
    return replace(route, model=told, model_origin=model.span, model_path=model.path)

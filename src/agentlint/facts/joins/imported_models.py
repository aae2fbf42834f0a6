"""Calls whose model another module of the repository tells: the join of programs and what they import."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from agentlint.discovery import FileKind
from agentlint.facts.file_facts import FileFacts
from agentlint.facts.model_constant import ModelConstant
from agentlint.facts.possible_call import PossibleCall
from agentlint.facts.project import Project
from agentlint.facts.reexport import Reexport
from agentlint.facts.route import LEFT_OPEN, ChosenFamily, FamilySource, Route
from agentlint.facts.tree import SOMEONE, implied
from agentlint.facts.values.value import Value, ValueKind
from agentlint.knowledge.python_calls import model_class
from agentlint.knowledge.served import default_provider

if TYPE_CHECKING:
    from agentlint.facts.fact import Fact

_MAX_ATTRIBUTES = 2
"""`MODEL` of a module, and `model` of its `settings`."""
MAX_REEXPORTS = 2
"""Packages, one behind the other, that a name is followed through."""
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


def reexported(
    importer: str, name: str, origins: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, str]]:
    """(importer, name) of what the packages that a name may be imported from have it from."""
    for module in modules_of(importer, name):
        yield from _reexported(module, origins)


def _reexported(
    module: Module, origins: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, str]]:
    first, dot, rest = module.bound.partition(".")
    origin = origins.get((module.path, first))
    if origin is None:
        everything = origins.get((module.path, "*"))
        origin = everything and everything.removesuffix("*") + first
    if origin:
        # A program that imports a package was not started inside of it.
        is_relative = origin.startswith(".")
        importer = module.path if is_relative else posixpath.dirname(module.path)
        yield importer, origin + dot + rest


def origins_of(reexports: Iterable[Reexport]) -> Mapping[tuple[str, str], str]:
    return {(reexport.path, reexport.name): reexport.origin for reexport in reexports}


def importing(file: FileFacts) -> Iterator[Route]:
    """The routes of a file whose model may be found in another module."""
    yield from (route for route in file.of(Route) if route.model_import)
    yield from (possible.route for possible in file.of(PossibleCall))


def with_imported_models(
    files: Iterable[FileFacts], modules: Iterable[FileFacts]
) -> list[FileFacts]:
    """The facts of a repository, in which calls have the model that another module tells, where it is
    beyond doubt which. A call that may be given an object is a route only if a module names a model."""
    project = Project.of(files, modules)
    return [_with_models(file, project) for file in project.files]


def _with_models(file: FileFacts, project: Project) -> FileFacts:
    if not any(importing(file)):
        return file
    return replace(file, facts=tuple(_with_model(fact, project) for fact in file.facts))


def _with_model(fact: Fact, project: Project) -> Fact:
    match fact:
        case Route():
            constant = _constant(fact, project)
            return _naming(fact, constant) if constant else fact
        case PossibleCall():
            return _called(fact, project)
        case _:
            return fact


def _called(possible: PossibleCall, project: Project) -> Fact:
    constant, made = _constant(possible.route, project), model_class(possible.called)
    if constant is None or made is None:
        return possible
    prefix, route = constant.model.partition(":")[0], _naming(possible.route, constant)
    if prefix in made.prefixes:
        family = ChosenFamily(made.prefixes[prefix], FamilySource.MODEL_PREFIX)
        return replace(route, chosen_family=family)
    if made.is_of_provider(constant.model):
        return route
    answers = default_provider(made.passed_on(constant.model))
    provider = implied(answers) if answers else SOMEONE
    return replace(route, provider=provider, chosen_family=LEFT_OPEN)


def is_judged(route: Route, project: Project) -> bool:
    """Whether the run reports on the file that the text of a model stands in."""
    return not route.model_path or route.model_path in project.once(_judged)


def _judged(project: Project) -> frozenset[str]:
    return frozenset(file.path for file in project.files)


def _constant(route: Route, project: Project) -> ModelConstant | None:
    """What the model of a route is in the only module that its name can be imported from."""
    if route.model_import is None:
        return None
    return _defined(route.path, route.model_import.name, project)


def _defined(
    importer: str, name: str, project: Project, left: int = MAX_REEXPORTS
) -> ModelConstant | None:
    """What a name is in the only module that it can be imported from, or that a package has it from."""
    by_top: defaultdict[str, list[Module]] = defaultdict(list)
    for module in modules_of(importer, name):
        file = project.file(module.path)
        if file and file.kind == FileKind.CODE:
            by_top[module.top].append(module)
    if len(by_top) != 1:
        return None
    constants, origins = project.once(_constants), project.once(_origins)
    modules = _not_shadowed(*by_top.values())
    found = {constants.get((module.path, module.bound)) for module in modules}
    if left:
        further = [pair for module in modules for pair in _reexported(module, origins)]
        found.update(_defined(*pair, project, left - 1) for pair in further)
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def _not_shadowed(modules: list[Module]) -> list[Module]:
    """The modules without a `config.py` that has a package `config` beside it, which Python takes first:
    `FileFinder.find_spec` of CPython's Lib/importlib/_bootstrap_external.py (3.11)."""
    packages = {posixpath.dirname(module.path) for module in modules if _is_package(module)}
    return [module for module in modules if module.path.removesuffix(".py") not in packages]


def _is_package(module: Module) -> bool:
    return posixpath.basename(module.path) == "__init__.py"


def _origins(project: Project) -> Mapping[tuple[str, str], str]:
    return origins_of(project.everywhere(Reexport))


def _constants(project: Project) -> Mapping[tuple[str, str], ModelConstant]:
    return {(model.path, model.name): model for model in project.everywhere(ModelConstant)}


def _naming(route: Route, model: ModelConstant) -> Route:
    """The route with a model that stands in another module."""
    if model.is_default or (route.model_import and route.model_import.is_default):
        default = Value(model.model, ValueKind.LITERAL, model.span)
        return replace(route, model_default=default, model_path=model.path)
    named = Value(model.model, ValueKind.LITERAL, route.model.span)
    return replace(route, model=named, model_origin=model.span, model_path=model.path)

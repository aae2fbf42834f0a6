"""The models that a module has names for, which other modules may import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import islice

from msgspec import Struct

from agentlint.documents import Scalar, ScalarKind
from agentlint.documents.code import (
    Binding,
    Call,
    Choice,
    CodeDocument,
    Expression,
    Path,
    ScopeKind,
)
from agentlint.facts.model_constant import ModelConstant
from agentlint.facts.programs.argument_values import constant_of
from agentlint.facts.programs.bindings import only
from agentlint.facts.programs.code_defaults import defaults_of
from agentlint.facts.programs.code_names import MAX_ITEMS, Names
from agentlint.facts.source import Source
from agentlint.facts.values.value import value_of
from agentlint.knowledge.names import recognise
from agentlint.knowledge.retirements import has_retirement
from agentlint.text import Span

_MAX_NAMES = 200
"""Of one module: a file with more is a list of models, of which nobody calls one by its name."""
_LONGEST = 200
"""Most texts of a program are no IDs by their length, blanks and letters, and no table need be read."""
_MAX_DEPTH = 3
"""`Field(default=os.getenv("NAME", "text"))`"""


def model_constants(names: Names, source: Source) -> Iterator[ModelConstant]:
    """The names that a module binds to one model, of those that others can import."""
    if source.in_test:
        return
    document = names.document
    bound = [binding for binding in document.bindings if _is_importable(binding, document)]
    models = [binding for binding in bound if _may_be_model(binding.value)]
    if not models:
        return
    models += (binding for binding in bound if isinstance(binding.value, Path))
    end = document.region.span(len(document.region.text))
    yield from _Reader(names, end).constants(models, source)


def _is_importable(binding: Binding, document: CodeDocument) -> bool:
    """Whether a binding is of a name of the module, or of a class of it."""
    scope = document.scopes[binding.scope]
    in_class = scope.kind is ScopeKind.CLASS and scope.parent == 0
    return (
        binding.value is not None and len(binding.target) == 1 and (in_class or not binding.scope)
    )


def _may_be_model(expression: Expression | None, depth: int = 0) -> bool:
    """Whether a text that an expression is, or chooses from, names a model."""
    match expression:
        case Scalar(kind=ScalarKind.STRING, text=text):
            return _is_model(text)
        case Call(arguments=arguments):
            parts = [argument.value for argument in arguments]
        case Choice(options=options):
            parts = list(options)
        case _:
            return False
    return depth < _MAX_DEPTH and any(_may_be_model(p, depth + 1) for p in parts[:MAX_ITEMS])


def _is_model(text: str) -> bool:
    if len(text) > _LONGEST or len(text.split()) != 1:
        return False
    may_be = "-" in text or any(map(str.isdigit, text))
    return may_be and (recognise(text) is not None or has_retirement(text))


class _Reader(Struct, frozen=True):
    """`end` is the end of the module, where what it binds is as others find it."""

    names: Names
    end: Span

    def constants(self, bound: Sequence[Binding], source: Source) -> Iterator[ModelConstant]:
        for name, asked in islice(self._names(bound), _MAX_NAMES):
            path = Path(asked, self.end)
            certain = constant_of(self.names, path, 0)
            found = [certain] if certain else list(defaults_of(self.names, path, 0))
            model = only(found)
            if model and value_of(model).literal and _is_model(model.text):
                yield ModelConstant(source.path, name, model.text, model.span, certain is None)

    def _names(self, bound: Sequence[Binding]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The names that others may import, each with one by which the module itself means the same."""
        scopes, by_scope = self.names.document.scopes, defaultdict[int, dict[str, None]](dict)
        for binding in bound:
            by_scope[binding.scope][binding.target[0]] = None
        yield from ((name, (name,)) for name in by_scope.pop(0, ()))
        attributes = {scopes[scope].name: names for scope, names in by_scope.items()}
        for owner, asked, class_ in self._owners(attributes.keys()) if attributes else ():
            for name in attributes[class_]:
                if (owner, name) not in self.names.table.dotted:
                    yield f"{owner}.{name}", (asked, name)

    def _owners(self, classes: Set[str]) -> Iterator[tuple[str, str, str]]:
        """What has the attributes of a class without telling it any: the class, what a function gives
        back, and objects; each with what to ask in its place, and the class."""
        bound = [b for b in self.names.document.bindings if b.scope == 0 and len(b.target) == 1]
        yield from ((name, name, name) for name in classes)
        functions = {b.target[0]: made for b in bound if (made := self._made_by(b, classes))}
        yield from ((name, made, made) for name, made in functions.items())
        for binding in bound:
            name, maker = binding.target[0], maker_of(binding.value)
            if maker in classes:
                yield name, name, maker
            elif maker in functions and self._is_only(name):
                yield name, functions[maker], functions[maker]

    def _made_by(self, binding: Binding, classes: Set[str]) -> str:
        """The one of the classes that a function makes its object of, "" for none."""
        if binding.function is None or not self._is_only(binding.target[0]):
            return ""
        returned = only(list(islice(self.names.returned(binding), 2)))
        found = self.names.resolve(returned) if returned else None
        maker = maker_of(found.expression) if found else ""
        return maker if maker in classes else ""

    def _is_only(self, name: str) -> bool:
        return len(self.names.table.of_name((name,), 0, self.end.start)) == 1


def maker_of(expression: Expression | None) -> str:
    """The name of what an expression calls without telling it anything, "" for another one."""
    match expression:
        case Call(function=Path(names=(name,), base=None), arguments=(), open=False):
            return name
    return ""

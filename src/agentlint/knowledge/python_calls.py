"""By which names Python code calls models, as `rules/data/python_calls.toml` lists them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeVar

from msgspec import Struct, convert

from agentlint.knowledge.data import Row, rows, typed_rows, word_set
from agentlint.knowledge.families import Family

_T = TypeVar("_T")


class ClientClass(Struct, frozen=True):
    """A class whose objects make calls. `provider` answers where no base URL is given, "" where the
    environment may say who does; `chosen_by` are the providers that arguments choose instead, where
    they are given and not false.

    `options` leads an argument that holds further ones, in a dictionary or an object, to the class of
    that object; `base_url` and `version` may stand there. A `version` of the API that is given takes
    the place of the one that the library adds to a base URL.
    """

    format: str
    provider: str
    base_url: tuple[str, ...]
    version: tuple[str, ...]
    credentials: tuple[str, ...]
    inner: tuple[str, ...]
    options: Mapping[str, str]
    chosen_by: Mapping[str, str]


class Method(Struct, frozen=True):
    """The end of a call's name on a client; `told_by_name` where no other library has the like, and
    `on_own_client` where so many have it that only a client of the same library tells. `engine` is an
    argument that names a model where the provider itself answers, and a deployment elsewhere. `position`
    is as in a model class."""

    format: str
    family: Family
    end: tuple[str, ...]
    told_by_name: bool
    on_own_client: bool
    engine: str
    position: int


class Function(Struct, frozen=True):
    """A function of a module. `provider`, `provider_arguments`, `configured_by` and `position` are as in a
    model class."""

    format: str
    family: Family
    provider: str
    provider_arguments: tuple[str, ...]
    configured_by: str
    position: int


class Switch(Struct, frozen=True):
    """An argument that chooses between two families, and leaves the choice open where it is absent."""

    argument: str
    on: Family
    off: Family


class ModelClass(Struct, frozen=True):
    """A class, or a function, that makes an object for one model.

    `model` are the keyword arguments that name it, `position` the place of one told by position (-1 for
    none); one that `takes_objects` may be given an object for a model instead. `provider_arguments`
    say who answers, whatever the model's name says. `prefixes` are the families that a prefix of the
    model's name stands for. `clouds` are the providers that an argument
    turns to where it is given and not false. `default_model` is what the library takes where no model
    is given, "" where it asks for one. `configured_by` is the function that tells the whole module its
    host and credential, "" for none. `options` are as in a client's class. `own_prefixes` are those of
    a model that the library gives to `provider` as well; `passing_prefixes` those of models that it passes
    on to another library, to which what stands behind tells who answers. Of any other one nothing is known.
    `overridable` is the name under which a program may change that for all objects of the class. `held_in`
    are arguments, and keys below them, that hold dictionaries of all these in place of arguments, or lists
    of such; "" stands for arguments told by their position.
    """

    format: str
    provider: str
    family: Family
    model: tuple[str, ...]
    position: int
    base_url: tuple[str, ...]
    credentials: tuple[str, ...]
    client: tuple[str, ...]
    takes_objects: bool
    provider_arguments: tuple[str, ...]
    prefixes: Mapping[str, Family]
    clouds: Mapping[str, str]
    default_model: str
    configured_by: str
    options: Mapping[str, str]
    own_prefixes: tuple[str, ...]
    overridable: str
    passing_prefixes: tuple[str, ...]
    held_in: tuple[str, ...]
    switch: Switch | None = None

    def is_of_provider(self, model: str) -> bool:
        """Whether the class's own provider answers for a model, by the prefix of that."""
        prefix, found, _ = model.partition("/")
        return not self.own_prefixes or not found or prefix in self.own_prefixes

    def passed_on(self, model: str) -> str:
        """The model that another library is asked for, with its own prefix, "" where nobody knows."""
        prefix, _, rest = model.partition("/")
        return rest if prefix in self.passing_prefixes else ""


class Override(Struct, frozen=True):
    """A call by which a program changes what model classes do that are `overridable` by the name `of`: by
    any of these `arguments`, or by being called at all where there are none. `unless` are classes, or the
    provider of a client, of which an argument changes nothing."""

    of: str
    arguments: tuple[str, ...]
    position: int
    unless: tuple[str, ...]


def client_class(name: str) -> ClientClass | None:
    """The class of a dotted name, such as `openai.OpenAI`."""
    return _client_classes().get(name)


def configuration(name: str) -> ClientClass | None:
    """The function of a dotted name that makes a module's own client: `google.generativeai.configure`."""
    return _configurations().get(name)


def is_wrapper(name: str) -> bool:
    """Whether a function of this plain name gives back a client for the one it is given."""
    return name in _wrappers()


def tells_model_later(name: str) -> bool:
    """Whether a method of this plain name may tell an object made without a model which one to call."""
    return name in word_set("python_calls", "told_later", "methods")


def function_position(name: str, written: tuple[str, ...]) -> int:
    """The place of the argument that a function of a dotted name, or a method as it is written, calls with
    the arguments behind it; -1 for one that calls none."""
    by_method = _callers_by_method().get(written[-1], -1) if len(written) > 1 else -1
    return _callers().get(name, by_method)


def function(name: str) -> Function | None:
    """The function of a dotted name, such as `litellm.completion`."""
    return _functions().get(name)


def model_class(name: str) -> ModelClass | None:
    """The class of a dotted name, such as `langchain_openai.ChatOpenAI`."""
    return _model_classes().get(name)


def holds_settings(argument: str) -> bool:
    """Whether an argument of this name may hold dictionaries of a model's settings."""
    return argument in _holders()


def override(name: str) -> Override | None:
    """What the function of a dotted name changes for a whole program: `agents.set_default_openai_api`."""
    return _overrides().get(name)


def methods(names: tuple[str, ...]) -> tuple[Method, ...]:
    """The methods that a dotted call ends in, of each library that has one; those alone that spell out
    most."""
    ends = (names[-length:] for length in range(min(len(names), _longest_end()), 0, -1))
    return next((_methods()[end] for end in ends if end in _methods()), ())


@cache
def _client_classes() -> Mapping[str, ClientClass]:
    return _by_dotted_name("client", ClientClass)


@cache
def _configurations() -> Mapping[str, ClientClass]:
    return _by_dotted_name("configuration", ClientClass)


@cache
def _wrappers() -> frozenset[str]:
    return frozenset(name for row in rows("python_calls", "wrapper") for name in row["names"])


@cache
def _callers() -> Mapping[str, int]:
    return {
        name: row["position"] for row in rows("python_calls", "caller") for name in row["names"]
    }


@cache
def _callers_by_method() -> Mapping[str, int]:
    return {
        name: row["position"] for row in rows("python_calls", "caller") for name in row["methods"]
    }


@cache
def _functions() -> Mapping[str, Function]:
    return {
        f"{row['module']}.{name}": made
        for row, made in _both("function", Function)
        for name in row["names"]
    }


@cache
def _model_classes() -> Mapping[str, ModelClass]:
    return _by_dotted_name("model_class", ModelClass)


def may_hold_settings(imported: str) -> bool:
    """Whether what an import binds a name to is of a library with such arguments."""
    return imported.partition(".")[0] in _libraries_of_holders()


@cache
def _libraries_of_holders() -> frozenset[str]:
    return frozenset(
        name.partition(".")[0] for name, made in _model_classes().items() if made.held_in
    )


@cache
def _holders() -> frozenset[str]:
    return frozenset(name for made in _model_classes().values() for name in made.held_in)


@cache
def _overrides() -> Mapping[str, Override]:
    return {name: made for row, made in _both("override", Override) for name in row["names"]}


@cache
def _methods() -> Mapping[tuple[str, ...], tuple[Method, ...]]:
    found: defaultdict[tuple[str, ...], list[Method]] = defaultdict(list)
    for row in rows("python_calls", "method"):
        for end in row["ends"]:
            names = tuple(end.split("."))
            found[names].append(convert({**row, "end": names}, Method))
    return {end: tuple(methods) for end, methods in found.items()}


@cache
def _longest_end() -> int:
    return max(map(len, _methods()))


def _by_dotted_name(kind: str, form: type[_T]) -> Mapping[str, _T]:
    return {
        f"{module}.{name}": made
        for row, made in _both(kind, form)
        for module in row["modules"]
        for name in row["names"]
    }


def _both(kind: str, form: type[_T]) -> Iterator[tuple[Row, _T]]:
    """Each row of a kind, and what it says of all its names."""
    return zip(rows("python_calls", kind), typed_rows("python_calls", kind, form), strict=True)

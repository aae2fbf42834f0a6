"""By which names Python code calls models, as `rules/data/python_calls.toml` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from agentlint.knowledge.data import Row, rows
from agentlint.knowledge.families import Family


class ClientClass(Struct, frozen=True):
    """A class whose objects make calls. `provider` answers where no base URL is given."""

    format: str
    provider: str
    base_url: tuple[str, ...]
    credentials: tuple[str, ...]
    inner: tuple[str, ...]


class Method(Struct, frozen=True):
    """The end of a call's name on a client; `told_by_name` where no other library has the like."""

    format: str
    family: Family
    end: tuple[str, ...]
    told_by_name: bool


class Function(Struct, frozen=True):
    format: str
    family: Family


class Switch(Struct, frozen=True):
    """An argument that chooses between two families, and leaves the choice open where it is absent."""

    argument: str
    on: Family
    off: Family


class ModelClass(Struct, frozen=True):
    """A class, or a function, that makes an object for one model.

    `model` are the keyword arguments that name it, `position` the place of one told by position (-1
    for none). `prefixes` are the families that a prefix of the model's name stands for. `clouds` are the
    providers that an argument turns to where it is given and not false. `default_model` is what the
    library takes where no model is given, "" where it asks for one.
    """

    format: str
    provider: str
    family: Family
    model: tuple[str, ...]
    position: int
    base_url: tuple[str, ...]
    credentials: tuple[str, ...]
    client: tuple[str, ...]
    provider_arguments: tuple[str, ...]
    switch: Switch | None
    prefixes: Mapping[str, Family]
    clouds: Mapping[str, str]
    default_model: str


def client_class(name: str) -> ClientClass | None:
    """The class of a dotted name, such as `openai.OpenAI`."""
    return _client_classes().get(name)


def is_wrapper(name: str) -> bool:
    """Whether a function of this plain name gives back a client for the one it is given."""
    return name in _wrappers()


def function(name: str) -> Function | None:
    """The function of a dotted name, such as `litellm.completion`."""
    return _functions().get(name)


def model_class(name: str) -> ModelClass | None:
    """The class of a dotted name, such as `langchain_openai.ChatOpenAI`."""
    return _model_classes().get(name)


def method(names: tuple[str, ...]) -> Method | None:
    """The method that a dotted call ends in; of several the one that spells out most."""
    for candidate in _methods():
        if names[-len(candidate.end) :] == candidate.end:
            return candidate
    return None


@cache
def _client_classes() -> Mapping[str, ClientClass]:
    return {
        name: ClientClass(
            format=row["format"],
            provider=row["provider"],
            base_url=tuple(row["base_url"]),
            credentials=tuple(row["credentials"]),
            inner=tuple(row["inner"]),
        )
        for row in rows("python_calls", "client")
        for name in _dotted(row)
    }


@cache
def _wrappers() -> frozenset[str]:
    return frozenset(name for row in rows("python_calls", "wrapper") for name in row["names"])


@cache
def _functions() -> Mapping[str, Function]:
    return {
        f"{row['module']}.{name}": Function(row["format"], Family(row["family"]))
        for row in rows("python_calls", "function")
        for name in row["names"]
    }


@cache
def _model_classes() -> Mapping[str, ModelClass]:
    return {
        name: _model_class(row)
        for row in rows("python_calls", "model_class")
        for name in _dotted(row)
    }


def _model_class(row: Row) -> ModelClass:
    switch = row.get("switch")
    return ModelClass(
        format=row["format"],
        provider=row.get("provider", ""),
        family=Family(row["family"]),
        model=tuple(row["model"]),
        position=row["position"],
        base_url=tuple(row["base_url"]),
        credentials=tuple(row["credentials"]),
        client=tuple(row["client"]),
        provider_arguments=tuple(row["provider_arguments"]),
        switch=Switch(switch["argument"], Family(switch["on"]), Family(switch["off"]))
        if switch
        else None,
        prefixes={prefix: Family(name) for prefix, name in row.get("prefixes", {}).items()},
        clouds=row.get("clouds", {}),
        default_model=row["default_model"],
    )


@cache
def _methods() -> tuple[Method, ...]:
    methods = [
        Method(row["format"], Family(row["family"]), tuple(end.split(".")), row["told_by_name"])
        for row in rows("python_calls", "method")
        for end in row["ends"]
    ]
    return tuple(sorted(methods, key=lambda method: -len(method.end)))


def _dotted(row: Row) -> list[str]:
    return [f"{module}.{name}" for module in row["modules"] for name in row["names"]]

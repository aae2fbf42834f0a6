"""A model that a module of a program gives a name to, for other modules to import."""

from __future__ import annotations

from msgspec import Struct

from agentlint.text import Span


class ModelConstant(Struct, frozen=True):
    """`name` is what the module binds, `MODEL`, or an attribute of it, `settings.model`: of a class, of an
    object that a class makes, or of what a function gives back. `span` is where the `model` is written,
    and `is_default` says that the environment, or whoever makes the object, may give another one."""

    path: str
    name: str
    model: str
    span: Span
    is_default: bool = False

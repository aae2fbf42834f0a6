"""Compiled regular expressions as data, so that the next process need not compile them anew.

Compiling is a third of what checking a small repository takes. `re` gives nobody the outcome, so this
asks the modules that `re` itself is made of; on a Python where they are not as expected, every
expression is compiled as ever.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

from msgspec import Struct

Key = tuple[str, int]
"""A pattern and the flags that it was given with."""

_WORD = "I"
"""The type of `array` for what the modules of `re` call a code: 32 bits, whatever the machine."""
_NOT_AS_EXPECTED = (
    AttributeError,
    ImportError,
    LookupError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Compiled(Struct, frozen=True, array_like=True):
    """An expression: `asked` are the flags it was given with, `flags` all that hold, `code` is the
    program of the engine, 4 bytes a word, and `names` are the groups that have one."""

    pattern: str
    asked: int
    flags: int
    code: bytes
    groups: int
    names: Mapping[str, int]

    @property
    def key(self) -> Key:
        return self.pattern, self.asked


class _Memory(Struct):
    """`known` is what earlier processes compiled, `made` what this one did; None where nobody asks."""

    known: Mapping[Key, Compiled] = {}
    made: dict[Key, Compiled] | None = None


_memory = _Memory()


@contextmanager
def remembered(known: Mapping[Key, Compiled]) -> Iterator[dict[Key, Compiled]]:
    """Compile nothing that is `known`; what is given gathers all that is compiled meanwhile."""
    made: dict[Key, Compiled] = {}
    _memory.known, _memory.made = known, made
    try:
        yield made
    finally:
        _memory.known, _memory.made = {}, None


def compile_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, from what is remembered where anything is; raises re.error as well."""
    made = _memory.made
    if made is None:
        return re.compile(pattern, flags)
    key = pattern, int(flags)
    try:
        known = _memory.known.get(key) or made.get(key)
        if known:
            return _restored(known)
        made[key] = _compile(pattern, int(flags))
        return _restored(made[key])
    except _NOT_AS_EXPECTED:
        made.pop(key, None)
        return re.compile(pattern, flags)


def _compile(pattern: str, flags: int) -> Compiled:
    """What `re.compile` does up to its last step (CPython 3.11 to 3.13, Lib/re/_compiler.py)."""
    parser, compiler = _part("re._parser"), _part("re._compiler")
    parsed = parser.parse(pattern, flags)
    words = compiler._code(parsed, flags)  # noqa: SLF001 - there is no other way to it
    code = array(_WORD, words).tobytes()
    state = parsed.state
    holding = int(flags | state.flags)
    return Compiled(pattern, flags, holding, code, state.groups - 1, dict(state.groupdict))


def _restored(one: Compiled) -> re.Pattern[str]:
    """The last step of `re.compile`, which refuses a code that is none."""
    names: list[str | None] = [None] * (one.groups + 1)
    for name, number in one.names.items():
        names[number] = name
    code = array(_WORD, one.code).tolist()
    restored: re.Pattern[str] = _part("_sre").compile(
        one.pattern, one.flags, code, one.groups, one.names, tuple(names)
    )
    return restored


@cache
def _part(name: str) -> Any:
    return import_module(name)

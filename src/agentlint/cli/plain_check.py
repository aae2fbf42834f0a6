"""A command line as hooks have it, `agentlint check` with flags and paths, read without click."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from agentlint.cli.check_options import CheckOptions
from agentlint.cli.run_options import RunOptions, path_of

S = TypeVar("S", bound=Struct)
_COMPLETION = "_AGENTLINT_COMPLETE"
"""With it, a shell asks click what may come next."""


def plain_options(arguments: Sequence[str]) -> CheckOptions | None:
    """What the arguments of `agentlint check` ask for, as click would tell it; None where they are more
    than flags and paths, or where click would expand these."""
    if os.name != "posix" or _COMPLETION in os.environ:
        return None
    given = {argument for argument in arguments if argument.startswith("-")}
    paths = tuple(path_of(argument) for argument in arguments if argument not in given)
    if "" in arguments or not given <= {*_flags(RunOptions), *_flags(CheckOptions)}:
        return None
    return replace(_with(given, CheckOptions()), paths=paths, run=_with(given, RunOptions()))


def _with(given: set[str], options: S) -> S:
    """The same options, with those that are given."""
    flags = _flags(type(options))
    return replace(options, **{flags[flag]: True for flag in given if flag in flags})


def _flags(options: type[Struct]) -> dict[str, str]:
    """The names of the options that are said or not, by how they are said."""
    defaults = zip(options.__struct_fields__, options.__struct_defaults__, strict=True)
    return {f"--{name.replace('_', '-')}": name for name, default in defaults if default is False}

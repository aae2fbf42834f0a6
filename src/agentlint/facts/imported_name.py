"""A name that a program has from another module."""

from __future__ import annotations

from msgspec import Struct


class ImportedName(Struct, frozen=True):
    """`name` is told from the module that it is imported from, `app.config.settings.model`, with the dots
    of a relative import before it: where the module ends in it, only the files tell. `is_default` says
    that it is used where nobody gives another one."""

    name: str
    is_default: bool = False

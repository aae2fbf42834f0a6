"""A name that a package has from one of its modules, for others to import from the package."""

from __future__ import annotations

from msgspec import Struct


class Reexport(Struct, frozen=True):
    """`path` is the `__init__.py` of the package, `name` what that binds, and `origin` the dotted name that
    it stands for, with the dots of a relative import; both end in `*` for all names of a module."""

    path: str
    name: str
    origin: str

"""That a program changes by whom, or how, a library calls models where a call says nothing of it."""

from __future__ import annotations

from msgspec import Struct

from agentlint.text import Span


class LibraryOverride(Struct, frozen=True):
    """`library` is the name that routes give to it; the change holds for all modules of the program."""

    path: str
    library: str
    span: Span

"""Where an extractor reads: the file, and what is known of the text at hand."""

from __future__ import annotations

from msgspec import Struct

from agentlint.facts.route import RouteScope


class Source(Struct, frozen=True):
    """`format` is the row of `rules/data/files.toml` that knew the file, "" for none.

    `scope` says whether a tool reads the text or people do; `in_test` marks test material.
    """

    path: str
    format: str = ""
    scope: RouteScope = RouteScope.REPOSITORY
    in_test: bool = False

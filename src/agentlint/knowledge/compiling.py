"""Making the bundle; the build of a wheel does it, and no run."""

from __future__ import annotations

from pathlib import Path

from msgspec.json import encode

from agentlint.knowledge.bundle import sources
from agentlint.knowledge.data import parse_table
from agentlint.knowledge.pages import parse_page


def compile_bundle(rules: Path) -> bytes:
    """The bundle of a rules folder as JSON.

    Raises PageError and tomllib.TOMLDecodeError for a page or table that is ill-formed.
    """
    pages = {path.stem: parse_page(path.stem, _text(path)) for path in sorted(rules.glob("*.md"))}
    tables = {path.stem: parse_table(_text(path)) for path in sorted(rules.glob("data/*.toml"))}
    sizes = {name: status.st_size for name, status in sorted(sources(rules), key=lambda s: s[0])}
    return encode({"sources": sizes, "pages": pages, "tables": tables})


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")

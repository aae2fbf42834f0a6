"""Paths that rules/data/files.toml knows by their names alone."""

from __future__ import annotations

from collections.abc import Iterator

from agentlint.knowledge.data import table


def known_paths() -> Iterator[str]:
    """A path for each name and suffix of each row, in each folder that the row asks for."""
    for kind in ("instruction", "config", "document"):
        for row in table("files")[kind]:
            folders = row.get("folder", ["a/b"])
            stems = [f"x{word}y" for word in row.get("words", ["x"])]
            endings = (stem + end for stem in stems for end in row.get("suffix", []))
            names = [*row.get("name", []), *endings]
            for folder in [folders] if isinstance(folders, str) else folders:
                yield from (f"{folder}/{name}" for name in names)

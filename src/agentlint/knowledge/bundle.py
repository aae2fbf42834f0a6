"""The pages and tables of `rules/` in the one file that a wheel carries.

Sixty TOML texts take longer to parse than most repositories take to check. A reader trusts the
bundle only beside the very files that it was made of: an edited page is never overruled by what it
said before.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import DecodeError, Raw, Struct
from msgspec.json import decode

from agentlint.knowledge.location import rules_dir

BUNDLE = "bundle.json"


class Bundle(Struct, frozen=True):
    """Compiled pages and tables by name, each decoded when it is asked for.

    `sources` are the files that it was made of, relative to the rules folder, with their sizes in
    bytes.
    """

    sources: dict[str, int]
    pages: Raw
    tables: dict[str, Raw]


@cache
def bundle() -> Bundle | None:
    """The bundle beside the rules that this process reads, if it may be trusted."""
    return fresh_bundle(rules_dir())


def fresh_bundle(rules: Path) -> Bundle | None:
    """The bundle in a rules folder; None where there is none, or a source is not as it was."""
    try:
        file = os.path.join(rules, BUNDLE)
        made = os.stat(file).st_mtime_ns
        with open(file, "rb") as stream:
            read = decode(stream.read(), type=Bundle)
    except (OSError, DecodeError):
        return None
    found = dict(sources(rules))
    sizes = {name: status.st_size for name, status in found.items()}
    newer = any(status.st_mtime_ns > made for status in found.values())
    return None if newer or sizes != read.sources else read


def sources(rules: Path) -> Iterator[tuple[str, os.stat_result]]:
    """What a bundle is made of: each file's name relative to `rules`, and its state."""
    for folder, suffix in (("", ".md"), ("data/", ".toml")):
        with os.scandir(os.path.join(rules, folder)) as entries:
            for entry in entries:
                if entry.name.endswith(suffix):
                    yield folder + entry.name, entry.stat()

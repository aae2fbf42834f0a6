"""What facts depend on besides the file: agentlint, its data, the parsers and Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from time import time_ns

import agentlint
from agentlint.discovery import trusted_state_of
from agentlint.knowledge.bundle import BUNDLE, bundle, sources
from agentlint.knowledge.location import rules_dir
from agentlint.text.hashing import blake2b

_PARSERS = ("markdown_it", "ruamel", "msgspec")
_INSTALLED = (".dist-info", ".egg-info")


@cache
def tool_version() -> bytes:
    """16 bytes that are others as soon as the code, a table, a parser or Python is another.

    It is made of contents and not of times, so that two installations of one release agree.
    """
    version = blake2b(_beside_files(), digest_size=16)
    for file in _files():
        with open(file, "rb", buffering=0) as opened:
            content = opened.read()
        version.update(f"{os.path.basename(file)} {len(content)} ".encode())
        version.update(content)
    return version.digest()


@cache
def installation() -> bytes:
    """16 bytes that stay as long as nobody touches what `tool_version` is made of, and come without
    reading it; b"" where a change may leave no trace in them."""
    now = time_ns()
    seen = blake2b(_beside_files(), digest_size=16)
    for file in _files():
        state = trusted_state_of(file, now)
        if state is None:
            return b""
        seen.update(f"{file} {state} ".encode("utf-8", "surrogateescape"))
    return seen.digest()


def _beside_files() -> bytes:
    return " ".join((agentlint.__version__, sys.version, *_parsers())).encode()


def _files() -> Iterator[str]:
    for folder, folders, names in os.walk(os.path.dirname(agentlint.__file__)):
        folders.sort()
        yield from (f"{folder}/{name}" for name in sorted(names) if name.endswith(".py"))
    rules = rules_dir()
    if bundle():
        yield str(rules / BUNDLE)
    else:
        names = sorted(name for name, _ in sources(rules))
        yield from (str(rules / name) for name in names)


def _parsers() -> Iterator[str]:
    """The names of the folders that tell the versions of what is installed beside the parsers."""
    for parser in _PARSERS:
        spec = find_spec(parser)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            names = os.listdir(Path(place).parent)
            yield from sorted(
                name for name in names if name.startswith(_PARSERS) and name.endswith(_INSTALLED)
            )

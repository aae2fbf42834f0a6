"""The compiled patterns of earlier runs, one file for each Python in the cache folder of the user.

None stands for anything of a repository: they are agentlint's own, whatever was checked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from msgspec import MsgspecError
from msgspec.msgpack import Decoder, encode

import agentlint
from agentlint.engine.cache_files import bounded, is_safe, read, write
from agentlint.engine.cache_folder import patterns_file
from agentlint.text.compiled import Compiled, Key, remembered

MAX_BYTES = 4 << 20
"""Of the patterns of one Python; those that were compiled longest ago go first."""

_MAGIC = b"agentlint patterns 1\n"
_PATTERN_BYTES = 64


@contextmanager
def kept_patterns(folder: Path, root: Path) -> Iterator[None]:
    """Compile no pattern that an earlier run has compiled, and keep what is compiled meanwhile.

    In a folder that is not fit to check `root` with, nothing is looked for or kept.
    """
    file = _file(folder, root)
    if file is None:
        yield
        return
    known = _read(file)
    with remembered(known) as made:
        yield
    new = {key: one for key, one in made.items() if _can_be_written(one)}
    if new:
        _save(file, known, new)


def _file(folder: Path, root: Path) -> Path | None:
    try:
        if not is_safe(folder, root):
            return None
    except OSError:
        return None
    return patterns_file(folder, f"{agentlint.__version__} {sys.version}")


def _read(file: Path) -> dict[Key, Compiled]:
    body = read(file, _MAGIC, 2 * MAX_BYTES)
    try:
        known = Decoder(list[Compiled]).decode(body or b"\x90")
    except (MsgspecError, UnicodeDecodeError):
        return {}
    return {one.key: one for one in known}


def _can_be_written(one: Compiled) -> bool:
    """Half of a surrogate pair, which a pattern may look for, is no text that UTF-8 has."""
    try:
        one.pattern.encode()
    except UnicodeEncodeError:
        return False
    return True


def _save(file: Path, known: dict[Key, Compiled], new: dict[Key, Compiled]) -> None:
    """Fails in silence: a run without them is as good."""
    kept = bounded(chain(new.items(), known.items()), _size_of, MAX_BYTES)
    with suppress(OSError):
        write(file, _MAGIC, encode(list(kept.values())))


def _size_of(_: Key, one: Compiled) -> int:
    return _PATTERN_BYTES + len(one.pattern) + len(one.code)
